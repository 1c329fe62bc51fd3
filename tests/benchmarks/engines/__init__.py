"""The engines that are measured, each in a module of its own, so that none loads another's needs.

All get the same passages, answer a question's text with the ids and scores of the best ten, use
one thread, and stem English words.
"""

import pkgutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Protocol, cast, runtime_checkable

EXPORT: Final = "documents.jsonl"
"""The corpus as an export: a document a line."""
PASSAGES: Final = "passages.txt"
"""The corpus as an engine reads it: a passage a line."""
TOP: Final = 10

Found = Sequence[tuple[int, float]]
"""Ids and scores, best first; an id is the passage's place in the corpus, or the engine's own."""


class Engine(Protocol):
    """Keeps its index in the folder that it is made with."""

    def build(self, corpus: Path) -> None:
        """Index the corpus of a folder: afterwards it is saved, and can be asked."""

    def search(self, question: str) -> Found:
        """Return the best ten passages for a question."""


@runtime_checkable
class Growing(Protocol):
    """An engine that takes documents in without being built anew."""

    def add(self, passages: Sequence[str]) -> None:
        """Add a document: afterwards it can be found, and survives the loss of power."""


@runtime_checkable
class Lasting(Protocol):
    """An engine that a fresh process can open."""

    def open(self) -> None:
        """Open what was built, so that it can be asked."""


@runtime_checkable
class Reading(Protocol):
    """An engine that goes on reading in the background when it can be asked."""

    def finish_reading(self) -> None:
        """Wait until it has read all."""


@runtime_checkable
class Closing(Protocol):
    """An engine that has work to finish at the end."""

    def close(self) -> None:
        """Finish it."""


@dataclass(frozen=True, slots=True)
class Contender:
    """An engine as it stands in the tables."""

    name: str
    maker: str
    """The class of the engine, as module:class below this package."""
    needs: tuple[str, ...] = ()
    """Packages of the extra ``bench``."""
    largest: int | None = None
    """Passages beyond which it is left out, None where it copes with all."""
    first_answer: tuple[str, ...] = ("tests.benchmarks.worker", "{maker}", "{folder}", "{question}")
    """The module, with its arguments, that opens the index in a fresh process and asks it."""

    def is_installed(self) -> bool:
        """Say whether all packages that it needs are there."""
        return all(find_spec(package) for package in self.needs)


NEWSDESK: Final = Contender("newsdesk", "newsdesk_index:NewsdeskIndex")
LIBRARY: Final = Contender(
    "newsdesk, library whole",
    "newsdesk_library:NewsdeskLibrary",
    first_answer=("bot", "--db", "{folder}/newsdesk.db", "ask", "{question}"),
)
CONTENDERS: Final = (
    NEWSDESK,
    LIBRARY,
    Contender("bm25s numba", "bm25s_numba:BM25sNumba", needs=("bm25s", "numba")),
    Contender("tantivy", "tantivy_english:TantivyEnglish", needs=("tantivy",)),
    Contender("SQLite FTS5", "sqlite_fts5:SQLiteFTS5"),
    Contender("rank_bm25", "rank_bm25_okapi:RankBM25Okapi", largest=20_000),
)


def engine_of(maker: str, folder: Path) -> Engine:
    """Return an engine over a folder of its own."""
    return cast("Engine", pkgutil.resolve_name(f"{__name__}.{maker}")(folder))


def passages_of(corpus: Path) -> Iterator[str]:
    """Yield the passages of a corpus that was written out."""
    with (corpus / PASSAGES).open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n")
