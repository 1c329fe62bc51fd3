"""Whose turn it is in each channel of Slack, which takes about one message a second there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic

PACE = 1.0
"""Seconds between two messages in one channel; docs.slack.dev, rate limits."""
IDLE = 1_000
"""Channels that are remembered before those where nothing happens are forgotten."""


@dataclass(slots=True)
class _Turn:
    """One channel: who has the turn, and when the next message may come."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    next: float = 0.0
    waiting: int = 0


class Turns:
    """Lets replies wait for their turn, so many at most in each channel."""

    def __init__(self, may_wait: int) -> None:
        self._may_wait = may_wait
        self._turns: dict[str, _Turn] = {}

    def is_full(self, channel: str) -> bool:
        """Say whether as many wait for their turn in a channel as may."""
        turn = self._turns.get(channel)
        return turn is not None and turn.waiting > self._may_wait  # one of them has the turn

    @asynccontextmanager
    async def turn(self, channel: str) -> AsyncIterator[None]:
        """Wait for one's turn in a channel: who came first is answered first."""
        self._forget()
        turn = self._turns.setdefault(channel, _Turn())
        turn.waiting += 1
        try:
            async with turn.lock:
                yield
        finally:
            turn.waiting -= 1

    async def until_free(self, channel: str) -> None:
        """Wait until Slack takes a message in a channel, also after one that it did not take.

        To wait here before a reply is noted as begun, and not for the ``slot``, leaves no doubt
        about what was not yet sent when the bot is killed.
        """
        if turn := self._turns.get(channel):
            await asyncio.sleep(turn.next - monotonic())

    @asynccontextmanager
    async def slot(self, channel: str) -> AsyncIterator[None]:
        """Wait until Slack takes one more message in a channel, whoever has the turn."""
        turn = self._turns.setdefault(channel, _Turn())
        start = max(turn.next, monotonic())
        turn.next = start + PACE
        await asyncio.sleep(start - monotonic())
        yield
        turn.next = max(turn.next, monotonic() + PACE)

    def _forget(self) -> None:
        """Forget the channels where nothing happens, once they are many."""
        if len(self._turns) > IDLE:
            now = monotonic()
            self._turns = {
                channel: turn
                for channel, turn in self._turns.items()
                if turn.waiting or turn.next > now
            }
