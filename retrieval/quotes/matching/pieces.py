"""Quotations put together from several places: which runs of their words stand where."""

from dataclasses import dataclass

import numpy as np

from retrieval.index.postings.table import Longs
from retrieval.quotes.matching.places import Found, Region, Row, numbers_of
from retrieval.quotes.wording import Quotation

SHORTEST = 5
"""Words of a piece: fewer stand somewhere by chance."""
COST = 2
"""Words that a further piece must bring."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a quotation that stand somewhere word for word."""

    given: range
    found: Found


def pieces_of(quotation: Quotation, row: Row) -> list[Piece]:
    """Return the pieces that hold most of a quotation's words, in its order.

    Each is as long as can be; they do not overlap.
    """
    if not len(row.forms):
        return []
    longest, ends = _longest_runs(quotation, row)
    size = len(longest)
    worth, choice = [0] * (size + 1), [0] * (size + 1)
    for at in range(size - 1, -1, -1):
        worth[at] = worth[at + 1]
        run = int(longest[at])
        if run >= SHORTEST and run - COST + worth[at + run] > worth[at]:
            worth[at], choice[at] = run - COST + worth[at + run], run
    pieces = []
    at = 0
    while at < size:
        if run := choice[at]:
            start = int(ends[at])
            region = _region_at(row, start)
            pieces.append(Piece(range(at, at + run), Found(region, run, start, start + run)))
        at += max(run, 1)
    return pieces


def _longest_runs(quotation: Quotation, row: Row) -> tuple[Longs, Longs]:
    """Return how far the words from each one on stand somewhere in a row, and where."""
    words = quotation.wording.words
    numbers = numbers_of(quotation)
    size = len(row.forms)
    longest, places = np.zeros(len(words), np.int64), np.zeros(len(words), np.int64)
    is_last = np.diff(row.positions, append=row.positions[-1] + 2) > 1
    runs = np.zeros(size + 1, np.int64)
    for at in range(len(words) - 1, -1, -1):
        same = row.forms == numbers.get(words[at].form, -2)
        following = runs[1:].copy()
        following[is_last] = 0
        runs[:-1] = np.where(same, following + 1, 0)
        places[at] = runs[:-1].argmax()
        longest[at] = runs[places[at]]
    return longest, places


def _region_at(row: Row, place: int) -> Region:
    return next(one for one in row.regions if one.starts[0] <= place < one.starts[-1])
