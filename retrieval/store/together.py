"""Writing together what comes at the same time: each commit waits for the disk."""

import asyncio
from dataclasses import dataclass, field

from retrieval.errors import LibraryError
from retrieval.store.database import Database

MOST_PUT_OFF = 10_000
"""Statements that are put off where the database cannot be written for long."""

Statement = tuple[str, tuple[str | bool, ...]]


@dataclass(slots=True)
class _Batch:
    """Statements that are written with one commit."""

    statements: list[Statement] = field(default_factory=list)
    is_written: bool = False
    error: LibraryError | None = None
    """Why it cannot be written."""


class Together:
    """Writes statements, each with all that came meanwhile; each of them may be done twice.

    Those that are ``put_off`` are done, where they cannot be now, with whatever is written next.
    """

    def __init__(self, database: Database, *, put_off: str | None = None) -> None:
        self._database = database
        self._put_off_sql = put_off
        self._turn = asyncio.Lock()
        self._batch = _Batch()

    async def write(self, *statements: Statement) -> None:
        """Return when statements are written; raise DatabaseUnusable where they cannot be.

        Who is cancelled meanwhile takes nobody else's along: they write all of it. What cannot be
        written is tried once, for a locked database answers only after seconds; all are told.
        """
        batch = self._batch
        batch.statements += statements
        async with self._turn:
            if batch.error:
                raise batch.error
            if batch.is_written or not batch.statements:
                return
            if batch is self._batch:
                self._batch = _Batch()
            try:
                async with self._database.transaction() as transaction:
                    for sql, values in batch.statements:
                        await transaction.run(sql, values)
            except LibraryError as error:
                batch.error = error
                self._put_off(batch)
                raise
            batch.is_written = True

    def _put_off(self, batch: _Batch) -> None:
        """Leave what of a batch is to be put off to the next one that can be written.

        The first of them come first: of what came while nothing could be written, nothing stands.
        """
        coming = set(self._batch.statements)
        late = [one for one in batch.statements if one[0] == self._put_off_sql]
        late = [one for one in late if one not in coming]
        self._batch.statements[:0] = late[:MOST_PUT_OFF]
