"""The way of a question: understand, score, rank, group the copies, pick the excerpts, judge."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval import excerpts, ranking, verdict
from retrieval.analysis import Analyzer, folded_words
from retrieval.answer_types import type_asked_for
from retrieval.index import Scored
from retrieval.indexing import ABOUT, index_terms, is_asked_for
from retrieval.live_index import LiveIndex
from retrieval.model import Copy, Coverage, Findings, Hit, Passage, Span
from retrieval.question import Question, understand
from retrieval.ranking import CANDIDATES, Candidate
from retrieval.store.documents import Documents
from retrieval.store.passages import Passages, Placed
from retrieval.thesaurus import Thesaurus
from retrieval.weights import Weights, weigh

PARSED_PASSAGES = 1024
"""Passages whose sentences and terms are remembered."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A passage taken apart as far as the ranking needs it."""

    sentences: Sequence[Span]
    terms: Sequence[Sequence[str]]
    """The terms of each sentence."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its place, its parts and its score."""

    placed: Placed
    parsed: Parsed
    candidate: Candidate
    score: float


class Finder:
    """Finds the passages that answer a question, within what a space may see."""

    def __init__(
        self, index: LiveIndex, documents: Documents, passages: Passages, analyzer: Analyzer
    ) -> None:
        self._index = index
        self._documents = documents
        self._passages = passages
        self._analyzer = analyzer
        self._thesaurus = Thesaurus(analyzer)
        self._coverages: dict[str | None, tuple[int, Coverage]] = {}
        self._parsed = lru_cache(maxsize=PARSED_PASSAGES)(self._parse)

    async def find(self, text: str, limit: int, space: str | None) -> Findings:
        """Return the best passages for a question, whatever the verdict on them."""
        index = await self._index.current()
        question = understand(text, self._analyzer, self._thesaurus)
        weights = weigh(question, index, space, self._thesaurus)
        ranked = await self._rank(
            question, weights, index.search(weights.factors, space, CANDIDATES)
        )
        best = _without_copies(ranked)[:limit]
        coverage = await self._coverage(space)
        evidence = self._evidence(question, weights, ranked, empty=not coverage.documents)
        confidence = verdict.confidence_of(evidence)
        grade = verdict.verdict_of(confidence)
        hits = await self._hits(best, weights, space)
        return Findings(
            question=text,
            verdict=grade,
            confidence=round(confidence, 3),
            reason=verdict.reason_for(grade, evidence),
            hits=hits,
            missing=weights.missing,
            coverage=coverage,
        )

    async def _coverage(self, space: str | None) -> Coverage:
        """Return what the space may see, counted once for each state of the database."""
        revision, coverage = self._coverages.get(space, (-1, None))
        if coverage is None or revision != self._index.revision:
            revision, coverage = self._index.revision, await self._documents.coverage(space)
            self._coverages[space] = (revision, coverage)
        return coverage

    async def _rank(
        self, question: Question, weights: Weights, scored: Sequence[Scored]
    ) -> list[Ranked]:
        placed = await self._passages.by_id([one.passage for one in scored])
        ranked = [
            self._judge(placed[one.passage], one.score, question, weights)
            for one in scored
            if one.passage in placed
        ]
        return sorted(ranked, key=lambda one: (-one.score, one.placed.passage.id))

    def _judge(self, placed: Placed, bm25: float, question: Question, weights: Weights) -> Ranked:
        parsed = self._parsed(placed.passage)
        candidate = Candidate(
            passage=placed.passage.id,
            bm25=bm25,
            role=placed.passage.role,
            asked_for=is_asked_for(placed.passage.role, question.text),
            title=self._analyzer.terms(placed.document.details.title or ""),
            sentences=self._sentence_terms(placed, parsed),
            words=" ".join(folded_words(placed.passage.text)) if question.quotations else "",
        )
        return Ranked(placed, parsed, candidate, ranking.score(candidate, question, weights))

    def _sentence_terms(self, placed: Placed, parsed: Parsed) -> Sequence[Sequence[str]]:
        """Return the terms of each sentence; a byline or dateline is what it is indexed under."""
        if placed.passage.role in ABOUT:
            return [index_terms(placed.document, placed.passage, self._analyzer)]
        return parsed.terms

    def _parse(self, passage: Passage) -> Parsed:
        sentences = excerpts.sentences_of(passage.text)
        return Parsed(sentences, [self._analyzer.terms(one.of(passage.text)) for one in sentences])

    async def _hits(
        self, best: Sequence[Ranked], weights: Weights, space: str | None
    ) -> tuple[Hit, ...]:
        copies = await self._passages.by_fingerprint(
            {one.placed.fingerprint for one in best}, space
        )
        return tuple([await self._hit(one, weights, copies) for one in best])

    async def _hit(self, one: Ranked, weights: Weights, copies: Sequence[Placed]) -> Hit:
        document, passage = one.placed.document, one.placed.passage
        tokens = list(self._analyzer.tokens(passage.text))
        matched = weights.matched({token.term for token in tokens})
        marks = tuple(Span(token.start, token.end) for token in tokens if token.term in matched)
        excerpt = excerpts.excerpt_of(
            passage.text,
            one.parsed.sentences,
            [weights.of(terms) for terms in one.parsed.terms],
            marks,
        )
        leans = excerpts.leans_on_what_stands_before(passage.text, excerpt)
        return Hit(
            document=document,
            passage=passage,
            score=round(one.score, 4),
            excerpt=excerpt,
            marks=marks,
            before=await self._passages.next_to(document, passage, step=-1) if leans else None,
            also=tuple(
                Copy(copy.document, copy.passage)
                for copy in copies
                if copy.fingerprint == one.placed.fingerprint and copy.passage.id != passage.id
            ),
        )

    def _evidence(
        self, question: Question, weights: Weights, ranked: Sequence[Ranked], *, empty: bool
    ) -> verdict.Evidence:
        """Return what the best passage, if there is one, holds of the question."""
        if not ranked:
            return verdict.Evidence(
                concepts=len(question.concepts), missing=weights.missing, nothing_there=empty
            )
        candidate, passage = ranked[0].candidate, ranked[0].placed.passage
        held = {term for sentence in candidate.sentences for term in sentence}.union(
            candidate.title
        )
        wanted = type_asked_for(question.text)
        if wanted and wanted.stands_in(passage.text, question.text):
            wanted = None
        return verdict.Evidence(
            concepts=len(question.concepts),
            held=weights.of(held) / weights.total,
            sentence=ranking.best_sentence(candidate, weights) / weights.total,
            names=weights.of_absent(question.names, held) / weights.total,
            figures=weights.of_absent(question.figures, held) / weights.total,
            unheard=weights.unheard / weights.total,
            quoted=ranking.quotations(candidate, question) > 0,
            lacking=wanted,
            missing=weights.missing,
            repairs={typed: self._written(read, ranked) for typed, read in weights.repairs.items()},
        )

    def _written(self, term: str, ranked: Sequence[Ranked]) -> str:
        """Return a term as the best passage that holds it writes it."""
        for one in ranked:
            text = one.placed.passage.text
            for token in self._analyzer.tokens(text):
                if token.term == term:
                    return text[token.start : token.end]
        return term


def _without_copies(ranked: Sequence[Ranked]) -> list[Ranked]:
    first: dict[str, Ranked] = {}
    for one in ranked:
        first.setdefault(one.placed.fingerprint, one)
    return list(first.values())
