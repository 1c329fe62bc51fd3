"""The index: rank-bm25's scores over passages that come and go, at a search engine's speed.

rank-bm25 scores every passage for every word. PassageIndex is the library's own class, with an
exact search over postings in flat arrays that scores few passages; ``parted_index`` stores them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray

from retrieval.analysis.analyzer import Phrase
from retrieval.analysis.thesaurus import Expression
from retrieval.index.parted_index import PartedIndex
from retrieval.index.postings.legs import Plan, Rows
from retrieval.index.postings.parts import Part
from retrieval.index.postings.reading import Held, read
from retrieval.index.postings.scope import Scope, allowed
from retrieval.index.postings.scoring import exact_scores
from retrieval.index.postings.search import best_of
from retrieval.index.postings.table import Hashes
from retrieval.index.postings.texts import IndexedText, texts
from retrieval.index.postings.wording import NO_WORDING, Wording

LONGEST_LETTER = 4
"""Bytes of a letter in UTF-8, at most."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage and its BM25 score."""

    passage: int
    score: float


class PassageIndex(PartedIndex):
    """BM25 scores over the passages that are live now."""

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
