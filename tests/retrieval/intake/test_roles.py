"""What the paragraphs of a news page are: prompts, credits, bylines, dates, and the story itself.

Furniture is never cited, so that content taken for furniture is lost to everybody; the examples of
what must stay text weigh more than those of what need not be shown.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis import paragraphs
from retrieval.intake.roles import ends_like_a_sentence, roles_of
from retrieval.model import Role

HEADLINE = "Mayor Names New Police Chief"
FIRST = "The mayor named a new chief of police on Tuesday."
LAST = "The council will vote on the appointment next week."


def within_the_story(paragraph: str) -> Role:
    """Return the role of a paragraph that stands between those of a story."""
    return roles_of([HEADLINE, FIRST, paragraph, LAST])[2]


def below_the_headline(paragraph: str) -> Role:
    """Return the role of a paragraph that stands between the headline and the story."""
    return roles_of([HEADLINE, paragraph, FIRST, LAST])[1]


@pytest.mark.parametrize(
    ("name", "its_roles"),
    [
        (
            "000_d569821d20d73420.txt",
            {1: "headline", 2: "caption", 3: "caption"}
            | dict.fromkeys([4, 5, *range(15, 30)], "furniture"),
        ),
        (
            "001_69064135e9c191c9.txt",
            {2: "headline", 4: "caption", 5: "caption"} | dict.fromkeys([1, 16, 19], "furniture"),
        ),
        ("002_1ed85cf378e4aadb.txt", {1: "headline", 2: "byline", 11: "furniture"}),
        ("003_d3053dbbe095c25c.txt", {1: "caption"}),
        (
            "004_42e15ef78f8e8e44.txt",
            {1: "furniture", 2: "headline", 3: "dateline", 4: "dateline", 66: "dateline"},
        ),
    ],
)
def test_the_seeds_have_these_roles_and_all_else_is_text(
    seeds: dict[str, bytes], name: str, its_roles: dict[int, str]
) -> None:
    text = seeds[name].decode()
    found = roles_of([span.of(text) for span in paragraphs.split(text)])
    assert {at: role for at, role in enumerate(found, 1) if role is not Role.TEXT} == its_roles


@pytest.mark.parametrize(
    "paragraph",
    [
        "Skip to main content",
        "Skip to navigation",
        "IE 11 is not supported. For an optimal experience visit our site on another browser.",
        "Your browser is not supported.",
        "Please enable JavaScript to view this page.",
        "Sign up",
        "Log in",
        "Sign in to your account",
        "Sign up for our newsletter",
        "Sign up for the Morning Memo newsletter",
        "Subscribe",
        "Subscribe now",
        "Subscribe to our newsletter",
        "Start your day with TPM.",
        "Get the latest news in your inbox",
        "Related: Chief of Police Resigns",
        "RELATED: Chief of Police Resigns",
        "Related Stories",
        "Read more: Chief of Police Resigns",
        "Read More",
        "See also: The chief’s letter",
        "Don’t miss: Five questions about the budget",
        "More from NBC News",
        "Most Popular",
        "Trending",
        "Advertisement",
        "ADVERTISEMENT",
        "Sponsored Content",
        "Share",
        "Share this article",
        "Share on Facebook",
        "Follow us on Twitter",
        "Tweet",
        "Email",
        "Print",
        "Comments",
        "12 Comments",
        "View comments",
        "Leave a comment",
        "Click here to subscribe",
        "Continue reading the main story",
        "Scroll to continue",
        "Story continues below advertisement",
        "This video has expired.",
        "We apologize, this video has expired.",
        "The video is no longer available.",
        "This video is not available.",
        "Read Sessions’ full essay here.",
        "Read the full transcript here.",
        "You may also like",
        "We use cookies to improve your experience.",
        "Accept all cookies",
        "Privacy Policy",
        "Terms of Use",
        "© 2018 The Daily Planet. All rights reserved.",
        "Copyright 2018 The Associated Press. All rights reserved.",
        "All rights reserved.",
        "Contact us",
        "Back to top",
        "Load more",
        "Menu",
        "Search",
        "Loading...",
        "Latest News",
        "Latest Headlines",
        "Executive Editor:",
        "Founder & Editor-in-Chief:",
        "Head of Product:",
        "Masthead",
    ],
)
def test_navigation_prompts_and_mastheads_are_furniture(paragraph: str) -> None:
    assert within_the_story(paragraph) is Role.FURNITURE


@pytest.mark.parametrize(
    "paragraph",
    [
        "Related claims were dismissed by the judge on Friday.",
        "Shares of the company fell 12 percent.",
        "Home prices rose 5 percent in March.",
        "Search teams found the missing hiker on Sunday.",
        "Comments on the proposed rule are due by June 1.",
        "Print newspapers lost a third of their readers.",
        "Email records show that the mayor knew.",
        "Menu prices have doubled since 2019, owners say.",
        "Follow-up inspections found no violations.",
        "More stories of abuse came out at the trial.",
        "More officers will be hired next year.",
        "Less than a week later, he resigned.",
        "Close to 400 people attended.",
        "Trending downward since 2014, the homicide rate rose last year.",
        "Most popular among voters was the plan to hire officers.",
        "Advertisement spending fell last year.",
        "Sponsored by Sen. Jane Doe, the bill passed.",
        "Loading docks at the port were closed.",
        "Latest figures show a drop in crime.",
        "Sign-ups for health insurance rose.",
        "We apologize to the victims and their families, the chief said.",
        "The video has not been released.",
        "Get the guns off our streets, he said.",
        "Tweets by the president drew criticism.",
        "Correction: An earlier version of this story misspelled the chief’s name.",
        "Editor’s note: This story has been updated.",
        "Remarks as prepared for delivery.",
        "From the essay:",
        "He continued:",
        "Sessions said:",
        "“That helps no one.”",
        "Things are moving.",
        "No.",
    ],
)
def test_sentences_that_begin_like_furniture_are_text(paragraph: str) -> None:
    assert within_the_story(paragraph) is Role.TEXT


@pytest.mark.parametrize(
    "paragraph",
    [
        "The video is not clear enough to identify the officer, investigators said.",
        "This video is no longer the only evidence against him, prosecutors said.",
        "Copyright law has not changed since 1976, the senator said.",
        "Register to vote by Oct. 9, officials urged residents.",
        "Sign up for classes begins on Monday, the college said.",
        "The new browser will let parents disable tracking, the company said.",
        "More from this budget goes to schools than to police, the mayor said.",
    ],
)
def test_whole_sentences_of_the_news_are_never_furniture(paragraph: str) -> None:
    assert within_the_story(paragraph) is Role.TEXT


@pytest.mark.parametrize(
    "paragraph",
    [
        "The police chief put it this way:",
        "The president told reporters on Monday:",
        "Police Chief Jane Doe answered:",
        "The chief of police, a former officer, wrote to the council:",
        "A spokesman for the sheriff, who is also the county’s chief officer, added:",
    ],
)
def test_a_line_that_announces_what_somebody_said_is_no_masthead(paragraph: str) -> None:
    assert within_the_story(paragraph) is Role.TEXT


def test_a_long_paragraph_is_never_furniture() -> None:
    assert within_the_story(f"Related: {'the council met and put it off; ' * 10}") is Role.TEXT


@pytest.mark.parametrize(
    "paragraph",
    [
        "Associated Press/Matt Rourke",
        "AP Photo/Evan Vucci",
        "John Moore/Getty Images",
        "Erik S. Lesser / EPA",
        "REUTERS/Yuri Gripas",
        "Jim Watson/AFP/Getty Images",
        "Photo: Jane Doe",
        "Photo by Jane Doe",
        "Photo credit: Jane Doe",
        "Photos courtesy of the Doe family",
        "Image: The mayor at City Hall",
        "FILE PHOTO: The mayor at City Hall",
        "The mayor speaks at City Hall. (John Amis/Special)",
        "The mayor speaks at City Hall. (AP Photo/Matt Rourke)",
        "The mayor speaks at City Hall. (AP Photo/Matt Rourke, File)",
        "The mayor speaks at City Hall. (Photo by Chip Somodevilla/Getty Images)",
        "The mayor speaks at City Hall. (Jane Doe/The Daily Planet via AP)",
        "The mayor speaks at City Hall. (Jane Doe/Daily Planet) MORE LESS",
        "The mayor speaks at City Hall. (Reuters)",
        "The mayor speaks at City Hall.Erik S. Lesser / EPA",
        "The mayor speaks at City Hall. REUTERS/Yuri Gripas",
    ],
)
def test_credits_and_what_they_stand_under_are_captions(paragraph: str) -> None:
    assert below_the_headline(paragraph) is Role.CAPTION
    assert within_the_story(paragraph) is Role.CAPTION


@pytest.mark.parametrize(
    "paragraph",
    [
        "Video of the arrest was released on Friday.",
        "Photos of the crash were posted online.",
        "Image is everything, the mayor said.",
        "He works for the Associated Press.",
        "The vote was 52/48.",
        "He was watched 24/7.",
        "Pool reports say that the president left at noon.",
        "Special counsel Robert Mueller was appointed in May.",
        "The Justice Department (DOJ) answered.",
        "He told The Associated Press (AP) that he will resign.",
        "Democrats (and/or independents) will vote.",
        "“Reuters got it wrong,” he said (AFP did not).",
    ],
)
def test_a_story_about_pictures_and_agencies_is_no_caption(paragraph: str) -> None:
    assert within_the_story(paragraph) is Role.TEXT


@pytest.mark.parametrize(
    "paragraph",
    [
        "By Jane Doe",
        "BY JANE DOE",
        "By\u00a0Jane Doe",
        "By José Núñez-O’Neill",
        "By W.E.B. Du Bois",
        "By Ludwig van Beethoven",
        "By Dr. Jane Doe",
        "By Jane Doe and John Roe",
        "By Jane Doe, John Roe and Ann Poe",
        "By Jane Doe, Staff Writer",
        "By Jane Doe, CNN",
        "By Jane Doe | The Daily Planet",
        "By Jane Doe for The Daily Planet",
        "By The Associated Press",
        "By the Associated Press",
        "By Kenrya Rankin Apr 18, 2017",
        "By Jane Doe • Aug. 1, 2017",
        "By Jane Doe Published Aug. 1, 2017",
        "By: Jane Doe",
    ],
)
def test_a_byline_is_known_by_its_name(paragraph: str) -> None:
    assert below_the_headline(paragraph) is Role.BYLINE


@pytest.mark.parametrize(
    "paragraph",
    [
        "By contrast, crime fell.",
        "By his own account, he fired twice.",
        "By Tuesday, the fire had burned 3,000 acres.",
        "By Friday night, three people were dead.",
        "By October all officers will wear cameras.",
        "By March 2018 the rate had doubled.",
        "By Sessions’ own account, the policy failed.",
        "By the time police arrived, the man was gone.",
        "By the end of the day, both had resigned.",
        "Bystanders called the police.",
    ],
)
def test_a_sentence_that_begins_with_by_is_no_byline(paragraph: str) -> None:
    assert within_the_story(paragraph) is Role.TEXT


def test_a_headline_that_begins_with_by_is_no_byline() -> None:
    assert roles_of(["By the Numbers: Crime in 2017", FIRST, LAST])[0] is Role.HEADLINE


@pytest.mark.parametrize(
    "paragraph",
    [
        "March 16, 2018",
        "Updated March 16, 2018",
        "Published: Aug. 1, 2017 at 3:15 PM EDT",
        "Tuesday, August 1, 2017",
        "2017-08-01",
        "Nashville, TN",
        "Atlanta, Georgia",
        "Washington, D.C.",
        "New York, N.Y.",
        "St. Paul, Minn.",
    ],
)
def test_places_and_dates_by_themselves_are_datelines(paragraph: str) -> None:
    assert below_the_headline(paragraph) is Role.DATELINE


def test_the_country_below_a_place_is_part_of_the_dateline() -> None:
    roles = roles_of([HEADLINE, "Nashville, TN", "United States", FIRST, "United States"])
    assert roles[1:3] == [Role.DATELINE, Role.DATELINE]
    assert roles[4] is Role.TEXT


@pytest.mark.parametrize(
    "paragraph",
    [
        "In Nashville, Tenn., the chiefs met.",
        "WASHINGTON (AP) — The mayor spoke.",
        "On March 16, 2018, the law took effect.",
        "March 16, 2018 was a Friday.",
    ],
)
def test_a_sentence_with_a_place_or_date_is_text(paragraph: str) -> None:
    assert within_the_story(paragraph) is Role.TEXT


@pytest.mark.parametrize(
    "headline",
    [
        "Ferry left Tarn Quay at 6:20 a.m.",
        "President is back in the U.S.",
        "Jeff Sessions: Stop ‘Handcuffing the Police Instead of the Criminals’",
        "After Trump's Use of Force Quip, Sessions Tells Police to Be 'Lawful'",
        "Who Pays for the Police?",
        "It Is Enough, Mayor!",
        "Polizeichef tritt zurück",
    ],
)
def test_the_first_paragraph_is_the_headline_where_it_reads_like_one(headline: str) -> None:
    assert roles_of([headline, FIRST, LAST]) == [Role.HEADLINE, Role.TEXT, Role.TEXT]
    assert roles_of(["Skip to content", "Photo: Jane Doe", headline, FIRST, LAST])[2:] == [
        Role.HEADLINE,
        Role.TEXT,
        Role.TEXT,
    ]


@pytest.mark.parametrize(
    "headline",
    ["Violent Crime Rises 3.5%", "City Budget Grows to $1.2M", "Mayor Asks Chief: ‘Why Now?’"],
)
def test_a_figure_or_a_quoted_question_at_its_end_makes_no_sentence_of_a_headline(
    headline: str,
) -> None:
    assert roles_of([headline, FIRST, LAST])[0] is Role.HEADLINE


@pytest.mark.parametrize(
    "story",
    [
        [FIRST, LAST],
        ["“We will see,” said the mayor,", LAST],
        ["Overheard", FIRST],
        ["x " * 150, FIRST],
        [HEADLINE],
        [],
    ],
)
def test_no_headline_is_made_of_anything_else(story: list[str]) -> None:
    assert Role.HEADLINE not in roles_of(story)


def test_a_question_of_an_interview_is_no_headline_however_long_it_is() -> None:
    asked = "Q: How many people sleep outside in January?"
    roles = roles_of(["Rough Sleepers in Town", asked, "A: We counted 417 of them in January."])
    assert roles == [Role.HEADLINE, Role.TEXT, Role.TEXT]


def test_there_is_one_headline_at_most() -> None:
    assert roles_of([HEADLINE, "Council Must Still Agree", FIRST]).count(Role.HEADLINE) == 1


def test_the_tail_of_a_page_is_furniture_once_one_of_its_lines_is() -> None:
    tail = ["Latest Livewire", "Comments", "Masthead Masthead", "Publisher:", "About the Paper"]
    roles = roles_of([HEADLINE, FIRST, LAST, *tail])
    assert roles[1:3] == [Role.TEXT, Role.TEXT]
    assert roles[3:] == [Role.FURNITURE] * len(tail)


def test_short_lines_at_the_end_of_a_story_are_text_where_none_is_furniture() -> None:
    assert roles_of([HEADLINE, FIRST, "Yes: 52", "No: 41"])[2:] == [Role.TEXT, Role.TEXT]


def test_a_date_in_the_tail_stays_a_dateline() -> None:
    roles = roles_of([HEADLINE, FIRST, LAST, "Updated March 16, 2018", "Share", "Topics"])
    assert roles[3:] == [Role.DATELINE, Role.FURNITURE, Role.FURNITURE]


def test_a_sentence_ends_the_tail() -> None:
    assert roles_of([HEADLINE, FIRST, "Nobody asked.", "Comments"])[2] is Role.TEXT


@pytest.mark.parametrize("text", ["He left.", "He said:", "“No.”", "and so on…", "one,", "(No.)"])
def test_these_end_like_a_sentence(text: str) -> None:
    assert ends_like_a_sentence(text)


@pytest.mark.parametrize("text", ["Who left?", "Enough!", "Mayor speaks", "‘Lawful’", "x", ""])
def test_these_do_not(text: str) -> None:
    assert not ends_like_a_sentence(text)


@given(st.lists(st.text(min_size=1, max_size=60), max_size=8))
def test_every_paragraph_of_any_document_has_a_role(texts: list[str]) -> None:
    found = roles_of(texts)
    assert len(found) == len(texts)
    assert all(isinstance(role, Role) for role in found)
    assert found.count(Role.HEADLINE) <= 1


@given(st.lists(st.text(st.sampled_from("By the AP/Photo (),.:© 2017"), max_size=200), max_size=5))
def test_paragraphs_made_of_what_the_rules_look_for_have_roles_too(texts: list[str]) -> None:
    assert len(roles_of(texts)) == len(texts)


@pytest.mark.parametrize(
    "sentence",
    [
        "Sign up for emergency alerts at the county's website before Sunday, the sheriff said.",
        "Log in records show the mayor used the clerk's account 14 times.",
        "Copyright 2019 claims by the estate were dismissed, Judge Kline ruled.",
        "Get our children out of that school, said one of the letters that flooded the inbox.",
        "Related: that is the word the coroner used in her report.",
        "The firm said all rights reserved.",
    ],
)
def test_sentences_that_hold_the_words_of_a_prompt_are_text(sentence: str) -> None:
    assert within_the_story(sentence) is Role.TEXT


@pytest.mark.parametrize(
    "name", ["BBC Homepage", "The Marietta Times", "Home > Local News", "Breaking News"]
)
def test_the_name_of_the_page_above_a_headline_is_not_the_headline(name: str) -> None:
    headline = "County Approves Harbor Budget After Long Debate"
    assert roles_of([name, headline, FIRST, LAST])[1] is Role.HEADLINE


def test_a_line_below_a_date_is_not_a_country() -> None:
    roles = roles_of([HEADLINE, "March 15, 2024", "Harbor Desk", FIRST, LAST])
    assert roles[2] is not Role.DATELINE
