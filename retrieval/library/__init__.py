"""The library: the one way in, with the store and the index kept in step behind it.

What it can do is in a module for each concern; ``parts`` puts together what they work with.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self

from retrieval.analysis.languages import ENGLISH
from retrieval.answering.ranking import Ranking
from retrieval.intake.incoming import DEFAULT_MAX_BYTES
from retrieval.library.adding import Adding
from retrieval.library.asking import Asking
from retrieval.library.changing import Changing
from retrieval.library.opened import OPERATOR
from retrieval.library.parts import Parts
from retrieval.library.quoting import Quoting
from retrieval.library.upkeep import Upkeep
from retrieval.readers import DEFAULT_LIMITS, Limits
from retrieval.store.database import Database

__all__ = ["OPERATOR", "Library"]

DEFAULT_RANKING = Ranking()


class Library(Adding, Changing, Asking, Quoting, Upkeep):
    """Documents that can be asked, added, replaced, removed, restored and verified.

    ``space`` names the Slack workspace or Discord guild for which something is done; with None it
    is done for the shared documents only.
    """

    def __init__(self, path: Path, parts: Parts, max_bytes: int) -> None:
        super().__init__(parts, max_bytes)
        self.path = path
        self.answers = parts.tables.answers
        """What the buttons under answers need."""
        self.notebook = parts.tables.notebook
        """What adapters keep over a restart."""
        self.people = parts.tables.people
        """What is kept about people."""
        self.accepted = parts.tables.accepted
        """What was accepted and is not answered yet."""

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        path: str | Path,
        *,
        max_bytes: int = DEFAULT_MAX_BYTES,
        limits: Limits = DEFAULT_LIMITS,
        ranking: Ranking = DEFAULT_RANKING,
        language: str = ENGLISH,
    ) -> AsyncIterator[Self]:
        """Open the library at ``path``, empty where there is none yet.

        ``language``, a name in LANGUAGES, is that of texts and questions that do not show another.

        Another ranking than the default is for measuring what its parts are worth.

        Raises DatabaseUnusable where the file is no library or cannot be used.
        """
        async with Database.open(Path(path)) as database:
            parts = Parts(database, limits=limits, ranking=ranking, language=language)
            try:
                await parts.start()
                yield cls(database.path, parts, max_bytes)
            finally:
                await parts.close()
