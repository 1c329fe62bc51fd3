"""What a platform accepted and has not answered yet, so that a restart forgets nobody.

A database that is slow or cannot be written holds nobody up: then a request is answered as ever,
and only a kill at that moment would lose it.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.messages import CheckDraft, Command, Problem
from bot.registry import BY_COMMAND
from retrieval import Accepted, LibraryError, Waiting

log = logging.getLogger("newsdesk")

PATIENCE = 1.0
"""Seconds that writing a request down may take: platforms wait for three to hear of it."""
FRESH = timedelta(minutes=5)
"""Age up to which a question is answered after a restart; then its asker has gone on."""
AN_HOUR = timedelta(hours=1)
"""Age up to which its asker is told, where it is not answered any more."""
INTERRUPTED = Problem(
    "I was interrupted before I could answer you; if there is no answer, ask again.",
    is_private=True,
)
LEFT_HALF = Problem(
    "I was interrupted while I did what you asked for; history says whether it was done.",
    is_private=True,
)

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Left:
    """A request that was accepted before a restart."""

    id: str
    payload: Payload
    age: timedelta
    is_begun: bool

    @property
    def is_fresh(self) -> bool:
        """Say whether its reply is still of use."""
        return abs(self.age) <= FRESH

    @property
    def is_recent(self) -> bool:
        """Say whether whoever asked still wonders about it."""
        return abs(self.age) <= AN_HOUR


class Ledger:
    """The requests of one platform that wait for their replies."""

    def __init__(self, accepted: Accepted, platform: str) -> None:
        self._accepted = accepted
        self._platform = platform
        self._late: set[asyncio.Task[None]] = set()

    async def keep(self, request: str, asker: str, payload: Payload) -> None:
        """Write a request down; only then may its platform be told that it arrived."""
        written, now = json.dumps(payload), datetime.now(UTC)
        one = Waiting(self._platform, request, asker, written, now)
        await self._soon(self._accepted.keep(one))

    async def begin(self, request: str) -> None:
        """Note that the reply is about to be sent."""
        await self._soon(self._accepted.mark(self._platform, request, is_begun=True))

    async def not_sent(self, request: str) -> None:
        """Note that the reply was not sent after all."""
        await self._soon(self._accepted.mark(self._platform, request, is_begun=False))

    async def drop(self, request: str) -> None:
        """Take a request out: it is answered, or never will be."""
        await self._soon(self._accepted.drop(self._platform, request))

    @asynccontextmanager
    async def until_answered(
        self, request: str, is_final: Callable[[Exception], bool]
    ) -> AsyncIterator[None]:
        """Take a request out at the end, and after an error only where that is final."""
        try:
            yield
        except Exception as error:
            if is_final(error):
                await self.drop(request)
            raise
        await self.drop(request)

    async def left(self) -> list[Left]:
        """Return what was accepted and not answered, first to last; nothing where that is lost."""
        try:
            waiting = await self._accepted.left(self._platform)
        except LibraryError:
            log.exception("what was accepted before the start cannot be read")
            return []
        now = datetime.now(UTC)
        return [
            Left(one.id, json.loads(one.payload), now - one.at, one.is_begun) for one in waiting
        ]

    async def _soon(self, writing: Coroutine[Any, Any, None]) -> None:
        """Write, and wait for that no longer than a platform allows."""
        task = asyncio.create_task(self._write(writing))
        self._late.add(task)
        task.add_done_callback(self._late.discard)
        done, _ = await asyncio.wait([task], timeout=PATIENCE)
        if not done:
            log.warning("the database is slow in taking down what is accepted")

    async def _write(self, writing: Coroutine[Any, Any, None]) -> None:
        try:
            await writing
        except LibraryError as error:
            log.warning("what is accepted is not written down: %s", error)


def kept_text(text: str, command: Command) -> str:
    """Return what is written down of a text: of a draft only that it was one."""
    return BY_COMMAND[CheckDraft].word if isinstance(command, CheckDraft) else text


def may_be_done_again(command: Command) -> bool:
    """Say whether a command changes nothing, however often it is carried out."""
    return not BY_COMMAND[type(command)].moderators_only
