"""Dates as news pages write them: recognised by themselves, and read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.intake.dates import first_date, is_dated_line, label_of

ALMOST_DATES = st.text(
    st.sampled_from("0123456789-,. AuguMarchSept٠١²") | st.characters(), max_size=30
)

DATED = [
    "March 16, 2018",
    "Mar. 16, 2018",
    "MARCH 16, 2018",
    "March 16 2018",
    "March 16th, 2018",
    "16 March 2018",
    "16th March, 2018",
    "2018-03-16",
    "Friday, March 16, 2018",
    "Fri., Mar. 16, 2018",
    "Friday 16 March 2018",
    "March 16, 2018 3:15 p.m.",
    "March 16, 2018, 3:15 PM EDT",
    "March 16, 2018 at 15:15 (GMT)",
    "Updated March 16, 2018",
    "Published: March 16, 2018",
    "Published on March 16, 2018",
    "Posted March 16, 2018 at 10:00 AM",
    "Last updated: 16 March 2018, 15:15 GMT",
    "Originally published March 16, 2018.",
    "Date: March 16, 2018",
    "Le 16 mars 2018",
    "Vendredi 16 mars 2018",
    "Publié le 16 mars 2018 à 10h30",
    "16. März 2018",
    "Freitag, den 16. März 2018, 15:15 Uhr",
    "16.03.2018",
    "16.3.2018, 15:15 Uhr",
    "Stand: 16.03.2018",
    "16 de marzo de 2018",
    "Viernes, 16 de marzo de 2018",
    "16 marzo 2018",
    "16 de março de 2018",
    "vrijdag 16 maart 2018",
]


@pytest.mark.parametrize("line", DATED)
def test_a_line_that_is_only_a_date_is_dated_and_read(line: str) -> None:
    assert is_dated_line(line)
    assert first_date(line) == date(2018, 3, 16)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "March",
        "March 16",
        "2018",
        "The law took effect on March 16, 2018.",
        "March 16, 2018 was a Friday.",
        "March 16, 2018, and March 17, 2018",
        "On March 16, 2018",
        "Updated",
        "16. März",
        "Am 16. März 2018 trat das Gesetz in Kraft.",
        "Version 16.03.20189",
        "Le mars 2018",
        "Updated often",
        "Chicago, March 16, 2018 — The mayor spoke.",
        "March 16, 20189",
    ],
)
def test_a_line_that_says_more_or_less_is_not_dated(line: str) -> None:
    assert not is_dated_line(line)
    assert label_of(line) == ""


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("March 16, 2018", ""),
        ("Updated March 16, 2018", "updated"),
        ("LAST UPDATED: March 16, 2018", "last updated"),
        ("Published on March 16, 2018", "published"),
        ("Modified March 16, 2018", "modified"),
        ("Mis à jour le 16 mars 2018", "updated"),
        ("Stand: 16.03.2018", "updated"),
        ("Veröffentlicht am 16. März 2018", "published"),
        ("Le 16 mars 2018", ""),
    ],
)
def test_the_label_of_a_dated_line_says_what_its_date_is(line: str, label: str) -> None:
    assert label_of(line) == label


@pytest.mark.parametrize(
    ("month", "number"),
    [
        ("Jan.", 1),
        ("February", 2),
        ("Mar", 3),
        ("Apr.", 4),
        ("May", 5),
        ("June", 6),
        ("July", 7),
        ("Aug.", 8),
        ("Sept.", 9),
        ("Oct.", 10),
        ("NOVEMBER", 11),
        ("december", 12),
    ],
)
def test_each_month_is_read_long_and_short(month: str, number: int) -> None:
    assert first_date(f"By Jane Doe {month} 5, 2017") == date(2017, number, 5)
    assert first_date(f"5 {month} 2017") == date(2017, number, 5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "Aug. 2017",
        "2017",
        "Sept. 31, 2017",
        "February 29, 2017",
        "2017-13-01",
        "2017-13-12",
        "0000-01-01",
        "99 March 2017",
    ],
)
def test_a_date_that_the_calendar_has_not_is_none(text: str) -> None:
    assert first_date(text) is None


def test_the_first_whole_date_that_the_calendar_has_is_read() -> None:
    assert first_date("Not Feb. 30, 2017, but March 1, 2017 or 2017-03-02") == date(2017, 3, 1)


@pytest.mark.parametrize("text", ["12017-08-01", "dismay 1, 2017", "121 March 2018"])
def test_a_piece_of_a_longer_word_or_number_is_no_date(text: str) -> None:
    assert first_date(text) is None


@given(st.dates(min_value=date(1900, 1, 1)))
def test_any_date_of_a_newspaper_is_read(day: date) -> None:
    assert first_date(day.isoformat()) == day
    assert first_date(f"{day:%B} {day.day}, {day.year}") == day
    assert first_date(f"Updated {day.day} {day:%b} {day.year}") == day
    assert is_dated_line(f"{day:%A}, {day:%B} {day.day}, {day.year}")


@given(ALMOST_DATES)
def test_any_text_has_a_date_or_none(text: str) -> None:
    found = first_date(text)
    assert found is None or isinstance(found, date)
    assert isinstance(is_dated_line(text), bool)
