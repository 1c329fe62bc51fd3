"""What an operator of a question lets through: exactly that, of what the space may see."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from retrieval import BadFilter, Details, Findings, Library, Verdict

STORIES = {
    "2017/ice.txt": (
        "The harbor froze over. The mayor swam.",
        Details("Harbor of Ice", "The Washington Post", "Sari Horwitz", date(2017, 8, 1)),
    ),
    "2018/thaw.txt": (
        "The harbor thawed. To be or not to be, said the mayor.",
        Details("The Thaw", "New York Post", "Robin Roe", date(2018, 3, 16)),
    ),
    "undated.txt": ("The harbor is deep. The mayor’s boat sank.", Details(author="Sari Horwitz")),
}


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    async with Library.open(tmp_path / "news.db") as library:
        for file, (text, details) in STORIES.items():
            await library.add(text.encode(), file, details=details)
        secret = Details("Plan", "Secret Gazette", "Jane Doe", date(2019, 1, 1))
        await library.add(b"The harbor will be sold.", "plan.txt", "T1", details=secret)
        yield library


def files(findings: Findings) -> set[str]:
    return {hit.document.file for hit in findings.hits}


ALL = {"2017/ice.txt", "2018/thaw.txt", "undated.txt"}


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("harbor", ALL),
        ("harbor from:Post", {"2017/ice.txt", "2018/thaw.txt"}),
        ("from:“washington post” harbor", {"2017/ice.txt"}),
        ("from:Washington from:york harbor", {"2017/ice.txt", "2018/thaw.txt"}),
        ("harbor from:wash", set()),
        ("harbor by:horwitz", {"2017/ice.txt", "undated.txt"}),
        ("harbor by:horwitz from:post", {"2017/ice.txt"}),
        ("harbor in:2017/ice.txt", {"2017/ice.txt"}),
        ("harbor in:ICE.txt", {"2017/ice.txt"}),
        ("harbor in:thaw", {"2018/thaw.txt"}),
        ("harbor in:2018/", {"2018/thaw.txt"}),
        ("harbor in:thaw in:undated", {"2018/thaw.txt", "undated.txt"}),
        ("harbor in:nothing", set()),
        ("harbor since:2017-08-01", {"2017/ice.txt", "2018/thaw.txt"}),
        ("harbor since:2017-08-02", {"2018/thaw.txt"}),
        ("harbor until:2017", {"2017/ice.txt"}),
        ("harbor since:2018 until:2018-03", {"2018/thaw.txt"}),
        ("harbor -thaw", {"2017/ice.txt", "undated.txt"}),
        ("harbor -thawing -sinking", {"2017/ice.txt"}),
        ("harbor -“mayor swam”", {"2018/thaw.txt", "undated.txt"}),
        ("harbor -mayor", set()),
        ('"the mayor swam"', {"2017/ice.txt"}),
        ("harbor “over the mayor”", {"2017/ice.txt"}),
        ('harbor "mayors boat"', {"undated.txt"}),
        ('"to be or not to be"', {"2018/thaw.txt"}),
        ('"to be" -mayor', set()),
        (" ".join(f"-w{number}" for number in range(1000)) + " harbor", ALL),
    ],
)
async def test_only_what_an_operator_lets_through_is_found(
    library: Library, question: str, found: set[str]
) -> None:
    assert files(await library.find(question)) == found


async def test_the_answer_says_what_was_searched(library: Library) -> None:
    by_date = await library.find("harbor since:2018")
    assert by_date.reason.endswith(
        "Searched: 1 of 3 documents, since 2018-01-01; 1 without a date left out."
    )
    nobody = await library.find("harbor by:Nobody")
    assert nobody.verdict is Verdict.NOT_FOUND
    assert nobody.reason.endswith("No document is by Nobody.")


async def test_words_that_nobody_said_so_show_the_nearest_passages(library: Library) -> None:
    findings = await library.find('Where is "the mayor drowned in the harbor"?')
    assert files(findings) == ALL
    assert findings.reason.endswith("No passage has the quoted words exactly so.")


async def test_a_phrase_of_stop_words_is_found_and_marked(library: Library) -> None:
    findings = await library.find('"to be or not to be"')
    assert findings.verdict is Verdict.FOUND
    [hit] = findings.hits
    assert " ".join(mark.of(hit.passage.text) for mark in hit.marks) == "To be or not to be"


async def test_who_asks_for_the_latest_gets_the_newest_first(library: Library) -> None:
    findings = await library.find("latest on the harbor")
    assert [hit.document.file for hit in findings.hits] == [
        "2018/thaw.txt",
        "2017/ice.txt",
        "undated.txt",
    ]
    assert findings.missing == ()
    assert "newest first" in findings.reason


async def test_no_filter_tells_of_what_another_space_has(library: Library) -> None:
    for question in ("harbor from:Secret", "harbor by:Doe", "harbor in:plan", "sold since:2019"):
        shared = await library.find(question)
        assert files(shared) == set()
        assert "No document is" in shared.reason
        assert files(await library.find(question, space="T1")) == {"plan.txt"}
        assert await library.find(question, space="T2") == shared


async def test_a_filter_that_cannot_be_read_is_a_sentence(library: Library) -> None:
    with pytest.raises(BadFilter, match="names no date"):
        await library.find("harbor since:yesterday")
