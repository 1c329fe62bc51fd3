"""The adapters' notebook: what has to outlive a restart, each thing for its time.

Which message answers which, and what a window was opened with. Nobody's name is in it.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from retrieval.store.database import Database

LONGEST: Final = timedelta(days=30)


class Notebook:
    """Values of platforms by their keys."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write(self, platform: str, key: str, value: str, keep: timedelta = LONGEST) -> None:
        """Keep a value in the place of the key's former one, and erase what had its time.

        What is kept for longer than that is from a clock that was wrong: it is erased too.
        """
        now = datetime.now(UTC)
        async with self._database.transaction() as transaction:
            await transaction.run(
                "DELETE FROM notebook WHERE until < ? OR until > ?",
                (now.isoformat(), (now + LONGEST + timedelta(days=1)).isoformat()),
            )
            await transaction.run(
                "INSERT INTO notebook (platform, key, value, until) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET value = excluded.value, until = excluded.until",
                (platform, key, value, (now + keep).isoformat()),
            )

    async def read(self, platform: str, key: str) -> str | None:
        """Return a key's value, None where there is none (any more)."""
        row = await self._database.one(
            "SELECT value FROM notebook WHERE platform = ? AND key = ? AND until >= ?",
            (platform, key, datetime.now(UTC).isoformat()),
        )
        return str(row["value"]) if row else None
