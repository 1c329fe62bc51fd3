"""What is being answered: each event once, and finished before the bot leaves."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Hashable, Iterator
from contextlib import asynccontextmanager, contextmanager
from weakref import WeakValueDictionary

from bot.adapters.memory import Memory

REMEMBERED = 10_000
"""Events that are known again when Discord delivers them twice."""
A_DAY = 86_400.0


class UnderWay:
    """Keeps count of the events that are being answered; so many replies may wait in a channel."""

    def __init__(self, may_wait: int) -> None:
        self._may_wait = may_wait
        self._replies: Counter[int] = Counter()
        self._seen: Memory[Hashable, bool] = Memory(size=REMEMBERED, seconds=A_DAY)
        self._messages: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._count = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._is_closed = False

    def takes(self, event: Hashable) -> bool:
        """Say whether an event is to be answered: it comes for the first time, and we stay."""
        return not self._is_closed and self._seen.is_new(event, value=True)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Count an event as under way."""
        self._count += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._count -= 1
            if not self._count:
                self._idle.set()

    @asynccontextmanager
    async def message(self, number: int) -> AsyncIterator[None]:
        """Count something about a message as under way, when all before about it is done."""
        with self.one():
            lock = self._messages.setdefault(number, asyncio.Lock())
            async with lock:
                yield

    @contextmanager
    def reply_in(self, channel: int) -> Iterator[bool]:
        """Count a reply in a channel; yield whether there is room for it.

        Discord takes about one message a second in each, and its client lets the others wait.
        """
        if self._replies[channel] > self._may_wait:  # one of them is being sent
            yield False
            return
        self._replies[channel] += 1
        try:
            yield True
        finally:
            self._replies[channel] -= 1
            if not self._replies[channel]:
                del self._replies[channel]

    async def finish(self, seconds: float) -> bool:
        """Take nothing new, and wait until nothing is under way; say whether that came in time."""
        self._is_closed = True
        try:
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        except TimeoutError:
            return False
        return True
