"""States of documents as the database keeps them: in columns, and on the trail as JSON."""

import json
from datetime import UTC, date, datetime

from retrieval.model import NO_DETAILS, Details, State, Status


def to_json(state: State | None) -> str | None:
    """Return a state as the trail keeps it."""
    return None if state is None else json.dumps(state.to_object(), ensure_ascii=False)


def from_json(text: str | None) -> State | None:
    """Return the state that the trail keeps."""
    if text is None:
        return None
    kept = json.loads(text)
    details = {name: kept.get(name) for name in NO_DETAILS.to_object()}
    return State(
        status=Status(kept["status"]),
        version=kept["version"],
        details=Details(**details | {"published": day(kept["published"])}),
        by_hand=frozenset(kept["by_hand"]),
        correction=kept["correction"],
        reason=kept["reason"],
        hold_until=moment(kept["hold_until"]),
    )


def moment_text(at: datetime | None) -> str | None:
    """Return a moment in UTC and of one length, so that as texts they are in order too."""
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else None


def moment(text: str | None) -> datetime | None:
    """Return the moment that a column states."""
    return datetime.fromisoformat(text) if text else None


def day_text(published: date | None) -> str | None:
    """Return a date as a column states it."""
    return published.isoformat() if published else None


def day(text: str | None) -> date | None:
    """Return the date that a column states."""
    return date.fromisoformat(text) if text else None
