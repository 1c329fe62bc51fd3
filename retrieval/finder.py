"""The way of a question: understand, score, rank, group the copies, pick the excerpts, judge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval import excerpts, ranking, verdict
from retrieval.analysis import Analyzer, Token
from retrieval.index import PassageIndex, Visible
from retrieval.live_index import LiveIndex
from retrieval.model import Copy, Findings, Hit, Passage, Span
from retrieval.question import Concept, Question, understand
from retrieval.ranking import Candidate, Weights
from retrieval.store.documents import Documents
from retrieval.store.passages import Passages, Placed
from retrieval.thesaurus import Thesaurus

SYNONYM_WEIGHT = 0.5
"""A synonym counts for half of the word that was typed: it may mean something else here."""
PARSED_PASSAGES = 1024
"""Passages whose sentences and terms are remembered."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A passage's words and sentences."""

    tokens: Sequence[Token]
    sentences: Sequence[Span]

    def terms(self, span: Span) -> list[str]:
        """Return the terms of the words that stand within a span."""
        return [
            token.term
            for token in self.tokens
            if token.term and span.start <= token.start and token.end <= span.end
        ]


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
        self._parsed = lru_cache(maxsize=PARSED_PASSAGES)(self._parse)

    async def find(self, text: str, limit: int, space: str | None) -> Findings:
        """Return the best passages for a question, whatever the verdict on them."""
        index = await self._index.current()
        question = understand(text, self._analyzer, self._thesaurus)
        visible: Visible = lambda entry: entry.space is None or entry.space == space  # noqa: E731
        weights, missing = _weigh(question, index, visible)
        ranked = await self._rank(question, weights, index, visible)
        best = _without_copies(ranked)[:limit]
        evidence = verdict.Evidence(
            concepts=len(question.concepts),
            passage=_share(weights, best[:1], whole=True),
            sentence=_share(weights, best[:1], whole=False),
            missing=missing,
        )
        confidence = verdict.confidence_of(evidence)
        grade = verdict.verdict_of(confidence)
        hits = await self._hits(best, weights, space)
        return Findings(
            question=text,
            verdict=grade,
            confidence=round(confidence, 3),
            reason=verdict.reason_for(grade, evidence),
            hits=hits,
            missing=missing,
            origins=_origins(hits),
            coverage=await self._documents.coverage(space),
        )

    async def _rank(
        self, question: Question, weights: Weights, index: PassageIndex, visible: Visible
    ) -> list[Ranked]:
        scored = index.search(weights.factors, visible, ranking.CANDIDATES)
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
            title=self._analyzer.terms(placed.document.details.title or ""),
            sentences=[parsed.terms(sentence) for sentence in parsed.sentences],
        )
        return Ranked(placed, parsed, candidate, ranking.score(candidate, question, weights))

    def _parse(self, passage: Passage) -> Parsed:
        return Parsed(
            tokens=tuple(self._analyzer.tokens(passage.text)),
            sentences=excerpts.sentences_of(passage.text),
        )

    async def _hits(
        self, best: Sequence[Ranked], weights: Weights, space: str | None
    ) -> tuple[Hit, ...]:
        copies = await self._passages.by_fingerprint(
            {one.placed.fingerprint for one in best}, space
        )
        return tuple([await self._hit(one, weights, copies) for one in best])

    async def _hit(self, one: Ranked, weights: Weights, copies: Sequence[Placed]) -> Hit:
        document, passage = one.placed.document, one.placed.passage
        marks = tuple(
            Span(token.start, token.end) for token in one.parsed.tokens if weights.of([token.term])
        )
        excerpt = excerpts.excerpt_of(
            passage.text,
            one.parsed.sentences,
            lambda span: weights.of(one.parsed.terms(span)),
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


def _weigh(
    question: Question, index: PassageIndex, visible: Visible
) -> tuple[Weights, tuple[str, ...]]:
    """Return what the question's terms are worth, and the words that occur nowhere."""
    terms = {term for concept in question.concepts for term in (concept.term, *concept.synonyms)}
    occurring = {term for term in terms if index.occurs(term, visible)}
    idf = index.idf_of(terms)
    weights = Weights(
        concepts=tuple(_weigh_concept(concept, idf, occurring) for concept in question.concepts),
        idf={term: idf[term] for term in occurring},
    )
    missing = (concept.word for concept in question.concepts if concept.term not in occurring)
    return weights, tuple(missing)


def _weigh_concept(
    concept: Concept, idf: Mapping[str, float], occurring: set[str]
) -> dict[str, float]:
    """Return each term's worth; a synonym is worth no more than half of the word itself.

    A word that occurs nowhere is worth as much as its rarest synonym that does.
    """
    synonyms = [term for term in concept.synonyms if term in occurring]
    worth = idf[concept.term]
    if concept.term not in occurring and synonyms:
        worth = max(idf[term] for term in synonyms)
    return {concept.term: worth} | {
        term: SYNONYM_WEIGHT * min(worth, idf[term]) for term in synonyms
    }


def _without_copies(ranked: Sequence[Ranked]) -> list[Ranked]:
    first: dict[str, Ranked] = {}
    for one in ranked:
        first.setdefault(one.placed.fingerprint, one)
    return list(first.values())


def _share(weights: Weights, best: Sequence[Ranked], *, whole: bool) -> float:
    """Return the share of the question that the best passage, or its best sentence, holds."""
    if not best or not weights.total:
        return 0.0
    [one] = best
    terms = [term for sentence in one.candidate.sentences for term in sentence]
    worth = weights.of(terms) if whole else ranking.best_sentence(one.candidate, weights)
    return worth / weights.total


def _origins(hits: Sequence[Hit]) -> int:
    """Count the independent documents; those that carry copies of one passage are one origin."""
    groups: list[set[int]] = []
    for hit in hits:
        group = {hit.document.id, *(copy.document.id for copy in hit.also)}
        joined = [other for other in groups if other & group]
        groups = [other for other in groups if not other & group]
        groups.append(group.union(*joined))
    return len(groups)
