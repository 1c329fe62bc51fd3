"""The index kept in step with the database, from which it is derived.

It holds what ``documents.revision`` said when it last looked, and looks again before every use. A
change made here, by another task or by another process is found by the same few lines. A large
index is saved beside the database, so that the next start maps it instead of building it.
"""

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from retrieval.analysis.analyzer import Analyzer
from retrieval.errors import DatabaseUnusable
from retrieval.index.bulk import Batch
from retrieval.index.indexing import from_store
from retrieval.index.keeping import Keeper
from retrieval.index.parted_index import ALIKE, MERGED_AT_ONCE, Tidying
from retrieval.index.passage_index import PassageIndex
from retrieval.index.postings.segment import Segment
from retrieval.index.postings.table import Flags, Table
from retrieval.index.saved_index import Manifest
from retrieval.index.taking import Taken
from retrieval.model import Document, Status
from retrieval.store.documents import Documents
from retrieval.store.passages import Passages
from retrieval.store.trail import Trail
from retrieval.store.versions import Stored

log = logging.getLogger("newsdesk")

READ_AT_ONCE = 200
"""Changed documents that are read from the database at a time."""
SEGMENT_FROM = 1_000
"""Passages that came at once, from which they are worth a segment of their own."""
TAKEN_AT_ONCE = 32_000
"""Passages of a bulk load that become a segment together."""
SETTLED_ALIKE = 16
SETTLED_AT_ONCE = 2
"""After a bulk load any two segments become one, unless it is small beside what was there."""
SAID_FROM = 1_000
"""Changes that a start takes in, from which whoever waits for it reads in the log why."""
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
        self._analyzer = analyzer
        self._keeper = Keeper(path, trail, analyzer.name)
        self._index = PassageIndex()
        self._waiting: list[Taken] = []
        self._revision = 0
        self._turn = asyncio.Lock()
        """Of those who bring the index up to date."""
        self._arranging = asyncio.Lock()
        """Of those who put its parts together: a part that two took would be there twice."""
        self._tidying: asyncio.Task[None] = asyncio.create_task(asyncio.sleep(0))
        self._checking: asyncio.Task[None] = asyncio.create_task(asyncio.sleep(0))

    @property
    def _seen(self) -> int:
        """The number of the last change that the index has or that waits to be put in it."""
        return self._waiting[-1].revision if self._waiting else self._revision

    @property
    def revision(self) -> int:
        """Return the number of the last change that the index has."""
        return self._revision

    @property
    def passages(self) -> int:
        """Return how many passages the index has."""
        return int(self._index.corpus_size)

    async def start(self) -> None:
        """Take over what is saved, and bring it up to date."""
        async with self._turn:
            await self._load()
        behind = await self._documents.revision() - self._revision
        if behind >= SAID_FROM:
            log.info("the index is being built", extra={"changes": behind})
        await self.current()

    async def current(self) -> PassageIndex:
        """Return the index with everything that is committed now."""
        if await self._documents.revision() != self._revision:
            async with self._turn:
                await self._catch_up()
                await self._take_waiting()
        return self._index

    async def take(self, batch: Batch, stored: Sequence[Stored | None], space: str | None) -> None:
        """Take in what was stored of a batch, None where a source was not.

        It is put in the index together with other batches, or before the next question.
        """
        kept = [one for one in stored if one]
        if not kept:
            return
        async with self._turn:
            if kept[-1].revision <= self._seen:
                return  # whoever asked meanwhile has had them read from the database
            await self._catch_up(before=kept[0].revision)
            self._waiting.append(Taken.of(batch, stored, self._index.number_of(space)))
            if sum(len(one.table) for one in self._waiting) >= TAKEN_AT_ONCE:
                await self._take_waiting()

    async def rebuild(self) -> int:
        """Build the index anew from the database, and delete all that was saved of it before.

        Returns how many passages are in it.
        """
        await asyncio.wait([self._checking])
        async with self._turn, self._arranging:
            await self._keeper.wipe()
            self._keeper.revision = 0
            self._index, self._waiting, self._revision = PassageIndex(), [], 0
            await self._catch_up()
        await self.settle()
        async with self._arranging:
            await self._save()
        return int(self._index.corpus_size)

    async def forget(self) -> None:
        """Let no word stand in the saved index that is in no live passage."""
        await self.current()
        await asyncio.wait([self._checking])
        async with self._turn, self._arranging:
            await self._keeper.wipe()
            self._index.close_shelf()
            for tidying in self._index.to_store(lambda _: False):
                await self._finish(self._index, tidying)
            await self._save()

    async def close(self) -> None:
        """Finish what is being put together, and save the index where that is due.

        What was changed meanwhile is looked for first: what was purged must not be saved again.
        """
        await asyncio.wait([self._tidying, self._checking])
        if self._revision == self._keeper.revision:
            return
        try:
            await self.current()
        except DatabaseUnusable as error:
            log.warning("the index is not saved: %s", error)
            return
        await asyncio.wait([self._tidying])
        async with self._arranging:
            await self._save()

    async def _catch_up(self, before: int | None = None) -> None:
        """Take in what was changed, up to a revision or to the last one."""
        behind = await self._documents.revision() - self._seen
        if before is None and behind >= RELOADED_FROM:
            await self._load()
        while changes := await self._documents.changed_between(self._seen, before, READ_AT_ONCE):
            await self._take_waiting()
            await self._take_in(changes)

    async def _take_in(self, changes: Sequence[tuple[int, int, Document | None]]) -> None:
        """Take in changed documents; many at once become a segment of their own."""
        documents = [one for _, _, one in changes if one and one.status is Status.LIVE]
        passages = await self._passages.of_all(documents)
        its = await asyncio.to_thread(
            lambda: [from_store(one, passages[one.id], self._analyzer) for one in documents]
        )
        segment = None
        if sum(len(one.passages) for one in its) >= SEGMENT_FROM:
            table = await asyncio.to_thread(self._index.table_of, its)
            segment = await self._segment_from([(table, np.ones(len(table), np.bool_))])
        # From here to the end nothing is awaited: no question sees a document gone and not back.
        for _, document_id, _ in changes:
            self._index.remove(document_id)
        if segment is not None:
            self._index.add_segment(segment)
        else:
            for one in its:
                self._index.add(one)
        self._revision = changes[-1][0]
        self._begin_tidying()

    async def _take_waiting(self) -> None:
        """Put the tables of a bulk load in the index, as one segment."""
        if waiting := self._waiting:
            segment = await self._segment_from([(one.table, one.live) for one in waiting])
            self._index.add_segment(segment)
            self._revision, self._waiting = self._seen, []
            self._begin_tidying()

    async def _segment_from(self, tables: Sequence[tuple[Table, Flags]]) -> Segment:
        return await asyncio.to_thread(self._index.segment_of, tables)

    def _begin_tidying(self) -> None:
        if self._tidying.done():
            self._tidying = asyncio.create_task(self._tidy())

    async def settle(self) -> None:
        """Put the parts of a bulk load together: each part costs every question some time."""
        async with self._arranging:
            before = len(self._index.segments())
            await self._put_together(SETTLED_ALIKE, SETTLED_AT_ONCE)
            if len(self._index.segments()) != before:
                await self._save()

    async def _tidy(self) -> None:
        async with self._arranging:
            await self._put_together(ALIKE, MERGED_AT_ONCE)
            if self._keeper.is_due(self._revision):
                await self._save()

    async def _put_together(self, alike: int, at_once: int) -> None:
        """Put parts of the index together in another thread, while questions go on."""
        index = self._index
        while tidying := index.next_tidying(alike, at_once):
            await self._finish(index, tidying)

    async def _save(self) -> None:
        await self._keeper.save(self._index, self._revision)

    async def _finish(self, index: PassageIndex, tidying: Tidying) -> None:
        segment = await asyncio.to_thread(self._keeper.segment, tidying, index.corpus_size)
        index.finish(tidying, segment)

    async def _load(self) -> None:
        """Take over the saved index, where it is of this database and further than this one."""
        loaded = await self._keeper.load(self._seen)
        if loaded is None:
            return
        self._index, self._waiting = loaded.index, []
        self._revision = loaded.manifest.revision
        if not loaded.is_checked:
            self._checking = asyncio.create_task(self._check(loaded.manifest))

    async def _check(self, manifest: Manifest) -> None:
        """Read a large saved index whole, beside the questions; build it anew if it is damaged."""
        if await self._keeper.is_as_saved(manifest):
            return
        log.warning("the saved index is damaged and is built anew")
        async with self._turn:
            self._keeper.discard()
            self._index, self._waiting, self._revision = PassageIndex(), [], 0
            await self._catch_up()
