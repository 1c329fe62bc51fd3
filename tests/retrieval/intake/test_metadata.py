"""What a document's own text says of it, and never what it does not say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis import paragraphs
from retrieval.intake.metadata import stated_in
from retrieval.intake.roles import roles_of
from retrieval.model import Details

HEADLINE = "Mayor Names New Police Chief"
FIRST = "The mayor named a new chief of police on Tuesday."
LAST = "The council will vote on the appointment next week."
AUGUST = date(2017, 8, 1)


def stated(*page: str) -> Details:
    return stated_in(page, roles_of(page))


def under(*lines: str) -> Details:
    """Return what a page states that has these lines under its headline."""
    return stated(HEADLINE, *lines, FIRST, LAST)


@pytest.mark.parametrize(
    ("name", "details"),
    [
        (
            "000_d569821d20d73420.txt",
            Details(
                title="Jeff Sessions Will ‘Hold Any Officer Responsible’ For Breaking The Law",
                outlet="TPM",
            ),
        ),
        (
            "001_69064135e9c191c9.txt",
            Details(title="After Trump's Use of Force Quip, Sessions Tells Police to Be 'Lawful'"),
        ),
        (
            "002_1ed85cf378e4aadb.txt",
            Details(
                title="Jeff Sessions: Stop ‘Handcuffing the Police Instead of the Criminals’",
                author="Kenrya Rankin",
                published=date(2017, 4, 18),
            ),
        ),
        ("003_d3053dbbe095c25c.txt", Details()),
        (
            "004_42e15ef78f8e8e44.txt",
            Details(
                title="Attorney General Sessions Delivers Remarks to the International"
                " Association of Chiefs of Police",
                published=date(2018, 3, 16),
            ),
        ),
    ],
)
def test_the_seeds_state_this_and_no_more(
    seeds: dict[str, bytes], name: str, details: Details
) -> None:
    text = seeds[name].decode()
    assert stated(*[span.of(text) for span in paragraphs.split(text)]) == details


def test_a_page_that_states_nothing_has_no_details() -> None:
    assert stated() == Details()
    assert stated(FIRST) == Details()
    assert stated(FIRST, LAST) == Details()


def test_the_title_is_the_headline_on_one_line() -> None:
    assert stated("Mayor  Names\u00a0New\tChief", FIRST, LAST).title == "Mayor Names New Chief"


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("BY JANE DOE", "JANE DOE"),
        ("By\u00a0Jane  Doe", "Jane Doe"),
        ("By José Núñez-O’Neill", "José Núñez-O’Neill"),
        ("By Jane Doe and John Roe", "Jane Doe and John Roe"),
        ("By Jane Doe, John Roe and Ann Poe", "Jane Doe, John Roe and Ann Poe"),
        ("By Jane Doe, Staff Writer", "Jane Doe"),
        ("By Jane Doe | The Daily Planet", "Jane Doe"),
        ("By Jane Doe for The Daily Planet", "Jane Doe"),
        ("By Jane Doe - The Daily Planet", "Jane Doe"),
        ("By Jane Doe Aug. 1, 2017", "Jane Doe"),
        ("By Jane Doe Published Aug. 1, 2017", "Jane Doe"),
        ("By Jane Doe • Aug. 1, 2017", "Jane Doe"),
        ("By The Associated Press", "The Associated Press"),
    ],
)
def test_the_author_is_who_the_byline_names(byline: str, author: str) -> None:
    assert under(byline).author == author


@pytest.mark.parametrize(
    "line",
    [
        "Photo by Jane Doe",
        "Photo: Jane Doe",
        "The mayor speaks. (Jane Doe/Getty Images)",
        "By Tuesday, the fire had burned 3,000 acres.",
        "By the time police arrived, the man was gone.",
        "By Sessions’ own account, the policy failed.",
    ],
)
def test_credits_and_sentences_name_no_author(line: str) -> None:
    assert under(line).author is None


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("By Jane Doe | The Daily Planet", "The Daily Planet"),
        ("By Jane Doe | The Daily Planet | Aug. 1, 2017", "The Daily Planet"),
        ("By Jane Doe for The Daily Planet", "The Daily Planet"),
        ("By Jane Doe - The Daily Planet", "The Daily Planet"),
        ("By Jane Doe, CNN", "CNN"),
        ("By Jane Doe and John Roe, The New York Times", "The New York Times"),
    ],
)
def test_the_outlet_is_what_the_byline_names_after_the_author(line: str, outlet: str) -> None:
    assert under(line).outlet == outlet


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe",
        "By Jane Doe, Staff Writer",
        "By Jane Doe, Chief Political Correspondent",
        "By Jane Doe | Updated Aug. 1, 2017",
        "By Jane Doe, Aug. 1, 2017",
        "By Jane Doe • Aug. 1, 2017",
        "By Jane Doe • Aug 1, 2017",
        "By Jane Doe | August 1, 2017",
        "By Jane Doe, John Roe and Ann Poe",
    ],
)
def test_offices_dates_and_further_authors_are_no_outlet(line: str) -> None:
    assert under(line).outlet is None


@pytest.mark.parametrize(
    ("first", "outlet"),
    [
        ("WASHINGTON (AP) — The mayor named a chief.", "AP"),
        ("ST. LOUIS, Mo. (AP) - The mayor named a chief.", "AP"),
        ("LONDON (Reuters) - The mayor named a chief.", "Reuters"),
        ("PARIS (AFP) – The mayor named a chief.", "AFP"),
    ],
)
def test_the_outlet_is_the_agency_of_the_first_line(first: str, outlet: str) -> None:
    assert stated(HEADLINE, first, LAST).outlet == outlet


def test_an_agency_that_the_story_cites_later_is_not_its_outlet() -> None:
    assert stated(HEADLINE, FIRST, "WASHINGTON (AP) — The mayor named a chief.").outlet is None


@pytest.mark.parametrize(
    ("furniture", "outlet"),
    [
        ("Start your day with TPM.", "TPM"),
        ("© 2018 The Daily Planet. All rights reserved.", "The Daily Planet"),
        ("© 2018 The Daily Planet", "The Daily Planet"),
        ("Copyright 2018 The Daily Planet. All rights reserved.", "The Daily Planet"),
        ("Copyright © 2018 The Daily Planet, all rights reserved", "The Daily Planet"),
    ],
)
def test_the_outlet_is_what_the_furniture_names(furniture: str, outlet: str) -> None:
    assert stated(HEADLINE, FIRST, LAST, furniture).outlet == outlet


@pytest.mark.parametrize(
    "line",
    [
        "Associated Press/Matt Rourke",
        "The mayor speaks. (John Amis/Atlanta Journal-Constitution via AP)",
        "The mayor speaks.Erik S. Lesser / EPA",
        "Photo by Jane Doe/The Daily Planet",
        "More from NBC News",
        "Follow us on Twitter",
        "Sign up for the Morning Memo newsletter",
        "Start your day with a walk.",
    ],
)
def test_credits_and_other_furniture_name_no_outlet(line: str) -> None:
    assert under(line).outlet is None
    assert stated(HEADLINE, FIRST, LAST, line).outlet is None


@pytest.mark.parametrize(
    "lines",
    [
        ["By Jane Doe Aug. 1, 2017"],
        ["By Jane Doe", "Aug. 1, 2017"],
        ["By Jane Doe | Aug 1, 2017 | The Daily Planet"],
        ["Tuesday, August 1, 2017"],
        ["Published Aug. 1, 2017"],
        ["Updated Aug. 1, 2017"],
        ["Published Aug. 1, 2017", "Updated Aug. 3, 2017"],
        ["Updated Aug. 3, 2017", "Published Aug. 1, 2017"],
        ["Last modified Aug. 3, 2017", "2017-08-01"],
        ["By Jane Doe Aug. 1, 2017", "Updated Aug. 3, 2017"],
        ["Updated Aug. 3, 2017", "By Jane Doe Aug. 1, 2017"],
    ],
)
def test_the_date_is_the_one_of_publication_or_else_of_the_last_update(lines: list[str]) -> None:
    assert under(*lines).published == AUGUST


def test_a_date_at_the_end_of_the_page_counts() -> None:
    assert stated(HEADLINE, FIRST, LAST, "Updated Aug. 1, 2017").published == AUGUST


@pytest.mark.parametrize(
    "line",
    [
        "The mayor spoke on Aug. 1, 2017.",
        "The mayor speaks on Aug. 1, 2017. (Jane Doe/AP)",
        "Updated Feb. 30, 2017",
        "© 2017 The Daily Planet",
    ],
)
def test_a_date_in_the_story_a_caption_or_no_calendar_is_none(line: str) -> None:
    assert under(line).published is None


def test_the_dates_over_the_parts_of_a_timeline_are_not_the_date_of_publication() -> None:
    page = stated(
        "Timeline: The Attorney General and the Police",
        "This is how it came about.",
        "Feb. 9, 2017",
        "Sessions is sworn in.",
        "April 3, 2017",
        "He has all consent decrees reviewed.",
        "Aug. 1, 2017",
        "He speaks in Atlanta.",
    )
    assert page.published is None


@given(st.lists(st.text(min_size=1, max_size=60), max_size=6))
def test_what_any_page_states_stands_in_it(page: list[str]) -> None:
    details = stated(*page)
    whole = [" ".join(paragraph.split()) for paragraph in page]
    for value in (details.title, details.author, details.outlet):
        assert value is None or any(value in paragraph for paragraph in whole)


@given(
    st.lists(
        st.text(st.sampled_from("AByX jv.,|-–—•©(20178)"), max_size=80).map("By {}".format)
        | st.sampled_from([HEADLINE, FIRST, "Aug. 1, 2017", "© 2017 X", "Start your day with X"]),
        max_size=5,
    )
)
def test_any_byline_has_an_author_or_none(page: list[str]) -> None:
    details = stated(*page)
    assert details.author is None or details.author.strip(". ")


@pytest.mark.parametrize(
    ("lines", "outlet"),
    [
        (["By Jane Doe", "Harbour Gazette, August 1, 2017"], "Harbour Gazette"),
        (["Harbour Gazette | 1 August 2017"], "Harbour Gazette"),
        (["The Daily Planet", "August 1, 2017"], "The Daily Planet"),
        (["Fernleigh Courier", "August 1, 2017"], "Fernleigh Courier"),
        (["Lindauer Anzeiger, 1. August 2017"], "Lindauer Anzeiger"),
        (["Diario de la Sierra, 1 de agosto de 2017"], "Diario de la Sierra"),
        (["New York, August 1, 2017"], None),
        (["Harbour Gazette, updated August 1, 2017"], "Harbour Gazette"),
    ],
)
def test_a_line_below_the_headline_names_the_paper_and_the_day(
    lines: list[str], outlet: str | None
) -> None:
    details = under(*lines)
    assert (details.title, details.outlet, details.published) == (HEADLINE, outlet, AUGUST)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Von Jürgen Kästner", "Jürgen Kästner"),
        ("Von Anna Meier und Karl Huber", "Anna Meier und Karl Huber"),
        ("Par Claire Montfort, Le Courrier", "Claire Montfort"),
        ("Por Lucía Barreda y Juan Díaz", "Lucía Barreda y Juan Díaz"),
        ("Von der Leyen kommt", None),
        ("Par ailleurs", None),
        ("Por la mañana", None),
    ],
)
def test_a_byline_of_another_language_names_the_author(line: str, author: str | None) -> None:
    assert under(line).author == author


def test_a_paper_and_a_day_in_the_story_are_none_of_its_own() -> None:
    story = (HEADLINE, FIRST, "Harbour Gazette, August 1, 2017", LAST)
    assert stated(*story) == Details(title=HEADLINE)


def test_a_short_headline_is_one_above_a_longer_imprint() -> None:
    assert stated("Mayor quits", "Harbour Gazette, August 1, 2017", FIRST).title == "Mayor quits"
