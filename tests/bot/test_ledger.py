"""What a platform accepted: written down in time or not at all, and told of after a restart."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.adapters.ledger import AN_HOUR, FRESH, Ledger, kept_text, may_be_done_again
from bot.messages import Ask, Undo
from bot.parsing import to_command
from retrieval import Library, Waiting


class Refused(Exception):
    """What comes again, however often it is tried."""


class Away(Exception):
    """What passes."""


@pytest_asyncio.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    async with Library.open(tmp_path / "newsdesk.db") as library:
        yield library


async def test_what_is_answered_is_left_to_nobody(library: Library) -> None:
    ledger = Ledger(library.accepted, "slack")
    await ledger.keep("Ev1", "U1", {"text": "Who?"})
    [left] = await ledger.left()
    assert (left.id, left.payload, left.is_begun) == ("Ev1", {"text": "Who?"}, False)
    assert left.is_fresh
    async with ledger.until_answered("Ev1", lambda _: False):
        await ledger.begin("Ev1")
    assert await ledger.left() == []


@pytest.mark.parametrize(("error", "ids"), [(Refused, []), (Away, ["Ev1"])])
async def test_after_an_error_only_what_may_pass_is_left(
    library: Library, error: type[Exception], ids: list[str]
) -> None:
    ledger = Ledger(library.accepted, "slack")
    await ledger.keep("Ev1", "U1", {})
    with pytest.raises(error):
        async with ledger.until_answered("Ev1", lambda one: isinstance(one, Refused)):
            raise error
    assert [one.id for one in await ledger.left()] == ids


async def test_a_database_that_is_locked_holds_nobody_up_for_long(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.adapters.ledger.PATIENCE", 0.05)
    ledger = Ledger(library.accepted, "slack")
    with closing(sqlite3.connect(library.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with asyncio.timeout(5):
            await ledger.keep("Ev1", "U1", {})
            await ledger.drop("Ev1")
        other.execute("COMMIT")
    assert await ledger.left() == []  # in the order in which they came


async def test_what_was_answered_while_nothing_could_be_written_is_taken_out_when_it_can(
    library: Library,
) -> None:
    ledger = Ledger(library.accepted, "slack")
    await ledger.keep("Ev1", "U1", {})
    with closing(sqlite3.connect(library.path, isolation_level=None)) as other:
        other.execute("ALTER TABLE accepted RENAME TO elsewhere")
        await ledger.drop("Ev1")
        await ledger.keep("Ev2", "U1", {})
        await ledger.begin("Ev2")
        other.execute("ALTER TABLE elsewhere RENAME TO accepted")
    await ledger.keep("Ev3", "U1", {})
    assert [one.id for one in await ledger.left()] == ["Ev3"]


async def test_what_is_kept_anew_after_a_drop_that_failed_stays(library: Library) -> None:
    ledger = Ledger(library.accepted, "discord")
    await ledger.keep("1", "U1", {})
    with closing(sqlite3.connect(library.path, isolation_level=None)) as other:
        other.execute("ALTER TABLE accepted RENAME TO elsewhere")
        await ledger.drop("1")
        other.execute("ALTER TABLE elsewhere RENAME TO accepted")
    await ledger.keep("1", "U1", {"edited": True})
    assert [one.payload for one in await ledger.left()] == [{"edited": True}]


@pytest.mark.parametrize(
    ("age", "is_fresh", "is_recent"),
    [
        (timedelta(), True, True),
        (FRESH + timedelta(minutes=1), False, True),
        (AN_HOUR + timedelta(minutes=1), False, False),
        (-FRESH - timedelta(minutes=1), False, True),  # the clock went back
    ],
)
async def test_the_age_of_a_request_says_what_becomes_of_it(
    library: Library, age: timedelta, *, is_fresh: bool, is_recent: bool
) -> None:
    at = datetime.now(UTC) - age
    await library.accepted.keep(Waiting("slack", "Ev1", "U1", "{}", at))
    [left] = await Ledger(library.accepted, "slack").left()
    assert (left.is_fresh, left.is_recent) == (is_fresh, is_recent)


def test_of_a_draft_it_is_written_down_only_that_it_was_one() -> None:
    draft = "checkdraft “We will not sign it,” he said."
    assert kept_text(draft, to_command(draft)) == "checkdraft"
    assert kept_text("Who said so?", to_command("Who said so?")) == "Who said so?"


def test_what_changes_something_is_not_done_again() -> None:
    assert may_be_done_again(Ask("Who?"))
    assert not may_be_done_again(Undo("story.txt"))
