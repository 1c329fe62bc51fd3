"""Drafts: every quoted span and figure held against the coverage, and nothing kept."""

import asyncio
from collections.abc import Awaitable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import (
    CheckedFigure,
    CheckedSpan,
    DraftCheck,
    FigureVerdict,
    Library,
    QuoteVerdict,
    UnreadableSource,
)
from retrieval.analysis.analyzer import Analyzer
from retrieval.quotes import draft_text
from retrieval.quotes.figures import figures_in
from tests.retrieval.conftest import RowCounts

ANALYZER = Analyzer()


def figures(text: str) -> list[tuple[str, float, str]]:
    """Return the figures of a text with their nouns, values and units."""
    return [(one.span.of(text), one.value, one.unit) for one in figures_in(text, ANALYZER)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It had 1,200 gang members.", [("1,200 gang members", 1200, "")]),
        (
            "cracks in 14 of its 62 pilings",
            [("14 of its 62 pilings", 14, ""), ("62 pilings", 62, "")],
        ),
        ("It cost $3.2 million in 2017.", [("$3.2 million", 3.2e6, "$")]),
        ("It rose by seven percent.", [("seven percent", 7, "percent")]),
        ("It rose by 7% a year.", [("7%", 7, "percent")]),
        ("It took eleven long months.", [("eleven long months", 11, "")]),
        ("On August 1, 2017, it was one day old.", []),
        ("It was 2017 and A4 and 1.2.3 and 5-2.", []),
        ("", []),
    ],
)
def test_figures_are_found_with_their_nouns(text: str, found: list[tuple[str, float, str]]) -> None:
    assert figures(text) == found


def rows(check: DraftCheck) -> list[tuple[str, str]]:
    """Return what was checked and the verdict on it."""
    return [
        (one.check.quote, one.check.verdict.value)
        if isinstance(one, CheckedSpan)
        else (one.text, one.verdict.value)
        for one in check.items
    ]


async def test_each_span_and_figure_of_a_draft_has_its_verdict(seeded: Library) -> None:
    draft = (
        "Sessions said he would “hold any officer responsible for breaking the law.”\n\n"
        "“We will stand by and watch violence rise,” he said. “Ask the penguins.”\n\n"
        "Violent crime rates went up by nearly eight percent and murder by over 20 percent.\n\n"
        "The chiefs come from 150 countries; 300 penguins came too."
    )
    check = await seeded.check_draft(draft.encode(), "draft.txt")
    assert rows(check) == [
        ("hold any officer responsible for breaking the law.", "exact"),
        ("We will stand by and watch violence rise,", "differs"),
        ("Ask the penguins.", "absent"),
        ("eight percent", "differs"),
        ("20 percent", "matches"),
        ("150 countries", "matches"),
        ("300 penguins came", "absent"),
    ]
    first, second, *_ = check.items
    assert isinstance(first, CheckedSpan)
    assert isinstance(second, CheckedSpan)
    assert (first.paragraph, first.speaker) == (1, "Sessions")
    assert second.check.is_critical


async def test_who_the_draft_credits_is_held_against_the_coverage(seeded: Library) -> None:
    draft = "“You just see them thrown in, rough,” Jeff Sessions said."
    [item] = (await seeded.check_draft(draft.encode(), "d.txt")).items
    assert isinstance(item, CheckedSpan)
    assert item.check.verdict is QuoteVerdict.OTHER_SPEAKER


async def test_a_figure_that_differs_shows_the_one_that_stands_there(seeded: Library) -> None:
    draft = "The department provided $2 million in emergency funding to officers in Broward County."
    [item] = (await seeded.check_draft(draft.encode(), "d.txt")).items
    assert isinstance(item, CheckedFigure)
    assert item.verdict is FigureVerdict.DIFFERS
    text, place = item.found[0]
    assert (text, place.passage.paragraph) == ("$1 million in emergency funding", 35)


async def test_of_several_figures_of_a_passage_the_nearest_one_is_shown(library: Library) -> None:
    await library.add(b"Her landlord raised the rent from $1,150 to $1,725 in January.", "rent.txt")
    check = await library.check_draft(b"Her landlord raised the rent to $1,752.", "draft.txt")
    [item] = check.items
    assert isinstance(item, CheckedFigure)
    assert (item.verdict, [text for text, _ in item.found]) == ("differs", ["$1,725 in January"])


@pytest.mark.parametrize(
    ("draft", "verdict"),
    [
        ("The city's budget for next year is $412 million, and its schools get more.", "matches"),
        ("The new stadium at the river costs $412 million, and nobody pays.", "absent"),
    ],
)
async def test_a_sum_stands_there_where_it_is_said_of_something_of_the_sentence(
    library: Library, draft: str, verdict: str
) -> None:
    story = b"Council passes budget of $412 million after all-night session, 31 votes to 28."
    await library.add(story, "budget.txt")
    check = await library.check_draft(draft.encode(), "draft.txt")
    [item] = check.items
    assert isinstance(item, CheckedFigure)
    assert item.verdict == verdict


async def test_a_space_checks_its_drafts_against_its_own_coverage(library: Library) -> None:
    await library.add(b"The port of Elder has 77 cranes on its northern side.", "a.txt", "T1")
    draft = b"The port of Elder has 77 cranes on its northern side."
    for space, verdict in (("T1", FigureVerdict.MATCHES), ("T2", FigureVerdict.ABSENT)):
        [item] = (await library.check_draft(draft, "d.txt", space)).items
        assert isinstance(item, CheckedFigure)
        assert item.verdict is verdict


async def test_nothing_of_a_draft_is_kept(seeded: Library, row_counts: RowCounts) -> None:
    before = row_counts(seeded)
    await seeded.check_draft("“We will not,” said Ann Lee of 30 penguins.".encode(), "d.txt")
    assert row_counts(seeded) == before


async def test_a_draft_of_three_hundred_pages_is_checked_as_far_as_is_bearable(
    seeded: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_text, "SPANS", 5)
    monkeypatch.setattr(draft_text, "FIGURES", 5)
    line = "“We hear you,” he said of 12 officers. It was a long day in the town of Elder."
    check = await seeded.check_draft("\n\n".join([line] * 300 * 30).encode(), "book.txt")
    assert len(check.items) == 10
    assert check.unchecked == 2 * 300 * 30 - 10


BOOK = "Some 12 officers came to the port of Elder. “We hear you,” Ann Lee said. It was late.\n\n"


class Heartbeat:
    """What else goes on while something is done: how often the event loop comes around."""

    def __init__(self) -> None:
        self.beats = 0

    async def during(self, work: Awaitable[object]) -> int:
        """Return how often the loop came around until some work was done."""
        begin, beating = self.beats, asyncio.create_task(self._beat())
        await work
        beating.cancel()
        return self.beats - begin

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(0.001)  # spinning would take the work's processor
            self.beats += 1


async def test_the_bot_goes_on_while_a_long_draft_is_read(
    seeded: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_text, "FIGURES", 1)
    heart, draft = Heartbeat(), BOOK * 3000
    monkeypatch.setattr(draft_text, "SPANS", 3000)
    in_a_thread = await heart.during(asyncio.to_thread(draft_text.draft_text_of, draft, ANALYZER))
    first, told = asyncio.Event(), []

    async def tell(done: int, total: int) -> None:
        told.append((done, total))
        first.set()

    check = asyncio.create_task(seeded.check_draft(draft.encode(), "book.txt", tell=tell))
    assert await heart.during(first.wait()) > in_a_thread / 2
    check.cancel()
    await asyncio.wait([check])
    assert told[0] == (0, 3001)


async def test_each_span_and_figure_of_a_draft_is_told_of(seeded: Library) -> None:
    told: list[tuple[int, int]] = []

    async def tell(done: int, total: int) -> None:
        told.append((done, total))

    await seeded.check_draft((BOOK * 3).encode(), "draft.txt", tell=tell)
    assert told == [(done, 6) for done in range(6)]


async def test_what_is_beyond_the_spans_that_are_checked_changes_no_speaker(
    seeded: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_text, "SPANS", 2)
    draft = "“We won,” said Ann Lee.\n\n“It was late,” she said.\n\n“No,” said Bob Ray."
    check = await seeded.check_draft(draft.encode(), "draft.txt")
    assert [one.speaker for one in check.items if isinstance(one, CheckedSpan)] == ["Ann Lee"] * 2
    assert check.unchecked == 1


async def test_a_draft_that_is_no_text_is_refused_with_a_sentence(seeded: Library) -> None:
    with pytest.raises(UnreadableSource):
        await seeded.check_draft(b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00", "d.png")


@given(st.text(max_size=200))
def test_every_text_has_its_figures(text: str) -> None:
    for figure in figures_in(text, ANALYZER):
        assert 0 <= figure.span.start < figure.span.end <= len(text)
        assert figure.value >= 0
