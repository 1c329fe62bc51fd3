"""The bar for “found” follows the coverage: what matches have there for nothing."""

import asyncio
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import pytest

from retrieval import Incoming, Library
from retrieval.answering import calibration
from retrieval.answering.calibration import CALIBRATED_FROM, HIGHEST, LOWEST

TOPICS = ("budget", "harbor", "school", "bridge", "council", "mayor", "police", "market")
NEWSROOM, ELSEWHERE = "T-newsroom", "T-elsewhere"


@pytest.fixture(autouse=True)
def few_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask fewer pieces than is usual: of sentences so much alike, all say the same."""
    monkeypatch.setattr(calibration, "ASKED", 40)


def alike(number: int) -> Iterator[Incoming]:
    """Yield documents whose sentences say the same of ever other things."""
    by_lot = Random(1)
    for at in range(number):
        lines = [
            f"The {one} and the {other} of ward {by_lot.randint(1, 9)} met the {third} again today."
            for one, other, third in (by_lot.sample(TOPICS, 3) for _ in range(20))
        ]
        yield Incoming("\n\n".join(lines).encode(), f"alike-{at}.txt")


def different(number: int) -> Iterator[Incoming]:
    """Yield documents that have few words in common."""
    words = Random(2)
    for at in range(number):
        lines = [
            " ".join(
                "".join(words.choices("abcdefghijklmnoprstuvw", k=7)).title() for _ in range(12)
            )
            + " met."
            for _ in range(20)
        ]
        yield Incoming("\n\n".join(lines).encode(), f"different-{at}.txt")


async def add(library: Library, sources: Iterable[Incoming], space: str | None = None) -> None:
    async for outcome in library.add_all(sources, space):
        assert not isinstance(outcome, Exception), outcome


async def bar_of(library: Library, space: str | None = None) -> tuple[float, int]:
    """Return how high the bar is that answers show, and on how many passages it was set."""
    explanation = await library.explain("the council met the mayor", 1, space)
    [height] = [-one.value for one in explanation.evidence if "for nothing" in one.name] or [0.0]
    return height, (await library.coverage(space)).passages


async def height_after(library: Library, height: float) -> float:
    """Wait until the bar is no more so high, and return how high it is."""
    for _ in range(1200):
        now, _ = await bar_of(library)
        if now != height:
            return now
        await asyncio.sleep(0.05)
    return height


async def test_a_small_coverage_has_no_bar_of_its_own(seeded: Library) -> None:
    assert await bar_of(seeded) == (0.0, 119)


async def test_the_more_alike_a_coverage_is_the_higher_is_the_bar(tmp_path: Path) -> None:
    async with Library.open(tmp_path / "alike.db") as one, Library.open(tmp_path / "b.db") as other:
        await add(one, alike(30))
        await add(other, different(30))
        assert await bar_of(one) == (HIGHEST, 600)
        assert (await other.coverage()).passages == 600
        assert (await other.explain("Nobody met.", 1)).evidence


async def test_the_bar_is_kept(library: Library) -> None:
    await add(library, alike(30))
    async with Library.open(library.path) as again:
        assert await bar_of(again) == await bar_of(library)


async def test_what_is_called_found_is_measured_against_the_bar(tmp_path: Path) -> None:
    question = "Which council and harbor of ward 3 met the mayor?"
    async with Library.open(tmp_path / "small.db") as small, Library.open(tmp_path / "b.db") as big:
        for one in alike(20):
            await small.add(one.content, one.filename)
        await add(big, alike(30))
        assert (await bar_of(small))[0] == 0.0
        assert (await big.find(question)).confidence < (await small.find(question)).confidence


async def test_a_coverage_that_grew_is_asked_anew_beside_the_questions(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibration, "PAUSE", 0)
    for one in alike(30):
        await library.add(one.content, one.filename)
    assert await bar_of(library) == (0.0, 600)
    await library.find("the council met the mayor")
    assert await height_after(library, 0.0) == HIGHEST


async def test_a_coverage_that_shrank_below_what_can_be_asked_has_no_bar(library: Library) -> None:
    await add(library, alike(30))
    for document in (await library.documents())[: 30 - CALIBRATED_FROM // 20 + 1]:
        await library.remove(document.file)
    await library.find("the council met the mayor")
    assert await height_after(library, HIGHEST) == 0.0
    assert (await library.coverage()).passages < CALIBRATED_FROM


async def test_closing_leaves_a_bar_that_is_not_set_as_it_was(tmp_path: Path) -> None:
    async with Library.open(tmp_path / "a.db") as library:
        for one in alike(30):
            await library.add(one.content, one.filename)
        await library.find("the council met the mayor")
    async with Library.open(tmp_path / "a.db") as library:
        assert (await bar_of(library))[0] == 0.0


async def test_a_space_has_the_bar_of_what_it_sees(library: Library) -> None:
    await add(library, alike(30), NEWSROOM)
    assert (await bar_of(library, NEWSROOM))[0] == HIGHEST
    assert (await bar_of(library, ELSEWHERE))[0] == 0.0
    assert (await bar_of(library))[0] == 0.0


async def test_the_bar_stays_within_its_bounds(library: Library) -> None:
    await add(library, different(30))
    height, _ = await bar_of(library)
    assert LOWEST <= height <= HIGHEST
