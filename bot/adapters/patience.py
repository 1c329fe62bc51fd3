"""Sending again and again while a platform is away or in trouble: somebody waits for a reply."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

PATIENCE = 240.0
"""Seconds until a reply is given up; the platforms' clients give up after half a minute or less."""
FIRST, LONGEST = 0.5, 10.0
"""Seconds between two tries; they double."""

T = TypeVar("T")


async def patiently(send: Callable[[], Awaitable[T]], may_pass: Callable[[Exception], bool]) -> T:
    """Send until it is taken, while what hinders it may pass and anybody still waits."""
    loop = asyncio.get_running_loop()
    until, pause = loop.time() + PATIENCE, FIRST
    while True:
        try:
            return await send()
        except Exception as error:
            if not may_pass(error) or loop.time() > until:
                raise
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST)
