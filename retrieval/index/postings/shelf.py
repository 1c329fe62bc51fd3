"""The shelf: passages that came lately."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from retrieval.index.postings.build import MOST_FREQUENT
from retrieval.index.postings.parts import Part
from retrieval.index.postings.segment import PostingList, impacts_of
from retrieval.index.postings.table import Collection, IndexedDocument, Ints, Longs, Table, hash_of


class Shelf(Part):
    """Passages that came lately, in a form that can grow."""

    def __init__(self, k1: float, b: float) -> None:
        super().__init__()
        self._k1 = k1
        self._b = b
        self.mean = 1.0
        """The average length of all passages of the index, set before each search."""
        self._collection = Collection()
        self._table: Table | None = None
        self._postings: defaultdict[int, tuple[array[int], array[int]]] = defaultdict(
            lambda: (array("i"), array("i"))
        )
        self._counts: Counter[int] = Counter()
        self._runs: dict[int, list[int]] = {}
        self._slots: dict[int, int] = {}
        self.live = np.empty(0, np.bool_)

    @property
    def table(self) -> Table:
        """The passages, dead ones included."""
        if self._table is None:
            self._table = self._collection.table()
        return self._table

    def add(self, document: IndexedDocument, space: int) -> tuple[int, int]:
        """Put a document's passages on the shelf; return how many they are and how long."""
        first = len(self._collection)
        self._collection.add(document, space)
        self._table = None
        self._seen_by.clear()
        if document.passages:
            self._runs.setdefault(document.id, []).append(self._collection.runs - 1)
        self.live = np.append(self.live, np.ones(len(document.passages), np.bool_))
        for slot, passage in enumerate(document.passages, first):
            self._slots[passage.id] = slot
            self._post(slot)
        return len(document.passages), sum(passage.length for passage in document.passages)

    def _post(self, slot: int) -> None:
        for row, frequency in Counter(self._collection.terms_of(slot)).items():
            slots, frequencies = self._postings[row]
            slots.append(slot)
            frequencies.append(min(frequency, MOST_FREQUENT))
            self._counts[row] += 1

    def slots_at(self, passages: Longs) -> Ints:
        """Return the live slots of some passages; those that are not of this part have none."""
        found = [self._slots[one] for one in passages.tolist() if one in self._slots]
        return np.array([slot for slot in found if self.live[slot]], np.int32)

    def average(self) -> float:
        """Return today's average length: the shelf's impacts are computed when asked for."""
        return self.mean

    def row(self, term: str) -> int | None:
        """Return the row of a term, None where no passage or title ever held it."""
        return self._collection.terms.get(term)

    def postings(self, row: int) -> PostingList:
        """Return the passages that hold the term of a row, dead ones included."""
        slots, frequencies = map(np.array, self._postings[row])
        lengths = self.table.lengths[slots]
        impacts = impacts_of(frequencies, lengths, self.mean, self._k1, self._b)
        return PostingList(slots, impacts.astype(np.float32), float(impacts.max(initial=0.0)))

    def count(self, row: int) -> int:
        """Return how many live passages hold the term of a row."""
        return self._counts[row]

    def form_rows(self, form: str) -> Sequence[int]:
        """Return the rows of the words of a form."""
        return np.flatnonzero(self.table.word_forms == np.uint64(hash_of(form))).tolist()

    def _runs_of(self, document: int) -> Iterable[int]:
        return self._runs.get(document, ())

    def _lose(self, slots: Ints) -> None:
        for slot in slots.tolist():
            self._counts.subtract(set(self._collection.terms_of(slot)))
