"""Our library whole: the database, the index, the ranking, and the passages word for word."""

import asyncio
import itertools
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from retrieval import Library
from tests.benchmarks.engines import EXPORT, TOP, Found

LOOK = 0.5
"""Seconds between two looks at how far the reading is."""
REFUSED = 1
"""Exit status where documents of an export could not be added; the others were."""


class NewsdeskLibrary:
    """Library, loaded by the command line."""

    def __init__(self, folder: Path) -> None:
        self._database = folder / "newsdesk.db"
        self._loop = asyncio.new_event_loop()
        self._opened = AsyncExitStack()
        self._library: Library
        self._numbers = itertools.count()

    def build(self, corpus: Path) -> None:
        """Load the export as a newsroom does, and open the library."""
        command = [sys.executable, "-m", "bot", "--db", str(self._database)]
        loaded = subprocess.run(
            [*command, "add", str(corpus / EXPORT)],
            check=False,
            env=os.environ | {"NEWSDESK_SEEDS": "off"},
            stdout=subprocess.DEVNULL,
        )
        if loaded.returncode > REFUSED:
            loaded.check_returncode()
        self.open()

    def open(self) -> None:
        """Open the library."""
        opening = self._opened.enter_async_context(Library.open(self._database))
        self._library = self._loop.run_until_complete(opening)

    def finish_reading(self) -> None:
        """Wait until all is read for quotations and copies."""
        while not self._loop.run_until_complete(self._library.reading()).is_done:
            self._loop.run_until_complete(asyncio.sleep(LOOK))

    def search(self, question: str) -> Found:
        """Return the best ten passages, after ranking, grouping and excerpts."""
        hits = self._loop.run_until_complete(self._library.search(question, TOP))
        return [(hit.passage.id, hit.score) for hit in hits]

    def add(self, passages: Sequence[str]) -> None:
        """Add a text file."""
        content = "\n\n".join(passages).encode()
        adding = self._library.add(content, f"added-{next(self._numbers)}.txt")
        self._loop.run_until_complete(adding)

    def close(self) -> None:
        """Close the library, which saves its index where that is due."""
        self._loop.run_until_complete(self._opened.aclose())
        self._loop.close()
