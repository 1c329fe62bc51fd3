"""What an index stores: rank-bm25's class with parts in the place of a corpus.

rank-bm25 builds its statistics once, from a whole corpus. Here they follow every change: passages
come onto a shelf or as a segment, die where they stand, and parts are put together by and by.
It is BM25Plus with ``delta=0``: plain BM25 with idf = ln((N+1)/df), which is always positive, so
that a score above zero means that a term is shared.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Self

import numpy as np
from rank_bm25 import BM25Plus

from retrieval.index.postings.build import Weighting, segment_of
from retrieval.index.postings.parts import Part
from retrieval.index.postings.segment import Segment
from retrieval.index.postings.segment_parts import SegmentPart
from retrieval.index.postings.shelf import Shelf
from retrieval.index.postings.table import Collection, Flags, IndexedDocument, Table

K1 = 0.6
B = 0.6
"""Flatter than rank-bm25's 1.5 and .75: better on encyclopedic, forum and news text alike."""

SHELF_LIMIT = 4096
"""Passages of a shelf; a larger one takes longer to search than a segment."""
ALIKE = 4
"""Segments are merged with others that are up to so many times as large."""
MERGED_AT_ONCE = 4


class Tidying:
    """Parts to be put together as one segment: work for another thread."""

    def __init__(self, parts: Sequence[SegmentPart | Shelf], weighting: Weighting) -> None:
        self.before = [(part, part.live.copy()) for part in parts]
        """The parts, and what was live of each when the work began."""
        self._weighting = weighting

    def segment(self) -> Segment:
        """Return the segment; reads what does not change, and so may run beside searches."""
        return segment_of([(part.table, live) for part, live in self.before], self._weighting)


class PartedIndex(BM25Plus):  # type: ignore[misc]  # rank-bm25 ships no types
    """Passages that come and go, and rank-bm25's statistics of those that are live now."""

    def __init__(self, k1: float = K1, b: float = B) -> None:
        self._closed: list[SegmentPart | Shelf] = []
        self._shelf = Shelf(k1, b)
        self._spaces: dict[str | None, int] = {None: 0}
        self._documents: set[int] = set()
        self._length = 0
        super().__init__([], k1=k1, b=b, delta=0)
        self._count(0, 0)  # no average length is ever zero: impacts are divided by it

    @classmethod
    def of(cls, parts: Sequence[SegmentPart], spaces: Mapping[str, int]) -> Self:
        """Return an index of segments that were saved, with the numbers of their spaces."""
        index = cls()
        index._closed = [index._counted(part) for part in parts]
        index._spaces.update(spaces)
        return index

    @property
    def spaces(self) -> dict[str, int]:
        """Return the numbers of the spaces, but for that of the shared documents."""
        return {name: number for name, number in self._spaces.items() if name is not None}

    def _initialize(self, corpus: Sequence[Sequence[str]]) -> dict[str, int]:
        """Start empty: the library's own would divide by the number of passages."""
        del corpus
        return {}

    @property
    def _parts(self) -> list[Part]:
        return [part for part in (*self._closed, self._shelf) if len(part)]

    def add(self, document: IndexedDocument) -> None:
        """Take in a document that the index does not have."""
        self._documents.add(document.id)
        self._count(*self._shelf.add(document, self.number_of(document.space)))
        if len(self._shelf) >= SHELF_LIMIT:
            self.close_shelf()

    def table_of(self, documents: Iterable[IndexedDocument]) -> Table:
        """Return documents as a table, of which ``segment_of`` makes a segment."""
        collection = Collection()
        for document in documents:
            collection.add(document, self.number_of(document.space))
        return collection.table()

    def segment_of(self, tables: Sequence[tuple[Table, Flags]]) -> Segment:
        """Return tables, each with what is live of it, as a segment that is to be added.

        It may run in another thread, beside searches.
        """
        lengths = [table.lengths[live] for table, live in tables]
        passages = self.corpus_size + sum(map(len, lengths))
        terms = self._length + sum(int(one.sum(dtype=np.int64)) for one in lengths)
        return segment_of(tables, Weighting(self.k1, self.b, max(terms, 1) / max(passages, 1)))

    def add_segment(self, segment: Segment) -> None:
        """Take in a segment of documents that the index does not have."""
        self._closed.append(self._counted(SegmentPart(segment)))

    def _counted(self, part: SegmentPart) -> SegmentPart:
        self._documents.update(part.table.documents.tolist())
        lengths = part.table.lengths[part.live]
        self._count(len(lengths), int(lengths.sum(dtype=np.int64)))
        return part

    def number_of(self, space: str | None) -> int:
        """Return the number of a space, a new one where it is new."""
        return self._spaces.setdefault(space, len(self._spaces))

    def close_shelf(self) -> None:
        """Begin a new shelf; the old one is searched as it is until it is tidied away."""
        if len(self._shelf):
            self._closed.append(self._shelf)
            self._shelf = Shelf(self.k1, self.b)

    def remove(self, document: int) -> None:
        """Take all passages of a document out; nothing happens where there are none."""
        if document in self._documents:
            self._documents.remove(document)
            for part in self._parts:
                passages, terms = part.remove(document)
                self._count(-passages, -terms)

    def _count(self, passages: int, terms: int) -> None:
        self.corpus_size += passages
        self._length += terms
        self.avgdl = max(self._length, 1) / max(self.corpus_size, 1)

    def next_tidying(self, alike: int = ALIKE, at_once: int = MERGED_AT_ONCE) -> Tidying | None:
        """Return what should be put together next, None while all is in order.

        A closed shelf becomes a segment; ``at_once`` segments, none of them more than ``alike``
        times as large as another, become one.
        """
        weighting = Weighting(self.k1, self.b, self.avgdl)
        for part in self._closed:
            if isinstance(part, Shelf):
                return Tidying([part], weighting)
        segments = sorted((one for one in self._closed if isinstance(one, SegmentPart)), key=len)
        for smallest in segments:
            most = alike * max(len(smallest), 1)
            group = [one for one in segments if len(smallest) <= len(one) <= most]
            if len(group) >= at_once:
                return Tidying(group, weighting)
        return None

    def segments(self) -> list[tuple[Segment, list[int]]]:
        """Return the segments, each with its dead slots."""
        return [
            (part.segment, np.flatnonzero(~part.live).tolist())
            for part in self._closed
            if isinstance(part, SegmentPart)
        ]

    def to_store(self, is_stored: Callable[[Segment], bool]) -> list[Tidying]:
        """Return what there is to do until all but the open shelf is in stored segments."""
        weighting = Weighting(self.k1, self.b, self.avgdl)
        return [
            Tidying([part], weighting)
            for part in self._closed
            if isinstance(part, Shelf) or not is_stored(part.segment)
        ]

    def finish(self, tidying: Tidying, segment: Segment) -> None:
        """Put a segment in the place of the parts that it was made of.

        What died in them meanwhile dies in the segment too.
        """
        part = SegmentPart(segment)
        died = np.concatenate([one.table.passages[was & ~one.live] for one, was in tidying.before])
        part.kill(np.searchsorted(segment.passages, died).astype(np.int32))
        made_of = [id(one) for one, _ in tidying.before]
        self._closed = [one for one in self._closed if id(one) not in made_of]
        self._closed.append(part)
