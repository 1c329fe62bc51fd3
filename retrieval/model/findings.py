"""What the library finds for a question."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from retrieval.model.documents import Document, Passage, Span


class Verdict(StrEnum):
    """How sure the match between a question and the coverage is."""

    FOUND = "found"
    WEAK = "weak"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of a passage and those of a copy in their place; empty where there are none."""

    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A passage that says the same as another, word for word or nearly so."""

    document: Document
    passage: Passage
    differences: tuple[Difference, ...] = ()
    """Where its words are others; case and punctuation aside."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers, with what a reader needs to judge it."""

    document: Document
    passage: Passage
    score: float
    excerpt: Span
    """The sentences to show first, within the passage's text."""
    marks: tuple[Span, ...]
    """The words that matched the question, within the passage's text."""
    before: Passage | None
    """The passage before, where the excerpt leans on it."""
    also: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a space may see, in figures."""

    documents: int
    passages: int
    newest: date | None


@dataclass(frozen=True, slots=True)
class Findings:
    """What the library found for one question, best first, and how sure it is of it."""

    question: str
    verdict: Verdict
    confidence: float
    """From 0 (nothing matched) to 1."""
    reason: str
    """One sentence that says what the verdict rests on."""
    hits: tuple[Hit, ...]
    missing: tuple[str, ...]
    """Words of the question, as typed, that occur nowhere in the coverage."""
    coverage: Coverage
    names_nothing: bool = False
    """Whether the question has no word to look for, so that nothing was searched."""
