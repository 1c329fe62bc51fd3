"""Segments of which passages may have died."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

import numpy as np

from retrieval.index.postings.parts import Part
from retrieval.index.postings.segment import PostingList, Segment
from retrieval.index.postings.table import Ints, Longs, hash_of

ROWS_KEPT = 1 << 16
"""Terms whose rows are remembered: questions mostly use the same words."""


class SegmentPart(Part):
    """A segment and what is live of it."""

    def __init__(self, segment: Segment, dead: Sequence[int] = ()) -> None:
        super().__init__()
        self.segment = segment
        self._row = lru_cache(maxsize=ROWS_KEPT)(segment.row)
        self.live = np.ones(len(segment), np.bool_)
        self._lost: Counter[int] = Counter()
        self.kill(np.array(dead, np.int32))

    @property
    def table(self) -> Segment:
        """The passages, dead ones included."""
        return self.segment

    def slots_at(self, passages: Longs) -> Ints:
        """Return the live slots of some passages; those that are not of this part have none."""
        at = np.minimum(self.segment.passages.searchsorted(passages), len(self) - 1)
        found: Ints = at[(self.segment.passages[at] == passages) & self.live[at]].astype(np.int32)
        return found

    def average(self) -> float:
        """Return the average length at the time when the segment was made."""
        return float(self.segment.average[0])

    def row(self, term: str) -> int | None:
        """Return the row of a term, None where no passage or title ever held it."""
        return self._row(term)

    def postings(self, row: int) -> PostingList:
        """Return the passages that hold the term of a row, dead ones included."""
        return self.segment.postings(row)

    def count(self, row: int) -> int:
        """Return how many live passages hold the term of a row."""
        lost = self._lost[row] if self._lost else 0
        return int(self.segment.bounds[row + 1] - self.segment.bounds[row]) - lost

    def form_rows(self, form: str) -> Sequence[int]:
        """Return the rows of the words of a form."""
        forms, wanted = self.segment.word_forms, np.uint64(hash_of(form))
        first = int(forms.searchsorted(wanted))
        return range(first, int(forms.searchsorted(wanted, "right")))

    @cached_property
    def _by_document(self) -> Longs:
        return np.argsort(self.segment.documents, kind="stable")

    def _runs_of(self, document: int) -> Iterable[int]:
        documents = self.segment.documents
        first = documents.searchsorted(document, sorter=self._by_document)
        last = documents.searchsorted(document, "right", sorter=self._by_document)
        found: list[int] = self._by_document[first:last].tolist()
        return found

    def _lose(self, slots: Ints) -> None:
        for slot in slots.tolist():
            rows, _ = self.words_of(np.array([slot]))
            self._lost.update(set(self.segment.word_terms[rows].tolist()))
