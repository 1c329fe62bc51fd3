"""The index: rank-bm25's weighting over passages that come and go.

rank-bm25 builds its statistics once from a whole corpus and scores every passage for every word.
PassageIndex keeps the library's class, its idf and its score, and adds what a live corpus needs:
passages are added and removed one at a time, and only passages that share a term with the question
are scored. The class is BM25Plus with ``delta=0``: plain BM25 with idf = ln((N+1)/df), which is
always positive, so that a score above zero means that a term is shared.
"""

from collections import Counter
from collections.abc import Callable, Iterable, KeysView, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

import numpy as np
from rank_bm25 import BM25Plus

from retrieval.thesaurus import Expression

K1 = 0.6
B = 0.6
"""Flatter than rank-bm25's 1.5 and .75: better on encyclopedic, forum and news text alike."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index knows of a passage besides its terms."""

    passage: int
    document: int
    space: str | None


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage and its BM25 score."""

    passage: int
    score: float


Visible = Callable[[Entry], bool]
"""Says whether a passage may be drawn on."""


class PassageIndex(BM25Plus):  # type: ignore[misc]  # rank-bm25 ships no types
    """BM25 scores over the passages that are live now."""

    def __init__(self, k1: float = K1, b: float = B) -> None:
        self._entries: list[Entry] = []
        self._slots: dict[int, list[int]] = {}
        self._postings: dict[str, set[int]] = {}
        self._length = 0
        super().__init__([], k1=k1, b=b, delta=0)

    def _initialize(self, corpus: Sequence[Sequence[str]]) -> dict[str, int]:
        """Start empty: the library's own would divide by the number of passages."""
        del corpus
        return {}

    def add(self, entry: Entry, terms: Iterable[str]) -> None:
        """Take a passage in."""
        slot = len(self._entries)
        frequencies = Counter(terms)
        self._entries.append(entry)
        self._slots.setdefault(entry.document, []).append(slot)
        self.doc_freqs.append(frequencies)
        self.doc_len.append(frequencies.total())
        for term in frequencies:
            self._postings.setdefault(term, set()).add(slot)
        self._count(1, frequencies.total())

    def remove(self, document: int) -> None:
        """Take all passages of a document out; nothing happens where there are none."""
        for slot in sorted(self._slots.pop(document, ()), reverse=True):
            self._take_out(slot)

    def _take_out(self, slot: int) -> None:
        """Take one passage out and move the last one into its place: the slots stay dense."""
        last = len(self._entries) - 1
        self._count(-1, -self.doc_len[slot])
        self._forget_terms(slot)
        if slot != last:
            self._move(last, slot)
        for column in (self._entries, self.doc_freqs, self.doc_len):
            column.pop()

    def _forget_terms(self, slot: int) -> None:
        for term in self.doc_freqs[slot]:
            self._postings[term].discard(slot)
            if not self._postings[term]:
                del self._postings[term]

    def _move(self, origin: int, target: int) -> None:
        for term in self.doc_freqs[origin]:
            self._postings[term].remove(origin)
            self._postings[term].add(target)
        siblings = self._slots[self._entries[origin].document]
        siblings[siblings.index(origin)] = target
        for column in (self._entries, self.doc_freqs, self.doc_len):
            column[target] = column[origin]

    def _count(self, passages: int, terms: int) -> None:
        self.corpus_size += passages
        self._length += terms
        self.avgdl = max(self._length, 1) / max(self.corpus_size, 1)

    def idf_of(self, terms: Iterable[str]) -> dict[str, float]:
        """Return each term's idf; one that occurs nowhere weighs as if it occurred once."""
        self.idf: dict[str, float] = {}
        if not self._entries:
            return dict.fromkeys(terms, 1.0)
        self._calc_idf({term: len(self._postings.get(term, ())) or 1 for term in terms})
        return dict(self.idf)

    @property
    def vocabulary(self) -> KeysView[str]:
        """Return all terms, those of passages that not everybody may see included."""
        return self._postings.keys()

    def occurs(self, term: str, visible: Visible) -> bool:
        """Say whether a visible passage holds the term."""
        return any(visible(self._entries[slot]) for slot in self._postings.get(term, ()))

    def search(
        self, concepts: Sequence[Mapping[Expression, float]], visible: Visible, limit: int
    ) -> list[Scored]:
        """Return the visible passages that hold an expression of a concept, best first.

        A concept is a mapping from the expressions that stand for it to what their scores count
        for; it scores as the best of them, and a phrase as the weakest of its terms. Equal scores
        come in the order in which the passages were stored.
        """
        terms = {term for concept in concepts for expression in concept for term in expression}
        slots = {slot for term in terms for slot in self._postings.get(term, ())}
        candidates = [slot for slot in slots if visible(self._entries[slot])]
        if not candidates:
            return []
        self.idf_of(terms)
        of_term = {term: np.array(self.get_batch_scores([term], candidates)) for term in terms}
        scores = np.zeros(len(candidates))
        for concept in concepts:
            scores += np.maximum.reduce(
                [
                    weight * np.minimum.reduce([of_term[term] for term in expression])
                    for expression, weight in concept.items()
                ]
            )
        scored = (
            Scored(self._entries[slot].passage, float(score))
            for slot, score in zip(candidates, scores, strict=True)
            if score > 0
        )
        return nsmallest(limit, scored, key=lambda one: (-one.score, one.passage))
