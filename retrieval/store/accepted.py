"""Requests that were accepted and are not answered yet: what a start finds here, was interrupted.

A request is written down before its platform is told that it arrived, and taken out when its reply
is there.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from retrieval.store.database import Database, Transaction
from retrieval.store.together import Together

KEPT_FOR = timedelta(days=1)
"""After which a request is nothing that anybody waits for."""
_KEEP = (
    "INSERT INTO accepted (platform, id, asker, at, payload) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (platform, id) DO NOTHING"
)
_MARK = "UPDATE accepted SET is_begun = ? WHERE platform = ? AND id = ?"
_DROP = "DELETE FROM accepted WHERE platform = ? AND id = ?"


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


class Accepted:
    """The requests that wait."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._together = Together(database, put_off=_DROP)

    async def keep(self, one: Waiting) -> None:
        """Write a request down; one that stands there already stays as it is."""
        values = (one.platform, one.id, one.asker, one.at.isoformat(), one.payload)
        await self._together.write((_KEEP, values))

    async def mark(self, platform: str, request: str, *, is_begun: bool) -> None:
        """Note that the reply is about to be sent, or that it was not."""
        await self._together.write((_MARK, (is_begun, platform, request)))

    async def drop(self, platform: str, request: str) -> None:
        """Take a request out; where that cannot be done now, with whatever is written next."""
        await self._together.write((_DROP, (platform, request)))

    async def left(self, platform: str) -> list[Waiting]:
        """Return the requests of a platform that wait, first to last."""
        await self._together.write()
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


async def forget_accepted(transaction: Transaction) -> None:
    """Erase the requests of more than a day ago, and those of a clock that was wrong."""
    now = datetime.now(UTC)
    oldest, newest = (now - KEPT_FOR).isoformat(), (now + KEPT_FOR).isoformat()
    await transaction.run("DELETE FROM accepted WHERE at < ? OR at > ?", (oldest, newest))
