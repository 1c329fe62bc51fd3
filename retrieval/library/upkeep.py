"""What an operator looks after."""

from datetime import datetime

from retrieval.library.opened import Opened
from retrieval.model import Vitals


class Upkeep(Opened):
    """A library that is looked after."""

    async def reindex(self) -> int:
        """Build the index anew from the database; return how many passages are in it."""
        return await self._parts.index.rebuild()

    async def vitals(self) -> Vitals:
        """Return how the library is, over all spaces."""
        documents, passages, newest = await self._tables.upkeep.count()
        behind = await self._tables.documents.revision() - self._parts.index.revision
        _, at = await self._tables.trail.last()
        return Vitals(
            documents=documents,
            passages=passages,
            newest=newest,
            indexed=self._parts.index.passages,
            behind=behind,
            database_bytes=self._tables.upkeep.size(),
            free_bytes=self._tables.upkeep.free(),
            changed=datetime.fromisoformat(at) if at else None,
        )
