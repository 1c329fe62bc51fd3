"""The upkeep of the database file: copied while in use, checked, counted.

``back_up`` and ``complaints_of`` open a connection of their own and hold up the thread that they
run in, but nobody who uses the library.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path

from retrieval.errors import DatabaseUnusable
from retrieval.store.database import BUSY_TIMEOUT, Database, sentences
from retrieval.store.migrations import APPLICATION_ID

COMPLAINTS = 3
"""That a check makes, at most; the first one is already a reason to restore a backup."""
NO_PROBLEM = "ok"


def back_up(path: Path, copy: Path) -> None:
    """Copy the database at ``path`` as it is at one moment, while others read and write it.

    The copy appears whole, checked, or not at all. Raises DatabaseUnusable where there is no
    database of ours, the copy stands already, or it cannot be written.
    """
    if copy.exists():
        raise DatabaseUnusable(f"{copy} is already there; name another file.")
    part = copy.with_name(f"{copy.name}.part")
    try:
        _copy(path, part)
        if complaints := complaints_of(part, thorough=True):
            raise DatabaseUnusable(
                f"{path} is damaged; restore it from an older backup: {complaints[0]}."
            )
        part.replace(copy)
    finally:
        for end in ("", "-journal"):  # SQLite leaves one on a disk that is full
            part.with_name(f"{part.name}{end}").unlink(missing_ok=True)


def _copy(path: Path, part: Path) -> None:
    """Copy page by page, all within one reading: in WAL mode nobody waits for that."""
    with _opened(path) as database, sentences(part):
        part.unlink(missing_ok=True)
        with suppress(OSError):  # SQLite will say why
            part.touch(mode=0o600)  # a copy is as private as the database, whatever the umask
        with closing(sqlite3.connect(part, isolation_level=None)) as target:
            database.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it


def complaints_of(path: Path, *, thorough: bool) -> list[str]:
    """Return what SQLite finds wrong in the file, nothing where it is sound.

    A thorough check also compares every index with its table, and follows every reference.
    Raises DatabaseUnusable where the file is none of ours or cannot be read at all.
    """
    word = "integrity_check" if thorough else "quick_check"
    with _opened(path) as database:
        said = [str(row[0]) for row in database.execute(f"PRAGMA {word}({COMPLAINTS})")]
        if thorough and database.execute("PRAGMA foreign_key_check").fetchone():
            said.append("a row names another that is not there")
    return [one for one in said if one != NO_PROBLEM]


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database of ours for reading, and make none."""
    where = f"{path.absolute().as_uri()}?mode=rw"
    with (
        sentences(path),
        closing(sqlite3.connect(where, uri=True, timeout=BUSY_TIMEOUT)) as connection,
    ):
        connection.execute("PRAGMA query_only = ON")
        [owner] = connection.execute("PRAGMA application_id").fetchone()
        if owner != APPLICATION_ID:
            raise DatabaseUnusable(f"{path} is not a Newsdesk database; name another file.")
        yield connection


class Upkeep:
    """Counts over all spaces."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count(self) -> tuple[int, int, date | None]:
        """Return how many documents answer, how many passages they have, and the newest date.

        Raises DatabaseUnusable also where another file stands in the place of the one in use.
        """
        self._database.check_place()
        row = await self._database.one(
            "SELECT count(*), coalesce(sum(v.citable), 0), max(v.published)"
            " FROM documents d JOIN versions v ON v.id = d.version_id WHERE d.status = 'live'"
        )
        documents, passages, newest = row or (0, 0, None)
        return documents, passages, date.fromisoformat(newest) if newest else None

    def size(self) -> int:
        """Return the bytes of the database, with what SQLite writes ahead."""
        path = self._database.path
        return sum(_size(path.with_name(f"{path.name}{end}")) for end in ("", "-wal"))

    def free(self) -> int:
        """Return the bytes that are free on the database's disk, 0 where that cannot be told."""
        try:
            return shutil.disk_usage(self._database.path.parent).free
        except OSError:
            return 0


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
