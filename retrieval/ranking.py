"""Ranking: named signals over rank-bm25's candidates, summed with the weights at the top.

Every signal is a sum of idf over concepts of the question, so that all share BM25's scale and a
weight means the same on any corpus. A passage that is no body text counts for less as a whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.model import Role
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
    role: Role
    asked_for: bool
    """Whether the question asks for what such a line says of its document."""
    title: Sequence[str]
    """Terms of the document's title."""
    sentences: Sequence[Sequence[str]]
    """Terms of each sentence."""
    words: str
    """All its words, folded."""


def score(candidate: Candidate, question: Question, weights: Weights) -> float:
    """Return the candidate's score: the sum of the signals, less for what is no body text."""
    signals = (
        candidate.bm25
        + SENTENCE_WEIGHT * best_sentence(candidate, weights)
        + PAIR_WEIGHT * pairs(candidate, question, weights)
        + TITLE_WEIGHT * title(candidate, weights)
        + QUOTATION_WEIGHT * quotations(candidate, question) * weights.total
    )
    return signals * (1.0 if candidate.asked_for else ROLE_WEIGHTS[candidate.role])


def best_sentence(candidate: Candidate, weights: Weights) -> float:
    """Return what the best single sentence is worth."""
    return max((weights.of(sentence) for sentence in candidate.sentences), default=0.0)


def pairs(candidate: Candidate, question: Question, weights: Weights) -> float:
    """Return what the pairs of neighbouring terms are worth that the passage shares."""
    terms = [term for sentence in candidate.sentences for term in sentence]
    shared = question.pairs.intersection(pairwise(terms))
    return sum(weights.of_pair(pair) for pair in shared)


def quotations(candidate: Candidate, question: Question) -> float:
    """Return the share of the question's quotations that the passage has, word for word."""
    if not question.quotations:
        return 0.0
    words = f" {candidate.words} "
    return sum(f" {one} " in words for one in question.quotations) / len(question.quotations)


def title(candidate: Candidate, weights: Weights) -> float:
    """Return what the document's title is worth besides the passage."""
    held = {term for sentence in candidate.sentences for term in sentence}
    return weights.of(held.union(candidate.title)) - weights.of(held)
