"""A desk over the seeds, in a newsroom whose desk editors moderate."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import seed_files
from bot.desk import Desk
from retrieval import Library
from tests.newsroom import Chat


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    """Return a library that holds the seeds, shared, and takes files of 100 kB."""
    async with Library.open(tmp_path / "newsdesk.db", max_bytes=100_000) as library:
        for seed in seed_files():
            await library.add(seed.read_bytes(), seed.name)
        yield library


@pytest.fixture
def chat(library: Library) -> Chat:
    """Return a conversation in a newsroom whose desk editors moderate."""
    return Chat(Desk(library, {"slack": frozenset({"desk-editors"})}), library)
