"""The composition root: a database is made once, whole, with the seeds or without them."""

import asyncio
import stat
from pathlib import Path

import pytest

from bot.app import open_app, seed_files
from bot.messages import Problem, Request, StatusReport
from bot.settings import Settings, default_database
from retrieval import Coverage, DatabaseUnusable, Library, LibraryError
from tests.newsroom import ADMIN, OPERATOR

FIRST_SEEDS = 50_000
"""Bytes written ahead when the schema and some of the seeds are in a database."""

pytestmark = pytest.mark.usefixtures("folder")


async def coverage_of(settings: Settings, *, make: bool = True) -> Coverage:
    async with open_app(settings, make=make) as app:
        return await app.library.coverage()


async def refusal(settings: Settings, *, make: bool = True) -> str:
    with pytest.raises(LibraryError) as caught:
        await coverage_of(settings, make=make)
    return str(caught.value)


def written_below(folder: Path) -> int:
    """Return how many bytes SQLite has written ahead below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*-wal"))


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_seeds_are_the_five_documents(seeds: dict[str, bytes]) -> None:
    assert {seed.name: seed.read_bytes() for seed in seed_files()} == seeds
    assert len(seeds) == 5


async def test_a_database_that_does_not_exist_is_made_with_the_seeds(
    folder: Path, seeds: dict[str, bytes]
) -> None:
    async with open_app(Settings(db=folder / "new.db"), make=True) as app:
        documents = await app.library.documents()
        contents = {one.file: await app.library.source(one) for one in documents}
    assert contents == seeds
    assert left_in(folder) == ["new.db"]


async def test_a_database_is_made_closed_to_others_on_the_machine(folder: Path) -> None:
    await coverage_of(Settings(db=folder / "new.db"))
    assert stat.S_IMODE((folder / "new.db").stat().st_mode) == 0o600


async def test_with_the_seeds_off_it_is_made_empty(folder: Path) -> None:
    settings = Settings(db=folder / "new.db", seeds=False)
    assert await coverage_of(settings) == Coverage(0, 0, None)


async def test_a_database_that_exists_gets_no_seeds(folder: Path) -> None:
    async with Library.open(folder / "ours.db"):
        pass
    assert (await coverage_of(Settings(db=folder / "ours.db"))).documents == 0


async def test_seeds_that_were_removed_do_not_come_back(folder: Path) -> None:
    settings = Settings(db=folder / "new.db")
    async with open_app(settings, make=True) as app:
        for seed in seed_files():
            await app.library.remove(seed.name)
    assert (await coverage_of(settings)).documents == 0


async def test_a_missing_database_is_a_sentence_where_none_is_to_be_made(folder: Path) -> None:
    path = folder / "none.db"
    assert await refusal(Settings(db=path), make=False) == (
        f"There is no database at {path}; newsdesk ask, chat, add or run makes one."
    )
    assert left_in(folder) == []


async def test_a_database_is_made_whole_or_not_at_all(folder: Path) -> None:
    settings = Settings(db=folder / "new.db", max_file_mb=0.005)  # smaller than a seed
    await refusal(settings)
    assert left_in(folder) == []


async def test_a_database_whose_making_is_interrupted_leaves_nothing_behind(folder: Path) -> None:
    making = asyncio.create_task(coverage_of(Settings(db=folder / "new.db")))
    while await asyncio.to_thread(written_below, folder) < FIRST_SEEDS:
        assert not making.done()
    making.cancel()
    with pytest.raises(asyncio.CancelledError):
        await making
    assert left_in(folder) == []


async def test_nobody_sees_a_database_while_it_is_made(folder: Path) -> None:
    path = folder / "new.db"
    making = asyncio.create_task(coverage_of(Settings(db=path)))
    while not await asyncio.to_thread(path.exists):
        assert not making.done()
    assert (await coverage_of(Settings(db=path), make=False)).documents == 5
    assert (await making).documents == 5


async def test_two_that_make_the_same_database_at_once_find_one_with_five_seeds(
    folder: Path,
) -> None:
    settings = Settings(db=folder / "new.db")
    first, second = await asyncio.gather(coverage_of(settings), coverage_of(settings))
    assert (first.documents, second.documents) == (5, 5)
    assert (await coverage_of(settings, make=False)).documents == 5
    assert left_in(folder) == ["new.db"]


async def test_the_folder_of_the_default_database_is_made_with_it() -> None:
    settings = Settings()
    assert settings.db == default_database()
    assert (await coverage_of(settings)).documents == 5


async def test_any_other_folder_must_exist(folder: Path) -> None:
    path = folder / "typo" / "new.db"
    assert await refusal(Settings(db=path)) == (
        f"{path} cannot be made; check that its folder exists and may be written."
    )
    assert left_in(folder) == []


async def test_a_name_too_long_for_a_file_is_a_sentence(folder: Path) -> None:
    path = folder / f"{'long' * 100}.db"
    with pytest.raises(DatabaseUnusable):
        await coverage_of(Settings(db=path))


async def test_the_size_limit_of_the_settings_is_the_librarys(folder: Path) -> None:
    settings = Settings(db=folder / "new.db", seeds=False, max_file_mb=0.001)
    async with open_app(settings, make=True) as app:
        with pytest.raises(LibraryError):
            await app.library.add(b"word " * 1000, "long.txt")


async def test_on_the_console_only_the_operator_moderates(folder: Path) -> None:
    async with open_app(Settings(db=folder / "new.db"), make=True) as app:
        refused = await app.desk.handle(Request(ADMIN, "console", "history"))
        report = await app.desk.handle(Request(OPERATOR, "console", "status"))
    assert isinstance(refused, Problem)
    assert isinstance(report, StatusReport)
    assert report.database == str(folder / "new.db")
