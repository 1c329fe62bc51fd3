"""How far long work is, shown at a pace that a platform bears, and never after its end.

Work tells as often as it likes; shown is only the newest, at most every two seconds, so that no
queue of showings can hold up what the work comes to.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Self

log = logging.getLogger("newsdesk")

BEGIN = 2.0
"""Seconds; of work that is done sooner nothing is shown."""
EVERY = 2.0
"""Seconds between two showings: Discord takes five edits in five seconds, Slack fifty a minute."""
LAST = 1.0
"""Seconds at most for which the end waits for a showing that is on its way."""

Show = Callable[[str], Awaitable[None]]


class Pace:
    """Shows how far work is, for as long as the block lasts; ``tell`` is a request's progress.

    ``first`` is shown where nothing was told by the time the showing begins.
    """

    def __init__(
        self, show: Show, *, first: str = "", begin: float = BEGIN, every: float = EVERY
    ) -> None:
        self._show = show
        self._text = first
        self._begin = begin
        self._every = every
        self._news = asyncio.Event()
        if first:
            self._news.set()
        self._showing = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self.was_shown = False
        """Whether anything was shown, or may have been."""

    async def tell(self, done: int, total: int) -> None:
        """Take how far the work is; this never waits for a platform."""
        self._text = f"{done:,} of {total:,} done …"
        self._news.set()

    async def __aenter__(self) -> Self:
        """Begin."""
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Show nothing more; what is on its way is let arrive, so that it is not seen last."""
        if self._task is None:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._showing.acquire(), LAST)
        self._task.cancel()
        await asyncio.wait({self._task})

    async def _run(self) -> None:
        await asyncio.sleep(self._begin)
        while True:
            await self._news.wait()
            self._news.clear()
            async with self._showing:
                self.was_shown = True
                await self._try()
            await asyncio.sleep(self._every)

    async def _try(self) -> None:
        """Show the newest; work goes on whatever the platform makes of that."""
        try:
            await self._show(self._text)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is less than the work
            log.info("progress could not be shown (%s)", type(error).__name__)
