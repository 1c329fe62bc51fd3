"""The index kept in step with the database, from which it is derived.

It holds what ``documents.revision`` said when it last looked, and looks again before every use. A
change made here, by another task or by another process is found by the same few lines.
"""

import asyncio

from retrieval.analysis import Analyzer
from retrieval.index import PassageIndex
from retrieval.indexing import index_terms
from retrieval.model import Document, Role, Status
from retrieval.store.documents import Documents
from retrieval.store.passages import Passages


class LiveIndex:
    """A PassageIndex that follows the database."""

    def __init__(self, documents: Documents, passages: Passages, analyzer: Analyzer) -> None:
        self._documents = documents
        self._passages = passages
        self._analyzer = analyzer
        self._index = PassageIndex()
        self._revision = 0
        self._turn = asyncio.Lock()
        self._tidying = asyncio.create_task(self._tidy())

    async def current(self) -> PassageIndex:
        """Return the index with everything that is committed now."""
        if await self._documents.revision() != self._revision:
            async with self._turn:
                await self._catch_up()
        return self._index

    async def _catch_up(self) -> None:
        for revision, document in await self._documents.changed_since(self._revision):
            await self._take(document)
            self._revision = revision
        if self._tidying.done():
            self._tidying = asyncio.create_task(self._tidy())

    async def _tidy(self) -> None:
        """Put parts of the index together in another thread, while questions go on."""
        while tidying := self._index.next_tidying():
            segment = await asyncio.to_thread(tidying.segment)
            self._index.finish(tidying, segment)

    async def close(self) -> None:
        """Wait for what is being put together."""
        await self._tidying

    async def _take(self, document: Document) -> None:
        passages = await self._passages.of(document) if document.status is Status.LIVE else []
        terms = [
            (passage.id, index_terms(document, passage, self._analyzer))
            for passage in passages
            if passage.role is not Role.FURNITURE
        ]
        self._index.remove(document.id)
        self._index.add(document.id, document.space, terms)
