"""Every change to documents: in one transaction with its line of the trail, or not at all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from retrieval.documents.transitions import Edit, new_state, replaced, with_hold
from retrieval.errors import NameTaken, NothingToUndo
from retrieval.intake.new_documents import NewDocument
from retrieval.model import Action, Actor, Change, Document, Outcome, Status, Undone
from retrieval.store import states, trail
from retrieval.store.database import Database, Transaction
from retrieval.store.documents import CURRENT, document_from, no_such
from retrieval.store.standing import by_id, change_of, of_names, put, standing_one
from retrieval.store.versions import Kept, NewVersions, Stored

NEWSDESK = Actor("newsdesk", "Newsdesk", "newsdesk")
"""Who lets a document appear when its embargo ends."""


class Moderation:
    """Changes the documents of all spaces."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        news: Sequence[NewDocument],
        space: str | None,
        actor: Actor,
        hold_until: datetime | None = None,
    ) -> list[Stored | Outcome | NameTaken]:
        """Store new documents together, and return in their order what came of each.

        An Outcome where the same bytes stood there already, NameTaken where others did.
        """
        async with self._database.transaction() as transaction:
            standing = await of_names(transaction, {new.file for new in news}, space)
            versions = await NewVersions.begun(transaction)
            results: list[Stored | Outcome | NameTaken] = []
            changes = []
            for new in news:
                older = standing.get(new.file)
                if older and older.document.status.stands:
                    results.append(_already_there(older.document, new))
                    continue
                stored = versions.put(new, space, older, with_hold(new_state(new, hold_until)))
                standing[new.file] = Kept(stored.document, stored.document.version)
                before = older.document if older else None
                changes.append(change_of(Action.ADD, stored.document, actor, before=before))
                results.append(stored)
            await versions.write(transaction)
            await trail.write(transaction, changes)
        return results

    async def replace(
        self,
        new: NewDocument,
        space: str | None,
        actor: Actor,
        hold_until: datetime | None = None,
        *,
        lifts_hold: bool = False,
    ) -> tuple[Outcome, Document]:
        """Store a new version of a document, and return what stands and what stood.

        Details that a person once gave are kept unless others are given now, and so are its
        correction and its embargo.
        """
        async with self._database.transaction() as transaction:
            kept = await standing_one(transaction, new.file, space)
            old = kept.document
            state = replaced(old.state, new, hold_until, lifts_hold=lifts_hold)
            same = replace(state, version=old.version, by_hand=old.by_hand) == old.state
            if old.hash == new.hash and same:
                return Outcome(old, changed=False), old
            versions = await NewVersions.begun(transaction)
            document = versions.put(new, space, kept, state).document
            await versions.write(transaction)
            await trail.write(transaction, [change_of(Action.REPLACE, document, actor, before=old)])
        return Outcome(document, changed=True), old

    async def edit(self, file: str, space: str | None, actor: Actor, edit: Edit) -> Outcome:
        """Set right what was understood of a document."""
        async with self._database.transaction() as transaction:
            old = (await standing_one(transaction, file, space)).document
            return await put(transaction, old, edit.of(old.state), Action.EDIT, actor)

    async def correct(
        self, file: str, space: str | None, actor: Actor, note: str | None
    ) -> Outcome:
        """Give a document the note that is shown with every citation; None takes it back."""
        async with self._database.transaction() as transaction:
            old = (await standing_one(transaction, file, space)).document
            state = replace(old.state, correction=note)
            return await put(transaction, old, state, Action.CORRECT, actor, note=note)

    async def remove(self, file: str, space: str | None, actor: Actor) -> Outcome:
        """Let a document answer no more; its versions are kept."""
        async with self._database.transaction() as transaction:
            old = (await standing_one(transaction, file, space)).document
            state = replace(old.state, status=Status.REMOVED)
            return await put(transaction, old, state, Action.REMOVE, actor)

    async def retract(self, file: str, space: str | None, actor: Actor, reason: str) -> Outcome:
        """Let a document answer no more, for a reason that its receipts state from now on."""
        async with self._database.transaction() as transaction:
            old = (await standing_one(transaction, file, space)).document
            state = replace(old.state, status=Status.RETRACTED, reason=reason)
            return await put(transaction, old, state, Action.RETRACT, actor, note=reason)

    async def restore(self, file: str, space: str | None, actor: Actor) -> Outcome:
        """Let a document that was removed or retracted answer again, or be held as it was."""
        async with self._database.transaction() as transaction:
            kept = (await of_names(transaction, [file], space)).get(file)
            if kept is None:
                raise no_such(file)
            old = kept.document
            if old.status.stands:
                return Outcome(old, changed=False)
            state = with_hold(replace(old.state, status=Status.LIVE, reason=None))
            return await put(transaction, old, state, Action.RESTORE, actor)

    async def undo(self, space: str | None, file: str | None, actor: Actor) -> Undone:
        """Take back what one message changed last in a space, or what was last done to a document.

        All in one transaction. What somebody changed since stays as it is, and so does what was
        purged. What takes back is a change too, so that the next one takes it back in turn. Raises
        NothingToUndo where there is no such change, or none that can be taken back.
        """
        async with self._database.transaction() as transaction:
            lines = await trail.last_changes(transaction, space, file)
            if not lines:
                raise NothingToUndo("Nothing was changed here yet.")
            came = [await _taken_back(transaction, line, actor) for line in lines]
        outcomes = tuple(one for one in came if isinstance(one, Outcome))
        left = tuple(one for one in came if isinstance(one, str))
        if not outcomes:
            raise NothingToUndo(" ".join(left))
        return Undone(outcomes, left)

    async def release_due(self) -> None:
        """Let the documents appear whose embargo has ended."""
        values = {"now": states.moment_text(datetime.now(UTC))}
        if not await self._database.one(_DUE, values):
            return
        async with self._database.transaction() as transaction:
            for row in await transaction.all(_DUE, values):
                old = document_from(row)
                await put(transaction, old, with_hold(old.state), Action.RELEASE, NEWSDESK)


_DUE = f"{CURRENT} WHERE d.status = 'held' AND d.hold_until <= :now ORDER BY d.hold_until, d.id"
"""In the order in which their embargoes ended, as the trail is to have them."""


async def _taken_back(transaction: Transaction, line: Change, actor: Actor) -> Outcome | str:
    """Take back what a line of the trail says; return why not where it stays."""
    if line.action is Action.PURGE:
        return (
            f"The last change, purge {line.file}, cannot be undone; "
            "undo FILE takes back the last one of another document."
        )
    if line.document is None or line.state_after is None:
        return f"{line.file} was purged and cannot be brought back."
    if later := await trail.later_change(transaction, line):
        return (
            f"{line.file} stays as it is, for it was changed since ({later.action} by "
            f"{later.actor.name}); undo {line.file} takes that back."
        )
    old = await by_id(transaction, line.document)
    before = line.state_before or replace(old.state, status=Status.REMOVED)
    if before.status.stands:
        before = with_hold(before)
    outcome = await put(transaction, old, before, Action.UNDO, actor, note=line.action)
    if not outcome.changed:
        return f"{line.file} is already as it was before the last change."
    return replace(outcome, undone=line)


def _already_there(old: Document, new: NewDocument) -> Outcome | NameTaken:
    if old.hash == new.hash:
        return Outcome(old, changed=False)
    return NameTaken(
        f"There is another document named {new.file}; "
        f"use replace to put this one in its place, or give this one another name.",
        is_held=old.status is Status.HELD,
    )
