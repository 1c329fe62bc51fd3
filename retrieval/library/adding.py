"""Documents that come in, one or many at a time, and new versions of them."""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime
from functools import partial

from retrieval.documents.holding import hold_of
from retrieval.errors import LibraryError
from retrieval.index.bulk import Batch, read_ahead
from retrieval.intake.incoming import Incoming, check_size
from retrieval.intake.new_documents import NewDocument
from retrieval.intake.taking_in import take_in
from retrieval.intake.unpacking import number_in, unpacked
from retrieval.library.opened import OPERATOR
from retrieval.library.parts import Parts
from retrieval.library.verifying import Verifying
from retrieval.model import NO_DETAILS, Actor, Details, Outcome, Role, Understood
from retrieval.readers.recognition import is_text
from retrieval.store.versions import Stored


class Adding(Verifying):
    """A library that takes documents in."""

    def __init__(self, parts: Parts, max_bytes: int) -> None:
        super().__init__(parts)
        self.max_bytes = max_bytes
        """Size of one source at most."""
        self.limits = parts.readers.limits
        """What reading one source may cost."""

    async def warm_up(self) -> None:
        """Let what reads complex formats load its libraries, a second or two, beside all else."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._parts.threads, self._parts.readers.warm_up)

    def check_size(self, size: int, filename: str) -> None:
        """Raise SourceTooLarge where a source of ``size`` bytes would be refused."""
        check_size(size, filename, self.max_bytes)

    async def add(
        self,
        content: bytes,
        filename: str,
        space: str | None = None,
        *,
        details: Details = NO_DETAILS,
        hold_until: datetime | None = None,
        actor: Actor = OPERATOR,
    ) -> Outcome:
        """Add a document; it is searchable when this returns, or nothing has changed.

        With ``hold_until`` only moderators know of it until then; it appears by itself.

        Raises UnreadableSource, SourceTooLarge, BadDetail, or NameTaken where the space has a
        document of this name with other bytes; with the same bytes nothing is changed.
        """
        new = await self._take_in(content, filename, details)
        [result] = await self._tables.moderation.add([new], space, actor, hold_of(hold_until))
        return await self._understood(await self._indexed(_outcome(result)))

    async def add_all(
        self,
        sources: Iterable[Incoming | LibraryError],
        space: str | None = None,
        *,
        hold_until: datetime | None = None,
        actor: Actor = OPERATOR,
    ) -> AsyncGenerator[Outcome | LibraryError, None]:
        """Add many documents; yield what came of each, in their order, once it is durable.

        A source that cannot be added stops no other, and an error in the place of one is passed
        on. All is searchable at the end; whoever asks meanwhile finds what was yielded.
        """
        hold = hold_of(hold_until)
        actor = replace(actor, message=actor.message or secrets.token_hex(8))
        reading = read_ahead(sources, self.max_bytes, self._parts.analyzer, self._parts.readers)
        async with aclosing(reading):  # where nobody wants the rest, its processes end now
            async for batch in reading:
                for result in await self._stored(batch, space, actor, hold):
                    yield result
        await self._parts.index.current()
        await self._parts.index.settle()
        await self._parts.follower.keep_up()
        await self._parts.calibration.settle(space, await self.coverage(space))

    async def _stored(
        self, batch: Batch, space: str | None, actor: Actor, hold: datetime | None
    ) -> list[Outcome | LibraryError]:
        """Store what several sources hold, and return what came of each, in their order."""
        news = [one for one in batch.results if not isinstance(one, LibraryError)]
        added = iter(await self._tables.moderation.add(news, space, actor, hold))
        results = [one if isinstance(one, LibraryError) else next(added) for one in batch.results]
        if not hold:
            stored = [one if isinstance(one, Stored) else None for one in results]
            await self._parts.index.take(batch, stored, space)
        return [_result(one) for one in results]

    async def number_in(self, content: bytes, filename: str) -> int:
        """Return how many sources ``unpacked`` yields, or why they cannot be had."""
        return await asyncio.to_thread(number_in, content, filename, self.limits)

    async def unpacked(
        self, content: bytes, filename: str
    ) -> AsyncGenerator[Incoming | LibraryError, None]:
        """Yield the sources that an archive holds, and why one cannot be had in its place.

        A source that is no archive is yielded as it is.
        """
        sources = unpacked(Incoming(content, filename), self.max_bytes, self.limits)
        while (source := await asyncio.to_thread(next, sources, None)) is not None:
            yield source

    async def replace(
        self,
        content: bytes,
        filename: str,
        space: str | None = None,
        *,
        details: Details = NO_DETAILS,
        hold_until: datetime | None = None,
        lifts_hold: bool = False,
        actor: Actor = OPERATOR,
    ) -> Outcome:
        """Put a new version in a document's place; the older ones are kept and never answer.

        Details, a correction and an embargo that a person gave earlier stay, the embargo unless
        ``lifts_hold`` ends it. The same bytes with other details are a new version too; with the
        same nothing is changed.

        Raises as add does, and NoSuchDocument where there is nothing to replace.
        """
        new = await self._take_in(content, filename, details)
        outcome, old = await self._tables.moderation.replace(
            new, space, actor, hold_of(hold_until), lifts_hold=lifts_hold
        )
        outcome = await self._understood(await self._indexed(outcome))
        if not outcome.changed:
            return outcome
        return replace(outcome, revisions=await self.revisions(old, outcome.document))

    async def _take_in(self, content: bytes, filename: str, details: Details) -> NewDocument:
        """Read a source in a thread of its own: a large one must not hold up the questions.

        Those that other processes read have their own few threads, for they may take long.
        """
        reading = partial(
            take_in,
            content,
            filename,
            details,
            self._parts.analyzer,
            max_bytes=self.max_bytes,
            read=self._parts.readers.read,
            limits=self.limits,
        )
        threads = None if is_text(content, filename) else self._parts.threads
        return await asyncio.get_running_loop().run_in_executor(threads, reading)

    async def _understood(self, outcome: Outcome) -> Outcome:
        """Return what came of one source with what was made of it."""
        if not outcome.changed:
            return outcome
        document = outcome.document
        passages = await self._tables.passages.of(document)
        near = await self._tables.passages.near_copies(document, passages, document.space)
        furniture = tuple(one for one in passages if one.role is Role.FURNITURE)
        understood = Understood(furniture, tuple(near))
        return replace(outcome, understood=understood)


def _outcome(result: Stored | Outcome | LibraryError) -> Outcome:
    outcome = _result(result)
    if isinstance(outcome, LibraryError):
        raise outcome
    return outcome


def _result(result: Stored | Outcome | LibraryError) -> Outcome | LibraryError:
    if isinstance(result, Stored):
        return Outcome(result.document, changed=True, understood=None)
    return result
