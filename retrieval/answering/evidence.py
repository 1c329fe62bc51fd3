"""Evidence: what a passage holds of a question, as shares of what the question is worth."""

from collections.abc import Mapping

from retrieval.answering.ranking import Candidate, best_sentence
from retrieval.answering.seeking import Sought
from retrieval.answering.verdict import Evidence
from retrieval.questions.answer_types import type_lacking


def evidence_of(
    sought: Sought, candidate: Candidate, text: str, repairs: Mapping[str, str], bar: float = 0.0
) -> Evidence:
    """Return what speaks for and against a passage with this text as the answer.

    ``repairs`` are the words that occur nowhere, with those that they were read as; ``bar`` is
    what matches have on this coverage for nothing.
    """
    question, weights, held = sought.question, sought.weights, candidate.held
    terms = held.terms | held.title
    total = weights.total or 1.0
    topics = [one for one in question.topics if not weights.has(one, terms)]
    asked = [*question.names, *question.figures, *topics]
    return Evidence(
        concepts=len(question.concepts),
        held=weights.of(terms) / total,
        sentence=best_sentence(held, question, weights) / total,
        wording=held.wording / (weights.wording.total or 1.0),
        names=weights.of_absent(question.names, terms) / total,
        figures=weights.of_absent(question.figures, terms) / total,
        unheard=weights.unheard / total,
        silent=bool(topics) and topics == question.topics and not candidate.asked_for,
        unsaid=tuple(
            one.word
            for one in asked
            if one.word not in weights.missing and not weights.has(one, terms)
        ),
        titled=tuple(
            one.word
            for one in question.names
            if weights.has(one, terms) and not weights.has(one, held.terms)
        ),
        quoted=bool(held.phrases),
        lacking=type_lacking(question.text, text),
        missing=weights.missing,
        repairs=repairs,
        bar=bar,
    )
