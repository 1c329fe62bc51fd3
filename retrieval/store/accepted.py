"""Requests that were accepted and are not answered yet: what a start finds here, was interrupted.

A request is written down before its platform is told that it arrived, and taken out when its reply
is there. Those that come together are written together, for each commit waits for the disk.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from retrieval.errors import LibraryError
from retrieval.store.database import Database, Transaction

KEPT_FOR = timedelta(days=1)
"""After which a request is nothing that anybody waits for."""
MOST_PUT_OFF = 10_000
"""Requests that are taken out later where the database cannot be written for long."""
_KEEP = (
    "INSERT INTO accepted (platform, id, asker, at, payload) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (platform, id) DO NOTHING"
)
_MARK = "UPDATE accepted SET is_begun = ? WHERE platform = ? AND id = ?"
_DROP = "DELETE FROM accepted WHERE platform = ? AND id = ?"


Statement = tuple[str, tuple[str | bool, ...]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that waits for its reply."""

    platform: str
    id: str
    """As its platform names it."""
    asker: str
    payload: str
    """What its adapter needs to answer it."""
    at: datetime
    is_begun: bool = False
    """Whether the reply was about to be sent: nobody knows whether it was."""


@dataclass(slots=True)
class _Batch:
    """Statements that are written together."""

    statements: list[Statement] = field(default_factory=list)
    is_written: bool = False


class Accepted:
    """The requests that wait."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = asyncio.Lock()
        self._batch = _Batch()

    async def keep(self, one: Waiting) -> None:
        """Write a request down; one that stands there already stays as it is."""
        values = (one.platform, one.id, one.asker, one.at.isoformat(), one.payload)
        await self._write((_KEEP, values))

    async def mark(self, platform: str, request: str, *, is_begun: bool) -> None:
        """Note that the reply is about to be sent, or that it was not."""
        await self._write((_MARK, (is_begun, platform, request)))

    async def drop(self, platform: str, request: str) -> None:
        """Take a request out; where that cannot be done now, with whatever is written next."""
        await self._write((_DROP, (platform, request)))

    async def left(self, platform: str) -> list[Waiting]:
        """Return the requests of a platform that wait, first to last."""
        await self._write()
        rows = await self._database.all(
            "SELECT * FROM accepted WHERE platform = ? ORDER BY rowid", (platform,)
        )
        return [
            Waiting(
                row["platform"],
                row["id"],
                row["asker"],
                row["payload"],
                datetime.fromisoformat(row["at"]),
                bool(row["is_begun"]),
            )
            for row in rows
        ]

    async def _write(self, *statements: Statement) -> None:
        """Write statements with all that came meanwhile; each of them may be done twice."""
        batch = self._batch
        batch.statements += statements
        async with self._turn:
            if batch.is_written or not batch.statements:
                return
            if batch is self._batch:
                self._batch = _Batch()
            try:
                async with self._database.transaction() as transaction:
                    for sql, values in batch.statements:
                        await transaction.run(sql, values)
            except LibraryError:
                self._put_off(batch)
                raise
            batch.is_written = True

    def _put_off(self, batch: _Batch) -> None:
        """Leave what a batch was to take out to the next one that can be written.

        The first of them come first: of what came while nothing could be written, nothing stands.
        """
        coming = set(self._batch.statements)
        drops = [one for one in batch.statements if one[0] == _DROP and one not in coming]
        self._batch.statements[:0] = drops[:MOST_PUT_OFF]


async def forget_accepted(transaction: Transaction) -> None:
    """Erase the requests of more than a day ago, and those of a clock that was wrong."""
    now = datetime.now(UTC)
    oldest, newest = (now - KEPT_FOR).isoformat(), (now + KEPT_FOR).isoformat()
    await transaction.run("DELETE FROM accepted WHERE at < ? OR at > ?", (oldest, newest))
