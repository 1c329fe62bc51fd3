"""Explaining: what the findings for a question rest on, in words, scores and evidence."""

from retrieval.answering import verdict
from retrieval.answering.finder import Answered
from retrieval.answering.grouping import lowering
from retrieval.answering.ranking import Candidate, Ranking
from retrieval.answering.seeking import Sought
from retrieval.model import ExplainedHit, ExplainedWord, Explanation, Hit, Weighed


def explanation_of(answered: Answered, ranking: Ranking) -> Explanation:
    """Return why an answer is as it is; the ranking is the one that it was found with."""
    return Explanation(
        findings=answered.findings,
        words=_words(answered),
        hits=tuple(
            _hit(hit, one.ranked.candidate, answered.sought, ranking)
            for hit, one in zip(answered.findings.hits, answered.best, strict=True)
        ),
        evidence=tuple(verdict.parts_of(answered.evidence)) if answered.evidence.held else (),
    )


def _words(answered: Answered) -> tuple[ExplainedWord, ...]:
    sought = answered.sought
    missing = set(sought.weights.missing)
    return tuple(
        ExplainedWord(
            concept.word,
            round(max(worths.values()), 3),
            tuple(
                answered.repairs.get(concept.word) or sought.thesaurus.written(one)
                for one in worths
                if one != (concept.term,)
            ),
            occurs=concept.word not in missing,
        )
        for concept, worths in zip(sought.question.concepts, sought.weights.concepts, strict=True)
    )


def _hit(hit: Hit, candidate: Candidate, sought: Sought, ranking: Ranking) -> ExplainedHit:
    question, weights = sought.question, sought.weights
    held = candidate.held.terms | candidate.held.title
    parts = ranking.parts(candidate, question, weights)
    if by := lowering(hit.passage.text, hit.document, question):
        whole = sum(one.value for one in parts)
        parts.append(Weighed(by.name, (by.value - 1) * whole))
    return ExplainedHit(
        hit,
        tuple(one for one in parts if one.value),
        tuple(question.concepts[number].word for number in weights.held(held)),
    )
