"""Embargoes: until when a document is held, as a person writes it."""

from datetime import UTC, datetime

from retrieval.errors import BadDetail


def hold_date(text: str) -> datetime:
    """Return the moment that a person gave, in UTC where it names no zone of its own.

    Raises BadDetail where it is none, or past.
    """
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise BadDetail(
            f"{text!r} is no date and time; write it as YYYY-MM-DDTHH:MM, for example "
            "2017-08-01T18:00, in UTC or with an offset (+02:00)."
        ) from error
    return to_come(at)


def hold_of(until: datetime | None) -> datetime | None:
    """Return when an embargo ends, None where there is to be none; raises as to_come does."""
    return to_come(until) if until else None


def to_come(at: datetime) -> datetime:
    """Return a moment that an embargo ends at, in UTC where it names no zone of its own.

    Raises BadDetail where it is past.
    """
    try:
        moment = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError as error:
        raise BadDetail("Nothing can be held until then; give a time in this century.") from error
    if moment <= datetime.now(UTC):
        raise BadDetail(f"{moment:%Y-%m-%d %H:%M %Z} is past; an embargo ends at a time to come.")
    return moment
