"""Purging: a document is erased for good, and the trail keeps only that it was.

Its row stays without a name or a text, so that whoever follows the revisions lets go of it.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from retrieval.model import Action, Actor, Change, Status
from retrieval.store import families, trail
from retrieval.store.database import Database, Row, Transaction
from retrieval.store.documents import no_such

_FINAL = "changes_are_not_updated"
"""The trigger that is put aside while what a purged document said is taken off the trail."""


@dataclass(frozen=True, slots=True)
class Purged:
    """What was erased."""

    file: str
    versions: int
    """How many versions it had; 0 where it was purged before."""
    elsewhere: int
    """How many other documents are of bytes that it was of; they are left alone."""


class Purging:
    """Erases documents of all spaces."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def purge(self, file: str, space: str | None, actor: Actor) -> Purged:
        """Erase a document with all its versions, whatever its status; ``rewrite`` comes next.

        Of one that was purged before nothing is left to erase. Raises NoSuchDocument.
        """
        async with self._database.transaction() as transaction:
            row = await transaction.one(
                "SELECT d.id, v.hash FROM documents d JOIN versions v ON v.id = d.version_id"
                " WHERE d.space IS ? AND d.file = ?",
                (space, file),
            )
            if row:
                purged = await _erase(transaction, file, row)
                await trail.write(transaction, [_line(file, space, actor, row)])
            elif await _was_purged(transaction, file, space):
                purged = Purged(file, 0, 0)
            else:
                raise no_such(file)
        return purged

    async def rewrite(self) -> None:
        """Write the file anew: what was erased stands in it no more.

        Raises DatabaseUnusable where another process keeps that from being done.
        """
        await self._database.rewrite()


async def _erase(transaction: Transaction, file: str, row: Row) -> Purged:
    """Erase everything that a document said, wherever it is kept."""
    document = {"id": row["id"], "purged": Status.PURGED}
    rows = await transaction.all("SELECT hash FROM versions WHERE document_id = :id", document)
    said = await transaction.all(
        f"SELECT fingerprint FROM passages WHERE version_id IN {_VERSIONS}",  # noqa: S608
        document,
    )
    await transaction.run(
        "DELETE FROM answers WHERE EXISTS (SELECT 1 FROM json_each(answers.receipts) r"  # noqa: S608
        f" JOIN passages p ON p.receipt = r.value WHERE p.version_id IN {_VERSIONS})",
        document,
    )
    for table in (
        "notebook",
        "accepted",
    ):  # a window or a message may hold the words that are to go
        await transaction.run(f"DELETE FROM {table}")  # noqa: S608 - ours
    await transaction.run(
        "UPDATE documents SET file = '/purged/' || id, status = :purged, version_id = NULL,"
        " correction = NULL, reason = NULL, hold_until = NULL,"
        " revision = (SELECT max(revision) + 1 FROM documents) WHERE id = :id",
        document,
    )
    for column, ids in (("passage_id", _PASSAGES), ("version_id", _VERSIONS)):
        for table in await _tables_with(transaction, column):
            await transaction.run(f"DELETE FROM {table} WHERE {column} IN {ids}", document)  # noqa: S608
    await transaction.run("DELETE FROM versions WHERE document_id = :id", document)
    await transaction.run("DELETE FROM sources WHERE hash NOT IN (SELECT hash FROM versions)")
    await families.forget(transaction, [one["fingerprint"] for one in said])
    await _blank_trail(transaction, row["id"])
    hashes = json.dumps([one["hash"] for one in rows])
    [others] = await transaction.all(
        "SELECT count(DISTINCT document_id) FROM versions"
        " WHERE hash IN (SELECT value FROM json_each(?))",
        (hashes,),
    )
    return Purged(file, len(rows), int(others[0]))


_VERSIONS = "(SELECT id FROM versions WHERE document_id = :id)"
_PASSAGES = f"(SELECT id FROM passages WHERE version_id IN {_VERSIONS})"  # noqa: S608


async def _tables_with(transaction: Transaction, column: str) -> list[str]:
    """Return the tables that say something of versions or passages, whatever it is."""
    rows = await transaction.all(
        "SELECT t.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c ON c.name = ?"
        " WHERE t.type = 'table' AND t.name <> 'documents'",
        (column,),
    )
    return [row["name"] for row in rows]


async def _blank_trail(transaction: Transaction, document: int) -> None:
    """Take off the trail what lines say of a document besides who did what to it, and when."""
    [trigger] = await transaction.all("SELECT sql FROM sqlite_schema WHERE name = ?", (_FINAL,))
    await transaction.run(f"DROP TRIGGER {_FINAL}")
    await transaction.run(
        "UPDATE changes SET note = NULL, state_before = NULL, state_after = NULL"
        " WHERE document_id = ?",
        (document,),
    )
    await transaction.run(trigger["sql"])


async def _was_purged(transaction: Transaction, file: str, space: str | None) -> bool:
    row = await transaction.one(
        "SELECT 1 FROM changes WHERE space IS ? AND file = ? AND action = ?",
        (space, file, Action.PURGE),
    )
    return row is not None


def _line(file: str, space: str | None, actor: Actor, row: Row) -> Change:
    return Change(
        at=datetime.now(UTC),
        actor=actor,
        space=space,
        action=Action.PURGE,
        file=file,
        before=row["hash"],
        after=None,
        document=row["id"],
    )
