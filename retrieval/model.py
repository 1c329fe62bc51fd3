"""The nouns of the library: documents, passages, hits, findings and changes, all frozen.

Offsets are code points in a document's text, half open: ``text[start:end]``.
"""

from dataclasses import dataclass, field, fields
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


class Verdict(StrEnum):
    """How sure the match between a question and the coverage is."""

    FOUND = "found"
    WEAK = "weak"
    NOT_FOUND = "not_found"


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
class Vitals:
    """How the library is, over all spaces: for its operator, never for an answer."""

    documents: int
    passages: int
    newest: date | None
    """The latest date of publication."""
    indexed: int
    """Passages in the index."""
    behind: int
    """Changes that the index has not seen; it sees them at the next question."""
    database_bytes: int
    """Size of the database, with what SQLite writes ahead."""
    changed: datetime | None
    """When the last line of the audit trail was written."""


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


class Action(StrEnum):
    """What was done to a document, as the audit trail names it."""

    ADD = "add"
    REPLACE = "replace"
    EDIT = "edit"
    CORRECT = "correct"
    RETRACT = "retract"
    REMOVE = "remove"
    RESTORE = "restore"
    RELEASE = "release"
    """An embargo ended by itself."""
    UNDO = "undo"
    PURGE = "purge"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who changes a document, and from where."""

    id: str
    name: str
    platform: str
    message: str | None = field(default=None, compare=False)
    """Id of the message that asked for it; what one message changes is undone together."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A paragraph of one version and what it became in the next; None where there is none."""

    before: Passage | None
    after: Passage | None

    @property
    def kind(self) -> str:
        """Return “added”, “removed” or “changed”."""
        if self.before and self.after:
            return "changed"
        return "removed" if self.before else "added"


@dataclass(frozen=True, slots=True)
class NearCopy:
    """Another document of the coverage that carries many of the same passages."""

    document: Document
    shared: int
    """How many of them."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What of a source that was added is not in its details."""

    furniture: tuple[Passage, ...] = ()
    """Paragraphs that were set aside: never cited."""
    near: tuple[NearCopy, ...] = ()
    """Documents that say much of the same, most first."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands after a change that was asked for."""

    document: Document
    changed: bool
    """False where everything stood so already."""
    understood: Understood | None = Understood()
    """What was made of a source; None where it was one of many and nobody looked."""
    revisions: tuple[Revision, ...] = ()
    """After a replacement: what it changed, paragraph by paragraph."""
    undone: "Change | None" = None
    """After an undo: the change that was taken back."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back."""

    outcomes: tuple[Outcome, ...]
    left: tuple[str, ...] = ()
    """A sentence for each document that stays as it is."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the audit trail."""

    at: datetime
    actor: Actor
    space: str | None
    action: Action
    file: str
    before: str | None
    """Hash of the bytes before, None where there were none."""
    after: str | None
    """Hash of the bytes after, None where there are none."""
    note: str | None = None
    state_before: State | None = None
    state_after: State | None = None
    document: int | None = field(default=None, compare=False)
    """Id of the document, None where none was changed."""
    id: int = field(default=0, compare=False)
    """Number of the line, 0 before it is written."""


class Standing(StrEnum):
    """What has become of a cited passage."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Verification:
    """What a receipt stands for, and whether its document still says so."""

    receipt: str
    standing: Standing
    document: Document
    """The document in the version that was cited."""
    passage: Passage
    since: datetime
    """When the standing began: the version's date, the replacement's or the removal's."""
    by: str | None = None
    """Who retracted it, where that is why it was withdrawn."""
    reason: str | None = None
    """Why it was retracted."""
