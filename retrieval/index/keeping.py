"""Keeping: when the index is saved, and when what is saved is taken over."""

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path

from retrieval.errors import DatabaseUnusable
from retrieval.index.parted_index import Tidying
from retrieval.index.passage_index import PassageIndex
from retrieval.index.postings.segment import Segment
from retrieval.index.postings.segment_parts import SegmentPart
from retrieval.index.saved_index import Manifest, SavedIndex
from retrieval.store.trail import Trail

log = logging.getLogger("newsdesk")

SAVED_FROM = 5_000
"""Passages; a smaller index is built faster than it is worth a folder."""
SAVED_AFTER = 200
"""Changes after which the index is saved again."""
CHECKED_AT_ONCE = 1 << 30
"""Bytes of saved segments whose checksums are read before the first question."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A saved index that was taken over."""

    index: PassageIndex
    manifest: Manifest
    is_checked: bool
    """Whether its checksums were read."""


class Keeper:
    """Keeps the index of one database on disk; small ones are not worth it.

    It can be built again at any time, so that a disk that takes no more stops nothing.
    """

    def __init__(self, path: Path, trail: Trail, analysis: str) -> None:
        self._saved = SavedIndex(path)
        self._trail = trail
        self._analysis = analysis
        self.revision = 0
        """The number of the last change that the saved index has."""

    def is_due(self, revision: int) -> bool:
        """Say whether an index that has the changes up to a revision is worth saving again."""
        return revision - self.revision >= SAVED_AFTER

    def segment(self, tidying: Tidying, passages: int) -> Segment:
        """Return a segment, stored where the index is large and the disk lets us.

        ``passages`` is how many the index has.
        """
        segment = tidying.segment()
        if passages < SAVED_FROM:
            return segment
        try:
            return self._saved.store(segment)
        except OSError as error:
            log.warning("a part of the index stays in memory: %s", error)
            return segment

    async def save(self, index: PassageIndex, revision: int) -> None:
        """Save an index that has the changes up to a revision."""
        if index.corpus_size < SAVED_FROM:
            return
        try:
            await self._save(index, revision)
        except (OSError, DatabaseUnusable) as error:
            log.warning("the index is not saved: %s", error)

    async def _save(self, index: PassageIndex, revision: int) -> None:
        last = await self._trail.last()
        index.close_shelf()
        for tidying in index.to_store(self._saved.is_stored):
            index.finish(tidying, await asyncio.to_thread(self.segment, tidying, SAVED_FROM))
        await asyncio.to_thread(
            self._saved.save,
            index.segments(),
            revision=revision,
            trail=last,
            analysis=self._analysis,
            spaces=index.spaces,
        )
        self.revision = revision

    async def load(self, seen: int) -> Loaded | None:
        """Return the saved index, where it is of this database and further than a revision."""
        manifest = await asyncio.to_thread(self._saved.manifest)
        if manifest is None or manifest.revision <= seen:
            return None
        if manifest.analysis != self._analysis:
            return None
        if not await self._trail.has(*manifest.trail):
            return None
        at_once = self._saved.size(manifest) <= CHECKED_AT_ONCE
        index = await asyncio.to_thread(self._mapped, manifest, check=at_once)
        if index is None:
            return None
        self.revision = manifest.revision
        return Loaded(index, manifest, at_once)

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

    async def is_as_saved(self, manifest: Manifest) -> bool:
        """Say whether a saved index is whole; reads all of it."""
        return await asyncio.to_thread(self._saved.is_as_saved, manifest)

    async def wipe(self) -> None:
        """Delete all that is saved."""
        await asyncio.to_thread(self._saved.wipe)

    def discard(self) -> None:
        """Forget what is saved; where that cannot be, the next process finds it as it is."""
        try:
            self._saved.discard()
        except OSError as error:
            log.warning("the saved index cannot be deleted: %s", error)
        self.revision = 0
