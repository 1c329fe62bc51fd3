"""The verdict: how sure it is that the best passage answers, and the sentence that says why."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.model import Verdict

FOUND_AT = 0.6
WEAK_AT = 0.4


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the verdict rests on; shares are of the question's whole idf, from 0 to 1."""

    concepts: int
    """Concepts of the question."""
    passage: float
    """Share that the best passage holds."""
    sentence: float
    """Share that its best sentence holds."""
    missing: Sequence[str]
    """Words of the question that occur nowhere."""


def confidence_of(evidence: Evidence) -> float:
    """Return how sure the match is, from 0 (nothing matched) to 1."""
    return (evidence.passage + evidence.sentence) / 2


def verdict_of(confidence: float) -> Verdict:
    """Return the grade of a confidence."""
    if confidence >= FOUND_AT:
        return Verdict.FOUND
    return Verdict.WEAK if confidence >= WEAK_AT else Verdict.NOT_FOUND


def reason_for(verdict: Verdict, evidence: Evidence) -> str:
    """Return the sentence that says what the verdict rests on."""
    if not evidence.concepts:
        return "The question has only common words; name a person, a place or a thing."
    missing = " and ".join(f"“{word}”" for word in evidence.missing[:3])
    match verdict:
        case Verdict.FOUND:
            return "The first passage holds most of what the question names."
        case Verdict.WEAK:
            said = "The nearest passage holds only a part of what the question names"
        case Verdict.NOT_FOUND:
            said = "No passage holds enough of what the question names"
    return f"{said}; {missing} occurs nowhere in the coverage." if missing else f"{said}."
