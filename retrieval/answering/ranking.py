"""Ranking: named signals over rank-bm25's candidates, summed with the weights at the bottom.

Every signal is a sum of idf over concepts of the question, so that all share BM25's scale and a
weight means the same on any corpus. A passage that is no body text counts for less as a whole.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from retrieval.answering.weights import Weights
from retrieval.index.indexing import ABOUT
from retrieval.index.postings.reading import Held
from retrieval.model import Role, Weighed
from retrieval.questions.question import Question

CANDIDATES = 30
"""How many of BM25's best passages the signals look at."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that shares a term with the question, as the signals see it."""

    passage: int
    bm25: float
    held: Held
    asked_for: bool
    """Whether the question asks for what such a line says of its document."""


def best_sentence(held: Held, question: Question, weights: Weights) -> float:
    """Return what the best single sentence is worth."""
    del question
    return max((weights.of(sentence) for sentence in held.sentences), default=0.0)


def own_words(held: Held, question: Question, weights: Weights) -> float:
    """Return what the best single sentence has of the question just as it was typed.

    A line about the document is found by words that do not stand in it; they count in any form.
    """
    return best_sentence(held, question, weights) if held.role in ABOUT else held.wording


def pairs(held: Held, question: Question, weights: Weights) -> float:
    """Return what the pairs of neighbouring terms are worth that the passage shares."""
    return sum(weights.of_pair(pair) for pair in sorted(question.pairs & held.pairs))


def quotations(held: Held, question: Question, weights: Weights) -> float:
    """Return what the question is worth, for the share of its quotations that the passage has."""
    if not held.phrases:
        return 0.0
    return weights.total * len(held.phrases) / len(question.quotations)


def title(held: Held, question: Question, weights: Weights) -> float:
    """Return what the document's title is worth besides the passage."""
    del question
    if held.title <= held.terms:
        return 0.0
    return weights.of(held.terms | held.title) - weights.of(held.terms)


@dataclass(frozen=True, slots=True)
class Signal:
    """What a passage has besides its BM25 score, and by how much that counts."""

    name: str
    weight: float
    value: Callable[[Held, Question, Weights], float]


SIGNALS: Final = (
    # A sentence that says it as it was asked: +2.2 points of success@1 on encyclopedic text and
    # +3.5 on forums. The best sentence in any forms brings forums and news nothing more.
    Signal("own words", 0.5, own_words),
    # Words that stand together as in the question; +0.5 on forums, +0.1 on encyclopedic text.
    Signal("pairs", 0.3, pairs),
    # What the title names and the passage takes for granted; +0.8 on news, level elsewhere.
    Signal("title", 0.5, title),
    # Who pastes a quotation wants the passage that has it, before any that has its words.
    Signal("quotations", 1.0, quotations),
)
ROLE_WEIGHTS: Final[Mapping[Role, float]] = {
    Role.TEXT: 1.0,
    Role.CAPTION: 0.85,
    Role.HEADLINE: 0.6,
    Role.BYLINE: 0.3,
    Role.DATELINE: 0.3,
}


@dataclass(frozen=True, slots=True)
class Ranking:
    """A way of ranking; another one than the default is only measured against it."""

    signals: Sequence[Signal] = SIGNALS
    roles: Mapping[Role, float] = field(default_factory=lambda: ROLE_WEIGHTS)
    candidates: int = CANDIDATES

    def score(self, candidate: Candidate, question: Question, weights: Weights) -> float:
        """Return how well a candidate answers a question: BM25 and the signals, summed."""
        return sum(self._values(candidate, question, weights))

    def parts(self, candidate: Candidate, question: Question, weights: Weights) -> list[Weighed]:
        """Return what the score is the sum of."""
        names = ("BM25", *(signal.name for signal in self.signals))
        values = self._values(candidate, question, weights)
        return [Weighed(name, value) for name, value in zip(names, values, strict=True)]

    def _values(self, candidate: Candidate, question: Question, weights: Weights) -> list[float]:
        """Return each part of the score, less for what is no body text."""
        held = candidate.held
        factor = 1.0 if candidate.asked_for else self.roles[held.role]
        return [
            candidate.bm25 * factor,
            *(
                signal.weight * signal.value(held, question, weights) * factor
                for signal in self.signals
            ),
        ]
