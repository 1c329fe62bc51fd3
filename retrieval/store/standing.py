"""How documents stand: read and written in a transaction, with a line of the trail each time."""

import json
from collections.abc import Collection
from datetime import UTC, datetime

from retrieval.model import Action, Actor, Change, Document, Outcome, State, Status
from retrieval.store import states, trail
from retrieval.store.database import Transaction
from retrieval.store.documents import CURRENT, document_from, no_such
from retrieval.store.versions import Kept


async def of_names(
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


async def standing_one(transaction: Transaction, file: str, space: str | None) -> Kept:
    """Return the document of a name; raise NoSuchDocument where none stands under it."""
    kept = (await of_names(transaction, [file], space)).get(file)
    if kept is None or not kept.document.status.stands:
        raise no_such(file)
    return kept


async def by_id(transaction: Transaction, document: int) -> Document:
    """Return the document of a row."""
    [row] = await transaction.all(f"{CURRENT} WHERE d.id = ?", (document,))
    return document_from(row)


async def put(
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
    document = await by_id(transaction, old.id)
    await trail.write(transaction, [change_of(action, document, actor, before=old, note=note)])
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


def change_of(
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
