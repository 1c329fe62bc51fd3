"""A desk over the seeds, in a newsroom whose desk editors moderate; a terminal over the same."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import open_app
from bot.desk import Desk
from bot.settings import Settings
from retrieval import Library
from tests.bot.terminal import Terminal
from tests.newsroom import Chat


@pytest.fixture(scope="session")
def seeded_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with the seeds, to be copied."""
    path = tmp_path_factory.mktemp("seeded") / "newsdesk.db"

    async def make() -> None:
        async with open_app(Settings(db=path, seeds=True, max_file_mb=25), make=True):
            pass

    asyncio.run(make())
    return path


@pytest.fixture
async def library(tmp_path: Path, seeded_database: Path) -> AsyncIterator[Library]:
    """Return a library that holds the seeds, shared, and takes files of 100 kB."""
    database = shutil.copy(seeded_database, tmp_path / "newsdesk.db")
    async with Library.open(database, max_bytes=100_000) as library:
        yield library


@pytest.fixture
def chat(library: Library) -> Chat:
    """Return a conversation in a newsroom whose desk editors moderate."""
    return Chat(Desk(library, {"slack": frozenset({"desk-editors"})}), library)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty working folder, with no settings and with a home folder that is empty too."""
    for name in [name for name in os.environ if name.startswith("NEWSDESK_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home" / "data"))
    folder = tmp_path / "folder"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def terminal(folder: Path, seeded_database: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal in an empty folder, over a database with the seeds."""
    database = folder.parent / "newsdesk.db"
    shutil.copy(seeded_database, database)
    monkeypatch.setenv("NEWSDESK_DB", str(database))
    return Terminal(folder, database)
