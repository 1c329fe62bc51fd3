"""Libraries to start from, each in a file of its own."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import pytest

from retrieval import Library
from retrieval.analysis.analyzer import Analyzer

RowCounts = Callable[[Library], dict[str, int]]


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    """Return an empty library."""
    async with Library.open(tmp_path / "newsdesk.db") as library:
        yield library


@pytest.fixture
async def seeded(library: Library, seeds: dict[str, bytes]) -> Library:
    """Return a library that holds the five seeds, shared."""
    for name, content in seeds.items():
        await library.add(content, name)
    return library


@pytest.fixture
def row_counts() -> RowCounts:
    """Return a function that counts the rows of every table of a library's database."""

    def count(library: Library) -> dict[str, int]:
        with closing(sqlite3.connect(library.path)) as connection:
            tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            return {
                table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
                for (table,) in tables.fetchall()
            }

    return count


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    """Return the analyzer of passages and questions."""
    return Analyzer()
