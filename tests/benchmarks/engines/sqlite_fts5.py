"""SQLite's own full-text search, with its Porter stemmer and without the texts."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from tests.benchmarks.engines import TOP, Found, passages_of

TABLE = "CREATE VIRTUAL TABLE passage USING fts5(text, content='', tokenize='porter')"
INSERT = "INSERT INTO passage(text) VALUES (?)"
SELECT = "SELECT rowid, -rank FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT ?"


class SQLiteFTS5:
    """A database with a write-ahead log, as durable as the library's."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "fts5.db")

    def build(self, corpus: Path) -> None:
        """Index the passages in one transaction."""
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute(TABLE)
        self.add(passages_of(corpus))

    def open(self) -> None:
        """Do nothing: the connection is all there is to open."""

    def search(self, question: str) -> Found:
        """Return the best ten passages that hold a word of the question."""
        words = " OR ".join(f'"{word}"' for word in question.split())
        return self._connection.execute(SELECT, (words, TOP)).fetchall()

    def add(self, passages: Iterable[str]) -> None:
        """Insert the passages and commit."""
        with self._connection:
            self._connection.executemany(INSERT, ((text,) for text in passages))
