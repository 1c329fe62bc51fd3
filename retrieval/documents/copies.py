"""Copies: passages that say the same, word for word or nearly so, and what differs in them.

A passage in other quotation marks is the same; the wire's quotation under another introduction is
nearly so. Which ones are near is found by aligning their words, never by a likeness of their sets.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from rapidfuzz.distance import LCSseq, Levenshtein

from retrieval.analysis.analyzer import fold, words_in
from retrieval.model import Difference, Span

SHORTEST = 8
"""Words of a passage that can be nearly the same as another: fewer are alike by chance."""
NEAR = 0.8
"""Share of the shorter passage's words that stand in the longer one in the same order,"""
NOT_PART = 0.55
"""and of the longer one's words: a sentence of a long passage is not the same passage."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a passage as numbers, in order and as a set."""

    words: Sequence[int]
    distinct: frozenset[int]

    @classmethod
    def of(cls, words: Sequence[int]) -> Self:
        """Return the wording of these words."""
        return cls(words, frozenset(words))


def are_near(one: Wording, other: Wording) -> bool:
    """Say whether two passages say nearly the same."""
    shorter, longer = len(one.words), len(other.words)
    if shorter > longer:
        shorter, longer = longer, shorter
    if shorter < SHORTEST or NOT_PART * longer > shorter:
        return False
    fewer = min(len(one.distinct), len(other.distinct))
    if len(one.distinct & other.distinct) < NEAR * fewer:
        return False  # no order of so few common words can be enough
    wanted = max(NEAR * shorter, NOT_PART * longer)
    return LCSseq.similarity(one.words, other.words) >= wanted


def differences(here: str, there: str) -> tuple[Difference, ...]:
    """Return where the words of two texts differ, in order; case and punctuation aside."""
    words_here, words_there = words_in(here), words_in(there)
    edits = Levenshtein.opcodes(
        [fold(one.of(here)) for one in words_here], [fold(one.of(there)) for one in words_there]
    )
    return tuple(
        Difference(
            _slice(here, words_here[edit.src_start : edit.src_end]),
            _slice(there, words_there[edit.dest_start : edit.dest_end]),
        )
        for edit in edits
        if edit.tag != "equal"
    )


def _slice(text: str, words: Sequence[Span]) -> str:
    return text[words[0].start : words[-1].end] if words else ""
