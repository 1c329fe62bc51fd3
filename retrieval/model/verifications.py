"""What has become of a cited passage."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from retrieval.model.documents import Document, Passage


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
