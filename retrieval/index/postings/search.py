"""The best passages of an index's parts, exactly, without scoring most of them.

Concepts are taken rarest first. The best passages of the first are scored whole: what the k-th of
them has is a bar. Once all concepts still to come bring less than the bar, no new passage can
enter, and the rest is looked up for the few that are left (MaxScore: Turtle and Flood 1995).
Impacts stored under an older average length differ from today's by a bounded factor, so candidates
are taken with that margin and scored anew, from their words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.index.postings.legs import Leg, Plan, Rows, legs_of, looked_up
from retrieval.index.postings.parts import Part
from retrieval.index.postings.scoring import exact_scores
from retrieval.index.postings.segment import PostingList
from retrieval.index.postings.table import Flags, Floats, Ints, is_first

WORTH_A_PROBE = 6000
"""Postings of a concept, from which it pays to see first whether the bar is above it."""
PROBED = 5
"""Times as many passages as are wanted: the best after all are among so many of the best so far."""
ROUNDING = 1e-5
"""Relative; far above what 32-bit sums of a question's impacts lose."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What a passage must reach to be among the best k."""

    k: int
    floor: float
    """A sum of impacts that k passages of other parts reach already."""
    slack: float
    """What today's score may fall short of the sum of impacts, as a factor."""

    def raised(self, values: NDArray[np.floating[Any]], before: float) -> float:
        """Return what k of these sums of impacts reach, or the bar before where that is higher."""
        if len(values) < self.k:
            return before
        at = len(values) - self.k
        return max(before, float(np.partition(values, at)[at]) * self.slack)


def best_of(
    part: Part, rows: Rows, plan: Plan, allowed: Flags | None, bar: tuple[int, float]
) -> tuple[Ints, NDArray[np.float64]]:
    """Return slots and exact scores of the part's passages that may be among the best.

    ``bar`` is how many are wanted, and a score that as many of other parts reach; ``allowed`` says
    which slots may be drawn on, None where all may.
    """
    legs = sorted(legs_of(part, rows, plan), key=attrgetter("size"))
    if not legs:
        return np.empty(0, np.int32), np.empty(0)
    low, high = _margin(part.average(), plan.average)
    k, floor = bar
    candidates = _Search(part, allowed, Bar(k, floor / high, low / high)).candidates(legs)
    return candidates, exact_scores(part, rows, plan, candidates)


def _margin(stored: float, today: float) -> tuple[float, float]:
    """Return between which factors today's impacts lie of those stored under another average.

    In k1·(1-b) + k1·b·length/average + tf only the middle term changes, by stored/today; the
    whole denominator therefore changes by less, and the impact by less than today/stored.
    """
    ratio = today / stored
    return min(1.0, ratio) * (1 - ROUNDING), max(1.0, ratio) * (1 + ROUNDING)


@dataclass(frozen=True, slots=True)
class _Search:
    """One question's way through one part."""

    part: Part
    allowed: Flags | None
    bar: Bar

    def candidates(self, legs: Sequence[Leg]) -> Ints:
        """Return the slots whose sum of impacts is within the margin of the k-th best."""
        rest = list(accumulate((leg.most for leg in reversed(legs)), initial=0.0))[::-1]
        sums = self.part.scratch()
        slots = self._pour(legs[0], sums)
        threshold = self.bar.floor
        poured = 1
        while poured < len(legs):
            if legs[poured].size >= WORTH_A_PROBE:
                threshold = self._probed(slots, sums.take(slots), legs[poured:], threshold)
            if rest[poured] < threshold:
                break
            slots = np.concatenate((slots, self._pour(legs[poured], sums)))
            poured += 1
        everything, enough = slots, threshold - rest[poured]
        slots = np.sort(slots[sums.take(slots) >= enough])  # in order they are looked up faster
        values = sums.take(slots)
        sums[everything] = 0
        for leg, to_come in zip(legs[poured:], rest[poured + 1 :], strict=True):
            values += looked_up(leg, slots)
            threshold = self.bar.raised(values, threshold)
            keep = values >= threshold - to_come
            slots, values = slots[keep], values[keep]
        return slots[values >= self.bar.raised(values, threshold)]

    def _pour(self, leg: Leg, sums: Floats) -> Ints:
        """Add what a concept brings to the sums; return the slots that had nothing before."""
        slots, values = self._read(leg)
        places = slots.astype(np.intp)  # numpy would convert them at each step
        before = sums.take(places)
        values += before
        sums[places] = values
        fresh: Ints = slots[before == 0]
        return fresh

    def _probed(self, slots: Ints, values: Floats, legs: Sequence[Leg], threshold: float) -> float:
        """Return the bar that the best slots so far set with what the other concepts bring them."""
        if len(slots) > (many := PROBED * self.bar.k):
            best = values.argpartition(len(values) - many)[-many:]
            slots, values = slots.take(best), values.take(best)
        for leg in legs:
            values += looked_up(leg, slots)
        return self.bar.raised(values, threshold)

    def _read(self, leg: Leg) -> tuple[Ints, Floats]:
        """Return the slots of a concept that may be drawn on, each with what it brings."""
        if len(leg.expressions) == 1:
            [(postings, factor)] = leg.expressions
            return self._allowed(postings, factor)
        best = self.part.scratch(1)
        touched = []
        for postings, factor in leg.expressions:
            slots, values = self._allowed(postings, factor)
            best[slots] = np.maximum(best[slots], values)
            touched.append(slots)
        slots = _each_once(np.concatenate(touched))
        values = best[slots]
        best[slots] = 0
        return slots, values

    def _allowed(self, postings: PostingList, factor: float) -> tuple[Ints, Floats]:
        if self.allowed is None:
            return postings.slots, postings.impacts * np.float32(factor)
        keep = self.allowed[postings.slots]
        return postings.slots[keep], postings.impacts[keep] * np.float32(factor)


def _each_once(slots: Ints) -> Ints:
    slots = np.sort(slots)
    once: Ints = slots[is_first(slots)]
    return once
