"""The index: rank-bm25's scores over passages that come and go, at a search engine's speed.

rank-bm25 builds its statistics once, from a whole corpus, and scores every passage for every word.
PassageIndex is the library's own class with other storage behind its template methods: postings in
flat arrays (``postings``), statistics that follow every change, and an exact search that scores
few passages. It is BM25Plus with ``delta=0``: plain BM25 with idf = ln((N+1)/df), which is always
positive, so that a score above zero means that a term is shared.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Self

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Plus

from retrieval.analysis.analyzer import Phrase
from retrieval.analysis.thesaurus import Expression
from retrieval.index.postings.build import Weighting, segment_of
from retrieval.index.postings.legs import Plan, Rows
from retrieval.index.postings.parts import Part
from retrieval.index.postings.reading import Held, read
from retrieval.index.postings.scope import Scope, allowed
from retrieval.index.postings.scoring import exact_scores
from retrieval.index.postings.search import best_of
from retrieval.index.postings.segment import Segment
from retrieval.index.postings.segment_parts import SegmentPart
from retrieval.index.postings.shelf import Shelf
from retrieval.index.postings.table import Collection, Flags, Hashes, IndexedDocument, Table
from retrieval.index.postings.texts import IndexedText, texts
from retrieval.index.postings.wording import NO_WORDING, Wording

K1 = 0.6
B = 0.6
"""Flatter than rank-bm25's 1.5 and .75: better on encyclopedic, forum and news text alike."""


LONGEST_LETTER = 4
"""Bytes of a letter in UTF-8, at most."""
SHELF_LIMIT = 4096
"""Passages of a shelf; a larger one takes longer to search than a segment."""
ALIKE = 4
"""Segments are merged with others that are up to so many times as large."""
MERGED_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage and its BM25 score."""

    passage: int
    score: float


class Tidying:
    """Parts to be put together as one segment: work for another thread."""

    def __init__(self, parts: Sequence[SegmentPart | Shelf], weighting: Weighting) -> None:
        self.before = [(part, part.live.copy()) for part in parts]
        """The parts, and what was live of each when the work began."""
        self._weighting = weighting

    def segment(self) -> Segment:
        """Return the segment; reads what does not change, and so may run beside searches."""
        return segment_of([(part.table, live) for part, live in self.before], self._weighting)


class PassageIndex(BM25Plus):  # type: ignore[misc]  # rank-bm25 ships no types
    """BM25 scores over the passages that are live now."""

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

    def idf_of(self, terms: Iterable[str]) -> dict[str, float]:
        """Return each term's idf; one that occurs nowhere weighs as if it occurred once."""
        return self._idf_in(terms, [_rows(part, terms) for part in self._parts])

    def _idf_in(self, terms: Iterable[str], rows: Sequence[Rows]) -> dict[str, float]:
        self.idf: dict[str, float] = {}
        if not self.corpus_size:
            return dict.fromkeys(terms, 1.0)
        counts = dict.fromkeys(terms, 0)
        for part, its in zip(self._parts, rows, strict=True):
            for term, row in its.items():
                counts[term] += part.count(row)
        self._calc_idf({term: count or 1 for term, count in counts.items()})
        return self.idf

    def terms_near(self, term: str, slips: int) -> Iterator[str]:
        """Yield the terms with the same first letter, and but for so many letters as long.

        Those of passages that not everybody may see are among them, and some come twice.
        """
        size, letter = len(term.encode()), 1 if term.isascii() else LONGEST_LETTER
        for part in self._parts:
            yield from part.terms_like(term[0], size - slips * letter, size + slips * letter)

    def occurs(self, term: str, space: str | None) -> bool:
        """Say whether a passage that the space may see holds the term."""
        return any(self._occurs_in(part, term, space) for part in self._parts)

    def _occurs_in(self, part: Part, term: str, space: str | None) -> bool:
        row = part.row(term)
        if row is None:
            return False
        slots, seen = part.postings(row).slots, part.seen_by(self._number(space))
        return len(slots) > 0 if seen is None else bool(seen[slots].any())

    def _number(self, space: str | None) -> int:
        """Return a space's number; one that never added anything sees what is shared."""
        return self._spaces.get(space, 0)

    def search(
        self, concepts: Sequence[Mapping[Expression, float]], scope: Scope, limit: int
    ) -> list[Scored]:
        """Return the best passages of a scope that hold an expression of a concept, best first.

        A concept is a mapping from the expressions that stand for it to what their scores count
        for; it scores as the best of them, and a phrase as the weakest of its terms. Equal scores
        come in the order in which the passages were stored. ``limit`` is at least 1.
        """
        plan, rows = self._plan(concepts)
        best: list[tuple[float, int]] = []
        for part, its_rows in zip(self._parts, rows, strict=True):
            if not its_rows:
                continue
            flags = allowed(part, scope, self._number(scope.space))
            floor = -best[-1][0] if len(best) == limit else 0.0
            slots, scores = best_of(part, its_rows, plan, flags, (limit, floor))
            found = zip((-scores).tolist(), part.table.passages[slots].tolist(), strict=True)
            best = nsmallest(limit, [*best, *found])
        return [Scored(passage, -score) for score, passage in best if score < 0]

    def first_of(self, scope: Scope, limit: int) -> list[Scored]:
        """Return passages of a scope where nothing else is asked, as they were stored."""
        passages: list[int] = []
        for part in self._parts:
            flags = allowed(part, scope, self._number(scope.space))
            slots = np.arange(len(part)) if flags is None else np.flatnonzero(flags)
            passages.extend(part.table.passages[slots].tolist())
        return [Scored(passage, 0.0) for passage in nsmallest(limit, passages)]

    def _plan(self, concepts: Sequence[Mapping[Expression, float]]) -> tuple[Plan, list[Rows]]:
        """Return the concepts with today's statistics, and the rows of their terms in each part."""
        self._shelf.mean = self.avgdl
        terms = {term for concept in concepts for one in concept for term in one}
        rows = [_rows(part, terms) for part in self._parts]
        return Plan(concepts, self._idf_in(terms, rows), self.k1, self.b, self.avgdl), rows

    def read(
        self,
        passages: Sequence[int],
        terms: Iterable[str] = (),
        phrases: Sequence[Phrase] = (),
        wording: Wording = NO_WORDING,
    ) -> dict[int, Held]:
        """Return what live passages hold of terms, phrases and a wording, by their ids."""
        wanted = np.array(passages, np.int64)
        held: dict[int, Held] = {}
        for part in self._parts:
            held.update(read(part, wanted, _rows(part, terms), phrases, wording))
        return held

    def forms(self, passages: Sequence[int]) -> Iterator[tuple[int, Hashes]]:
        """Yield live passages, of whatever space, each with the hashes of its words' forms."""
        wanted = np.array(sorted(passages), np.int64)
        for part in self._parts:
            for one in texts(part, wanted, 0, None):
                yield one.passage, one.forms

    def distinct(self, passages: Sequence[int]) -> list[int]:
        """Return some live passages without those that say the same words as one before them."""
        fingerprints: dict[int, int] = {}
        wanted = np.array(passages, np.int64)
        for part in self._parts:
            slots = part.slots_at(wanted)
            its = part.table.fingerprints[slots].tolist()
            fingerprints.update(zip(part.table.passages[slots].tolist(), its, strict=True))
        firsts: dict[int, int] = {}
        for passage in passages:
            if passage in fingerprints:
                firsts.setdefault(fingerprints[passage], passage)
        return list(firsts.values())

    def texts(
        self, passages: Sequence[int], space: str | None, around: int = 0
    ) -> Iterator[list[IndexedText]]:
        """Yield, for each part, the words of live passages that a space may see.

        With them come as many passages before and behind each of them, of its document.
        """
        wanted = np.array(sorted(passages), np.int64)
        for part in self._parts:
            yield list(texts(part, wanted, around, part.seen_by(self._number(space))))

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

    def get_scores(self, query: Sequence[str]) -> NDArray[np.float64]:
        """Return the score of every live passage of all spaces, in the order of their ids."""
        plan, rows = self._plan([{(term,): query.count(term)} for term in dict.fromkeys(query)])
        passages, scores = [np.empty(0, np.int64)], [np.empty(0)]
        for part, its_rows in zip(self._parts, rows, strict=True):
            live = np.flatnonzero(part.live).astype(np.int32)
            its_scores = np.zeros(len(live))
            has_words = part.table.lengths[live] > 0
            its_scores[has_words] = exact_scores(part, its_rows, plan, live[has_words])
            passages.append(part.table.passages[live])
            scores.append(its_scores)
        return np.concatenate(scores)[np.argsort(np.concatenate(passages))]


def _rows(part: Part, terms: Iterable[str]) -> Rows:
    """Return the rows of the terms that a part holds."""
    return {term: row for term in terms if (row := part.row(term)) is not None}
