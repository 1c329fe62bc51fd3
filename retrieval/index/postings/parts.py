"""The parts of an index: segments of which passages may have died, and the shelf for new ones."""

from abc import ABC, abstractmethod
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

import numpy as np

from retrieval.index.postings.build import MOST_FREQUENT
from retrieval.index.postings.segment import PostingList, Segment, impacts_of
from retrieval.index.postings.table import (
    Collection,
    Flags,
    IndexedDocument,
    Ints,
    Longs,
    Table,
    hash_of,
    runs,
)

ROWS_KEPT = 1 << 16
"""Terms whose rows are remembered: questions mostly use the same words."""


class Part(ABC):
    """What the search needs of a part: slots, of which some may be dead, and their postings."""

    live: Flags
    """Whether each slot's passage is live."""

    def __init__(self) -> None:
        self._seen_by: dict[int, Flags | None] = {}
        self._scratches: list[np.ndarray[tuple[int], np.dtype[np.float32]]] = []

    def __len__(self) -> int:
        return len(self.live)

    @property
    @abstractmethod
    def table(self) -> Table:
        """The passages, dead ones included."""

    def scratch(self, number: int = 0) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
        """Return a zero for each slot; whoever writes there leaves zeros behind."""
        if not self._scratches or len(self._scratches[0]) != len(self):
            self._scratches = [np.zeros(len(self), np.float32) for _ in range(2)]
        return self._scratches[number]

    def seen_by(self, space: int) -> Flags | None:
        """Return which slots a space may see, None where it may see all; live ones only."""
        if space not in self._seen_by:
            table = self.table
            visible = (table.spaces == 0) | (table.spaces == space)
            slots = self.live & np.repeat(visible, np.diff(table.firsts))
            self._seen_by[space] = None if slots.all() else slots
        return self._seen_by[space]

    def slots_of(self, document: int) -> Ints:
        """Return the live slots of a document."""
        slots = [
            np.arange(self.table.firsts[run], self.table.firsts[run + 1])
            for run in self._runs_of(document)
        ]
        found = np.concatenate([np.empty(0, np.int64), *slots])
        alive: Ints = found[self.live[found]].astype(np.int32)
        return alive

    def remove(self, document: int) -> tuple[int, int]:
        """Let a document's passages die; return how many died and how long they were."""
        return self.kill(self.slots_of(document))

    def kill(self, slots: Ints) -> tuple[int, int]:
        """Let the passages of live slots die; return how many died and how long they were."""
        if len(slots):
            self.live[slots] = False
            self._seen_by.clear()
            self._lose(slots)
        return len(slots), int(self.table.lengths[slots].sum())

    def places_of(self, slots: Ints) -> tuple[Longs, Longs]:
        """Return where the words of some passages are, and how many each of them has."""
        starts = self.table.starts
        first = starts.take(slots)
        sizes = starts.take(slots + 1) - first
        return runs(first, sizes), sizes

    def terms_like(self, first: str, shortest: int, longest: int) -> Iterator[str]:
        """Yield the terms of live passages that begin with a letter and have so many bytes."""
        table = self.table
        sizes = np.diff(table.letter_starts)
        begins = table.letters[table.letter_starts[:-1]] == first.encode()[0]
        for row in np.flatnonzero(begins & (sizes >= shortest) & (sizes <= longest)).tolist():
            if self.count(row):
                yield table.term(row)

    def words_of(self, slots: Ints) -> tuple[Ints, Longs]:
        """Return the rows of the words of some passages, and how many each of them has."""
        places, sizes = self.places_of(slots)
        return self.table.forward.take(places), sizes

    @abstractmethod
    def slots_at(self, passages: Longs) -> Ints:
        """Return the live slots of some passages; those that are not of this part have none."""

    @abstractmethod
    def _runs_of(self, document: int) -> Iterable[int]:
        """Return the runs of a document."""

    @abstractmethod
    def average(self) -> float:
        """Return the average length under which the impacts of ``find`` are computed."""

    @abstractmethod
    def row(self, term: str) -> int | None:
        """Return the row of a term, None where no passage or title ever held it."""

    @abstractmethod
    def count(self, row: int) -> int:
        """Return how many live passages hold the term of a row."""

    @abstractmethod
    def postings(self, row: int) -> PostingList:
        """Return the passages that hold the term of a row, dead ones included."""

    @abstractmethod
    def form_rows(self, form: str) -> Sequence[int]:
        """Return the rows of the words of a form."""

    @abstractmethod
    def _lose(self, slots: Ints) -> None:
        """Take the terms of dead slots from the counts."""


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
