"""What an answer is called: a passage in which the right person speaks of something else is none.

The stories are about two people and a bridge; the questions are about them too.
"""

import pytest

from retrieval import Library, Verdict

STORY = (
    "Dana Whitlock rules out a curfew\nBy Robin Roe\nNovember 20, 2025\n\n"
    "Police chief Dana Whitlock said she would not ask for a curfew for minors.\n\n"
    "Burglaries fell by a fifth in a year, and the harbor stayed closed to trawlers.\n"
)
BRIDGE = "The Tarn Bridge will reopen to cars on 14 November, engineer Olga Petrova said.\n"


@pytest.fixture
async def desk(library: Library) -> Library:
    await library.add(STORY.encode(), "curfew.txt")
    await library.add(BRIDGE.encode(), "bridge.txt")
    return library


async def test_what_a_person_said_about_another_thing_is_not_called_found(desk: Library) -> None:
    said = await desk.find("What did Dana Whitlock say about the curfew?")
    assert said.verdict is Verdict.FOUND
    other = await desk.find("What did Dana Whitlock say about the bridge?")
    assert other.verdict is not Verdict.FOUND


async def test_a_name_alone_does_not_answer_what_is_asked_about_it(desk: Library) -> None:
    findings = await desk.find("Why did Dana Whitlock resign?")
    assert findings.verdict is not Verdict.FOUND
    assert "“resign” occurs nowhere in the coverage" in findings.reason


async def test_a_question_for_the_name_itself_asks_nothing_else(desk: Library) -> None:
    assert (await desk.find("Who is Olga Petrova?")).verdict is Verdict.FOUND


@pytest.mark.parametrize("kind", ["On what date", "In which month"])
async def test_the_kind_of_thing_that_is_asked_for_need_not_be_repeated(
    desk: Library, kind: str
) -> None:
    findings = await desk.find(f"{kind} will the Tarn Bridge reopen?")
    assert findings.verdict is Verdict.FOUND


async def test_the_reason_names_what_the_best_passage_leaves_out(desk: Library) -> None:
    findings = await desk.find("When will the Tarn Bridge reopen to trawlers?")
    assert findings.hits[0].passage.text.startswith("The Tarn Bridge will reopen")
    assert "neither it nor its title has “trawlers”" in findings.reason


async def test_the_title_counts_for_what_the_passage_takes_for_granted(desk: Library) -> None:
    findings = await desk.find("How much did burglaries fall under Dana Whitlock?")
    assert findings.verdict is Verdict.FOUND
    assert "“Dana” and “Whitlock” stand only in its title" in findings.reason


async def test_who_wrote_of_a_matter_is_answered_by_a_line_that_does_not_name_it(
    desk: Library,
) -> None:
    findings = await desk.find("Who wrote the story about Dana Whitlock and burglaries?")
    assert findings.hits[0].passage.text == "By Robin Roe"
    assert findings.verdict is Verdict.FOUND


@pytest.fixture
async def elections(library: Library) -> Library:
    for year, turnout in (("2023", "was 44 percent"), ("2024", "rose to 61 percent, a record")):
        story = (
            f"Okafor wins the council in a close vote\nNovember 8, {year}\n\n"
            f"Turnout in the council election {turnout}.\n"
        )
        await library.add(story.encode(), f"{year}.txt")
    return library


@pytest.mark.parametrize(
    "question",
    [
        "turnout council election {year}",
        "What was the turnout in the council election of November {year}?",
        "turnout of the council election on 8 November {year}",
    ],
)
@pytest.mark.parametrize("year", ["2023", "2024"])
async def test_a_document_is_of_the_year_in_which_it_was_published(
    elections: Library, question: str, year: str
) -> None:
    findings = await elections.find(question.format(year=year))
    assert findings.verdict is Verdict.FOUND
    assert findings.hits[0].document.file == f"{year}.txt"
    assert "neither" not in findings.reason


async def test_what_was_published_in_another_year_is_not_called_found(elections: Library) -> None:
    findings = await elections.find("turnout council election 2019")
    assert findings.verdict is not Verdict.FOUND
    assert "2019" in findings.reason
