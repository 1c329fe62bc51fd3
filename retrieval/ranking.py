"""Ranking: named signals over rank-bm25's candidates, summed with the weights at the top.

Every signal is a sum of idf over concepts of the question, so that all share BM25's scale and a
weight means the same on any corpus. A passage that is no body text counts for less as a whole.
"""

from dataclasses import dataclass

from retrieval.model import Role
from retrieval.postings.reading import Held
from retrieval.question import Question
from retrieval.weights import Weights

CANDIDATES = 30
"""How many of BM25's best passages the signals look at."""
SENTENCE_WEIGHT = 0.3
"""A sentence that says most of it at once; +1.2 points of success@1 on encyclopedic text."""
PAIR_WEIGHT = 0.6
"""Words that stand together as in the question; +0.8 on encyclopedic text, +1.2 on forums."""
QUOTATION_WEIGHT = 1.0
"""Who pastes a quotation wants the passage that has it, before any that has its words."""
TITLE_WEIGHT = 0.5
"""What the title names and the passage takes for granted; +0.8 on news, level elsewhere."""
ROLE_WEIGHTS = {
    Role.TEXT: 1.0,
    Role.CAPTION: 0.85,
    Role.HEADLINE: 0.8,
    Role.BYLINE: 0.3,
    Role.DATELINE: 0.3,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that shares a term with the question, as the signals see it."""

    passage: int
    bm25: float
    held: Held
    asked_for: bool
    """Whether the question asks for what such a line says of its document."""


def score(candidate: Candidate, question: Question, weights: Weights) -> float:
    """Return the candidate's score: the sum of the signals, less for what is no body text."""
    held = candidate.held
    signals = (
        candidate.bm25
        + SENTENCE_WEIGHT * best_sentence(held, weights)
        + PAIR_WEIGHT * pairs(held, question, weights)
        + TITLE_WEIGHT * title(held, weights)
        + QUOTATION_WEIGHT * quotations(held, question) * weights.total
    )
    return signals * (1.0 if candidate.asked_for else ROLE_WEIGHTS[held.role])


def best_sentence(held: Held, weights: Weights) -> float:
    """Return what the best single sentence is worth."""
    return max((weights.of(sentence) for sentence in held.sentences), default=0.0)


def pairs(held: Held, question: Question, weights: Weights) -> float:
    """Return what the pairs of neighbouring terms are worth that the passage shares."""
    return sum(weights.of_pair(pair) for pair in sorted(question.pairs & held.pairs))


def quotations(held: Held, question: Question) -> float:
    """Return the share of the question's quotations that the passage has, word for word."""
    return len(held.phrases) / max(len(question.quotations), 1)


def title(held: Held, weights: Weights) -> float:
    """Return what the document's title is worth besides the passage."""
    return weights.of(held.terms | held.title) - weights.of(held.terms)
