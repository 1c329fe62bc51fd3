"""Documents, as one of their versions states them, and their passages."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any

SHARED = None
"""The space of the documents that the operator loads: every space sees them."""


class Role(StrEnum):
    """What a passage is in its document; only furniture is never cited."""

    TEXT = "text"
    HEADLINE = "headline"
    BYLINE = "byline"
    DATELINE = "dateline"
    CAPTION = "caption"
    FURNITURE = "furniture"


class Status(StrEnum):
    """Whether a document answers."""

    LIVE = "live"
    REMOVED = "removed"
    RETRACTED = "retracted"
    """Withdrawn for a reason that its receipts state."""
    HELD = "held"
    """Under embargo: moderators know of it, and nobody else."""
    PURGED = "purged"
    """Erased for good; only the trail says that it was there."""

    @property
    def stands(self) -> bool:
        """Return whether it answers, or will when its embargo ends."""
        return self in {Status.LIVE, Status.HELD}


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the slice of ``text`` that the span names."""
        return text[self.start : self.end]


NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Details:
    """What is known about a document besides its text; what is not known is None."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    url: str | None = None
    """Where it was fetched from or published."""
    language: str | None = None
    """ISO 639-1 code; None where it is not safe to say."""
    denied: frozenset[str] = NOTHING
    """Names of those that a person says are not known, whatever the text states."""

    def over(self, other: "Details") -> "Details":
        """Return these details, completed from ``other`` where they say nothing."""
        whole = {
            name: value or (None if name in self.denied else getattr(other, name))
            for name, value in self.values.items()
        }
        return Details(**whole, denied=self.denied)

    def to_object(self) -> dict[str, str | None]:
        """Return them as a JSON object."""
        values = self.values
        return {name: None if value is None else str(value) for name, value in values.items()}

    @property
    def known(self) -> frozenset[str]:
        """Return the names of those that are known."""
        return frozenset(name for name, value in self.values.items() if value is not None)

    @property
    def said(self) -> frozenset[str]:
        """Return the names of those that are known or denied."""
        return self.known | self.denied

    @property
    def values(self) -> dict[str, Any]:
        """Return what is known by its name, and None for what is not."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "denied"}


NO_DETAILS = Details()


@dataclass(frozen=True, slots=True)
class State:
    """What of a document can be changed; the trail keeps it as it was before and after."""

    status: Status
    version: int
    details: Details
    by_hand: frozenset[str] = NOTHING
    """Names of the details that a person gave; the others are as the text states them."""
    correction: str | None = None
    """A note that is shown with every citation."""
    reason: str | None = None
    """Why it was retracted."""
    hold_until: datetime | None = None
    """When its embargo ends."""

    def to_object(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return {
            "status": self.status,
            "version": self.version,
            **self.details.to_object(),
            "by_hand": sorted(self.by_hand),
            "correction": self.correction,
            "reason": self.reason,
            "hold_until": self.hold_until.isoformat() if self.hold_until else None,
        }


@dataclass(frozen=True, slots=True)
class Document:
    """One document as one of its versions states it."""

    id: int
    space: str | None
    file: str
    status: Status
    version: int
    hash: str
    """Hex SHA-256 of the source's bytes."""
    details: Details
    size: int
    """Bytes of the source."""
    passages: int
    """How many passages can be cited; furniture is not counted."""
    added: datetime
    """When this version came."""
    changed: datetime
    """When the document last changed, in whatever way."""
    by_hand: frozenset[str] = NOTHING
    """Names of the details that a person gave; a later version keeps them."""
    correction: str | None = None
    """A note that is shown with every citation."""
    reason: str | None = None
    """Why it was retracted."""
    hold_until: datetime | None = None
    """When its embargo ends."""

    @property
    def language(self) -> str | None:
        """Return the ISO 639-1 code of its language, None where that is not safe to say."""
        return self.details.language

    @property
    def state(self) -> State:
        """Return what of it can be changed, as it is."""
        return State(
            self.status,
            self.version,
            self.details,
            self.by_hand,
            self.correction,
            self.reason,
            self.hold_until,
        )

    @property
    def name(self) -> str:
        """The title, or the file name where the text states none."""
        return self.details.title or self.file


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of a document: the unit that is indexed and cited."""

    id: int
    paragraph: int
    """Number in the document, from 1, furniture included."""
    start: int
    end: int
    text: str
    role: Role
    receipt: str
    fingerprint: str
    """Hex digits, equal for passages that say the same words."""
    page: int | None = None
    """Number of the page on which it begins, from 1; None where the source has no pages."""
