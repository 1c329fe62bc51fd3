"""What a running bot does by the way: it checks its database and erases what is kept for a time."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

from bot.observing.metrics import Metrics
from bot.threads import beside
from retrieval import Library, LibraryError, complaints_of

log = logging.getLogger("newsdesk")

AN_HOUR = 3600.0
"""Seconds after which what is too old is erased again."""
A_DAY = 24 * AN_HOUR
"""Seconds after which the database is checked again: disks do not fail at starts only."""


@asynccontextmanager
async def housekeeping(
    library: Library, metrics: Metrics, question_log_days: int
) -> AsyncIterator[None]:
    """Check the database and erase what is too old, again and again while the block lasts."""
    tasks = [
        asyncio.create_task(_every(A_DAY, partial(check, library, metrics))),
        asyncio.create_task(_every(AN_HOUR, partial(_forget, library, question_log_days))),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()


async def check(library: Library, metrics: Metrics) -> None:
    """Check the database quickly, beside the questions; damage goes to the log and the figures."""
    try:
        complaints = await beside(partial(complaints_of, library.path, thorough=False))
    except LibraryError as error:
        complaints = [str(error)]
    metrics.sound.set(not complaints)
    for complaint in complaints:
        log.error("the database is damaged; restore a backup", extra={"complaint": complaint})


async def _every(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        await work()
        await asyncio.sleep(seconds)


async def _forget(library: Library, question_log_days: int) -> None:
    try:
        await library.people.forget(question_log_days)
    except LibraryError:
        log.exception("what is too old could not be erased")
