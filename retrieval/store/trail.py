"""The audit trail: who changed what, when and from where; its lines are final."""

from collections.abc import Iterable
from datetime import datetime

from retrieval.model import Action, Actor, Change, Document
from retrieval.store import states
from retrieval.store.database import Database, Row, Transaction


async def write(transaction: Transaction, changes: Iterable[Change]) -> None:
    """Add lines to the trail, within the transaction of the changes themselves."""
    await transaction.run_many(
        "INSERT INTO changes (at, actor_id, actor_name, platform, space, action, file,"
        " hash_before, hash_after, note, document_id, state_before, state_after, message)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                change.at.isoformat(),
                change.actor.id,
                change.actor.name,
                change.actor.platform,
                change.space,
                change.action,
                change.file,
                change.before,
                change.after,
                change.note,
                change.document,
                states.to_json(change.state_before),
                states.to_json(change.state_after),
                change.actor.message,
            )
            for change in changes
        ),
    )


async def last_changes(
    transaction: Transaction, space: str | None, file: str | None
) -> list[Change]:
    """Return what a person did last in a space: the lines of one message, in their order.

    Of a document that is named, the last line alone.
    """
    last = await transaction.one(
        "SELECT * FROM changes WHERE coalesce(space, '') = coalesce(:space, '')"  # noqa: S608
        f" AND (:file IS NULL OR file = :file) AND {_BY_A_PERSON} ORDER BY id DESC LIMIT 1",
        {"space": space, "file": file},
    )
    if last is None or file is not None or last["message"] is None:
        return [_change_from(last)] if last else []
    rows = await transaction.all(
        "SELECT * FROM changes WHERE message = :message"  # noqa: S608
        f" AND coalesce(space, '') = coalesce(:space, '') AND {_BY_A_PERSON} ORDER BY id",
        {"message": last["message"], "space": space},
    )
    return [_change_from(row) for row in rows]


async def later_change(transaction: Transaction, change: Change) -> Change | None:
    """Return the last line on what a person did to the same document since, None for nothing."""
    row = await transaction.one(
        f"SELECT * FROM changes WHERE document_id = ? AND id > ? AND {_BY_A_PERSON}"  # noqa: S608
        " ORDER BY id DESC LIMIT 1",
        (change.document, change.id),
    )
    return _change_from(row) if row else None


_BY_A_PERSON = "action NOT IN ('refused', 'release')"


class Trail:
    """The lines of all spaces."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write(self, change: Change) -> None:
        """Add a line that goes with no change of a document, such as a refusal."""
        async with self._database.transaction() as transaction:
            await write(transaction, [change])

    async def last(self) -> tuple[int, str]:
        """Return id and time of the last line, zero and nothing where there is none."""
        row = await self._database.one("SELECT id, at FROM changes ORDER BY id DESC LIMIT 1")
        return (int(row["id"]), str(row["at"])) if row else (0, "")

    async def has(self, line: int, at: str) -> bool:
        """Say whether a line of this id was written at this time."""
        row = await self._database.one("SELECT 1 FROM changes WHERE id = ? AND at = ?", (line, at))
        return row is not None

    async def retracted_by(self, document: Document) -> str | None:
        """Return the name of whoever retracted a document last."""
        row = await self._database.one(
            "SELECT actor_name FROM changes WHERE document_id = ? AND action = 'retract'"
            " ORDER BY id DESC LIMIT 1",
            (document.id,),
        )
        return row["actor_name"] if row else None

    async def read(
        self,
        space: str | None,
        file: str | None,
        limit: int,
        *,
        before: int | None = None,
        start: int = 0,
    ) -> list[Change]:
        """Return the newest lines of one space, of one file where it is named, newest first.

        ``before`` is the id of a line; those that were written before it are wanted. Of these
        ``start`` are passed over.
        """
        rows = await self._database.all(
            "SELECT * FROM changes WHERE coalesce(space, '') = coalesce(:space, '')"
            " AND (:file IS NULL OR file = :file) AND (:before IS NULL OR id < :before)"
            " ORDER BY id DESC LIMIT :limit OFFSET :start",
            {"space": space, "file": file, "limit": limit, "before": before, "start": start},
        )
        return [_change_from(row) for row in rows]

    async def count(self, space: str | None, file: str | None) -> int:
        """Return how many lines there are of one space, or of one of its files."""
        row = await self._database.one(
            "SELECT count(*) FROM changes WHERE coalesce(space, '') = coalesce(:space, '')"
            " AND (:file IS NULL OR file = :file)",
            {"space": space, "file": file},
        )
        return int(row[0]) if row else 0


def _change_from(row: Row) -> Change:
    return Change(
        at=datetime.fromisoformat(row["at"]),
        actor=Actor(row["actor_id"], row["actor_name"], row["platform"], row["message"]),
        space=row["space"],
        action=Action(row["action"]),
        file=row["file"],
        before=row["hash_before"],
        after=row["hash_after"],
        note=row["note"],
        state_before=states.from_json(row["state_before"]),
        state_after=states.from_json(row["state_after"]),
        document=row["document_id"],
        id=row["id"],
    )
