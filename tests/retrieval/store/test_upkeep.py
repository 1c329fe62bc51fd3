"""Upkeep: a copy while the library is in use, and what a check finds."""

import asyncio
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from retrieval import DatabaseUnusable, Library, back_up, complaints_of


def refusal(deed: Callable[[], object]) -> str:
    with pytest.raises(DatabaseUnusable) as caught:
        deed()
    return str(caught.value)


async def test_a_copy_of_a_library_in_use_holds_what_it_held(
    seeded: Library, seeds: dict[str, bytes], tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    await asyncio.to_thread(back_up, seeded.path, copy)
    await seeded.remove(next(iter(seeds)))
    async with Library.open(copy) as library:
        documents = await library.documents()
        assert {one.file: await library.source(one) for one in documents} == seeds


async def test_a_library_that_is_written_to_all_the_time_is_copied_whole(
    library: Library, tmp_path: Path
) -> None:
    copying = asyncio.create_task(asyncio.to_thread(back_up, library.path, tmp_path / "copy.db"))
    added = 0
    while not copying.done():
        await library.add(f"The council met for the {added}th time.".encode(), f"{added}.txt")
        added += 1
    await copying
    assert complaints_of(tmp_path / "copy.db", thorough=True) == []
    async with Library.open(tmp_path / "copy.db") as copy:
        held = {one.file for one in await copy.documents()}
    assert held == {f"{number}.txt" for number in range(len(held))}
    assert len(held) <= added


def test_a_copy_is_one_file(seeded_file: Path, tmp_path: Path) -> None:
    back_up(seeded_file, tmp_path / "copy.db")
    assert [path.name for path in tmp_path.glob("copy*")] == ["copy.db"]


def test_a_copy_never_overwrites(seeded_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "notes.txt"
    copy.write_text("mine")
    sentence = refusal(lambda: back_up(seeded_file, copy))
    assert sentence == f"{copy} is already there; name another file."
    assert copy.read_text() == "mine"


def test_a_folder_that_is_not_there_is_a_sentence(seeded_file: Path, tmp_path: Path) -> None:
    sentence = refusal(lambda: back_up(seeded_file, tmp_path / "none" / "copy.db"))
    assert "check that its folder exists and may be written" in sentence


@pytest.mark.parametrize("thorough", [False, True])
def test_what_is_no_database_of_ours_is_a_sentence(tmp_path: Path, *, thorough: bool) -> None:
    theirs, text, none = tmp_path / "a.db", tmp_path / "b.db", tmp_path / "c.db"
    with closing(sqlite3.connect(theirs)) as connection:
        connection.execute("CREATE TABLE theirs (id)")
    text.write_text("A long enough text that is no database at all. " * 100)
    is_not = "is not a Newsdesk database"
    assert is_not in refusal(lambda: complaints_of(theirs, thorough=thorough))
    assert is_not in refusal(lambda: complaints_of(text, thorough=thorough))
    assert "cannot be opened" in refusal(lambda: complaints_of(none, thorough=thorough))
    assert not none.exists()


@pytest.mark.parametrize("thorough", [False, True])
def test_a_sound_database_has_no_complaints(seeded_file: Path, *, thorough: bool) -> None:
    assert complaints_of(seeded_file, thorough=thorough) == []


def test_a_damaged_database_is_found_out_and_not_copied(seeded_file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(seeded_file)) as connection:
        [size] = connection.execute("PRAGMA page_size").fetchone()
        [root] = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'passages'"
        ).fetchone()
    content = bytearray(seeded_file.read_bytes())
    content[(root - 1) * size : root * size] = bytes(size)
    seeded_file.write_bytes(content)
    assert complaints_of(seeded_file, thorough=False)
    assert "is damaged; restore it from a" in refusal(
        lambda: back_up(seeded_file, tmp_path / "copy.db")
    )
    assert not list(tmp_path.glob("copy*"))


def test_an_index_that_does_not_agree_with_its_table_is_found_by_the_thorough_check(
    seeded_file: Path,
) -> None:
    with closing(sqlite3.connect(seeded_file)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, '(receipt)', '(fingerprint)')"
            " WHERE name = 'passages_by_receipt'"
        )
        connection.commit()
    assert complaints_of(seeded_file, thorough=False) == []
    assert "passages_by_receipt" in complaints_of(seeded_file, thorough=True)[0]


def test_a_row_that_names_another_that_is_not_there_is_found_by_the_thorough_check(
    seeded_file: Path,
) -> None:
    with closing(sqlite3.connect(seeded_file)) as connection:
        connection.execute("DELETE FROM versions WHERE id = 1")
        connection.commit()
    assert complaints_of(seeded_file, thorough=False) == []
    assert complaints_of(seeded_file, thorough=True) == ["a row names another that is not there"]


@pytest.fixture
async def seeded_file(seeds: dict[str, bytes], tmp_path: Path) -> Path:
    """Return the file of a closed library with the seeds."""
    folder = tmp_path / "library"
    folder.mkdir()
    async with Library.open(folder / "newsdesk.db") as library:
        for name, content in seeds.items():
            await library.add(content, name)
    return Path(shutil.copy(folder / "newsdesk.db", tmp_path / "seeded.db"))
