"""A quotation with its speaker, and the rule by which it is theirs."""

from dataclasses import dataclass
from enum import StrEnum

from retrieval.model import Span
from retrieval.quotes.attribution.spans import Quoted


class Rule(StrEnum):
    """Why a quotation is somebody's."""

    BEHIND = "a tag behind it names the speaker"
    BEFORE = "a tag before it names the speaker"
    REPORTED = "it is a part of what a sentence reports of the speaker"
    CARRIED = "the speaker is carried over within the paragraph"
    TURN = "its line begins with the speaker’s name, as in a transcript"
    FOLLOWED = "it stands alone behind a paragraph in which the speaker spoke"


@dataclass(frozen=True, slots=True)
class Attributed:
    """A quotation and its speaker."""

    quoted: Quoted
    text: str
    speaker: str
    """By the fullest name that the document has, without the office."""
    rule: Rule
    paragraph: int
    """Which passage attributes it, from 0,"""
    evidence: Span
    """and the sentence there."""
    is_sure: bool
    offices: frozenset[str] = frozenset()
    """What the document says that the speaker is: “attorney general”."""


@dataclass(frozen=True, slots=True)
class Tag:
    """What a rule found: who, by which rule, and where that stands."""

    speaker: str
    rule: Rule
    paragraph: int
    at: int
    is_sure: bool
