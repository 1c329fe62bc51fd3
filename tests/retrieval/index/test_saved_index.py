"""A large index is saved beside its database, and taken over only where it is whole and its own."""

import asyncio
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from retrieval import DatabaseUnusable, Library
from retrieval.analysis import analyzer
from retrieval.index import keeping, live_index, saved_index
from retrieval.index.keeping import SAVED_FROM
from retrieval.index.saved_index import FORMAT, SavedIndex

PASSAGES = 100
DOCUMENTS = SAVED_FROM // PASSAGES + 1


def story(number: int) -> bytes:
    """Return a document of a hundred passages, all of which name it."""
    lines = (f"Report {number} of ward{number} mentions street{line}." for line in range(PASSAGES))
    return "\n".join(lines).encode()


async def fill(path: Path) -> None:
    async with Library.open(path) as library:
        for number in range(DOCUMENTS):
            await library.add(story(number), f"{number}.txt")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a database that is large enough for its index to be saved."""
    folder = tmp_path_factory.mktemp("filled")
    asyncio.run(fill(folder / "newsdesk.db"))
    return folder


@pytest.fixture
def path(filled: Path, tmp_path: Path) -> Path:
    """Return a copy of that database, with its saved index."""
    shutil.copytree(filled, tmp_path / "copy")
    return tmp_path / "copy" / "newsdesk.db"


async def found(library: Library, question: str) -> set[str]:
    """Return the files that answer; a word of one document finds that one alone."""
    return {hit.document.file for hit in await library.search(question, limit=3)}


async def test_a_large_index_is_saved_and_says_up_to_which_change(path: Path) -> None:
    manifest = SavedIndex(path).manifest()
    assert manifest is not None
    assert manifest.revision == DOCUMENTS
    assert SavedIndex(path).is_as_saved(manifest)


def names_in(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]


async def test_a_small_index_leaves_no_files(tmp_path: Path) -> None:
    async with Library.open(tmp_path / "small.db") as library:
        await library.add(story(1), "1.txt")
    assert names_in(tmp_path) == ["small.db"]


async def test_what_is_saved_is_closed_to_others_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        await fill(tmp_path / "newsdesk.db")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "newsdesk.db.index").stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="NOT TRIED: only root can leave files to others")
async def test_what_root_saves_belongs_to_the_user_whose_the_database_is(path: Path) -> None:
    os.chown(path, 65534, 65534)
    async with Library.open(path) as library:
        await library.add(b"The mayor swam.", "new.txt")
        await library.reindex()
    folder = path.with_name("newsdesk.db.index")
    assert {one.stat().st_uid for one in (folder, *folder.rglob("*"))} == {65534}


def in_the_way_of_the_lock(folder: Path) -> None:
    (folder / "lock").unlink()
    (folder / "lock").mkdir()


def left_behind(folder: Path) -> None:
    (folder / "segment-of-root").write_bytes(b"words")


@pytest.mark.parametrize("hinder", [in_the_way_of_the_lock, left_behind])
async def test_where_it_cannot_be_deleted_a_purge_says_so(
    path: Path, hinder: Callable[[Path], None]
) -> None:
    folder = path.with_name("newsdesk.db.index")
    hinder(folder)
    async with Library.open(path) as library:
        with pytest.raises(DatabaseUnusable, match="cannot be emptied"):
            await library.purge("7.txt")
        shutil.rmtree(folder)
        await library.purge("7.txt")
        assert await found(library, "ward7") == set()
        assert await found(library, "ward8") == {"8.txt"}


async def test_whoever_waits_for_an_index_to_be_built_reads_so_in_the_log(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(live_index, "SAID_FROM", DOCUMENTS)
    caplog.set_level("INFO")
    async with Library.open(path):
        assert caplog.records == []
    shutil.rmtree(path.with_name("newsdesk.db.index"))
    async with Library.open(path):
        [record] = caplog.records
    assert (record.message, record.__dict__["changes"]) == ("the index is being built", DOCUMENTS)


async def test_the_saved_index_answers_as_the_one_that_was_saved(path: Path) -> None:
    async with Library.open(path) as library:
        assert await found(library, "ward7") == {"7.txt"}
        [hit, *_] = await library.search("ward7 street42")
        assert hit.passage.text == "Report 7 of ward7 mentions street42."


async def test_what_changed_after_it_was_saved_is_caught_up_with(path: Path) -> None:
    folder = path.with_name("newsdesk.db.index")
    shutil.copytree(folder, folder.with_name("older"))
    async with Library.open(path) as library:
        await library.remove("7.txt")
        await library.replace(b"The harbor froze over.", "8.txt")
        await library.add(b"The mayor swam.", "new.txt", "T1")
    shutil.rmtree(folder)
    folder.with_name("older").rename(folder)
    async with Library.open(path) as library:
        assert await found(library, "ward7") == set()
        assert await found(library, "ward8") == set()
        assert await found(library, "harbor") == {"8.txt"}
        assert await found(library, "mayor") == set()
        assert [hit.document.file for hit in await library.search("mayor", space="T1")] == [
            "new.txt"
        ]


async def test_changes_are_saved_again_with_what_died(path: Path) -> None:
    async with Library.open(path) as library:
        await library.remove("7.txt")
        await library.add(b"The mayor swam.", "new.txt", "T1")
    manifest = SavedIndex(path).manifest()
    assert manifest is not None
    assert manifest.revision == DOCUMENTS + 2
    assert sum(len(one.dead) for one in manifest.segments) in {0, PASSAGES}
    async with Library.open(path) as library:
        assert await found(library, "ward7") == set()
        assert await found(library, "mayor") == set()
        await library.restore("7.txt")
        assert await found(library, "ward7") == {"7.txt"}


def truncate(folder: Path) -> None:
    file = next(folder.glob("segment-*/forward.npy"))
    file.write_bytes(file.read_bytes()[:-100])


def alter(folder: Path) -> None:
    file = next(folder.glob("segment-*/impacts.npy"))
    content = bytearray(file.read_bytes())
    content[-1] ^= 0xFF
    file.write_bytes(bytes(content))


def lose_a_file(folder: Path) -> None:
    next(folder.glob("segment-*/slots.npy")).unlink()


def lose_the_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def garble_the_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"format": 1, "segments": 7')


def name_another_format(folder: Path) -> None:
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"format": {FORMAT}', '"format": 0'))


def lose_all(folder: Path) -> None:
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    "damage",
    [
        truncate,
        alter,
        lose_a_file,
        lose_the_manifest,
        garble_the_manifest,
        name_another_format,
        lose_all,
    ],
)
async def test_a_damaged_index_is_built_anew_by_itself(
    path: Path, damage: Callable[[Path], None]
) -> None:
    damage(path.with_name("newsdesk.db.index"))
    async with Library.open(path) as library:
        assert await found(library, "ward7") == {"7.txt"}
    manifest = SavedIndex(path).manifest()
    assert manifest is not None
    assert SavedIndex(path).is_as_saved(manifest)


async def test_the_index_of_another_history_is_not_taken_over(path: Path, tmp_path: Path) -> None:
    async with Library.open(tmp_path / "other.db") as library:
        for number in range(DOCUMENTS + 5):
            await library.add(b"The harbor froze over.", f"{number}.txt")
    shutil.copy(tmp_path / "other.db", path)
    async with Library.open(path) as library:
        assert await found(library, "ward7") == set()
        assert len(await library.search("harbor")) == 1


async def test_another_process_that_is_far_behind_takes_the_saved_index(tmp_path: Path) -> None:
    path = tmp_path / "newsdesk.db"
    async with Library.open(path) as early:
        assert await found(early, "ward7") == set()
        async with Library.open(path) as late:
            for number in range(600):
                await late.add(story(number)[:600], f"{number}.txt")
        assert await found(early, "ward7") == {"7.txt"}
        assert await found(early, "ward599") == {"599.txt"}


async def test_a_folder_that_takes_no_files_stops_nothing(path: Path) -> None:
    folder = path.with_name("newsdesk.db.index")
    shutil.rmtree(folder)
    folder.write_bytes(b"in the way")  # no folder can be made here, not even by root
    async with Library.open(path) as library:
        assert await found(library, "ward7") == {"7.txt"}
        await library.add(b"The mayor swam.", "new.txt")
        assert await found(library, "mayor") == {"new.txt"}
    async with Library.open(path) as library:
        assert await found(library, "mayor") == {"new.txt"}


async def test_what_another_process_dropped_is_stored_again_and_never_named(path: Path) -> None:
    async with Library.open(path) as library:
        await library.add(b"The mayor swam.", "new.txt")
        for segment in path.with_name("newsdesk.db.index").glob("segment-*"):
            shutil.rmtree(segment)
    manifest = SavedIndex(path).manifest()
    assert manifest is not None
    assert SavedIndex(path).is_as_saved(manifest)
    async with Library.open(path) as library:
        assert await found(library, "ward7") == {"7.txt"}
        assert await found(library, "mayor") == {"new.txt"}


@pytest.mark.parametrize("damage", [alter, None])
async def test_an_index_too_large_to_be_read_at_once_is_checked_beside_the_questions(
    path: Path, damage: Callable[[Path], None] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "CHECKED_AT_ONCE", 0)
    folder = path.with_name("newsdesk.db.index")
    before = (folder / "manifest.json").read_text()
    if damage:
        damage(folder)
    async with Library.open(path) as library:  # its end waits for the check
        assert await found(library, "ward7") == {"7.txt"}
    manifest = SavedIndex(path).manifest()
    assert manifest is not None
    assert SavedIndex(path).is_as_saved(manifest)
    assert ((folder / "manifest.json").read_text() == before) is (damage is None)


async def test_the_index_of_another_analysis_is_built_anew(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analyzer, "VERSION", 0)
    async with Library.open(path) as library:
        assert await found(library, "ward7") == {"7.txt"}
    manifest = SavedIndex(path).manifest()
    assert manifest is not None
    assert manifest.analysis == "english 0"


async def test_the_index_of_another_language_is_built_anew(path: Path) -> None:
    async with Library.open(path, language="german") as library:
        assert await found(library, "ward3") == {"3.txt"}
    manifest = SavedIndex(path).manifest()
    assert manifest is not None
    assert manifest.analysis == f"german {analyzer.VERSION}"


async def test_what_another_process_is_saving_for_long_is_a_sentence(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved_index, "WIPE_TIMEOUT", 0.05)
    folder = library.path.with_name(f"{library.path.name}.index")
    folder.mkdir(exist_ok=True)
    await library.add(b"The source at risk.", "risk.txt")
    with FileLock(folder / "lock"):
        for doing in (library.reindex(), library.purge("risk.txt")):
            with pytest.raises(DatabaseUnusable, match="stop the bot, and do it again"):
                await doing
    assert (await library.purge("risk.txt")).versions == 0  # it goes on where it was kept from
