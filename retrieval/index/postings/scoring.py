"""Scores of passages under today's statistics, from their words."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.index.postings.build import MOST_FREQUENT
from retrieval.index.postings.legs import Plan, Rows
from retrieval.index.postings.parts import Part
from retrieval.index.postings.table import Ints

AT_ONCE = 4096
"""Passages whose words are compared with the question's at a time."""


def exact_scores(part: Part, rows: Rows, plan: Plan, slots: Ints) -> NDArray[np.float64]:
    """Return the scores of certain passages, all with words, under today's statistics."""
    if len(slots) > AT_ONCE:
        blocks = np.array_split(slots, len(slots) // AT_ONCE + 1)
        return np.concatenate([exact_scores(part, rows, plan, block) for block in blocks])
    norms = plan.k1 * (1 - plan.b) + plan.k1 * plan.b / plan.average * part.table.lengths.take(
        slots
    )
    frequencies = _frequencies(part, list(rows.values()), slots)
    worth = frequencies * (plan.k1 + 1) / (norms + frequencies)
    scores = {term: one * plan.idf[term] for term, one in zip(rows, worth, strict=True)}
    total = np.zeros(len(slots))
    for concept in plan.concepts:
        of_expressions = [
            _weakest([scores[term] for term in expression]) * factor
            for expression, factor in concept.items()
            if scores.keys() >= set(expression)
        ]
        if of_expressions:
            total += _best(of_expressions)
    return total


def _weakest(scores: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    return scores[0] if len(scores) == 1 else np.minimum.reduce(scores)


def _best(scores: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    return scores[0] if len(scores) == 1 else np.maximum.reduce(scores)


def _frequencies(part: Part, rows: Sequence[int], slots: Ints) -> NDArray[np.float64]:
    """Return how often each term (of shape R) stands in each passage, none empty; shape (R, n)."""
    words, sizes = part.words_of(slots)
    held = part.table.word_terms.take(words) == np.array(rows, np.int32)[:, None]
    counts = np.add.reduceat(held, sizes.cumsum() - sizes, axis=1, dtype=np.float64)
    return np.minimum(counts, MOST_FREQUENT, out=counts)
