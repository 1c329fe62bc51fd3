"""What is purged is gone: from the answers, the tables, the file's bytes and the saved index."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from retrieval import (
    Action,
    DatabaseUnusable,
    Details,
    KeptAnswer,
    Library,
    NoSuchDocument,
    NothingToUndo,
    Purged,
)
from retrieval.index import keeping
from retrieval.store import database

RARE = "zanzibarium"
"""A word of the purged document and of nothing else."""
TEXT = f"The {RARE} plan was signed.\nNobody was told of the {RARE} (ZNZ) plan.".encode()
NEWER = f"“The {RARE} plan was burned in the xylothek,” said Mayor Alice Quuxville.".encode()
OPEN = b"The mayor named a chief.\nNobody objected."
DETAILS = Details(f"All about {RARE}", "Quuxville Gazette", "Wilhelmina Sourceperson")
WORDS = [RARE, "quuxville", "sourceperson", "xylothek", "withdrawnbecause", "correctedthus"]


def traces(path: Path) -> set[str]:
    """Return which words stand in any file of a database and its saved index."""
    files = [file for file in path.parent.rglob("*") if file.is_file()]
    contents = [file.read_bytes().lower() for file in files]
    return {word for word in WORDS for content in contents if word.encode() in content}


async def fill(library: Library) -> None:
    await library.add(OPEN, "open.txt")
    await library.add(TEXT, "plan.txt", details=DETAILS)
    await library.correct("plan.txt", "Correctedthus.")
    await library.replace(NEWER, "plan.txt")
    await library.retract("plan.txt", "Withdrawnbecause.")
    await library.restore("plan.txt")
    await library.edit("plan.txt", details=Details("Another title"))


async def test_no_word_of_what_is_purged_stands_in_any_file(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    async with Library.open(path) as library:
        await fill(library)
        assert traces(path) == set(WORDS)
        assert await library.purge("plan.txt") == Purged("plan.txt", 2, 0)
        assert traces(path) == set()
    assert traces(path) == set()


async def test_no_word_of_it_stands_in_the_saved_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in ("SAVED_FROM", "SAVED_AFTER"):
        monkeypatch.setattr(keeping, limit, 1)
    path = tmp_path / "news.db"
    async with Library.open(path) as library:
        await fill(library)
    saved = b"".join(one.read_bytes() for one in (tmp_path / "news.db.index").rglob("letters*"))
    assert RARE.encode()[:6] in saved
    async with Library.open(path) as library:
        await library.purge("plan.txt")
        assert traces(path) == set()
        [hit] = await library.search("who named a chief")
        assert hit.document.file == "open.txt"
    assert traces(path) == set()
    saved = b"".join(one.read_bytes() for one in (tmp_path / "news.db.index").rglob("letters*"))
    assert b"chief" in saved
    assert RARE.encode()[:6] not in saved


async def test_a_bot_that_runs_lets_go_of_it_and_saves_no_word_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in ("SAVED_FROM", "SAVED_AFTER"):
        monkeypatch.setattr(keeping, limit, 1)
    path = tmp_path / "news.db"
    async with Library.open(path) as bot:
        await fill(bot)
        assert len(await bot.search(RARE)) == 1
        async with Library.open(path) as operator:
            await operator.purge("plan.txt")
        assert traces(path) == set()
    assert traces(path) == set()
    async with Library.open(path) as bot:
        assert await bot.search(RARE) == []


async def test_it_is_as_if_it_had_never_been_there(library: Library) -> None:
    await fill(library)
    receipts = [hit.passage.receipt for hit in await library.search(RARE)]
    await library.purge("plan.txt")
    found = await library.find(f"the {RARE} plan")
    assert RARE in found.missing
    assert [await library.verify(receipt) for receipt in receipts] == [None]
    assert [one.file for one in await library.documents()] == ["open.txt"]
    for change in (library.document, library.restore, library.remove):
        with pytest.raises(NoSuchDocument):
            await change("plan.txt")


async def test_the_trail_says_that_it_was_there_and_no_word_of_it(library: Library) -> None:
    await fill(library)
    before = [(one.at, one.actor, one.action) for one in await library.history("plan.txt")]
    await library.purge("plan.txt")
    purged, *lines = await library.history("plan.txt")
    assert (purged.action, purged.file, purged.after) == (Action.PURGE, "plan.txt", None)
    assert [(one.at, one.actor, one.action) for one in lines] == before
    assert {(one.note, one.state_before, one.state_after) for one in lines} == {(None, None, None)}
    with (
        closing(sqlite3.connect(library.path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="the trail is final"),
    ):
        connection.execute("UPDATE changes SET note = 'x'")


async def test_a_purge_cannot_be_undone(library: Library) -> None:
    await fill(library)
    await library.purge("plan.txt")
    with pytest.raises(NothingToUndo, match=r"purge plan\.txt, cannot be undone"):
        await library.undo()


async def test_the_name_can_be_used_again(library: Library) -> None:
    await fill(library)
    await library.purge("plan.txt")
    added = await library.add(OPEN, "plan.txt")
    assert (added.changed, added.document.version) == (True, 1)
    assert len(await library.search("chief")) == 1


@pytest.mark.parametrize("state", ["removed", "held"])
async def test_what_answers_no_more_or_not_yet_is_purged_too(library: Library, state: str) -> None:
    hold = datetime.now(UTC) + timedelta(days=1) if state == "held" else None
    await library.add(TEXT, "plan.txt", "T1", hold_until=hold)
    if state == "removed":
        await library.remove("plan.txt", "T1")
    with pytest.raises(NoSuchDocument):
        await library.purge("plan.txt")
    assert (await library.purge("plan.txt", "T1")).versions == 1
    assert traces(library.path) == set()


async def test_the_same_bytes_of_another_document_are_left_alone_and_told_of(
    library: Library,
) -> None:
    await library.add(TEXT, "plan.txt")
    await library.add(TEXT, "copy.txt")
    assert await library.purge("plan.txt") == Purged("plan.txt", 1, 1)
    copy = await library.document("copy.txt")
    assert await library.source(copy) == TEXT
    assert {hit.document.file for hit in await library.search(RARE)} == {"copy.txt"}


async def test_answers_that_cited_it_are_forgotten(library: Library) -> None:
    await fill(library)
    hits = await library.search("plan chief", 9)
    for hit in hits:
        name = hit.document.file
        kept = KeptAnswer(name, None, "C1", "U1", "A question?", (hit.passage.receipt,))
        await library.answers.keep(kept)
    await library.purge("plan.txt")
    assert await library.answers.find("plan.txt", None) is None
    assert await library.answers.find("open.txt", None) is not None


async def test_to_purge_again_writes_the_file_anew(library: Library) -> None:
    await fill(library)
    await library.purge("plan.txt")
    assert await library.purge("plan.txt") == Purged("plan.txt", 0, 0)
    with pytest.raises(NoSuchDocument):
        await library.purge("other.txt")


async def test_a_reader_that_is_in_the_way_is_told_of_and_the_next_purge_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 0.05)
    path = tmp_path / "news.db"
    async with Library.open(path) as library:
        await fill(library)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT count(*) FROM documents").fetchone()
            with pytest.raises(DatabaseUnusable, match="stop the bot and do it again"):
                await library.purge("plan.txt")
            other.execute("ROLLBACK")
        assert await library.search(RARE) == []
        assert await library.purge("plan.txt") == Purged("plan.txt", 0, 0)
        assert traces(path) == set()


async def test_the_index_is_built_anew(library: Library) -> None:
    await fill(library)
    await library.remove("plan.txt")
    assert await library.reindex() == 2
    [hit] = await library.search("who named a chief")
    assert hit.document.file == "open.txt"
