"""What the quote desk is asked for, and what it says."""

from dataclasses import dataclass

import retrieval
from retrieval import QuoteCheck


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation, to be held against the coverage."""

    quote: str
    speaker: str = ""
    """Who is claimed to have said it; empty where nobody is."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said, about a topic perhaps: “Sessions about police”."""

    person: str


@dataclass(frozen=True, slots=True)
class Copies:
    """Where else a cited passage and its quotations stand."""

    receipt: str


@dataclass(frozen=True, slots=True)
class Cite:
    """A citation line to paste, in house style."""

    receipt: str


@dataclass(frozen=True, slots=True)
class CheckDraft:
    """A draft, attached or in the text: its quotations and figures, to be checked."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class CheckedQuote:
    """What the coverage says of a quotation."""

    check: QuoteCheck


@dataclass(frozen=True, slots=True)
class Sayings:
    """What documents quote of a person."""

    said: retrieval.Said


@dataclass(frozen=True, slots=True)
class FamilyReply:
    """A cited passage with its copies, and where they come from."""

    family: retrieval.Family


@dataclass(frozen=True, slots=True)
class CitationLine:
    """A line to paste, and what has become of the passage that it cites."""

    line: str
    verification: retrieval.Verification


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """What the coverage says of a draft; for the one who asked, and nobody else."""

    check: retrieval.DraftCheck
