"""What a running bot does by the way: it checks its database and erases what is kept for a time."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from bot.observing.metrics import Metrics
from bot.threads import beside
from retrieval import Library, LibraryError, complaints_of

log = logging.getLogger("newsdesk")

EVERY = 3600.0
"""Seconds after which what is too old is erased again."""


@asynccontextmanager
async def housekeeping(
    library: Library, metrics: Metrics, question_log_days: int
) -> AsyncIterator[None]:
    """Check the database once and erase what is too old, for as long as the block lasts."""
    tasks = [
        asyncio.create_task(check(library, metrics)),
        asyncio.create_task(_forget(library, question_log_days)),
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


async def _forget(library: Library, question_log_days: int) -> None:
    while True:
        try:
            await library.people.forget(question_log_days)
        except LibraryError:
            log.exception("what is too old could not be erased")
        await asyncio.sleep(EVERY)
