"""Changes of documents that stand: each is on the trail, and answers follow it at once."""

from datetime import UTC, datetime

from retrieval.documents.holding import hold_of
from retrieval.documents.transitions import Edit
from retrieval.intake.details import cleaned, cleaned_note
from retrieval.intake.names import file_name
from retrieval.library.opened import OPERATOR, Opened
from retrieval.model import NO_DETAILS, Action, Actor, Change, Details, Outcome, Undone
from retrieval.store.purging import Purged


class Changing(Opened):
    """A library whose documents can be changed."""

    async def edit(
        self,
        filename: str,
        space: str | None = None,
        *,
        details: Details = NO_DETAILS,
        hold_until: datetime | None = None,
        lifts_hold: bool = False,
        actor: Actor = OPERATOR,
    ) -> Outcome:
        """Set right what was understood of a document; it stays the same version.

        ``details`` are set, those that they deny become unknown, and all others stay.
        ``hold_until`` holds it under an embargo, ``lifts_hold`` ends one.
        """
        edit = Edit(cleaned(details), hold_of(hold_until), lifts_hold)
        file = file_name(filename)
        return await self._indexed(await self._tables.moderation.edit(file, space, actor, edit))

    async def correct(
        self,
        filename: str,
        note: str | None,
        space: str | None = None,
        *,
        actor: Actor = OPERATOR,
    ) -> Outcome:
        """Let every citation of a document show a note; with None it shows none any more."""
        file = file_name(filename)
        text = cleaned_note(note) if note else None
        return await self._indexed(await self._tables.moderation.correct(file, space, actor, text))

    async def retract(
        self, filename: str, reason: str, space: str | None = None, *, actor: Actor = OPERATOR
    ) -> Outcome:
        """Let a document answer no more; its receipts say who withdrew it, when and why."""
        file, text = file_name(filename), cleaned_note(reason)
        return await self._indexed(await self._tables.moderation.retract(file, space, actor, text))

    async def remove(
        self, filename: str, space: str | None = None, *, actor: Actor = OPERATOR
    ) -> Outcome:
        """Let a document answer no more; raise NoSuchDocument where there is none."""
        file = file_name(filename)
        return await self._indexed(await self._tables.moderation.remove(file, space, actor))

    async def restore(
        self, filename: str, space: str | None = None, *, actor: Actor = OPERATOR
    ) -> Outcome:
        """Let a document that was removed or retracted answer again.

        Raises NoSuchDocument where there is none.
        """
        file = file_name(filename)
        return await self._indexed(await self._tables.moderation.restore(file, space, actor))

    async def undo(
        self, filename: str | None = None, space: str | None = None, *, actor: Actor = OPERATOR
    ) -> Undone:
        """Take back what one message changed last in the space, or the last change of a document.

        That is a change too: the next undo takes it back in turn. Raises NothingToUndo.
        """
        file = file_name(filename) if filename else None
        undone = await self._tables.moderation.undo(space, file, actor)
        await self._keep_up()
        return undone

    async def purge(
        self, filename: str, space: str | None = None, *, actor: Actor = OPERATOR
    ) -> Purged:
        """Erase a document with all its versions for good, from the database and the saved index.

        The trail keeps that it was there, its name and the hash of its bytes, and no word of it.
        Raises NoSuchDocument, or DatabaseUnusable where another process is in the way.
        """
        purged = await self._tables.purging.purge(file_name(filename), space, actor)
        await self._parts.index.forget()
        await self._tables.purging.rewrite()
        return purged

    async def refused(self, what: str, filename: str, space: str | None, actor: Actor) -> None:
        """Write on the trail that somebody was refused a change."""
        await self._tables.trail.write(
            Change(
                at=datetime.now(UTC),
                actor=actor,
                space=space,
                action=Action.REFUSED,
                file=filename,
                before=None,
                after=None,
                note=what,
            )
        )
