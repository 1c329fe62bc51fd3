"""Why an answer is as it is."""

from dataclasses import dataclass

from retrieval.model.findings import Findings, Hit


@dataclass(frozen=True, slots=True)
class Weighed:
    """One thing that counted, and by how much."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class ExplainedWord:
    """A word of a question, as the coverage knows it."""

    word: str
    worth: float
    """What a passage gains by it; more for a rarer word."""
    others: tuple[str, ...]
    """What else is taken for it."""
    occurs: bool


@dataclass(frozen=True, slots=True)
class ExplainedHit:
    """Why a passage stands where it does."""

    hit: Hit
    parts: tuple[Weighed, ...]
    """What its score is the sum of."""
    holds: tuple[str, ...]
    """The words of the question that it or its title holds, in this or another form."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an answer is as it is."""

    findings: Findings
    words: tuple[ExplainedWord, ...]
    hits: tuple[ExplainedHit, ...]
    evidence: tuple[Weighed, ...]
    """What speaks for and against the verdict; the sum is the log odds of the confidence."""
