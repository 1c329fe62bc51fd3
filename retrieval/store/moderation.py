"""Every change to documents: in one transaction with its line of the trail, or not at all."""

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from retrieval.documents.transitions import Edit, new_state, replaced, with_hold
from retrieval.errors import NameTaken, NothingToUndo
from retrieval.intake.new_documents import NewDocument
from retrieval.model import (
    Action,
    Actor,
    Change,
    Document,
    Outcome,
    State,
    Status,
    Undone,
)
from retrieval.store import states, trail
from retrieval.store.database import Database, Transaction
from retrieval.store.documents import CURRENT, document_from, no_such
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
            standing = await _of_names(transaction, {new.file for new in news}, space)
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
                changes.append(_change(Action.ADD, stored.document, actor, before=before))
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
            kept = await _standing(transaction, new.file, space)
            old = kept.document
            state = replaced(old.state, new, hold_until, lifts_hold=lifts_hold)
            same = replace(state, version=old.version, by_hand=old.by_hand) == old.state
            if old.hash == new.hash and same:
                return Outcome(old, changed=False), old
            versions = await NewVersions.begun(transaction)
            document = versions.put(new, space, kept, state).document
            await versions.write(transaction)
            await trail.write(transaction, [_change(Action.REPLACE, document, actor, before=old)])
        return Outcome(document, changed=True), old

    async def edit(self, file: str, space: str | None, actor: Actor, edit: Edit) -> Outcome:
        """Set right what was understood of a document."""
        async with self._database.transaction() as transaction:
            old = (await _standing(transaction, file, space)).document
            return await _put(transaction, old, edit.of(old.state), Action.EDIT, actor)

    async def correct(
        self, file: str, space: str | None, actor: Actor, note: str | None
    ) -> Outcome:
        """Give a document the note that is shown with every citation; None takes it back."""
        async with self._database.transaction() as transaction:
            old = (await _standing(transaction, file, space)).document
            state = replace(old.state, correction=note)
            return await _put(transaction, old, state, Action.CORRECT, actor, note=note)

    async def remove(self, file: str, space: str | None, actor: Actor) -> Outcome:
        """Let a document answer no more; its versions are kept."""
        async with self._database.transaction() as transaction:
            old = (await _standing(transaction, file, space)).document
            state = replace(old.state, status=Status.REMOVED)
            return await _put(transaction, old, state, Action.REMOVE, actor)

    async def retract(self, file: str, space: str | None, actor: Actor, reason: str) -> Outcome:
        """Let a document answer no more, for a reason that its receipts state from now on."""
        async with self._database.transaction() as transaction:
            old = (await _standing(transaction, file, space)).document
            state = replace(old.state, status=Status.RETRACTED, reason=reason)
            return await _put(transaction, old, state, Action.RETRACT, actor, note=reason)

    async def restore(self, file: str, space: str | None, actor: Actor) -> Outcome:
        """Let a document that was removed or retracted answer again, or be held as it was."""
        async with self._database.transaction() as transaction:
            kept = (await _of_names(transaction, [file], space)).get(file)
            if kept is None:
                raise no_such(file)
            old = kept.document
            if old.status.stands:
                return Outcome(old, changed=False)
            state = with_hold(replace(old.state, status=Status.LIVE, reason=None))
            return await _put(transaction, old, state, Action.RESTORE, actor)

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
                await _put(transaction, old, with_hold(old.state), Action.RELEASE, NEWSDESK)


_DUE = f"{CURRENT} WHERE d.status = 'held' AND d.hold_until <= :now"


async def _of_names(
    transaction: Transaction, files: Collection[str], space: str | None
) -> dict[str, Kept]:
    """Return the documents of these names, those that are out included, by name."""
    rows = await transaction.all(
        "SELECT now.*, (SELECT max(number) FROM versions"  # noqa: S608
        f" WHERE document_id = now.document_id) AS last_version FROM ({CURRENT}"
        " WHERE coalesce(d.space, '') = coalesce(:space, '')"
        " AND d.file IN (SELECT value FROM json_each(:files))) now",
        {"space": space, "files": json.dumps(list(files))},
    )
    return {row["file"]: Kept(document_from(row), row["last_version"]) for row in rows}


async def _standing(transaction: Transaction, file: str, space: str | None) -> Kept:
    kept = (await _of_names(transaction, [file], space)).get(file)
    if kept is None or not kept.document.status.stands:
        raise no_such(file)
    return kept


async def _by_id(transaction: Transaction, document: int) -> Document:
    [row] = await transaction.all(f"{CURRENT} WHERE d.id = ?", (document,))
    return document_from(row)


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
    old = await _by_id(transaction, line.document)
    before = line.state_before or replace(old.state, status=Status.REMOVED)
    if before.status.stands:
        before = with_hold(before)
    outcome = await _put(transaction, old, before, Action.UNDO, actor, note=line.action)
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


async def _put(
    transaction: Transaction,
    old: Document,
    state: State,
    action: Action,
    actor: Actor,
    *,
    note: str | None = None,
) -> Outcome:
    """Put a document in a state, and write so on the trail; nothing happens where it is in it."""
    if state == old.state:
        return Outcome(old, changed=False)
    await _write_status(transaction, old.id, state)
    await _write_details(transaction, old.id, state)
    document = await _by_id(transaction, old.id)
    await trail.write(transaction, [_change(action, document, actor, before=old, note=note)])
    return Outcome(document, changed=True)


async def _write_status(transaction: Transaction, document: int, state: State) -> None:
    """Write how a document stands, and by which of its versions."""
    await transaction.run(
        "UPDATE documents SET status = :status, correction = :correction, reason = :reason,"
        " hold_until = :hold_until, changed_at = :at,"
        " revision = (SELECT max(revision) + 1 FROM documents),"
        " version_id = (SELECT id FROM versions"
        " WHERE document_id = :document AND number = :version) WHERE id = :document",
        {
            "status": state.status,
            "correction": state.correction,
            "reason": state.reason,
            "hold_until": states.moment_text(state.hold_until),
            "at": datetime.now(UTC).isoformat(),
            "document": document,
            "version": state.version,
        },
    )


async def _write_details(transaction: Transaction, document: int, state: State) -> None:
    """Write what is known of the version by which a document stands, and since when it is seen."""
    details = state.details
    await transaction.run(
        "UPDATE versions SET appeared_at = coalesce(appeared_at, ?), title = ?, outlet = ?,"
        " author = ?, published = ?, url = ?, language = ?, by_hand = ?"
        " WHERE document_id = ? AND number = ?",
        (
            datetime.now(UTC).isoformat() if state.status is Status.LIVE else None,
            details.title,
            details.outlet,
            details.author,
            states.day_text(details.published),
            details.url,
            details.language,
            " ".join(sorted(state.by_hand)),
            document,
            state.version,
        ),
    )


def _change(
    action: Action,
    document: Document,
    actor: Actor,
    *,
    before: Document | None,
    note: str | None = None,
) -> Change:
    """Return the line of the trail for what was done to a document, as it stands now."""
    return Change(
        at=document.changed,
        actor=actor,
        space=document.space,
        action=action,
        file=document.file,
        before=before.hash if before and before.status.stands else None,
        after=document.hash if document.status.stands else None,
        note=note,
        state_before=before.state if before else None,
        state_after=document.state,
        document=document.id,
    )
