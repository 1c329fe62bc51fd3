"""Evidence: what a passage holds of a question, as shares of what the question is worth."""

from collections.abc import Mapping

from retrieval.answering.ranking import best_sentence
from retrieval.answering.seeking import Sought
from retrieval.answering.verdict import Evidence
from retrieval.index.postings.reading import Held
from retrieval.questions.answer_types import type_asked_for


def evidence_of(
    sought: Sought, held: Held, text: str, repairs: Mapping[str, str], bar: float = 0.0
) -> Evidence:
    """Return what speaks for and against a passage with this text as the answer.

    ``repairs`` are the words that occur nowhere, with those that they were read as; ``bar`` is
    what matches have on this coverage for nothing.
    """
    question, weights = sought.question, sought.weights
    terms = held.terms | held.title
    total = weights.total or 1.0
    wanted = type_asked_for(question.text)
    if wanted and wanted.stands_in(text, question.text):
        wanted = None
    return Evidence(
        concepts=len(question.concepts),
        held=weights.of(terms) / total,
        sentence=best_sentence(held, question, weights) / total,
        wording=held.wording / (weights.wording.total or 1.0),
        names=weights.of_absent(question.names, terms) / total,
        figures=weights.of_absent(question.figures, terms) / total,
        unheard=weights.unheard / total,
        quoted=bool(held.phrases),
        lacking=wanted,
        missing=weights.missing,
        repairs=repairs,
        bar=bar,
    )
