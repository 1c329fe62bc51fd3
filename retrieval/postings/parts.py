"""The parts of an index: segments of which passages may have died, and the shelf for new ones."""

from abc import ABC, abstractmethod
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from retrieval.postings.build import MOST_FREQUENT, Collection
from retrieval.postings.segment import Ints, Longs, PostingList, Segment, impacts_of

ROWS_KEPT = 1 << 16
"""Terms whose rows are remembered: questions mostly use the same words."""


class Part(ABC):
    """What the search needs of a part: slots, of which some may be dead, and their postings."""

    passages: Longs
    """Ids by slot."""
    spaces: Ints
    """Space numbers by slot; 0 is shared."""
    lengths: Ints
    """Terms by slot."""
    live: NDArray[np.bool_]
    """Whether each slot's passage is live."""

    def __init__(self) -> None:
        self._allowed: dict[int, NDArray[np.bool_] | None] = {}
        self._scratch = np.empty(0, np.float32)

    def __len__(self) -> int:
        return len(self.passages)

    def scratch(self) -> NDArray[np.float32]:
        """Return a zero for each slot; whoever writes there leaves zeros behind."""
        if len(self._scratch) != len(self):
            self._scratch = np.zeros(len(self), np.float32)
        return self._scratch

    def allowed(self, space: int) -> NDArray[np.bool_] | None:
        """Return which slots a space may see, None where it may see all; live ones only."""
        if space not in self._allowed:
            slots = self.live & ((self.spaces == 0) | (self.spaces == space))
            self._allowed[space] = None if slots.all() else slots
        return self._allowed[space]

    def remove(self, document: int) -> tuple[int, int]:
        """Let a document's passages die; return how many died and how long they were."""
        return self.kill(self.slots_of(document))

    def kill(self, slots: Ints) -> tuple[int, int]:
        """Let the passages of live slots die; return how many died and how long they were."""
        if len(slots):
            self.live[slots] = False
            self._allowed.clear()
            self._lose(slots)
        return len(slots), int(self.lengths[slots].sum())

    @abstractmethod
    def slots_of(self, document: int) -> Ints:
        """Return the live slots of a document."""

    @abstractmethod
    def average(self) -> float:
        """Return the average length under which the impacts of ``find`` are computed."""

    @abstractmethod
    def find(self, term: str) -> PostingList | None:
        """Return the passages that hold a term, dead ones included; None if none is live."""

    @abstractmethod
    def terms(self) -> Iterable[str]:
        """Return the terms of the live passages."""

    @abstractmethod
    def _lose(self, slots: Ints) -> None:
        """Take the terms of dead slots from the counts."""


class SegmentPart(Part):
    """A segment and what is live of it."""

    def __init__(self, segment: Segment, dead: Sequence[int] = ()) -> None:
        super().__init__()
        self.segment = segment
        self._row = lru_cache(maxsize=ROWS_KEPT)(segment.row)
        self.passages = segment.passages
        self.spaces = segment.spaces
        self.lengths = segment.lengths
        self.live = np.ones(len(segment), np.bool_)
        self._lost: Counter[int] = Counter()
        self._starts: Longs | None = None
        self.kill(np.array(dead, np.int32))

    def documents(self) -> list[int]:
        """Return the documents of all passages, dead ones included, each once in a row."""
        column = self.segment.documents
        first = np.append(True, column[1:] != column[:-1])[: len(column)]
        documents: list[int] = column[first].tolist()
        return documents

    def slots_of(self, document: int) -> Ints:
        """Return the live slots of a document."""
        return np.flatnonzero((self.segment.documents == document) & self.live).astype(np.int32)

    def average(self) -> float:
        """Return the average length at the time when the segment was made."""
        return float(self.segment.average[0])

    def find(self, term: str) -> PostingList | None:
        """Return the passages that hold a term, dead ones included; None if none is live."""
        row = self._row(term)
        if row < 0:
            return None
        postings = self.segment.postings(row, self._lost[row] if self._lost else 0)
        return postings if postings.live else None

    def terms(self) -> Iterator[str]:
        """Yield the terms of the live passages."""
        counts = np.diff(self.segment.bounds)
        for row, (term, count) in enumerate(zip(self._all_terms, counts, strict=True)):
            if count > self._lost[row]:
                yield term

    @cached_property
    def _all_terms(self) -> list[str]:
        return list(self.segment.terms())

    def _lose(self, slots: Ints) -> None:
        if self._starts is None:
            self._starts = np.append(0, np.cumsum(self.lengths, dtype=np.int64))
        for slot in slots:
            words = self.segment.forward[self._starts[slot] : self._starts[slot + 1]]
            self._lost.update(np.unique(words).tolist())


class Shelf(Part):
    """Passages that came lately, in a form that can grow."""

    def __init__(self, k1: float, b: float) -> None:
        super().__init__()
        self._k1 = k1
        self._b = b
        self.mean = 1.0
        """The average length of all passages of the index, set before each search."""
        self._postings: dict[str, tuple[array[int], array[int]]] = {}
        self._counts: Counter[str] = Counter()
        self._collection: list[tuple[int, int, int, Sequence[str]]] = []
        self._slots: dict[int, list[int]] = {}
        self.passages = np.empty(0, np.int64)
        self.spaces = np.empty(0, np.int32)
        self.lengths = np.empty(0, np.int32)
        self.live = np.empty(0, np.bool_)

    def add(self, document: int, space: int, passages: Sequence[tuple[int, Sequence[str]]]) -> None:
        """Put a document's passages, each with its terms, on the shelf."""
        for slot, (passage, terms) in enumerate(passages, len(self)):
            for term, frequency in Counter(terms).items():
                slots, frequencies = self._postings.setdefault(term, (array("i"), array("H")))
                slots.append(slot)
                frequencies.append(min(frequency, MOST_FREQUENT))
                self._counts[term] += 1
            self._slots.setdefault(document, []).append(slot)
            self._collection.append((passage, document, space, terms))
        new = len(passages)
        self.passages = np.append(self.passages, [passage for passage, _ in passages])
        self.spaces = np.append(self.spaces, np.full(new, space, np.int32))
        self.lengths = np.append(
            self.lengths, np.array([len(terms) for _, terms in passages], np.int32)
        )
        self.live = np.append(self.live, np.ones(new, np.bool_))
        self._allowed.clear()

    def slots_of(self, document: int) -> Ints:
        """Return the live slots of a document."""
        return np.array(
            [slot for slot in self._slots.get(document, ()) if self.live[slot]], np.int32
        )

    def average(self) -> float:
        """Return today's average length: the shelf's impacts are computed when asked for."""
        return self.mean

    def find(self, term: str) -> PostingList | None:
        """Return the passages that hold a term, dead ones included; None if none is live."""
        if not self._counts[term]:
            return None
        slots, frequencies = (np.array(one) for one in self._postings[term])
        impacts = impacts_of(frequencies, self.lengths[slots], self.mean, self._k1, self._b)
        most, live = float(np.max(impacts)), self._counts[term]
        return PostingList(slots, frequencies, impacts.astype(np.float32), most, live)

    def terms(self) -> Iterator[str]:
        """Yield the terms of the live passages."""
        return (term for term, count in self._counts.items() if count)

    def _lose(self, slots: Ints) -> None:
        for slot in slots:
            self._counts.subtract(set(self._collection[slot][3]))

    def collected(self, live: NDArray[np.bool_]) -> Collection:
        """Return the passages of some slots, to be made into a segment."""
        collection = Collection()
        for slot in np.flatnonzero(live):
            collection.add(*self._collection[slot])
        return collection
