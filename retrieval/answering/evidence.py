"""Evidence: what a passage holds of a question, as shares of what the question is worth."""

from collections.abc import Mapping

from retrieval.answering.grouping import Resolved
from retrieval.answering.ranking import best_sentence
from retrieval.answering.seeking import Sought
from retrieval.answering.verdict import Evidence
from retrieval.questions.answer_types import type_lacking
from retrieval.questions.dated import terms_of_day, years_in


def evidence_of(
    sought: Sought, best: Resolved, repairs: Mapping[str, str], bar: float = 0.0
) -> Evidence:
    """Return what speaks for and against a passage as the answer.

    The day on which its document was published counts as said, and a year that it does not say as
    another one. ``repairs`` are the words that occur nowhere, with those that they were read as;
    ``bar`` is what matches have on this coverage for nothing.
    """
    question, weights = sought.question, sought.weights
    candidate, text = best.ranked.candidate, best.placed.passage.text
    published = best.placed.document.details.published
    held, dated = candidate.held, terms_of_day(question, published)
    terms = held.terms | held.title | dated
    total = weights.total or 1.0
    topics = [one for one in question.topics if not weights.has(one, terms)]
    asked = [*question.names, *question.figures, *topics]
    return Evidence(
        concepts=len(question.concepts),
        held=weights.of(terms) / total,
        sentence=best_sentence(held, question, weights) / total,
        wording=held.wording / (weights.wording.total or 1.0),
        names=weights.of_absent(question.names, terms) / total,
        figures=weights.of_absent(question.figures, terms, years_in(question) if published else ())
        / total,
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
        missing=tuple(one for one in weights.missing if one.lower() not in dated),
        repairs=repairs,
        bar=bar,
    )
