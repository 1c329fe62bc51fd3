"""What was accepted and is not answered yet: written down together, and never lost by a slip."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from retrieval import DatabaseUnusable, Library, Waiting

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def waiting(number: int, *, at: datetime = NOW, asker: str = "U1") -> Waiting:
    return Waiting("slack", f"Ev{number}", asker, f"question {number}", at)


@pytest_asyncio.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    async with Library.open(tmp_path / "newsdesk.db") as library:
        yield library


async def test_what_is_kept_is_left_until_it_is_dropped(library: Library) -> None:
    accepted = library.accepted
    await accepted.keep(waiting(1))
    await accepted.keep(waiting(2))
    await accepted.mark("slack", "Ev2", is_begun=True)
    await accepted.drop("slack", "Ev1")
    [left] = await accepted.left("slack")
    assert (left.id, left.payload, left.at, left.is_begun) == ("Ev2", "question 2", NOW, True)
    assert await accepted.left("discord") == []
    await accepted.mark("slack", "Ev2", is_begun=False)
    assert await accepted.left("slack") == [waiting(2)]


async def test_what_is_kept_twice_stays_as_it_was_noted_first(library: Library) -> None:
    await library.accepted.keep(waiting(1))
    await library.accepted.mark("slack", "Ev1", is_begun=True)
    await library.accepted.keep(waiting(1, at=NOW + timedelta(minutes=1)))
    [left] = await library.accepted.left("slack")
    assert (left.at, left.is_begun) == (NOW, True)


async def test_many_at_once_are_all_written(library: Library) -> None:
    many = range(200)
    await asyncio.gather(*(library.accepted.keep(waiting(number)) for number in many))
    dropped = (library.accepted.drop("slack", f"Ev{number}") for number in many if number % 2)
    await asyncio.gather(*dropped)
    left = await library.accepted.left("slack")
    assert {one.id for one in left} == {f"Ev{number}" for number in many if number % 2 == 0}


async def test_what_cannot_be_dropped_now_is_dropped_with_what_comes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.store.database.BUSY_TIMEOUT", 0.05)
    async with Library.open(tmp_path / "newsdesk.db") as library:
        await library.accepted.keep(waiting(1))
        with closing(sqlite3.connect(library.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(DatabaseUnusable, match="another process"):
                await library.accepted.drop("slack", "Ev1")
        await library.accepted.keep(waiting(2))
        assert [one.id for one in await library.accepted.left("slack")] == ["Ev2"]


async def test_of_many_that_cannot_be_dropped_the_first_are_dropped_with_what_comes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.store.database.BUSY_TIMEOUT", 0.05)
    monkeypatch.setattr("retrieval.store.together.MOST_PUT_OFF", 2)
    async with Library.open(tmp_path / "newsdesk.db") as library:
        await asyncio.gather(*(library.accepted.keep(waiting(number)) for number in range(4)))
        with closing(sqlite3.connect(library.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            for number in range(4):
                with pytest.raises(DatabaseUnusable, match="another process"):
                    await library.accepted.drop("slack", f"Ev{number}")
        assert [one.id for one in await library.accepted.left("slack")] == ["Ev2", "Ev3"]


async def test_whoever_is_cancelled_takes_nobody_elses_request_along(library: Library) -> None:
    first = asyncio.create_task(library.accepted.keep(waiting(1)))
    second = asyncio.create_task(library.accepted.keep(waiting(2)))
    await asyncio.sleep(0)
    first.cancel()
    await second
    assert "Ev2" in [one.id for one in await library.accepted.left("slack")]


async def test_requests_of_long_ago_are_forgotten_with_the_rest(library: Library) -> None:
    now = datetime.now(UTC)
    await library.accepted.keep(waiting(1, at=now - timedelta(days=2)))
    await library.accepted.keep(waiting(2, at=now + timedelta(days=2)))
    await library.accepted.keep(waiting(3, at=now))
    await library.people.forget(0)
    assert [one.id for one in await library.accepted.left("slack")] == ["Ev3"]


async def test_what_somebody_asked_is_erased_with_all_about_them(library: Library) -> None:
    await library.accepted.keep(waiting(1))
    await library.accepted.keep(waiting(2, asker="U2"))
    await library.people.erase("U1", "slack")
    assert [one.asker for one in await library.accepted.left("slack")] == ["U2"]
