"""Calibration: how high the bar for “found” stands on the coverage at hand.

What nothing answers still shares words with something, and with more the larger and the narrower
a coverage is. So the coverage is asked pieces of its own sentences, each without the document that
it comes from: what the best passage of the others has for it is what one has for a question that
nothing answers. The bar is set where few of those would be called found, and again as it grows.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from random import Random

import regex

from retrieval.analysis.sentences import sentences_of
from retrieval.answering import verdict
from retrieval.answering.finder import Finder
from retrieval.errors import DatabaseUnusable
from retrieval.model import Coverage
from retrieval.store.bars import NO_BAR, Bar, Bars
from retrieval.store.passages import Passages, Placed

log = logging.getLogger("newsdesk")

CALIBRATED_FROM = 500
"""Passages; what fewer of them have in common by chance says too little."""
GROWN_BY = 1.25
"""Times as many or as few passages, from which the bar is set anew."""
ASKED = 200
"""Pieces of sentences that are asked."""
WORDS = (6, 14)
"""Words of a piece, at least and at most: as many as questions have."""
NOT_FOUND_SHARE = 0.75
"""Share of the pieces that must not be called found."""
LOWEST, HIGHEST = -0.25, 0.75
"""Bounds of the bar, in log odds: a piece of a sentence is not quite a question."""
PAUSE = 0.02
"""Seconds between two pieces while people ask too."""

_OPERATORS = regex.compile(r"[\"“”„«»:-]")


class Calibration:
    """Sets the bars of spaces, beside the questions or at once."""

    def __init__(self, finder: Finder, passages: Passages, bars: Bars) -> None:
        self._finder = finder
        self._passages = passages
        self._bars = bars
        self._under_way: dict[str | None, asyncio.Task[None]] = {}

    async def begin_if_due(self, space: str | None, coverage: Coverage) -> None:
        """Begin to set a space's bar beside the questions, where its coverage has grown."""
        if space not in self._under_way and await self._is_due(space, coverage):
            task = asyncio.create_task(self._set(space, coverage, PAUSE))
            self._under_way[space] = task
            task.add_done_callback(lambda _: self._under_way.pop(space, None))

    async def settle(self, space: str | None, coverage: Coverage) -> None:
        """Set a space's bar now, where its coverage has grown."""
        if await self._is_due(space, coverage):
            await self._set(space, coverage, 0)

    async def close(self) -> None:
        """Leave what is not set as it was."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _is_due(self, space: str | None, coverage: Coverage) -> bool:
        bar = await self._bars.of(space)
        if coverage.passages < CALIBRATED_FROM:
            return bar != NO_BAR
        return not bar.passages / GROWN_BY <= coverage.passages <= bar.passages * GROWN_BY

    async def _set(self, space: str | None, coverage: Coverage, pause: float) -> None:
        bar = NO_BAR
        try:
            if coverage.passages >= CALIBRATED_FROM:
                odds = sorted([one async for one in self._odds(space, coverage, pause)])
                height = odds[int(NOT_FOUND_SHARE * len(odds))] if odds else 0.0
                bar = Bar(min(max(height, LOWEST), HIGHEST), coverage.passages)
            await self._bars.keep(space, bar)
        except DatabaseUnusable as error:
            log.warning("the bar for found is not set: %s", error)

    async def _odds(
        self, space: str | None, coverage: Coverage, pause: float
    ) -> AsyncIterator[float]:
        """Yield what the best other passage has for each of some pieces, in log odds."""
        by_lot = Random(coverage.passages)  # noqa: S311 - a sample, no secret
        for placed in await self._passages.sample(ASKED, space, by_lot):
            piece = _piece(placed, by_lot)
            yield verdict.log_odds(await self._finder.evidence_besides(piece, placed, space))
            await asyncio.sleep(pause)


def _piece(placed: Placed, by_lot: Random) -> str:
    """Return some words of one sentence of a passage, without what a query would read."""
    text = placed.passage.text
    words = _OPERATORS.sub(" ", by_lot.choice(sentences_of(text)).of(text)).split()
    length = min(len(words), by_lot.randint(*WORDS))
    start = by_lot.randint(0, len(words) - length)
    return " ".join(words[start : start + length])
