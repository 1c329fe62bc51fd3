"""The index kept in step with the database, from which it is derived.

It holds what ``documents.revision`` said when it last looked, and looks again before every use. A
change made here, by another task or by another process is found by the same few lines. A large
index is saved beside the database, so that the next start maps it instead of building it.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from retrieval.analysis.analyzer import Analyzer
from retrieval.analysis.sentences import words_of
from retrieval.errors import DatabaseUnusable, LibraryError
from retrieval.index.bulk import Batch
from retrieval.index.indexing import indexed
from retrieval.index.passage_index import ALIKE, MERGED_AT_ONCE, PassageIndex, Tidying
from retrieval.index.postings.parts import SegmentPart
from retrieval.index.postings.segment import Segment
from retrieval.index.postings.table import Flags, IndexedDocument, IndexedPassage, Table
from retrieval.index.saved_index import Manifest, SavedIndex
from retrieval.model import Document, Passage, Status
from retrieval.store.documents import Documents
from retrieval.store.passages import Passages
from retrieval.store.trail import Trail
from retrieval.store.versions import Stored

log = logging.getLogger("newsdesk")

SAVED_FROM = 5_000
"""Passages; a smaller index is built faster than it is worth a folder."""
SAVED_AFTER = 200
"""Changes after which the index is saved again."""
CHECKED_AT_ONCE = 1 << 30
"""Bytes of saved segments whose checksums are read before the first question."""
NOT_STORED = -1
"""In the place of the number of a document or passage that was not stored."""
READ_AT_ONCE = 200
"""Changed documents that are read from the database at a time."""
SEGMENT_FROM = 1_000
"""Passages that came at once, from which they are worth a segment of their own."""
TAKEN_AT_ONCE = 32_000
"""Passages of a bulk load that become a segment together."""
SETTLED_ALIKE = 16
SETTLED_AT_ONCE = 2
"""After a bulk load any two segments become one, unless it is small beside what was there."""
RELOADED_FROM = 500
"""Changes of others, from which it is quicker to take the index that they saved."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A table of documents that were stored, not in the index yet."""

    table: Table
    live: Flags
    revision: int
    """The number of the last of their changes."""


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
        self._waiting: list[Taken] = []
        self._revision = 0
        self._saved_revision = 0
        self._turn = asyncio.Lock()
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
            table, live = _numbered(batch, stored, self._index.number_of(space))
            self._waiting.append(Taken(table, live, kept[-1].revision))
            if sum(len(one.table) for one in self._waiting) >= TAKEN_AT_ONCE:
                await self._take_waiting()

    async def rebuild(self) -> int:
        """Build the index anew from the database, and delete all that was saved of it before.

        Returns how many passages are in it.
        """
        await asyncio.gather(self._tidying, self._checking)
        async with self._turn:
            await asyncio.to_thread(self._saved.wipe)
            self._index, self._waiting = PassageIndex(), []
            self._revision = self._saved_revision = 0
            await self._catch_up()
        await self.settle()
        await self._save()
        return int(self._index.corpus_size)

    async def forget(self) -> None:
        """Let no word stand in the saved index that is in no live passage."""
        await self.current()
        await asyncio.gather(self._tidying, self._checking)
        async with self._turn:
            await asyncio.to_thread(self._saved.wipe)
            self._index.close_shelf()
            for tidying in self._index.to_store(lambda _: False):
                segment = await asyncio.to_thread(self._segment, tidying, self._index.corpus_size)
                self._index.finish(tidying, segment)
            await self._save()

    async def close(self) -> None:
        """Finish what is being put together, and save the index where that is due.

        What was changed meanwhile is looked for first: what was purged must not be saved again.
        """
        await asyncio.gather(self._tidying, self._checking)
        if self._revision == self._saved_revision:
            return
        try:
            await self.current()
        except DatabaseUnusable as error:
            log.warning("the index is not saved: %s", error)
            return
        await self._tidying
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
        its = await asyncio.to_thread(self._indexed, documents, passages)
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

    def _indexed(
        self, documents: Sequence[Document], passages: Mapping[int, Sequence[Passage]]
    ) -> list[IndexedDocument]:
        return [self._one_indexed(document, passages[document.id]) for document in documents]

    def _one_indexed(self, document: Document, passages: Sequence[Passage]) -> IndexedDocument:
        analyzer = self._analyzer.of(document.language)
        its = (
            IndexedPassage(one.id, words_of(one.text, analyzer), one.role, one.fingerprint)
            for one in passages
        )
        return indexed(document.id, document.space, document.details.title, its, analyzer)

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
        await self._tidying
        before = len(self._index.segments())
        self._tidying = asyncio.create_task(self._tidy(SETTLED_ALIKE, SETTLED_AT_ONCE))
        await self._tidying
        if len(self._index.segments()) != before:
            await self._save()

    async def _tidy(self, alike: int = ALIKE, at_once: int = MERGED_AT_ONCE) -> None:
        """Put parts of the index together in another thread, while questions go on."""
        index = self._index
        while tidying := index.next_tidying(alike, at_once):
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
        except (OSError, DatabaseUnusable) as error:
            log.warning("the index is not saved: %s", error)

    async def _save_all(self) -> None:
        index, revision = self._index, self._revision
        last = await self._trail.last()
        index.close_shelf()
        for tidying in index.to_store(self._saved.is_stored):
            index.finish(tidying, await asyncio.to_thread(self._segment, tidying, SAVED_FROM))
        await asyncio.to_thread(
            self._saved.save,
            index.segments(),
            revision=revision,
            trail=last,
            analysis=self._analyzer.name,
            spaces=index.spaces,
        )
        self._saved_revision = revision

    async def _load(self) -> bool:
        """Take over the saved index, where it is of this database and further than this one."""
        manifest = await asyncio.to_thread(self._saved.manifest)
        if manifest is None or manifest.revision <= self._seen:
            return False
        if manifest.analysis != self._analyzer.name:
            return False
        if not await self._trail.has(*manifest.trail):
            return False
        at_once = self._saved.size(manifest) <= CHECKED_AT_ONCE
        index = await asyncio.to_thread(self._mapped, manifest, check=at_once)
        if index is None:
            return False
        self._index, self._waiting = index, []
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
            self._index, self._waiting = PassageIndex(), []
            self._revision = self._saved_revision = 0
            await self._catch_up()


def _numbered(batch: Batch, stored: Sequence[Stored | None], space: int) -> tuple[Table, Flags]:
    """Return a batch's table with the numbers under which it was stored, and what of it was."""
    passages: list[int] = []
    for new, one in zip(batch.results, stored, strict=True):
        if not isinstance(new, LibraryError):
            passages.extend(one.passages if one else [NOT_STORED] * len(new.passages))
    documents = [one.document.id if one else NOT_STORED for one in stored]
    table = replace(
        batch.table,
        passages=np.array(passages, np.int64)[batch.table.passages],
        documents=np.array(documents, np.int64)[batch.table.documents],
        spaces=np.full(len(batch.table.spaces), space, np.int32),
    )
    return table, np.repeat(table.documents != NOT_STORED, np.diff(table.firsts))
