"""The best passages of an index's parts, exactly, without scoring most of them.

Concepts are taken rarest first. Once the k-th best passage found so far is worth more than all
concepts still to come can bring, no new passage can enter: the rest is looked up for the few that
are left (MaxScore: Turtle and Flood 1995). Impacts stored under an older average length differ
from today's by a bounded factor, so candidates are taken with that margin and scored anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.postings.parts import Part
from retrieval.postings.segment import Ints, PostingList
from retrieval.thesaurus import Expression

WORTH_A_SCAN = 32
"""Going through all sums costs as much as sorting out a 32nd as many slots."""
ROUNDING = 1e-5
"""Relative; far above what 32-bit sums of a question's impacts lose."""


Lists = Mapping[str, PostingList]
"""The postings of a question's terms in one part; terms that nothing live holds are left out."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A question's concepts, with the statistics of today."""

    concepts: Sequence[Mapping[Expression, float]]
    """For each concept, what the BM25 score of an expression is multiplied with."""
    idf: Mapping[str, float]
    k1: float
    b: float
    average: float
    """Average length of a passage."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One concept in one part: its postings, by expression, with what impacts are multiplied by."""

    expressions: Sequence[tuple[PostingList, float]]
    most: float
    """What the concept can bring a passage, at most."""
    size: int


@dataclass(frozen=True, slots=True)
class Bar:
    """What a passage must reach to be among the best k."""

    k: int
    floor: float
    """A sum of impacts that k passages of other parts reach already."""
    slack: float
    """What today's score may fall short of the sum of impacts, as a factor."""

    def raised(self, values: NDArray[np.floating[Any]], before: float) -> float:
        """Return what k of these sums reach, or the bar before where that is higher."""
        if len(values) < self.k:
            return before
        at = len(values) - self.k
        return max(before, float(np.partition(values, at)[at]) * self.slack)


def best_of(
    part: Part, lists: Lists, plan: Plan, allowed: NDArray[np.bool_] | None, bar: tuple[int, float]
) -> tuple[Ints, NDArray[np.float64]]:
    """Return slots and exact scores of the part's passages that may be among the best.

    ``bar`` is how many are wanted, and a score that as many of other parts reach; ``allowed`` says
    which slots may be drawn on, None where all may.
    """
    legs = sorted(_legs(lists, plan), key=lambda leg: leg.size)
    if not legs:
        return np.empty(0, np.int32), np.empty(0)
    low, high = _margin(part.average(), plan.average)
    k, floor = bar
    candidates = _candidates(legs, part, allowed, Bar(k, floor / high, low / high))
    return candidates, exact_scores(part, lists, plan, candidates)


def _legs(lists: Lists, plan: Plan) -> list[Leg]:
    legs = []
    for concept in plan.concepts:
        found = [
            _find(lists, expression, factor, plan)
            for expression, factor in concept.items()
            if all(term in lists for term in expression)
        ]
        found = [one for one in found if len(one[0].slots)]
        if found:
            most = max(postings.most * factor for postings, factor in found)
            legs.append(Leg(found, most, sum(len(one.slots) for one, _ in found)))
    return legs


def _find(
    lists: Lists, expression: Expression, factor: float, plan: Plan
) -> tuple[PostingList, float]:
    """Return an expression's postings and what their impacts are multiplied with."""
    if len(expression) == 1:
        return lists[expression[0]], plan.idf[expression[0]] * factor
    phrase = _phrase([lists[term] for term in expression], [plan.idf[term] for term in expression])
    return phrase, factor


def _phrase(lists: Sequence[PostingList], idfs: Sequence[float]) -> PostingList:
    """Return the passages that hold all of several terms; each scores as the weakest of them."""
    slots = min(lists, key=lambda one: len(one.slots)).slots
    for one in lists:
        slots = slots[np.isin(slots, one.slots, assume_unique=True)]
    impacts = np.minimum.reduce(
        [
            one.impacts[np.searchsorted(one.slots, slots)] * np.float32(idf)
            for one, idf in zip(lists, idfs, strict=True)
        ]
    )
    most = float(impacts.max()) if len(impacts) else 0.0
    return PostingList(slots, np.ones(len(slots), np.uint16), impacts, most, len(slots))


def _margin(stored: float, today: float) -> tuple[float, float]:
    """Return between which factors today's impacts lie of those stored under another average.

    In k1·(1-b) + k1·b·length/average + tf only the middle term changes, by stored/today; the
    whole denominator therefore changes by less, and the impact by less than today/stored.
    """
    ratio = today / stored
    return min(1.0, ratio) * (1 - ROUNDING), max(1.0, ratio) * (1 + ROUNDING)


def _candidates(
    legs: Sequence[Leg], part: Part, allowed: NDArray[np.bool_] | None, bar: Bar
) -> Ints:
    """Return the slots whose sum of impacts is within the margin of the k-th best."""
    rest = np.cumsum([0.0, *(leg.most for leg in reversed(legs))])[::-1]
    sums = part.scratch()
    poured: list[Ints] = []
    threshold = bar.floor
    for leg, to_come in zip(legs, rest, strict=False):
        if threshold > to_come:
            break
        slots, reached = _pour(leg, sums, allowed)
        poured.append(slots)
        threshold = bar.raised(reached, threshold)
    slots, values = _drained(sums, poured, threshold - rest[len(poured)])
    for leg, to_come in zip(legs[len(poured) :], rest[len(poured) + 1 :], strict=True):
        values += _looked_up(leg, slots)
        threshold = bar.raised(values, threshold)
        keep = values + to_come >= threshold
        slots, values = slots[keep], values[keep]
    keep = values >= bar.raised(values, threshold)
    return slots[keep]


def _drained(
    sums: NDArray[np.float32], poured: Sequence[Ints], bound: float
) -> tuple[Ints, NDArray[np.float64]]:
    """Return the slots whose sums reach a bound, with their sums, and empty the sums again."""
    work = sum(map(len, poured))
    if work * WORTH_A_SCAN > len(sums):
        slots = np.flatnonzero(sums >= bound) if bound > 0 else np.flatnonzero(sums)
        values = sums[slots]
        sums.fill(0)
    else:
        everything = np.concatenate([np.empty(0, np.int32), *poured])
        values = sums[everything]
        slots = np.sort(everything[values >= bound])
        slots = slots[np.append(True, slots[1:] != slots[:-1])[: len(slots)]]
        values = sums[slots]
        sums[everything] = 0
    return slots.astype(np.int32), values.astype(np.float64)


def _pour(
    leg: Leg, sums: NDArray[np.float32], allowed: NDArray[np.bool_] | None
) -> tuple[Ints, NDArray[np.float32]]:
    """Add a concept's impacts to the sums; return the slots, each once, and their sums."""
    if len(leg.expressions) == 1:
        [(postings, factor)] = leg.expressions
        slots, values = _allowed(postings, factor, allowed)
    else:
        slots, values = _best_expressions(leg, len(sums), allowed)
    values += sums[slots]
    sums[slots] = values
    return slots, values


def _best_expressions(
    leg: Leg, size: int, allowed: NDArray[np.bool_] | None
) -> tuple[Ints, NDArray[np.float32]]:
    """Return the slots of all expressions of a concept, each with what its best one brings."""
    best = np.zeros(size, np.float32)
    touched = []
    for postings, factor in leg.expressions:
        slots, values = _allowed(postings, factor, allowed)
        best[slots] = np.maximum(best[slots], values)
        touched.append(slots)
    together = np.sort(np.concatenate(touched))
    slots = together[np.append(True, together[1:] != together[:-1])[: len(together)]]
    return slots, best[slots]


def _allowed(
    postings: PostingList, factor: float, allowed: NDArray[np.bool_] | None
) -> tuple[Ints, NDArray[np.float32]]:
    if allowed is None:
        return postings.slots, postings.impacts * np.float32(factor)
    keep = allowed[postings.slots]
    return postings.slots[keep], postings.impacts[keep] * np.float32(factor)


def _looked_up(leg: Leg, slots: Ints) -> NDArray[np.float64]:
    """Return what a concept brings to certain passages."""
    best = np.zeros(len(slots))
    for postings, factor in leg.expressions:
        at = np.minimum(postings.slots.searchsorted(slots), len(postings.slots) - 1)
        held = postings.slots[at] == slots
        np.maximum(best, np.where(held, postings.impacts[at] * factor, 0.0), out=best)
    return best


def exact_scores(part: Part, lists: Lists, plan: Plan, slots: Ints) -> NDArray[np.float64]:
    """Return the scores of certain passages under today's statistics, in 64 bits."""
    lengths = part.lengths[slots]
    norms = plan.k1 * (1 - plan.b + plan.b * lengths / plan.average)
    total = np.zeros(len(slots))
    for concept in plan.concepts:
        scores = [
            _expression_scores(lists, expression, plan, slots, norms) * factor
            for expression, factor in concept.items()
            if all(term in lists for term in expression)
        ]
        if scores:
            total += scores[0] if len(scores) == 1 else np.maximum.reduce(scores)
    return total


def _expression_scores(
    lists: Lists, expression: Expression, plan: Plan, slots: Ints, norms: NDArray[Any]
) -> NDArray[np.float64]:
    """Return what an expression scores in certain passages; a phrase as its weakest term."""
    scores = [
        _term_scores(lists[term], slots, norms, plan.k1) * plan.idf[term] for term in expression
    ]
    return scores[0] if len(scores) == 1 else np.minimum.reduce(scores)


def _term_scores(
    postings: PostingList, slots: Ints, norms: NDArray[Any], k1: float
) -> NDArray[np.float64]:
    at = postings.slots.searchsorted(slots)
    at[at == len(postings.slots)] = 0
    held = postings.slots[at] == slots
    frequencies = np.multiply(postings.frequencies[at], held, dtype=np.float64)
    return np.asarray(frequencies * (k1 + 1) / (norms + frequencies), np.float64)
