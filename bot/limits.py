"""How much is taken on: requests a minute from one person or space, and requests at once.

The clock is the event loop's, which never goes back. The package ``limits`` reads the wall clock:
one that is set back by an hour would keep everybody out for an hour.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

MINUTE = 60.0


class Limiter:
    """So many requests a minute of each key, one after the other or all at once.

    The generic cell rate algorithm (ITU-T I.371): of each key it holds when its allowance will be
    full again, and nothing of those whose allowance is full.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float]) -> None:
        self._each = MINUTE / per_minute if per_minute else 0.0
        self._clock = clock
        self._full: dict[str, float] = {}
        self._tidied = clock()

    def take(self, key: str) -> float:
        """Take one request of a key's allowance; return 0, or in how many seconds there is one."""
        now = self._clock()
        full = max(self._full.get(key, now), now)
        wait = full + self._each - now - MINUTE
        if wait > 1e-6:  # noqa: PLR2004 - sums of fractions of a minute are not exact
            return wait
        if self._each:
            self._full[key] = full + self._each
            self._tidy(now)
        return 0.0

    def _tidy(self, now: float) -> None:
        if now - self._tidied > MINUTE:
            self._full = {key: full for key, full in self._full.items() if full > now}
            self._tidied = now


class TooBusy(Exception):
    """As many wait already as may."""


class Turns:
    """Some requests at once, some more that wait, and no others."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._may_wait = waiting
        self.waiting = 0
        """How many wait."""
        self.working = 0
        """How many are in work."""

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn and hold it; raise TooBusy where too many wait."""
        if self.waiting >= self._may_wait:
            raise TooBusy
        self.waiting += 1
        try:
            await self._free.acquire()
        finally:
            self.waiting -= 1
        self.working += 1
        try:
            yield
        finally:
            self.working -= 1
            self._free.release()
