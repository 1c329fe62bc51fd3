"""Transitions: what a change makes of a document's state, without any I/O."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from retrieval.intake.new_documents import NewDocument
from retrieval.model import NO_DETAILS, NOTHING, Details, State, Status


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be set right in what was understood of a document; the rest stays as it is."""

    details: Details = NO_DETAILS
    hold_until: datetime | None = None
    lifts_hold: bool = False

    def of(self, state: State) -> State:
        """Return a state with what is set right in it."""
        details = replace(self.details.over(state.details), denied=NOTHING)
        hold = None if self.lifts_hold else self.hold_until or state.hold_until
        by_hand = state.by_hand | self.details.said
        edited = replace(state, details=details, by_hand=by_hand, hold_until=hold)
        return with_hold(edited)


def new_state(new: NewDocument, hold_until: datetime | None) -> State:
    """Return the state of a document that is added."""
    return State(Status.LIVE, 1, new.details, new.by_hand, hold_until=hold_until)


def replaced(
    old: State, new: NewDocument, hold_until: datetime | None, *, lifts_hold: bool = False
) -> State:
    """Return the state of a new version: what a person once gave stays."""
    kept = {name: getattr(old.details, name) for name in old.by_hand - new.by_hand}
    return with_hold(
        replace(
            old,
            details=replace(new.details, **kept),
            by_hand=old.by_hand | new.by_hand,
            hold_until=None if lifts_hold else hold_until or old.hold_until,
        )
    )


def with_hold(state: State) -> State:
    """Return a state that stands, held as long as its embargo lasts."""
    if state.hold_until and state.hold_until > datetime.now(UTC):
        return replace(state, status=Status.HELD)
    return replace(state, status=Status.LIVE, hold_until=None)
