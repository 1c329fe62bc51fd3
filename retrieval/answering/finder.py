"""The way of a question: understand, score, rank, group the copies, pick the excerpts, judge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from retrieval.analysis.analyzer import Analyzer
from retrieval.answering import verdict
from retrieval.answering.candidates import candidates
from retrieval.answering.evidence import evidence_of
from retrieval.answering.grouping import Ranked, Resolved, answers_first, grouped, newest_first
from retrieval.answering.hits import Hits
from retrieval.answering.ranking import Ranking
from retrieval.answering.seeking import Seeker, Seen, Sought
from retrieval.index.live_index import LiveIndex
from retrieval.index.passage_index import PassageIndex
from retrieval.model import Coverage, Findings, Role
from retrieval.questions.answer_types import asks_for_a_kind
from retrieval.questions.dated import years_in
from retrieval.questions.query import Query, parse
from retrieval.store.abbreviations import Abbreviations
from retrieval.store.bars import Bars
from retrieval.store.documents import Documents
from retrieval.store.families import Families, links_of
from retrieval.store.passages import Passages, Placed

TRIES = 3
"""How often a question is put again because passages went away while it was answered."""
_NO_SUCH_PHRASE = "No passage has the quoted words exactly so."


@dataclass(frozen=True, slots=True)
class Found:
    """The best passages for a query, and the index and coverage that they were found in."""

    index: PassageIndex
    seen: Seen
    sought: Sought
    best: Sequence[Resolved]
    phrases_stand: bool
    """Whether they hold the phrases that they must hold."""


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
        self._ranking = ranking
        self._bars = bars
        self._families = families
        self._hits = Hits(passages, analyzer)
        self._seeker = Seeker(documents, abbreviations, analyzer)
        self._seen: dict[str | None, tuple[int, Seen]] = {}

    async def find(self, text: str, limit: int, space: str | None) -> Findings:
        """Return the best passages for a question, whatever the verdict on them.

        Raises BadFilter where an operator of the question cannot be read.
        """
        return (await self.answered(text, limit, space)).findings

    async def answered(self, text: str, limit: int, space: str | None) -> Answered:
        """Return the findings for a question with what they were made of; raises as find does."""
        found = await self._found(parse(text), limit, space)
        sought = found.sought
        repairs = {
            typed: await self._hits.written(read, found.index, space)
            for typed, read in sought.weights.repairs.items()
        }
        bar = (await self._bars.of(space)).height
        empty = not found.seen.coverage.documents
        evidence = _evidence(sought, found.best, repairs, bar, empty=empty)
        confidence = verdict.confidence_of(evidence)
        grade = verdict.verdict_of(confidence)
        notes = [*sought.notes, *([] if found.phrases_stand else [_NO_SUCH_PHRASE])]
        findings = Findings(
            question=text,
            verdict=grade,
            confidence=round(confidence, 3),
            reason=" ".join([verdict.reason_for(grade, evidence), *notes]),
            hits=tuple([await self._hits.of(one, sought) for one in found.best]),
            missing=sought.weights.missing,
            coverage=found.seen.coverage,
            names_nothing=verdict.names_nothing(evidence),
        )
        return Answered(findings, sought, found.best, evidence, repairs)

    async def evidence_besides(
        self, text: str, placed: Placed, space: str | None
    ) -> verdict.Evidence:
        """Return what speaks for the best passage for a text but for those of one document.

        Of a coverage with one document, for the best one but for the passage that is given.
        """
        index = await self._index.current()
        seen = await self._seen_by(space)
        sought = await self._seeker.seek(parse(text), space, seen, index)
        ranked, _ = candidates(sought, index, self._ranking)
        others = [
            one
            for one in await self._resolved(grouped(ranked, len(ranked)), space)
            if not _is_of(one.placed, placed, seen.coverage)
        ]
        return _evidence(sought, others, {}, 0.0, empty=False)

    async def _found(self, query: Query, limit: int, space: str | None) -> Found:
        """Return the best passages for a query, all of them live."""
        for _ in range(TRIES):
            index = await self._index.current()
            seen = await self._seen_by(space)
            sought = await self._seeker.seek(query, space, seen, index)
            ranked, phrases_stand = candidates(sought, index, self._ranking)
            groups = grouped(ranked, len(ranked) if _reorders(sought, ranked[:limit]) else limit)
            best = await self._resolved(groups, space)
            if len(best) == len(groups):
                break  # else a document was replaced between the index and the database: once more
        best = answers_first(best, sought.question)
        if sought.newest_first:
            best = newest_first(best)
        return Found(index, seen, sought, best[:limit], phrases_stand)

    async def coverage(self, space: str | None) -> Coverage:
        """Return how much a space may see, counted once for each state of the database."""
        return (await self._seen_by(space)).coverage

    async def languages(self, space: str | None) -> Sequence[str]:
        """Return the ISO 639-1 codes of what a space may see, as far as they are known."""
        return (await self._seen_by(space)).languages

    async def _seen_by(self, space: str | None) -> Seen:
        """Return what the space may see, looked up once for each state of the database."""
        revision, seen = self._seen.get(space, (-1, None))
        if seen is None or revision != self._index.revision:
            revision = self._index.revision
            coverage = await self._documents.coverage(space)
            seen = Seen(coverage, await self._documents.languages(space))
            self._seen[space] = (revision, seen)
        return seen

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
    return evidence_of(sought, best[0], repairs, bar)


def _reorders(sought: Sought, first: Sequence[Ranked]) -> bool:
    """Say whether what stands in the passages, or their dates, may give them another order."""
    return (
        sought.newest_first
        or asks_for_a_kind(sought.question.text)
        or bool(years_in(sought.question))
        or any(one.candidate.held.role is Role.HEADLINE for one in first)
    )


def _is_of(one: Placed, other: Placed, coverage: Coverage) -> bool:
    """Say whether a passage is of the same document as another, or is the same."""
    if coverage.documents == 1:
        return one.passage.id == other.passage.id
    return one.document.id == other.document.id
