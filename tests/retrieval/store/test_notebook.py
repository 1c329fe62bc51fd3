"""What adapters keep over a restart: for its time, and no longer."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.desk import Desk
from retrieval import DatabaseUnusable, Library, Waiting
from retrieval.store.database import Database, Transaction


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "newsdesk.db"


@pytest_asyncio.fixture
async def library(path: Path) -> AsyncIterator[Library]:
    async with Library.open(path) as library:
        yield library


async def test_what_is_written_is_read_by_its_platform_only(library: Library) -> None:
    await library.notebook.write("slack", "answer C1 1.0", "one")
    await library.notebook.write("slack", "answer C1 1.0", "another")
    assert await library.notebook.read("slack", "answer C1 1.0") == "another"
    assert await library.notebook.read("discord", "answer C1 1.0") is None
    assert await library.notebook.read("slack", "answer C1 2.0") is None


async def test_it_is_there_after_a_restart(path: Path) -> None:
    async with Library.open(path) as library:
        await library.notebook.write("slack", "window 1", "given")
    async with Library.open(path) as library:
        assert await library.notebook.read("slack", "window 1") == "given"


async def test_whoever_is_cancelled_takes_nobody_elses_note_along(library: Library) -> None:
    first, second, third = (
        asyncio.create_task(library.notebook.write("slack", f"window {number}", "given"))
        for number in (1, 2, 3)
    )
    await first
    await asyncio.sleep(0)  # now the second one writes its own and the third one's
    second.cancel()
    await third
    assert await library.notebook.read("slack", "window 3") == "given"


async def test_of_notes_that_come_together_each_hears_that_it_could_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them hear it after one wait for the other process: a wait of ten seconds, by day."""
    monkeypatch.setattr("retrieval.store.database.BUSY_TIMEOUT", 0.05)
    tried = 0
    transaction = Database.transaction

    def counted(database: Database) -> AbstractAsyncContextManager[Transaction]:
        nonlocal tried
        tried += 1
        return transaction(database)

    async with Library.open(tmp_path / "busy.db") as library:
        with closing(sqlite3.connect(library.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            monkeypatch.setattr(Database, "transaction", counted)
            numbers = range(1, 10)
            writes = (library.notebook.write("slack", f"window {n}", "given") for n in numbers)
            came = await asyncio.gather(*writes, return_exceptions=True)
        assert [type(one) for one in came] == [DatabaseUnusable] * 9
        assert tried == 2  # the first one goes at once, the others together


@pytest.mark.parametrize("keep", [timedelta(seconds=-1), timedelta(days=60)])
async def test_what_had_its_time_is_erased(library: Library, keep: timedelta) -> None:
    await library.notebook.write("slack", "old", "the ferry", keep)
    await library.notebook.write("slack", "new", "the tram")
    assert await library.notebook.read("slack", "old") is None
    assert await library.notebook.read("slack", "new") == "the tram"


async def test_it_is_erased_also_where_nothing_more_is_written(
    library: Library, path: Path
) -> None:
    await library.notebook.write("slack", "old", "the ferry", timedelta(seconds=-1))
    await library.people.forget(0)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM notebook").fetchone() == (0,)


async def test_purging_a_document_erases_all_of_it_and_what_waits(library: Library) -> None:
    await library.add(b"The source at risk.", "risk.txt")
    await library.notebook.write("slack", "window 1", "The source at risk.")
    said = Waiting("slack", "Ev1", "U1", "The source at risk.", datetime.now(UTC))
    await library.accepted.keep(said)
    await library.purge("risk.txt")
    assert await library.notebook.read("slack", "window 1") is None
    assert await library.accepted.left("slack") == []


async def test_a_database_that_cannot_be_used_stops_no_adapter(
    library: Library, path: Path
) -> None:
    with closing(sqlite3.connect(path)) as damaged:
        damaged.execute("DROP TABLE notebook")
    desk = Desk(library, {})
    await desk.note("slack", "window 1", "given", "U1")
    assert await desk.noted("slack", "window 1") is None
