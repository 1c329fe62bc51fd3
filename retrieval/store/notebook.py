"""The adapters' notebook: what has to outlive a restart, each thing for its time.

Which message answers which, and what a window was opened with; both may be erased with their asker.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Final

from retrieval.store.database import Database, Transaction

LONGEST: Final = timedelta(days=30)


class Notebook:
    """Values of platforms by their keys."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = asyncio.Lock()
        self._waiting: dict[tuple[str, str], tuple[str, str, str]] = {}
        """Values that are written with the next commit, with their ends and askers."""

    async def write(
        self, platform: str, key: str, value: str, keep: timedelta = LONGEST, *, asker: str = ""
    ) -> None:
        """Keep a value in the place of the key's former one, and erase what had its time.

        Values that come together are one commit: two hundred answers at once would wait for theirs.
        """
        self._waiting[platform, key] = (value, (datetime.now(UTC) + keep).isoformat(), asker)
        async with self._turn:
            written, self._waiting = self._waiting, {}
            if not written:
                return
            async with self._database.transaction() as transaction:
                await forget_noted(transaction)
                for (where, what), noted in written.items():
                    await transaction.run(_WRITE, (where, what, *noted))

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


async def forget_noted(transaction: Transaction) -> None:
    """Erase what had its time; what is kept for longer than that is from a clock that was wrong."""
    now = datetime.now(UTC)
    latest = now + LONGEST + timedelta(days=1)
    await transaction.run(
        "DELETE FROM notebook WHERE until < ? OR until > ?", (now.isoformat(), latest.isoformat())
    )
