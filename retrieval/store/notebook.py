"""The adapters' notebook: what has to outlive a restart, each thing for its time.

Which message answers which, and what a window was opened with; both may be erased with their asker.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from retrieval.store.database import Database, Transaction
from retrieval.store.together import Statement, Together

LONGEST: Final = timedelta(days=30)


class Notebook:
    """Values of platforms by their keys."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._together = Together(database)

    async def write(
        self, platform: str, key: str, value: str, keep: timedelta = LONGEST, *, asker: str = ""
    ) -> None:
        """Keep a value in the place of the key's former one, and erase what had its time."""
        until = (datetime.now(UTC) + keep).isoformat()
        values = (platform, key, value, until, asker)
        await self._together.write(_forgetting(), (_WRITE, values))

    async def read(self, platform: str, key: str) -> str | None:
        """Return a key's value, None where there is none (any more)."""
        row = await self._database.one(
            "SELECT value FROM notebook WHERE platform = ? AND key = ? AND until >= ?",
            (platform, key, datetime.now(UTC).isoformat()),
        )
        return str(row["value"]) if row else None


_WRITE = (
    "INSERT INTO notebook (platform, key, value, until, asker) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET"
    " value = excluded.value, until = excluded.until, asker = excluded.asker"
)
_FORGET = "DELETE FROM notebook WHERE until < ? OR until > ?"


async def forget_noted(transaction: Transaction) -> None:
    """Erase what had its time; what is kept for longer than that is from a clock that was wrong."""
    await transaction.run(*_forgetting())


def _forgetting() -> Statement:
    now = datetime.now(UTC)
    return _FORGET, (now.isoformat(), (now + LONGEST + timedelta(days=1)).isoformat())
