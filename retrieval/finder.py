"""The way of a question: understand, score, rank, group the copies, pick the excerpts, judge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retrieval import excerpts, verdict
from retrieval.analysis import Analyzer
from retrieval.answer_types import type_asked_for
from retrieval.index import PassageIndex, Scored
from retrieval.indexing import is_asked_for
from retrieval.live_index import LiveIndex
from retrieval.model import Copy, Coverage, Findings, Hit, Span
from retrieval.postings.scope import Scope
from retrieval.question import Question, understand
from retrieval.ranking import Candidate, Ranking, best_sentence
from retrieval.store.documents import Documents
from retrieval.store.passages import Passages, Placed
from retrieval.thesaurus import Thesaurus
from retrieval.weights import Weights, weigh


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate and its score."""

    candidate: Candidate
    score: float


@dataclass(frozen=True, slots=True)
class Resolved:
    """A candidate with its score, and where it stands."""

    candidate: Candidate
    score: float
    placed: Placed


class Finder:
    """Finds the passages that answer a question, within what a space may see."""

    def __init__(
        self,
        index: LiveIndex,
        documents: Documents,
        passages: Passages,
        analyzer: Analyzer,
        ranking: Ranking,
    ) -> None:
        self._index = index
        self._documents = documents
        self._passages = passages
        self._analyzer = analyzer
        self._ranking = ranking
        self._thesaurus = Thesaurus(analyzer)
        self._coverages: dict[str | None, tuple[int, Coverage]] = {}

    async def find(self, text: str, limit: int, space: str | None) -> Findings:
        """Return the best passages for a question, whatever the verdict on them."""
        index = await self._index.current()
        question = understand(text, self._analyzer, self._thesaurus)
        weights = weigh(question, index, space, self._thesaurus)
        scored = index.search(weights.factors, Scope(space), self._ranking.candidates)
        ranked = self._ranked(scored, question, weights, index)
        best, copies = await self._resolved(_without_copies(ranked)[:limit], space)
        coverage = await self._coverage(space)
        repairs = {
            typed: await self._written(read, index, space)
            for typed, read in weights.repairs.items()
        }
        evidence = self._evidence(question, weights, best, repairs, empty=not coverage.documents)
        confidence = verdict.confidence_of(evidence)
        grade = verdict.verdict_of(confidence)
        hits = tuple([await self._hit(one, weights, copies) for one in best])
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

    def _ranked(
        self,
        scored: Sequence[Scored],
        question: Question,
        weights: Weights,
        index: PassageIndex,
    ) -> list[Ranked]:
        """Return the candidates best first; equal ones in the order in which they were stored."""
        held = index.read([one.passage for one in scored], weights.idf, question.quotations)
        ranked = []
        for one in scored:
            its = held[one.passage]
            asked_for = is_asked_for(its.role, question.text)
            candidate = Candidate(one.passage, one.score, its, asked_for)
            score = self._ranking.score(candidate, question, weights)
            ranked.append(Ranked(candidate, score))
        return sorted(ranked, key=lambda one: (-one.score, one.candidate.passage))

    async def _resolved(
        self, ranked: Sequence[Ranked], space: str | None
    ) -> tuple[list[Resolved], list[Placed]]:
        """Return the candidates with their passages, and all that say the same words as they.

        Those that are live no more, or that the space may not see, are left out.
        """
        ids = [one.candidate.passage for one in ranked]
        fingerprints = {f"{one.candidate.held.fingerprint:016x}" for one in ranked}
        copies = await self._passages.with_copies(ids, fingerprints, space)
        placed = {one.passage.id: one for one in copies}
        resolved = [
            Resolved(one.candidate, one.score, placed[one.candidate.passage])
            for one in ranked
            if one.candidate.passage in placed
        ]
        return resolved, copies

    async def _hit(self, one: Resolved, weights: Weights, copies: Sequence[Placed]) -> Hit:
        document, passage = one.placed.document, one.placed.passage
        tokens = self._analyzer.tokens_of(passage.text, weights.idf)
        matched = weights.matched({token.term for token in tokens})
        marks = tuple(Span(token.start, token.end) for token in tokens if token.term in matched)
        sentences = excerpts.sentences_of(passage.text)
        worths = [
            weights.of([token.term for token in tokens if span.start <= token.start < span.end])
            for span in sentences
        ]
        excerpt = excerpts.excerpt_of(passage.text, sentences, worths, marks)
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
                if copy.passage.fingerprint == passage.fingerprint and copy.passage.id != passage.id
            ),
        )

    def _evidence(
        self,
        question: Question,
        weights: Weights,
        best: Sequence[Resolved],
        repairs: Mapping[str, str],
        *,
        empty: bool,
    ) -> verdict.Evidence:
        """Return what the best passage, if there is one, holds of the question."""
        if not best:
            return verdict.Evidence(
                concepts=len(question.concepts), missing=weights.missing, nothing_there=empty
            )
        candidate, passage = best[0].candidate, best[0].placed.passage
        held = candidate.held.terms | candidate.held.title
        wanted = type_asked_for(question.text)
        if wanted and wanted.stands_in(passage.text, question.text):
            wanted = None
        return verdict.Evidence(
            concepts=len(question.concepts),
            held=weights.of(held) / weights.total,
            sentence=best_sentence(candidate.held, question, weights) / weights.total,
            names=weights.of_absent(question.names, held) / weights.total,
            figures=weights.of_absent(question.figures, held) / weights.total,
            unheard=weights.unheard / weights.total,
            quoted=bool(candidate.held.phrases),
            lacking=wanted,
            missing=weights.missing,
            repairs=repairs,
        )

    async def _written(self, term: str, index: PassageIndex, space: str | None) -> str:
        """Return a term as the passage writes it that is most about it."""
        ids = [one.passage for one in index.search([{(term,): 1.0}], Scope(space), 1)]
        fingerprints = [f"{one.fingerprint:016x}" for one in index.read(ids, (), ()).values()]
        for placed in (await self._passages.with_copies(ids, fingerprints, space))[:1]:
            text = placed.passage.text
            for token in self._analyzer.tokens_of(text, {term}):
                return text[token.start : token.end]
        return term


def _without_copies(ranked: Sequence[Ranked]) -> list[Ranked]:
    first: dict[int, Ranked] = {}
    for one in ranked:
        first.setdefault(one.candidate.held.fingerprint, one)
    return list(first.values())
