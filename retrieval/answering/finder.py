"""The way of a question: understand, score, rank, group the copies, pick the excerpts, judge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from retrieval.analysis.analyzer import Analyzer, joined
from retrieval.analysis.sentences import sentences_of
from retrieval.answering import excerpts, verdict
from retrieval.answering.evidence import evidence_of
from retrieval.answering.ranking import Candidate, Ranking
from retrieval.answering.seeking import Seeker, Seen, Sought
from retrieval.documents.copies import Wording, are_near, differences
from retrieval.index.indexing import is_asked_for
from retrieval.index.live_index import LiveIndex
from retrieval.index.passage_index import PassageIndex, Scored
from retrieval.index.postings.scope import Scope
from retrieval.model import (
    Copy,
    Coverage,
    Findings,
    Hit,
    Passage,
    Span,
)
from retrieval.questions.query import parse
from retrieval.store.abbreviations import Abbreviations
from retrieval.store.bars import Bars
from retrieval.store.documents import Documents
from retrieval.store.families import Families, links_of
from retrieval.store.passages import Passages, Placed

TRIES = 3
"""How often a question is put again because passages went away while it was answered."""
NEARLY_AS_GOOD = 0.6
"""Share of the best score from which a passage matches well enough to come first by its date."""
_NO_SUCH_PHRASE = "No passage has the quoted words exactly so."


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate and its score."""

    candidate: Candidate
    score: float
    family: tuple[str, ...] = ()
    """Fingerprints of the candidates that say the same or nearly so, its own first."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A ranked candidate, where it stands, and who says the same."""

    ranked: Ranked
    placed: Placed
    copies: Sequence[Placed]


@dataclass(frozen=True, slots=True)
class Answered:
    """The findings for a question, and what they were made of."""

    findings: Findings
    sought: Sought
    best: Sequence[Resolved]
    evidence: verdict.Evidence
    repairs: Mapping[str, str]
    """What words were read as that occur nowhere."""


class Finder:
    """Finds the passages that answer a question, within what a space may see."""

    def __init__(
        self,
        *,
        index: LiveIndex,
        documents: Documents,
        passages: Passages,
        abbreviations: Abbreviations,
        analyzer: Analyzer,
        ranking: Ranking,
        bars: Bars,
        families: Families,
    ) -> None:
        self._index = index
        self._documents = documents
        self._passages = passages
        self._analyzer = analyzer
        self._ranking = ranking
        self._bars = bars
        self._families = families
        self._seeker = Seeker(documents, abbreviations, analyzer)
        self._seen: dict[str | None, tuple[int, Seen]] = {}

    async def find(self, text: str, limit: int, space: str | None) -> Findings:
        """Return the best passages for a question, whatever the verdict on them.

        Raises BadFilter where an operator of the question cannot be read.
        """
        return (await self.answered(text, limit, space)).findings

    async def answered(self, text: str, limit: int, space: str | None) -> Answered:
        """Return the findings for a question with what they were made of; raises as find does."""
        query = parse(text)
        for _ in range(TRIES):
            index = await self._index.current()
            seen = await self._seen_by(space)
            sought = await self._seeker.seek(query, space, seen, index)
            scored, phrases_stand = self._scored(sought, index)
            ranked = self._ranked(scored, sought, index)
            groups = _grouped(ranked, len(ranked) if sought.newest_first else limit)
            best = await self._resolved(groups, space)
            if len(best) == len(groups):
                break  # else a document was replaced between the index and the database: once more
        if sought.newest_first:
            best = _newest_first(best)[:limit]
        repairs = {
            typed: await self._written(read, index, space)
            for typed, read in sought.weights.repairs.items()
        }
        bar = (await self._bars.of(space)).height
        evidence = _evidence(sought, best, repairs, bar, empty=not seen.coverage.documents)
        confidence = verdict.confidence_of(evidence)
        grade = verdict.verdict_of(confidence)
        notes = [*sought.notes, *([] if phrases_stand else [_NO_SUCH_PHRASE])]
        findings = Findings(
            question=text,
            verdict=grade,
            confidence=round(confidence, 3),
            reason=" ".join([verdict.reason_for(grade, evidence), *notes]),
            hits=tuple([await self._hit(one, sought) for one in best]),
            missing=sought.weights.missing,
            coverage=seen.coverage,
        )
        return Answered(findings, sought, best, evidence, repairs)

    async def evidence_besides(
        self, text: str, placed: Placed, space: str | None
    ) -> verdict.Evidence:
        """Return what speaks for the best passage for a text but for those of one document.

        Of a coverage with one document, for the best one but for the passage that is given.
        """
        index = await self._index.current()
        seen = await self._seen_by(space)
        sought = await self._seeker.seek(parse(text), space, seen, index)
        scored, _ = self._scored(sought, index)
        ranked = self._ranked(scored, sought, index)
        others = [
            one
            for one in await self._resolved(_grouped(ranked, len(ranked)), space)
            if not _is_of(one.placed, placed, seen.coverage)
        ]
        return _evidence(sought, others, {}, 0.0, empty=False)

    def _scored(self, sought: Sought, index: PassageIndex) -> tuple[list[Scored], bool]:
        """Return the candidates, and whether they hold the phrases that they must hold.

        Where no passage does, the nearest ones are still worth seeing.
        """
        scope, number = sought.scope, self._ranking.candidates
        if scope.phrases and not sought.question.concepts:
            return index.first_of(scope, number), True
        scored = index.search(sought.weights.factors, scope, number)
        if scored or not scope.phrases:
            return scored, True
        without = replace(scope, phrases=())
        return index.search(sought.weights.factors, without, number), False

    async def coverage(self, space: str | None) -> Coverage:
        """Return how much a space may see, counted once for each state of the database."""
        return (await self._seen_by(space)).coverage

    async def _seen_by(self, space: str | None) -> Seen:
        """Return what the space may see, looked up once for each state of the database."""
        revision, seen = self._seen.get(space, (-1, None))
        if seen is None or revision != self._index.revision:
            revision = self._index.revision
            coverage = await self._documents.coverage(space)
            seen = Seen(coverage, await self._documents.languages(space))
            self._seen[space] = (revision, seen)
        return seen

    def _ranked(
        self, scored: Sequence[Scored], sought: Sought, index: PassageIndex
    ) -> list[Ranked]:
        """Return the candidates best first; equal ones in the order in which they were stored."""
        question, weights = sought.question, sought.weights
        held = index.read(
            [one.passage for one in scored], weights.idf, question.quotations, weights.wording
        )
        ranked = []
        for one in scored:
            its = held[one.passage]
            asked_for = is_asked_for(its.role, question.text)
            candidate = Candidate(one.passage, one.score, its, asked_for)
            score = self._ranking.score(candidate, question, weights)
            ranked.append(Ranked(candidate, score))
        return sorted(ranked, key=lambda one: (-one.score, one.candidate.passage))

    async def _resolved(self, ranked: Sequence[Ranked], space: str | None) -> list[Resolved]:
        """Return the candidates with their passages, and all that say the same as they.

        Those that are live no more, or that the space may not see, are left out.
        """
        near = await self._families.near_to({link for one in ranked for link in one.family})
        ranked = [replace(one, family=links_of(near, one.family)) for one in ranked]
        ids = [one.candidate.passage for one in ranked]
        families = {fingerprint for one in ranked for fingerprint in one.family}
        placed = {
            one.passage.id: one for one in await self._passages.with_copies(ids, families, space)
        }
        return [
            Resolved(
                one,
                placed[one.candidate.passage],
                [
                    copy
                    for copy in placed.values()
                    if copy.passage.fingerprint in one.family
                    and copy.passage.id != one.candidate.passage
                ],
            )
            for one in ranked
            if one.candidate.passage in placed
        ]

    async def _hit(self, one: Resolved, sought: Sought) -> Hit:
        document, passage = one.placed.document, one.placed.passage
        weights, phrases = sought.weights, one.ranked.candidate.held.phrases
        analyzer = self._analyzer.of(document.language)
        tokens = analyzer.tokens_of(passage.text, weights.idf)
        matched = weights.matched({token.term for token in tokens})
        marks = {Span(token.start, token.end) for token in tokens if token.term in matched}
        marks.update(*(analyzer.places_of(passage.text, one) for one in phrases))
        sentences = sentences_of(passage.text, analyzer.code)
        in_order = joined(marks)
        worths = [
            weights.of([token.term for token in tokens if span.start <= token.start < span.end])
            for span in sentences
        ]
        excerpt = excerpts.excerpt_of(passage.text, sentences, worths, in_order)
        leans = excerpts.leans_on_what_stands_before(passage.text, excerpt)
        return Hit(
            document=document,
            passage=passage,
            score=round(one.ranked.score, 4),
            excerpt=excerpt,
            marks=in_order,
            before=await self._passages.next_to(document, passage, step=-1) if leans else None,
            also=tuple(_copy(copy, passage) for copy in one.copies),
        )

    async def _written(self, term: str, index: PassageIndex, space: str | None) -> str:
        """Return a term as the passage writes it that is most about it."""
        ids = [one.passage for one in index.search([{(term,): 1.0}], Scope(space), 1)]
        fingerprints = [f"{one.fingerprint:016x}" for one in index.read(ids).values()]
        for placed in (await self._passages.with_copies(ids, fingerprints, space))[:1]:
            text, analyzer = placed.passage.text, self._analyzer.of(placed.document.language)
            for token in analyzer.tokens_of(text, {term}):
                return text[token.start : token.end]
        return term


def _evidence(
    sought: Sought,
    best: Sequence[Resolved],
    repairs: Mapping[str, str],
    bar: float,
    *,
    empty: bool,
) -> verdict.Evidence:
    """Return what the best passage, if there is one, holds of the question."""
    if not best:
        return verdict.Evidence(
            concepts=len(sought.question.concepts),
            missing=sought.weights.missing,
            nothing_there=empty,
        )
    first = best[0]
    held, text = first.ranked.candidate.held, first.placed.passage.text
    return evidence_of(sought, held, text, repairs, bar)


def _is_of(one: Placed, other: Placed, coverage: Coverage) -> bool:
    """Say whether a passage is of the same document as another, or is the same."""
    if coverage.documents == 1:
        return one.passage.id == other.passage.id
    return one.document.id == other.document.id


def _newest_first(best: Sequence[Resolved]) -> list[Resolved]:
    """Return those that match well by their date, undated ones last; behind them all others."""
    bar = NEARLY_AS_GOOD * max((one.ranked.score for one in best), default=0.0)
    good = [one for one in best if one.ranked.score >= bar]
    others = [one for one in best if one.ranked.score < bar]
    return [*sorted(good, key=_age), *others]


def _age(one: Resolved) -> int:
    """Return a number that is less for what is newer."""
    published = one.placed.document.details.published
    return -published.toordinal() if published else 0


def _grouped(ranked: Sequence[Ranked], limit: int) -> list[Ranked]:
    """Return the best candidates, each with the family of those that say the same or nearly so."""
    groups: list[tuple[Ranked, Wording, dict[str, None]]] = []
    for one in ranked:
        held = one.candidate.held
        fingerprint, wording = f"{held.fingerprint:016x}", Wording.of(held.forms)
        for _, its_wording, family in groups:
            if fingerprint in family or are_near(its_wording, wording):
                family[fingerprint] = None
                break
        else:
            if len(groups) < limit:
                groups.append((one, wording, {fingerprint: None}))
    return [replace(best, family=tuple(family)) for best, _, family in groups]


def _copy(copy: Placed, of: Passage) -> Copy:
    """Return a copy with what differs in it."""
    same = copy.passage.fingerprint == of.fingerprint
    differs = () if same else differences(of.text, copy.passage.text)
    return Copy(copy.document, copy.passage, differs)
