"""The index kept in step with the database, from which it is derived.

It holds what ``documents.revision`` said when it last looked, and looks again before every use. A
change made here, by another task or by another process is found by the same few lines. A large
index is saved beside the database, so that the next start maps it instead of building it.
"""

import asyncio
import logging
from pathlib import Path

from retrieval.analysis import Analyzer
from retrieval.index import PassageIndex, Tidying
from retrieval.indexing import indexed
from retrieval.model import Document, Status
from retrieval.postings.parts import SegmentPart
from retrieval.postings.segment import Segment
from retrieval.saved_index import Manifest, SavedIndex
from retrieval.store.documents import Documents
from retrieval.store.passages import Passages
from retrieval.store.trail import Trail

log = logging.getLogger("newsdesk")

SAVED_FROM = 5_000
"""Passages; a smaller index is built faster than it is worth a folder."""
SAVED_AFTER = 200
"""Changes after which the index is saved again."""
CHECKED_AT_ONCE = 64 * 1024 * 1024
"""Bytes of saved segments whose checksums are read before the first question."""
RELOADED_FROM = 500
"""Changes of others, from which it is quicker to take the index that they saved."""


class LiveIndex:
    """A PassageIndex that follows the database."""

    def __init__(
        self,
        path: Path,
        documents: Documents,
        passages: Passages,
        trail: Trail,
        analyzer: Analyzer,
    ) -> None:
        self._documents = documents
        self._passages = passages
        self._trail = trail
        self._analyzer = analyzer
        self._saved = SavedIndex(path)
        self._index = PassageIndex()
        self._revision = 0
        self._saved_revision = 0
        self._turn = asyncio.Lock()
        self._tidying: asyncio.Task[None] = asyncio.create_task(asyncio.sleep(0))
        self._checking: asyncio.Task[None] = asyncio.create_task(asyncio.sleep(0))

    @property
    def revision(self) -> int:
        """Return the number of the last change that the index has."""
        return self._revision

    async def start(self) -> None:
        """Take over what is saved, and bring it up to date."""
        async with self._turn:
            await self._load()
        await self.current()

    async def current(self) -> PassageIndex:
        """Return the index with everything that is committed now."""
        if await self._documents.revision() != self._revision:
            async with self._turn:
                await self._catch_up()
        return self._index

    async def close(self) -> None:
        """Finish what is being put together, and save the index where that is due."""
        await asyncio.gather(self._tidying, self._checking)
        if self._revision != self._saved_revision:
            await self._save()

    async def _catch_up(self) -> None:
        changes = await self._documents.changed_since(self._revision)
        if len(changes) >= RELOADED_FROM and await self._load():
            changes = await self._documents.changed_since(self._revision)
        for revision, document in changes:
            await self._take(document)
            self._revision = revision
            if self._tidying.done():
                self._tidying = asyncio.create_task(self._tidy())

    async def _take(self, document: Document) -> None:
        passages = await self._passages.of(document) if document.status is Status.LIVE else []
        its = await asyncio.to_thread(indexed, document, passages, self._analyzer)
        self._index.remove(document.id)
        self._index.add(its)

    async def _tidy(self) -> None:
        """Put parts of the index together in another thread, while questions go on."""
        index = self._index
        while tidying := index.next_tidying():
            segment = await asyncio.to_thread(self._segment, tidying, index.corpus_size)
            index.finish(tidying, segment)
        if self._revision - self._saved_revision >= SAVED_AFTER:
            await self._save()

    def _segment(self, tidying: Tidying, passages: int) -> Segment:
        """Return a segment, stored where the index is large and the disk lets us."""
        segment = tidying.segment()
        if passages < SAVED_FROM:
            return segment
        try:
            return self._saved.store(segment)
        except OSError as error:
            log.warning("a part of the index stays in memory: %s", error)
            return segment

    async def _save(self) -> None:
        """Save the index as it is now; small ones are not worth it.

        It can be built again at any time, so that a disk that takes no more stops nothing.
        """
        if self._index.corpus_size < SAVED_FROM:
            return
        try:
            await self._save_all()
        except OSError as error:
            log.warning("the index is not saved: %s", error)

    async def _save_all(self) -> None:
        index, revision = self._index, self._revision
        last = await self._trail.last()
        index.close_shelf()
        for tidying in index.to_store(self._saved.is_stored):
            index.finish(tidying, await asyncio.to_thread(self._segment, tidying, SAVED_FROM))
        await asyncio.to_thread(
            self._saved.save, index.segments(), revision=revision, trail=last, spaces=index.spaces
        )
        self._saved_revision = revision

    async def _load(self) -> bool:
        """Take over the saved index, where it is of this database and further than this one."""
        manifest = await asyncio.to_thread(self._saved.manifest)
        if manifest is None or manifest.revision <= self._revision:
            return False
        if not await self._trail.has(*manifest.trail):
            return False
        at_once = self._saved.size(manifest) <= CHECKED_AT_ONCE
        index = await asyncio.to_thread(self._mapped, manifest, check=at_once)
        if index is None:
            return False
        self._index = index
        self._revision = self._saved_revision = manifest.revision
        if not at_once:
            self._checking = asyncio.create_task(self._check(manifest))
        return True

    def _mapped(self, manifest: Manifest, *, check: bool) -> PassageIndex | None:
        if check and not self._saved.is_as_saved(manifest):
            return None
        parts = []
        for saved in manifest.segments:
            segment = self._saved.load(saved)
            if segment is None:
                return None
            parts.append(SegmentPart(segment, saved.dead))
        return PassageIndex.of(parts, manifest.spaces)

    async def _check(self, manifest: Manifest) -> None:
        """Read a large saved index whole, beside the questions; build it anew if it is damaged."""
        if await asyncio.to_thread(self._saved.is_as_saved, manifest):
            return
        log.warning("the saved index is damaged and is built anew")
        async with self._turn:
            self._saved.discard()
            self._index = PassageIndex()
            self._revision = self._saved_revision = 0
            await self._catch_up()
