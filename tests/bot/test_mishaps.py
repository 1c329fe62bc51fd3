"""What happens to servers while people ask: the bot says so in a sentence, and goes on.

A full disk, a kill at any moment and a damaged index are in tests/retrieval/faults.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Self

import pytest

from bot.desk import Desk
from bot.messages import Answer, Changed, Problem, Reply
from retrieval import DatabaseUnusable, Library, complaints_of
from retrieval.index import keeping
from retrieval.store import database
from tests.newsroom import MODERATOR, OPERATOR, Chat, attached

QUESTION = "Who is the president of NOBLE?"
OTHER = "What did Sessions say about officers who break the law?"


def cited(reply: Reply) -> list[str]:
    assert isinstance(reply, Answer), reply
    return [citation.hit.passage.receipt for citation in reply.citations]


@contextmanager
def held_by_another(path: Path) -> Iterator[None]:
    """Let another program hold the database for writing."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


# A locked database


async def test_while_another_program_writes_for_long_questions_are_answered(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, seeded_database: Path
) -> None:
    path = Path(shutil.copy(seeded_database, tmp_path / "newsdesk.db"))
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 0.05)
    async with Library.open(path) as library:
        chat = Chat(Desk(library, {"slack": frozenset({"desk-editors"})}), library)
        with held_by_another(path):
            reply = await chat.say(QUESTION)
            assert cited(reply)
            assert isinstance(reply, Answer)
            assert reply.id == ""  # it has no buttons: what they need could not be kept
            assert await chat.say("add", attached("a.txt", b"Ann won."), sender=MODERATOR) == (
                Changed(
                    "added",
                    (),
                    (f"{path} is being written by another process; try again in a moment.",),
                )
            )
        assert isinstance(await chat.say("more"), Problem)
        added = await chat.say("add", attached("a.txt", b"Ann won."), sender=MODERATOR)
        assert isinstance(added, Changed)
        assert added.problems == ()


# Corrupted pages


async def test_pages_that_a_disk_spoiled_are_a_sentence_and_the_check_finds_them(
    tmp_path: Path, seeded_database: Path
) -> None:
    path = Path(shutil.copy(seeded_database, tmp_path / "newsdesk.db"))
    spoil(path, "sources")
    async with Library.open(path) as library:
        chat = Chat(Desk(library, {}), library)
        [file, *_] = [document.file for document in await library.documents()]
        assert await chat.say(f"source {file}") == Problem(
            f"{path} is damaged; restore it from a backup."
        )
        assert cited(await chat.say(QUESTION))
    assert complaints_of(path, thorough=False)


async def test_a_database_whose_passages_are_spoiled_is_refused_at_the_start(
    tmp_path: Path, seeded_database: Path
) -> None:
    path = Path(shutil.copy(seeded_database, tmp_path / "newsdesk.db"))
    spoil(path, "passages")
    with pytest.raises(DatabaseUnusable, match=r"is damaged; restore it from a backup\.$"):
        async with Library.open(path):
            pass


async def test_what_only_the_operator_can_mend_is_in_the_log_and_nothing_else_is(
    tmp_path: Path,
    seeded_database: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    path = Path(shutil.copy(seeded_database, tmp_path / "newsdesk.db"))
    spoil(path, "sources")
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 0.05)
    async with Library.open(path) as library:
        chat = Chat(Desk(library, {"slack": frozenset({"desk-editors"})}), library)
        [file, *_] = [document.file for document in await library.documents()]
        for text, sender in ((f"source {file}", OPERATOR), ("show none.txt", MODERATOR)):
            assert isinstance(await chat.say(text, sender=sender), Problem)
        assert caplog.records == []
        await chat.say(f"source {file}")
        with held_by_another(path):
            await chat.say("add", attached("a.txt", b"Ann won."), sender=MODERATOR)
    said = [
        (record.levelname, record.message, str(record.exc_info and record.exc_info[1]))
        for record in caplog.records
    ]
    assert said == [
        ("ERROR", "the database cannot be used", f"{path} is damaged; restore it from a backup."),
        (
            "ERROR",
            "the database cannot be used",
            f"{path} is being written by another process; try again in a moment.",
        ),
    ]


def spoil(path: Path, table: str) -> None:
    """Fill the first page of a table with zeros."""
    with closing(sqlite3.connect(path)) as connection:
        [size] = connection.execute("PRAGMA page_size").fetchone()
        [root] = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
        ).fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(bytes(size))


# The index deleted under way


async def test_an_index_that_is_deleted_under_way_stops_nothing_and_is_saved_again(
    tmp_path: Path, seeded_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "SAVED_FROM", 20)
    monkeypatch.setattr(keeping, "SAVED_AFTER", 1)
    path = Path(shutil.copy(seeded_database, tmp_path / "newsdesk.db"))
    folder = path.with_name("newsdesk.db.index")
    async with Library.open(path):
        pass
    assert folder.is_dir()
    async with Library.open(path) as library:
        chat = Chat(Desk(library, {"slack": frozenset({"desk-editors"})}), library)
        before = cited(await chat.say(QUESTION))
        shutil.rmtree(folder)
        assert cited(await chat.say(QUESTION)) == before
        await chat.say("add", attached("a.txt", b"Ann won the race."), sender=MODERATOR)
        assert cited(await chat.say("Who won the race?"))
        assert cited(await chat.say(QUESTION)) == before
    assert folder.is_dir()
    async with Library.open(path) as library:
        assert cited(await Chat(Desk(library, {}), library).say(QUESTION)) == before


# The clock


class Clock(datetime):
    """A clock that somebody sets."""

    ahead = timedelta(0)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """Return the time that it shows."""
        real = datetime.now(tz) + cls.ahead
        return cls.fromtimestamp(real.timestamp(), tz)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    """Return a clock, by which answers and their age are told."""
    monkeypatch.setattr(Clock, "ahead", timedelta(0))
    for module in ("answers", "people", "documents"):
        monkeypatch.setattr(f"retrieval.store.{module}.datetime", Clock)
    return Clock


async def test_after_the_clock_went_back_more_is_still_of_the_last_answer(
    chat: Chat, clock: type[Clock]
) -> None:
    await chat.say(QUESTION)
    clock.ahead = timedelta(hours=-3)
    last = await chat.say(OTHER)
    more = await chat.say("more")
    assert isinstance(last, Answer)
    assert isinstance(more, Answer)
    assert more.id == last.id


async def test_after_the_clock_went_back_documents_are_changed_in_their_order(
    chat: Chat, clock: type[Clock]
) -> None:
    await chat.say("add", attached("a.txt", b"Ann won the race."), sender=MODERATOR)
    clock.ahead = timedelta(days=-400)
    await chat.say("replace", attached("a.txt", b"Zoe won the race."), sender=MODERATOR)
    reply = await chat.say("Who won the race?")
    assert isinstance(reply, Answer)
    assert reply.citations[0].hit.passage.text == "Zoe won the race."
    history = await chat.library.history(space="T-newsroom")
    assert [change.action for change in history] == ["replace", "add"]


async def test_answers_of_a_time_to_come_are_not_kept_for_ever(
    chat: Chat, clock: type[Clock]
) -> None:
    clock.ahead = timedelta(days=365 * 50)
    await chat.say(QUESTION)
    clock.ahead = timedelta(0)
    await chat.library.people.forget(0)
    kept = await chat.library.people.kept_about("U1", "slack")
    assert kept.answers == 0


# Half a character, as JSON may hold it and a terminal in another encoding sends it


async def test_a_question_with_half_a_character_is_answered(chat: Chat) -> None:
    reply = await chat.say(f"{QUESTION} \ud83d")
    assert cited(reply)
    assert isinstance(reply, Answer)
    assert reply.id == ""  # what its buttons need could not be kept


@pytest.mark.parametrize("text", ["said caf\ud83d harbor", "list title:\ud83d"])
async def test_half_a_character_is_a_sentence(chat: Chat, text: str) -> None:
    assert await chat.say(text) == Problem(
        "What was typed holds half a character, as a terminal in another encoding sends it; "
        "type it in UTF-8."
    )
