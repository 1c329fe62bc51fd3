"""The nouns of the quote desk: what is asserted, what stands in the coverage, and the verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrieval.model import Coverage, Document, Passage


class QuoteVerdict(StrEnum):
    """What the coverage says of a quotation, best first."""

    EXACT = "exact"
    PUNCTUATION = "punctuation"
    """The same words; punctuation, case or accents are others."""
    ELIDED = "elided"
    """The same words in order, with something left out where the quotation says so."""
    OTHER_SPEAKER = "other_speaker"
    """The words stand there, and somebody else is named as having said them."""
    DIFFERS = "differs"
    STITCHED = "stitched"
    """Put together from different places without saying so."""
    ABSENT = "absent"


class Tag(StrEnum):
    """What becomes of words on the way from the quotation to the source."""

    EQUAL = "equal"
    REPLACE = "replace"
    INSERT = "insert"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Step:
    """Words of a quotation and those of a source in their place, by their numbers."""

    tag: Tag
    given: range
    found: range


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of a quotation and those of the source in their place; empty where there are none."""

    tag: Tag
    given: str
    found: str


@dataclass(frozen=True, slots=True)
class Place:
    """A passage that a wording stands in."""

    document: Document
    passage: Passage


@dataclass(frozen=True, slots=True)
class SourceWording:
    """How documents have a quotation, or a piece of it."""

    text: str
    """Verbatim, as the first of the places has it."""
    verdict: QuoteVerdict
    is_critical: bool
    edits: Sequence[Edit]
    speaker: str | None
    """As the source names them, None where it does not."""
    places: Sequence[Place]
    """One for each passage; a quotation over several paragraphs stands in several."""
    origins: int
    """On how many independent documents it stands."""

    @property
    def is_same(self) -> bool:
        """Whether it has the words of the quotation, whatever the punctuation."""
        return self.verdict in {QuoteVerdict.EXACT, QuoteVerdict.PUNCTUATION}

    @property
    def documents(self) -> int:
        """How many documents carry it."""
        return len({place.document.id for place in self.places})


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """What the coverage says of one quotation."""

    quote: str
    verdict: QuoteVerdict
    is_critical: bool
    """Whether a negation, a number or its unit, a name or a modal verb is another."""
    reason: str
    """One sentence that says what the verdict rests on."""
    wordings: Sequence[SourceWording]
    coverage: Coverage
