"""What is being answered: each event once, and finished before the bot leaves."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

REMEMBERED = 10_000
"""Events that are known again when Discord delivers them twice."""


class UnderWay:
    """Keeps count of the events that are being answered."""

    def __init__(self) -> None:
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._count = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._is_closed = False

    def takes(self, event: int) -> bool:
        """Say whether an event is to be answered: it comes for the first time, and we stay."""
        if self._is_closed or event in self._seen:
            return False
        self._seen[event] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return True

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

    async def finish(self, seconds: float) -> bool:
        """Take nothing new, and wait until nothing is under way; say whether that came in time."""
        self._is_closed = True
        try:
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        except TimeoutError:
            return False
        return True
