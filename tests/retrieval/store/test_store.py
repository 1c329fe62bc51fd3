"""The database file: its schema, its guards, and transactions that happen whole or not at all."""

import asyncio
import json
import os
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from retrieval.errors import DatabaseUnusable
from retrieval.model import Action, Actor, Change, Details, State, Status
from retrieval.store import database as store_database
from retrieval.store.answers import KEPT_FOR, Answers, KeptAnswer
from retrieval.store.database import Database
from retrieval.store.documents import CURRENT, document_from
from retrieval.store.migrations import APPLICATION_ID, MIGRATIONS
from retrieval.store.trail import Trail

MORGAN = Actor("U2", "Morgan", "slack")
CHANGE = Change(
    at=datetime(2017, 8, 1, 12, tzinfo=UTC),
    actor=MORGAN,
    space="T1",
    action=Action.REPLACE,
    file="story.txt",
    before="aa",
    after="bb",
    note="a correction",
)
ANSWER = KeptAnswer(
    "A1", "T1", "C1/17", "U1", "Who spoke?", ("0a1b2c3d4e5f6071", "ffffffffffffffff")
)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """Return a database that was just made."""
    async with Database.open(tmp_path / "newsdesk.db") as database:
        yield database


def ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    """Return what another program reads from the file."""
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(sql).fetchall()


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def refusal_of(path: Path) -> str:
    """Return the sentence with which a file is refused."""
    with pytest.raises(DatabaseUnusable) as caught:
        async with Database.open(path):
            pass  # pragma: no cover - it is refused
    assert str(caught.value).startswith(f"{path} ")
    assert str(caught.value).endswith(".")
    return str(caught.value)


# The schema


async def test_migrations_are_named_and_applied_once(tmp_path: Path) -> None:
    path = tmp_path / "newsdesk.db"
    async with Database.open(path):
        first = ask(path, "SELECT name, at FROM migrations ORDER BY rowid")
    async with Database.open(path) as database:
        assert await database.all("SELECT * FROM documents") == []
        assert ask(path, "SELECT name, at FROM migrations ORDER BY rowid") == first
    assert [name for name, _ in first] == [name for name, _ in MIGRATIONS]


def test_migrations_are_numbered_in_order_and_without_a_gap() -> None:
    numbers = [int(name.partition(" ")[0]) for name, _ in MIGRATIONS]
    assert numbers == list(range(1, len(MIGRATIONS) + 1))


async def test_a_migration_that_is_missing_is_applied_to_an_older_database(
    tmp_path: Path,
) -> None:
    path = tmp_path / "newsdesk.db"
    ask(path, f"PRAGMA application_id = {APPLICATION_ID}")
    async with Database.open(path) as database:
        assert await database.all("SELECT * FROM passages") == []


async def test_the_trail_of_an_older_database_learns_the_languages(tmp_path: Path) -> None:
    """An undo puts the language back too; a line that does not know it would take it out."""
    path = tmp_path / "newsdesk.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("CREATE TABLE migrations (name TEXT PRIMARY KEY, at TEXT NOT NULL)")
        for name, statements in MIGRATIONS[:14]:
            for statement in statements:
                connection.execute(statement)
            connection.execute("INSERT INTO migrations VALUES (?, '2026')", (name,))
        connection.execute("INSERT INTO sources VALUES ('h', x'00')")
        connection.execute(
            "INSERT INTO documents (id, file, status, version_id, revision, changed_at)"
            " VALUES (1, '1.txt', 'live', 1, 1, '2026-01-01T00:00:00+00:00')"
        )
        connection.execute(
            "INSERT INTO versions (id, document_id, number, hash, size, reader, reader_version,"
            " citable, added_at, language)"
            " VALUES (1, 1, 1, 'h', 1, 'r', 1, 0, '2026-01-01T00:00:00+00:00', 'de')"
        )
        connection.execute(
            "INSERT INTO changes (at, actor_id, actor_name, platform, action, file, document_id,"
            " state_after) VALUES ('2026', 'U', 'N', 'slack', 'add', '1.txt', 1,"
            ' \'{"status": "live", "version": 1}\')'
        )
    async with Database.open(path):
        [(before, after)] = ask(path, "SELECT state_before, state_after FROM changes")
    assert (before, json.loads(str(after))["language"]) == (None, "de")
    with pytest.raises(sqlite3.IntegrityError, match="the trail is final"):
        ask(path, "UPDATE changes SET actor_name = 'Nobody'")


async def test_what_an_older_database_holds_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "newsdesk.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("CREATE TABLE migrations (name TEXT PRIMARY KEY, at TEXT NOT NULL)")
        for name, statements in MIGRATIONS[:4]:
            for statement in statements:
                connection.execute(statement)
            connection.execute("INSERT INTO migrations VALUES (?, '2026')", (name,))
        connection.execute("INSERT INTO sources VALUES ('h', x'00')")
        for number, status in ((1, "live"), (2, "removed")):
            at = "2026-01-01T00:00:00+00:00"
            connection.execute(
                "INSERT INTO documents VALUES (?, NULL, ?, ?, ?, ?, ?)",
                (number, f"{number}.txt", status, number, number, at),
            )
            connection.execute(
                "INSERT INTO versions VALUES (?, ?, 1, 'h', 1, 'r', 1, 'T', 'O', 'A', NULL, 0, ?)",
                (number, number, at),
            )
    async with Database.open(path) as database:
        rows = await database.all(f"{CURRENT} ORDER BY d.id")
        kept = [document_from(row) for row in rows]
        assert [(one.file, one.status) for one in kept] == [("1.txt", "live"), ("2.txt", "removed")]
        assert kept[0].state == State(Status.LIVE, 1, Details("T", "O", "A"))
        assert await database.all("PRAGMA foreign_key_check") == []


async def test_all_tables_are_strict(database: Database) -> None:
    tables = await database.all("SELECT name, strict FROM pragma_table_list WHERE type = 'table'")
    ours = {row["name"]: row["strict"] for row in tables if not row["name"].startswith("sqlite_")}
    assert ours.keys() >= {"documents", "versions", "sources", "passages", "changes", "answers"}
    assert set(ours.values()) == {1}


async def test_what_is_erased_is_overwritten_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "newsdesk.db"
    async with Database.open(path) as database:
        await keep(database, "a very private question")
        await keep(database, "another one")
    assert b"a very private question" in path.read_bytes()
    async with Database.open(path) as database, database.transaction() as transaction:
        await transaction.run("DELETE FROM answers WHERE id LIKE '%private%'")
    assert b"a very private question" not in path.read_bytes()


async def test_what_is_written_ahead_does_not_stay_as_large_as_the_largest_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_database, "LOG_BYTES", 2**20)
    log = tmp_path / "newsdesk.db-wal"
    async with Database.open(tmp_path / "newsdesk.db") as database:
        async with database.transaction() as transaction:
            await transaction.run("INSERT INTO sources VALUES ('0', zeroblob(?))", (2**23,))
        assert log.stat().st_size > 2**23
        for number in range(1, 3):
            async with database.transaction() as transaction:
                await transaction.run("INSERT INTO sources VALUES (?, x'00')", (str(number),))
        assert log.stat().st_size <= 2**20


async def test_the_journal_is_wal_and_foreign_keys_are_on(database: Database) -> None:
    [(mode,)] = await database.all("PRAGMA journal_mode")
    [(reading,)] = await database.all("PRAGMA foreign_keys")
    async with database.transaction() as transaction:
        writing = await transaction.one("PRAGMA foreign_keys")
    assert (mode, reading, writing and writing[0]) == ("wal", 1, 1)


async def test_a_row_that_refers_to_nothing_is_refused(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        async with database.transaction() as transaction:
            await transaction.run(
                "INSERT INTO passages (version_id, paragraph, start, end, text, role, receipt,"
                " fingerprint) VALUES (99, 1, 0, 1, 'x', 'text', '', '')"
            )
    assert await database.all("SELECT * FROM passages") == []


async def test_the_file_names_its_owner(database: Database) -> None:
    assert ask(database.path, "PRAGMA application_id") == [(APPLICATION_ID,)]


# Files that are not ours


async def test_another_programs_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    ask(path, "CREATE TABLE documents (id)")
    before = path.read_bytes()
    assert "is the database of another program" in await refusal_of(path)
    assert path.read_bytes() == before
    assert files_in(tmp_path) == ["other.db"]


async def test_a_file_that_is_no_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("The mayor spoke. " * 100)
    assert "is not a Newsdesk database" in await refusal_of(path)
    assert path.read_text() == "The mayor spoke. " * 100


async def test_the_database_of_a_newer_version_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "newsdesk.db"
    async with Database.open(path):
        pass
    ask(path, "INSERT INTO migrations VALUES ('9999 from the future', '2117-08-01')")
    before = path.read_bytes()
    assert "was made by a newer Newsdesk" in await refusal_of(path)
    assert path.read_bytes() == before


async def test_a_damaged_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "newsdesk.db"
    async with Database.open(path):
        pass
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 8000)
    assert await refusal_of(path)


async def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "cannot be opened; check that its folder exists" in await refusal_of(tmp_path)


async def test_a_file_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "newsdesk.db"
    assert "check that its folder exists" in await refusal_of(path)
    assert not path.parent.exists()


async def test_a_file_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "cannot be opened" in await refusal_of(tmp_path / "file" / "newsdesk.db")


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """Return a database that may not be written, in a folder that may not either."""
    path = tmp_path / "newsdesk.db"
    ask(path, f"PRAGMA application_id = {APPLICATION_ID}")
    path.chmod(0o400)
    tmp_path.chmod(0o500)
    yield path
    tmp_path.chmod(0o700)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
async def test_a_file_that_may_not_be_written_is_refused(locked: Path) -> None:
    assert "may not be written" in await refusal_of(locked)


async def test_a_new_file_can_be_opened_by_several_at_once(tmp_path: Path) -> None:
    async def made(path: Path) -> list[sqlite3.Row]:
        async with Database.open(path) as database:
            return await database.all("SELECT * FROM documents")

    for attempt in range(20):  # they seldom meet at the same moment
        path = tmp_path / f"{attempt}.db"
        assert await asyncio.gather(*(made(path) for _ in range(5))) == [[]] * 5


# Transactions


async def keep(database: Database, answer_id: str = "A1") -> None:
    async with database.transaction() as transaction:
        await transaction.run(
            "INSERT INTO answers VALUES (?, '2017-08-01', NULL, '', '', '', '[]', NULL, 0)",
            (answer_id,),
        )


async def test_readers_see_a_transaction_when_it_has_ended(database: Database) -> None:
    async with database.transaction() as transaction:
        await transaction.run(
            "INSERT INTO answers VALUES ('A1', '', NULL, '', '', '', '[]', NULL, 0)"
        )
        assert await transaction.one("SELECT * FROM answers")
        assert await database.one("SELECT * FROM answers") is None
    assert await database.one("SELECT * FROM answers")


async def test_a_transaction_that_fails_leaves_nothing_and_the_next_one_works(
    database: Database,
) -> None:
    with pytest.raises(LookupError):
        await _keep_and_fail(database)
    assert await database.all("SELECT * FROM answers") == []
    await keep(database)
    assert len(await database.all("SELECT * FROM answers")) == 1


async def _keep_and_fail(database: Database) -> None:
    async with database.transaction() as transaction:
        await transaction.run(
            "INSERT INTO answers VALUES ('A1', '', NULL, '', '', '', '[]', NULL, 0)"
        )
        raise LookupError


@pytest.mark.parametrize("steps", range(12))
async def test_a_transaction_that_is_cancelled_leaves_all_or_nothing_and_the_next_one_works(
    database: Database, steps: int
) -> None:
    task = asyncio.create_task(keep(database))
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await keep(database, "A2")
    kept = [row["id"] for row in await database.all("SELECT id FROM answers ORDER BY id")]
    assert kept in (["A2"], ["A1", "A2"])


async def test_transactions_take_turns(database: Database) -> None:
    await asyncio.gather(*(keep(database, f"A{at}") for at in range(10)))
    assert len(await database.all("SELECT * FROM answers")) == 10


async def test_two_programs_take_turns_on_one_file(database: Database) -> None:
    async with Database.open(database.path) as other:
        await asyncio.gather(
            *(
                keep(one, f"A{at}{name}")
                for at in range(10)
                for name, one in _named(database, other)
            )
        )
        assert len(await other.all("SELECT * FROM answers")) == 20


def _named(*databases: Database) -> list[tuple[str, Database]]:
    return list(zip("ab", databases, strict=True))


async def test_what_only_reads_cannot_write(database: Database) -> None:
    with pytest.raises(DatabaseUnusable, match="may not be written"):
        await database.all("INSERT INTO answers VALUES ('A1', '', NULL, '', '', '', '[]', NULL, 0)")


# The trail


async def test_the_trail_gives_back_what_was_written_newest_first(database: Database) -> None:
    trail = Trail(database)
    refused = Change(
        datetime(2017, 8, 2, tzinfo=UTC), MORGAN, "T1", Action.REFUSED, "other.txt", None, None
    )
    await trail.write(CHANGE)
    await trail.write(refused)
    assert await trail.read("T1", None, 10) == [refused, CHANGE]
    assert await trail.read("T1", None, 1) == [refused]
    assert await trail.read("T1", "story.txt", 10) == [CHANGE]
    assert await trail.read("T2", None, 10) == []
    assert await trail.read(None, None, 10) == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE changes SET actor_name = 'Nobody'",
        "UPDATE OR REPLACE changes SET note = NULL",
        "DELETE FROM changes",
        (
            "REPLACE INTO changes SELECT id, at, actor_id, 'Nobody', platform, space, action, file,"
            " hash_before, hash_after, note, document_id, state_before, state_after, message"
            " FROM changes"
        ),
    ],
)
async def test_the_trail_cannot_be_altered(database: Database, sql: str) -> None:
    await Trail(database).write(CHANGE)
    with pytest.raises(sqlite3.IntegrityError, match="the trail is final"):
        ask(database.path, sql)
    assert await Trail(database).read("T1", None, 10) == [CHANGE]


# Answers


async def test_an_answer_is_found_by_its_id_in_its_space_only(database: Database) -> None:
    answers = Answers(database)
    await answers.keep(ANSWER)
    assert await answers.find("A1", "T1") == ANSWER
    assert await answers.find("A1", "T2") is None
    assert await answers.find("A1", None) is None
    assert await answers.find("A2", "T1") is None


async def test_the_last_answer_of_a_place_and_person_is_found(database: Database) -> None:
    answers = Answers(database)
    later = KeptAnswer("A2", "T1", "C1/17", "U1", "Who left?", ())
    for answer in (
        ANSWER,
        later,
        KeptAnswer("A3", "T1", "C2", "U1", "?", ()),
        KeptAnswer("A4", "T1", "C1/17", "U9", "?", ()),
        KeptAnswer("A5", None, "C1/17", "U1", "?", ()),
    ):
        await answers.keep(answer)
    assert await answers.latest("C1/17", "U1", "T1") == later
    assert await answers.latest("C1/17", "U1", "T2") is None


async def test_an_answer_that_is_kept_again_has_its_new_receipts(database: Database) -> None:
    answers = Answers(database)
    await answers.keep(ANSWER)
    more = KeptAnswer("A1", "T1", "C1/17", "U1", "Who spoke?", ("abcdef0123456789",))
    await answers.keep(more)
    assert await answers.find("A1", "T1") == more


async def test_an_answer_is_erased_after_thirty_days(database: Database) -> None:
    answers = Answers(database)
    await answers.keep(ANSWER)
    _age(database.path, KEPT_FOR + timedelta(minutes=1))
    await answers.keep(KeptAnswer("A2", "T1", "C1", "U1", "?", ()))
    assert ask(database.path, "SELECT id FROM answers") == [("A2",)]


async def test_an_answer_of_the_last_thirty_days_stays(database: Database) -> None:
    answers = Answers(database)
    await answers.keep(ANSWER)
    _age(database.path, KEPT_FOR - timedelta(minutes=1))
    await answers.keep(KeptAnswer("A2", "T1", "C1", "U1", "?", ()))
    assert await answers.find("A1", "T1") == ANSWER


async def test_an_answer_older_than_thirty_days_is_found_no_more(database: Database) -> None:
    answers = Answers(database)
    await answers.keep(ANSWER)
    _age(database.path, KEPT_FOR + timedelta(minutes=1))
    assert await answers.find("A1", "T1") is None
    assert await answers.latest("C1/17", "U1", "T1") is None


def _age(path: Path, by: timedelta) -> None:
    ask(path, f"UPDATE answers SET at = '{(datetime.now(UTC) - by).isoformat()}'")  # noqa: S608
