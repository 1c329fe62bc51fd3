"""How the library is."""

from dataclasses import dataclass
from datetime import date, datetime


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
    free_bytes: int
    """Room on its disk."""
    changed: datetime | None
    """When the last line of the audit trail was written."""
