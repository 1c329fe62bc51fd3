"""Where the coverage says nearly what a quotation says, on the words that the index holds.

All candidate passages are laid out as one row of words, and the quotation is aligned with the whole
row at once (semi-global, with affine gaps on the side of the source: Gotoh 1982), one of its words
at a time, so that numpy does the work.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.index.postings.table import Hashes, Longs, hash_of
from retrieval.index.postings.texts import IndexedText
from retrieval.quotes.wording import Quotation

SAME = 100
OTHER = -80
"""A word of the quotation stands for another or for none."""
OPEN = 120
EXTEND = 10
"""What a run of words costs that only the source has, and each word of it,"""
OPEN_MARKED = 20
EXTEND_MARKED = 1
"""and where the quotation says that it leaves something out."""
BARRIER = 100_000
"""Places between the texts of two documents: no run goes over them."""


@dataclass(frozen=True, slots=True)
class Region:
    """Passages that follow one another in a document, as one row of words."""

    texts: Sequence[IndexedText]
    starts: Sequence[int]
    """Where each passage begins in the row of all regions, and the end."""


@dataclass(frozen=True, slots=True)
class Row:
    """The words of all regions, one behind the other."""

    regions: Sequence[Region]
    forms: NDArray[np.int64]
    """Number of each word in the quotation, -1 where it has it not."""
    positions: Longs
    """Where each word stands, with a barrier before each region."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a region where a quotation may stand."""

    region: Region
    score: int
    start: int
    """First of its words in the row of all regions."""
    end: int

    @property
    def texts(self) -> list[tuple[IndexedText, int, int]]:
        """The passages it goes over, each with the first of its words there and the end."""
        starts = self.region.starts
        return [
            (text, max(self.start, first) - first, min(self.end, end) - first)
            for text, first, end in zip(self.region.texts, starts, starts[1:], strict=False)
            if self.start < end and self.end > first
        ]


def row_of(quotation: Quotation, texts: Iterable[Sequence[IndexedText]]) -> Row:
    """Return the texts of each part as one row; those that follow one another are a region."""
    numbers = numbers_of(quotation)
    regions: list[Region] = []
    forms: list[Hashes] = []
    at = 0
    for part in texts:
        for _, group in groupby(
            enumerate(part), lambda pair: (pair[1].document, pair[1].place - pair[0])
        ):
            its = [text for _, text in group]
            sizes = [len(text.forms) for text in its]
            bounds = np.cumsum([at, *sizes]).tolist()
            regions.append(Region(its, bounds))
            forms.extend(text.forms for text in its)
            at = bounds[-1]
    hashes = np.concatenate([np.empty(0, np.uint64), *forms])
    known = np.fromiter(map(hash_of, numbers), np.uint64, len(numbers))
    order = np.argsort(known)
    places = np.searchsorted(known, hashes, sorter=order).clip(max=max(len(known) - 1, 0))
    found = order[places]
    words = np.where(known[found] == hashes, found, -1)
    barriers = np.repeat(
        np.arange(len(regions)), [one.starts[-1] - one.starts[0] for one in regions]
    )
    return Row(regions, words, np.arange(at) + BARRIER * barriers)


def numbers_of(quotation: Quotation) -> dict[str, int]:
    """Return a number for each form of a quotation that the index may hold."""
    forms = (word.form for word in quotation.wording.words if not word.is_sign)
    return {form: number for number, form in enumerate(dict.fromkeys(forms))}


def best_places(quotation: Quotation, row: Row) -> list[Found]:
    """Return the best place that ends in each passage, best first."""
    if not len(row.forms):
        return []
    scores, starts = _swept(quotation, row)
    found = []
    for region in row.regions:
        for first, end in pairwise(region.starts):
            if first < end:
                at = first + int(scores[first:end].argmax())
                if scores[at] > 0:
                    found.append(Found(region, int(scores[at]), int(starts[at]), at + 1))
    return list(_apart(sorted(found, key=lambda one: -one.score)))


def _apart(places: Iterable[Found]) -> Iterator[Found]:
    """Yield the places that share no word with a better one."""
    taken: list[range] = []
    for place in places:
        if all(place.end <= one.start or one.stop <= place.start for one in taken):
            taken.append(range(place.start, place.end))
            yield place


def _swept(quotation: Quotation, row: Row) -> tuple[Longs, Longs]:
    """Return for each word of the row the score of the quotation ending there, and its start."""
    size = len(row.forms)
    numbers = numbers_of(quotation)
    here = np.arange(size)
    is_first = np.diff(row.positions, prepend=-BARRIER) > 1
    scores, starts = np.zeros(size, np.int64), here + 1
    passed = 0
    words = quotation.wording.words
    for at, word in enumerate(words):
        if word.is_sign:
            continue
        gain = np.where(row.forms == numbers[word.form], SAME, OTHER)
        before, its_starts = np.roll(scores, 1), np.roll(starts, 1)
        before[is_first], its_starts[is_first] = OTHER * passed, here[is_first]
        passed += 1
        taken, skipped = before + gain, scores + OTHER
        is_taken = taken >= skipped
        scores = np.where(is_taken, taken, skipped)
        starts = np.where(is_taken, its_starts, starts)
        if at + 1 < len(words):
            is_marked = at + 1 in quotation.gaps
            _extend(scores, starts, row.positions, here, is_marked=is_marked)
    return scores, starts


def _extend(
    scores: Longs, starts: Longs, positions: Longs, here: Longs, *, is_marked: bool
) -> None:
    """Let runs of words that only the source has follow, where that is better."""
    opening, each = (OPEN_MARKED, EXTEND_MARKED) if is_marked else (OPEN, EXTEND)
    worth = scores + each * positions
    best = np.maximum.accumulate(worth)
    origin = np.maximum.accumulate(np.where(worth == best, here, 0))
    reached = best - opening - each * positions
    better = reached > scores
    if better.any():
        scores[better] = reached[better]
        starts[better] = starts[origin[better]]
