"""The database file: opened, checked, migrated, and written to by one transaction at a time."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any, Self

import aiosqlite

from retrieval.errors import BadText, DatabaseUnusable
from retrieval.store.migrations import APPLICATION_ID, MIGRATIONS

BUSY_TIMEOUT = 10.0
"""Seconds to wait for another process that is writing."""
CACHE_KIB = 16 * 1024
"""Of the file's pages in memory, for each connection; the system keeps the others at hand too. Four
times as many make neither a question nor an add faster, nor a million passages sooner taken in."""
LOG_BYTES = 64 * 2**20
"""What SQLite has written ahead is cut to this after a large change: else the file beside the
database stays as large as the largest one ever made, a purge being as large as all there is."""
RETRY_AFTER = 0.02
"""Seconds between tries where SQLite itself does not wait."""

Row = sqlite3.Row
Values = Sequence[Any] | dict[str, Any]


class Database:
    """Two connections to one file: one writes, the other reads what is committed."""

    def __init__(
        self, path: Path, writer: aiosqlite.Connection, reader: aiosqlite.Connection
    ) -> None:
        self.path = path
        self._writer = writer
        self._reader = reader
        self._turn = asyncio.Lock()
        self._file = _identity(path)

    @classmethod
    @asynccontextmanager
    async def open(cls, path: Path) -> AsyncIterator[Self]:
        """Open the database at ``path``; make it where there is none.

        Raises DatabaseUnusable where the file is none of ours or cannot be opened.
        """
        with sentences(path):
            await asyncio.to_thread(_prepare, path)
            writer = await _connected(path)
        try:
            reader = await _connected(path)
            try:
                await reader.execute("PRAGMA query_only = ON")
                yield cls(path, writer, reader)
            finally:
                await reader.close()
        finally:
            await writer.close()

    def check_place(self) -> None:
        """Raise DatabaseUnusable where the file is not the one that was opened.

        SQLite does not see that: what is written then goes to a file that nobody will find again.
        """
        if _identity(self.path) != self._file:
            raise DatabaseUnusable(
                f"{self.path} was moved or replaced while it was in use; restart newsdesk."
            )

    async def all(self, sql: str, values: Values = ()) -> list[Row]:
        """Return the rows of a query on what is committed."""
        with sentences(self.path):
            return list(await self._reader.execute_fetchall(sql, values))

    async def one(self, sql: str, values: Values = ()) -> Row | None:
        """Return the first row of a query on what is committed."""
        rows = await self.all(sql, values)
        return rows[0] if rows else None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator["Transaction"]:
        """Write all or nothing; readers see the old state until the end."""
        async with self._turn:
            with sentences(self.path):
                try:
                    await self._writer.execute("BEGIN IMMEDIATE")
                    yield Transaction(self._writer)
                    await self._writer.execute("COMMIT")
                except BaseException:
                    await asyncio.shield(self._writer.rollback())
                    raise

    async def rewrite(self) -> None:
        """Write the file anew, so that nothing of what was deleted stands in it or beside it.

        Raises DatabaseUnusable where another process keeps that from being done.
        """
        async with self._turn:
            with sentences(self.path):
                await self._writer.execute("VACUUM")
                [row] = await self._writer.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
        if row[0]:
            raise DatabaseUnusable(
                f"{self.path} is being read by another process, so that what was deleted may still "
                "stand beside it; stop the bot and do it again."
            )


class Transaction:
    """Statements that take effect together."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def all(self, sql: str, values: Values = ()) -> list[Row]:
        """Return the rows of a query, this transaction's own changes included."""
        return list(await self._connection.execute_fetchall(sql, values))

    async def one(self, sql: str, values: Values = ()) -> Row | None:
        """Return the first row of a query, this transaction's own changes included."""
        rows = await self.all(sql, values)
        return rows[0] if rows else None

    async def run(self, sql: str, values: Values = ()) -> int:
        """Run one statement and return the id of the row that it inserted last."""
        cursor = await self._connection.execute(sql, values)
        return cursor.lastrowid or 0

    async def run_many(self, sql: str, rows: Iterable[Values]) -> None:
        """Run one statement for each row of values."""
        await self._connection.executemany(sql, rows)


def _identity(path: Path) -> tuple[int, int] | None:
    """Return which file stands at a path, None where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


async def _connected(path: Path) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(path, isolation_level=None, timeout=BUSY_TIMEOUT)
    connection.row_factory = sqlite3.Row
    await connection.execute("PRAGMA foreign_keys = ON")
    await connection.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
    await connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    await connection.execute(f"PRAGMA journal_size_limit = {LOG_BYTES}")
    return connection


def _prepare(path: Path) -> None:
    """Bring the schema up to date, before anything else touches the file.

    Refuses databases of other programs and of newer versions, which are left as they are.
    """
    with closing(sqlite3.connect(path, isolation_level=None, timeout=BUSY_TIMEOUT)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        _check_owner(connection, path)
        _apply_new_migrations(connection, path)
        connection.execute("COMMIT")
        _write_ahead(connection)


def _check_owner(connection: sqlite3.Connection, path: Path) -> None:
    [(owner,)] = connection.execute("PRAGMA application_id")
    [(tables,)] = connection.execute("SELECT count(*) FROM sqlite_schema")
    if tables and owner != APPLICATION_ID:
        raise DatabaseUnusable(f"{path} is the database of another program; name another file.")
    if owner != APPLICATION_ID:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _apply_new_migrations(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute(
        "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT"
    )
    applied = {name for (name,) in connection.execute("SELECT name FROM migrations")}
    if applied - {name for name, _ in MIGRATIONS}:
        raise DatabaseUnusable(
            f"{path} was made by a newer Newsdesk; run that version or restore a backup."
        )
    for name, statements in MIGRATIONS:
        if name not in applied:
            for statement in statements:
                connection.execute(statement)
            connection.execute(
                "INSERT INTO migrations (name, at)"
                " VALUES (?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))",
                (name,),
            )


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to write-ahead logging; for this SQLite does not wait for others by itself."""
    deadline = time.monotonic() + BUSY_TIMEOUT
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(RETRY_AFTER)
        else:
            return


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn what SQLite says of the file, or of a text, into a sentence that says what to do."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise BadText(
            "What was typed holds half a character, as a terminal in another encoding sends it; "
            "type it in UTF-8."
        ) from error
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE
        raise DatabaseUnusable(f"{path} {_COMPLAINTS.get(code, _UNKNOWN_COMPLAINT)}") from error


PRIMARY_CODE = 0xFF  # sqlite.org/rescode.html: the low byte of an extended result code
_COMPLAINTS = {
    sqlite3.SQLITE_NOTADB: "is not a Newsdesk database; name another file with --db.",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check that its folder exists and may be written.",
    sqlite3.SQLITE_READONLY: "may not be written; check the permissions of it and its folder.",
    sqlite3.SQLITE_PERM: "may not be written; check the permissions of it and its folder.",
    sqlite3.SQLITE_FULL: "is on a disk that is full; make room and try again. Nothing was changed.",
    sqlite3.SQLITE_BUSY: "is being written by another process; try again in a moment.",
    sqlite3.SQLITE_LOCKED: "is being written by another process; try again in a moment.",
    sqlite3.SQLITE_CORRUPT: "is damaged; restore it from a backup.",
    sqlite3.SQLITE_IOERR: "cannot be read or written; check that its disk has room and is sound.",
}
_UNKNOWN_COMPLAINT = "cannot be used: the system gave an error on reading or writing it."
