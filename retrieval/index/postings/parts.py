"""The parts of an index: what the search needs of each, a segment or the shelf of new passages."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from retrieval.index.postings.segment import PostingList
from retrieval.index.postings.table import Flags, Ints, Longs, Table, runs


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
