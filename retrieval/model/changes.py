"""Changes of documents, those who make them, and what comes of them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from retrieval.model.documents import Document, Passage, State


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
