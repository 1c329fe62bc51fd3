"""What intake makes of a source, to be stored."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.analysis.analyzer import Word
from retrieval.model import Details, Role


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage that is not stored yet."""

    paragraph: int
    start: int
    end: int
    text: str
    role: Role
    receipt: str
    fingerprint: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document that is not stored yet, read and taken apart."""

    file: str
    content: bytes
    hash: str
    reader: str
    reader_version: int
    extraction: str | None
    """The text that the reader took out; None where it is the decoded bytes."""
    details: Details
    by_hand: frozenset[str]
    """Names of the details that were given and not read."""
    passages: tuple[NewPassage, ...]
    abbreviations: frozenset[tuple[str, str]]
    """Short forms that its text defines, with their long forms, folded."""
    words: Sequence[Sequence[Sequence[Word]]]
    """For each passage, the words of each of its sentences."""

    @property
    def language(self) -> str | None:
        """Return the ISO 639-1 code of its language, None where that is not safe to say."""
        return self.details.language

    @property
    def citable(self) -> int:
        """How many of its passages can be cited."""
        return sum(passage.role is not Role.FURNITURE for passage in self.passages)
