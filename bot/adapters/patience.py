"""Sending again and again while a platform is away or in trouble: somebody waits for a reply."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from tenacity import AsyncRetrying, retry_if_exception, stop_after_delay, wait_exponential

PATIENCE = 240.0
"""Seconds until a reply is given up; the platforms' clients give up after half a minute or less."""
FIRST, LONGEST = 0.5, 10.0
"""Seconds between two tries; they double."""

T = TypeVar("T")


async def patiently(send: Callable[[], Awaitable[T]], may_pass: Callable[[Exception], bool]) -> T:
    """Send until it is taken, while what hinders it may pass and anybody still waits."""
    trying = AsyncRetrying(
        retry=retry_if_exception(lambda error: isinstance(error, Exception) and may_pass(error)),
        wait=wait_exponential(multiplier=FIRST, max=LONGEST),
        stop=stop_after_delay(PATIENCE),
        reraise=True,
    )

    async def sent() -> T:  # tenacity knows a coroutine only by the function that makes it
        return await send()

    return await trying(sent)
