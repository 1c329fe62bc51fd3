"""A library on paper: what must hold of documents, with no database, no index and no haste.

It takes sources in as the library does, and does all else in lists that are read from end to end.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from retrieval import (
    Action,
    Coverage,
    Details,
    NameTaken,
    NoSuchDocument,
    NothingToUndo,
    Role,
    Standing,
    State,
    Status,
)
from retrieval.analysis.analyzer import Analyzer
from retrieval.intake.new_documents import NewDocument, NewPassage
from retrieval.intake.taking_in import take_in

ANALYZER = Analyzer()
OUT = (Status.REMOVED, Status.RETRACTED)
BY_ITSELF = (Action.RELEASE, Action.REFUSED)
"""What nobody can take back."""


@dataclass(eq=False)
class Kept:
    """A document with all its versions."""

    space: str | None
    file: str
    state: State
    versions: list[NewDocument]
    appeared: set[int] = field(default_factory=set)
    """Numbers of the versions that people have seen, or could."""

    @property
    def now(self) -> NewDocument:
        """Return the version by which it stands."""
        return self.versions[self.state.version - 1]

    def is_seen_by(self, space: str | None) -> bool:
        """Say whether it answers in a space."""
        return self.state.status is Status.LIVE and self.space in {None, space}


@dataclass(eq=False)
class Line:
    """A line of the trail."""

    action: Action
    space: str | None
    file: str
    document: Kept | None
    before: State | None
    after: State | None
    hashes: tuple[str | None, str | None]
    note: str | None
    message: str | None


@dataclass
class OnPaper:
    """All documents, in the order in which they came, and the trail."""

    documents: list[Kept] = field(default_factory=list)
    trail: list[Line] = field(default_factory=list)

    # What is seen

    def seen_by(self, space: str | None) -> list[Kept]:
        """Return what answers in a space."""
        return [one for one in self.documents if one.is_seen_by(space)]

    def named(self, file: str, space: str | None) -> Kept | None:
        """Return what answers to a name: the space's own, or else the shared one."""
        found = [one for one in self.seen_by(space) if one.file == file]
        return max(found, key=lambda one: one.space is not None, default=None)

    def own(self, space: str | None, *statuses: Status) -> list[Kept]:
        """Return a space's own documents of these statuses."""
        return [
            one for one in self.documents if one.space == space and one.state.status in statuses
        ]

    def passages(self, space: str | None) -> Iterator[tuple[Kept, NewPassage]]:
        """Yield all that can be cited in a space."""
        for document in self.seen_by(space):
            for passage in document.now.passages:
                if passage.role is not Role.FURNITURE:
                    yield document, passage

    def coverage(self, space: str | None) -> Coverage:
        """Return what a space may see, counted."""
        dates = [one.state.details.published for one in self.seen_by(space)]
        number = sum(1 for _ in self.passages(space))
        newest = max((one for one in dates if one), default=None)
        return Coverage(len(self.seen_by(space)), number, newest)

    def standings(self, receipt: str, space: str | None) -> set[Standing]:
        """Return all that can be said of a receipt in a space; nothing where it is unknown there.

        The same bytes may stand in several documents, and in several versions of one.
        """
        found = set()
        for document in self.documents:
            until = document.state.hold_until
            if document.space not in {None, space} or (until and until > datetime.now(UTC)):
                continue
            for number in document.appeared:
                version = document.versions[number - 1]
                if any(one.receipt == receipt for one in version.passages):
                    found.add(_standing(document, number))
        return {Standing.UNCHANGED} if Standing.UNCHANGED in found else found

    def changed_with(self, document: Kept, number: int) -> Line:
        """Return the line with which another version was first seen in the place of one.

        That is after the one stood last, for an undo may have let it stand again.
        """
        lines = [one for one in self.trail if one.document is document]
        last = max(at for at, one in enumerate(lines) if one.after and one.after.version == number)
        return next(one for one in lines[last:] if one.after and _is_seen(one.after, number))

    # What is changed

    def add(
        self,
        *,
        content: bytes,
        file: str,
        space: str | None,
        details: Details,
        hold: datetime | None,
        message: str | None,
    ) -> bool:
        """Add a document; return whether anything changed."""
        new = take_in(content, file, details, ANALYZER)
        older = self._any(file, space)
        if older and older.state.status.stands:
            if older.now.hash != new.hash:
                raise NameTaken("", is_held=older.state.status is Status.HELD)
            return False
        state = State(Status.LIVE, 1, new.details, new.by_hand, hold_until=hold)
        document = older or Kept(space, file, replace(state, status=Status.REMOVED), [])
        document.versions.append(new)
        state = replace(_held(state), version=len(document.versions))
        self._put(document, state, Action.ADD, message)
        if older is None:
            self.documents.append(document)
            self.trail[-1].before = None
        return True

    def replace(
        self,
        *,
        content: bytes,
        file: str,
        space: str | None,
        details: Details,
        hold: datetime | None,
        message: str | None,
    ) -> bool:
        """Put a version in the place of another; return whether anything changed."""
        new = take_in(content, file, details, ANALYZER)
        old = self._standing(file, space)
        by_hand = {name: getattr(old.state.details, name) for name in old.state.by_hand}
        for name in new.by_hand:
            by_hand.pop(name, None)
        state = _held(
            replace(
                old.state,
                details=replace(new.details, **by_hand),
                by_hand=old.state.by_hand | new.by_hand,
                hold_until=hold or old.state.hold_until,
            )
        )
        if new.hash == old.now.hash and replace(state, by_hand=old.state.by_hand) == old.state:
            return False
        old.versions.append(new)
        self._put(old, replace(state, version=len(old.versions)), Action.REPLACE, message)
        return True

    def edit(
        self,
        file: str,
        space: str | None,
        details: Details,
        hold: datetime | None,
        message: str | None,
        *,
        lifts_hold: bool,
    ) -> bool:
        """Set details and the embargo right; return whether anything changed."""
        old = self._standing(file, space)
        known: dict[str, Any] = {
            name: getattr(details, name) or (None if name in details.denied else value)
            for name, value in old.state.details.values.items()
        }
        state = replace(
            old.state,
            details=Details(**known),
            by_hand=old.state.by_hand | details.said,
            hold_until=None if lifts_hold else hold or old.state.hold_until,
        )
        return self._put(old, _held(state), Action.EDIT, message)

    def correct(self, file: str, space: str | None, note: str | None, message: str | None) -> bool:
        """Set a correction; return whether anything changed."""
        old = self._standing(file, space)
        return self._put(
            old, replace(old.state, correction=note), Action.CORRECT, message, note=note
        )

    def take_out(
        self, file: str, space: str | None, reason: str | None, message: str | None
    ) -> bool:
        """Retract for a reason, or remove without one."""
        old = self._standing(file, space)
        if reason:
            state = replace(old.state, status=Status.RETRACTED, reason=reason)
            return self._put(old, state, Action.RETRACT, message, note=reason)
        return self._put(old, replace(old.state, status=Status.REMOVED), Action.REMOVE, message)

    def restore(self, file: str, space: str | None, message: str | None) -> bool:
        """Bring back what is out; return whether anything changed."""
        old = self._any(file, space)
        if old is None:
            raise NoSuchDocument
        if old.state.status.stands:
            return False
        return self._put(old, _held(replace(old.state, reason=None)), Action.RESTORE, message)

    def undo(self, space: str | None, file: str | None, message: str | None) -> int:
        """Take back what one message did, or the last change of one document; return how many."""
        lines = [
            one
            for one in self.trail
            if one.space == space
            and (file is None or one.file == file)
            and one.action not in BY_ITSELF
        ]
        if not lines:
            raise NothingToUndo
        last = lines[-1]
        if file is None and last.message is not None:
            lines = [one for one in lines if one.message == last.message]
        else:
            lines = [last]
        taken = sum([self._taken_back(one, message) for one in lines])
        if not taken:
            raise NothingToUndo
        return taken

    def _taken_back(self, line: Line, message: str | None) -> bool:
        document = line.document
        if document is None or line.after is None or self._changed_since(line):
            return False
        state = line.before or replace(document.state, status=Status.REMOVED)
        if state.status.stands:
            state = _held(state)
        return self._put(document, state, Action.UNDO, message, note=line.action)

    def _changed_since(self, line: Line) -> bool:
        since = self.trail[self.trail.index(line) + 1 :]
        return any(one.document is line.document and one.action not in BY_ITSELF for one in since)

    def purge(self, file: str, space: str | None) -> None:
        """Erase a document; the trail keeps that it was there."""
        document = self._any(file, space)
        if document is None:
            if not any(
                (one.file, one.space, one.action) == (file, space, Action.PURGE)
                for one in self.trail
            ):
                raise NoSuchDocument
            return
        self.documents.remove(document)
        for line in self.trail:
            if line.document is document:
                line.note = line.before = line.after = None
        self.trail.append(
            Line(
                Action.PURGE,
                space,
                file,
                document,
                None,
                None,
                (document.now.hash, None),
                None,
                None,
            )
        )

    def look(self) -> None:
        """Let appear what is due: whoever looks sees it."""
        held = [one for one in self.documents if one.state.status is Status.HELD]
        for document in sorted(held, key=lambda one: str(one.state.hold_until)):
            self._put(document, _held(document.state), Action.RELEASE, None)

    def let_time_pass(self, time: timedelta) -> None:
        """Let every embargo be so much nearer to its end, and what the trail says of it."""
        for document in self.documents:
            document.state = _earlier(document.state, time)
        for line in self.trail:
            line.before = line.before and _earlier(line.before, time)
            line.after = line.after and _earlier(line.after, time)

    def _any(self, file: str, space: str | None) -> Kept | None:
        found = (one for one in self.documents if (one.file, one.space) == (file, space))
        return next(found, None)

    def _standing(self, file: str, space: str | None) -> Kept:
        found = self._any(file, space)
        if found is None or not found.state.status.stands:
            raise NoSuchDocument
        return found

    def _put(
        self,
        document: Kept,
        state: State,
        action: Action,
        message: str | None,
        *,
        note: str | None = None,
    ) -> bool:
        """Put a document in a state; say whether that is another one."""
        old = document.state
        if state == old:
            return False
        before = document.now.hash if old.status.stands else None
        document.state = state
        if state.status is Status.LIVE:
            document.appeared.add(state.version)
        hashes = before, document.now.hash if state.status.stands else None
        self.trail.append(
            Line(action, document.space, document.file, document, old, state, hashes, note, message)
        )
        return True


def _standing(document: Kept, number: int) -> Standing:
    if document.state.status is not Status.LIVE:
        return Standing.WITHDRAWN
    return Standing.UNCHANGED if number == document.state.version else Standing.CHANGED


def _is_seen(state: State, besides: int) -> bool:
    return state.status is Status.LIVE and state.version != besides


def _held(state: State) -> State:
    """Return a state that stands: held as long as its embargo lasts."""
    if state.hold_until and state.hold_until > datetime.now(UTC):
        return replace(state, status=Status.HELD)
    return replace(state, status=Status.LIVE, hold_until=None)


def _earlier(state: State, time: timedelta) -> State:
    return replace(state, hold_until=state.hold_until and state.hold_until - time)
