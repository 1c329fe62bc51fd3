"""The legs of a search: a question's concepts as the postings of one part."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.analysis.thesaurus import Expression
from retrieval.index.postings.parts import Part
from retrieval.index.postings.segment import PostingList
from retrieval.index.postings.table import Floats, Ints

Rows = Mapping[str, int]
"""The rows of a question's terms in one part; terms that it never held are left out."""


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


def legs_of(part: Part, rows: Rows, plan: Plan) -> Iterator[Leg]:
    """Yield the concepts of which a part holds an expression."""
    for concept in plan.concepts:
        found = [
            _find(part, rows, expression, factor, plan)
            for expression, factor in concept.items()
            if rows.keys() >= set(expression)
        ]
        if found:
            most = max([postings.most * factor for postings, factor in found])
            yield Leg(found, most, sum([len(one.slots) for one, _ in found]))


def _find(
    part: Part, rows: Rows, expression: Expression, factor: float, plan: Plan
) -> tuple[PostingList, float]:
    """Return an expression's postings and what their impacts are multiplied with."""
    if len(expression) == 1:
        [term] = expression
        return part.postings(rows[term]), plan.idf[term] * factor
    lists = [part.postings(rows[term]) for term in expression]
    return _all_of(lists, [plan.idf[term] for term in expression]), factor


def _all_of(lists: Sequence[PostingList], idfs: Sequence[float]) -> PostingList:
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
    return PostingList(slots, impacts, most)


def looked_up(leg: Leg, slots: Ints) -> Floats:
    """Return what a concept brings to certain passages."""
    brought = [
        _brought(postings, factor, slots)
        for postings, factor in leg.expressions
        if len(postings.slots)
    ]
    if not brought:
        return np.zeros(len(slots), np.float32)
    return brought[0] if len(brought) == 1 else np.maximum.reduce(brought)


def _brought(postings: PostingList, factor: float, slots: Ints) -> Floats:
    at = postings.slots.searchsorted(slots)
    brought: Floats = postings.impacts.take(at, mode="clip") * np.float32(factor)
    brought *= postings.slots.take(at, mode="clip") == slots
    return brought
