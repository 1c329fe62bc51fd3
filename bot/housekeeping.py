"""What a running bot does by the way: it checks its database and erases what is kept for a time."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial

from bot.observing.metrics import Metrics
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
        complaints = await _beside(partial(complaints_of, library.path, thorough=False))
    except LibraryError as error:
        complaints = [str(error)]
    metrics.sound.set(not complaints)
    for complaint in complaints:
        log.error("the database is damaged; restore a backup", extra={"complaint": complaint})


async def _beside(work: Callable[[], list[str]]) -> list[str]:
    """Do something in a thread that the end of the program does not wait for."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[list[str]] = loop.create_future()

    def hand_over(result: list[str] | LibraryError) -> None:
        if done.done():
            return
        if isinstance(result, LibraryError):
            done.set_exception(result)
        else:
            done.set_result(result)

    def run() -> None:
        try:
            result: list[str] | LibraryError = work()
        except LibraryError as error:
            result = error
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(hand_over, result)

    threading.Thread(target=run, daemon=True).start()
    return await done


async def _forget(library: Library, question_log_days: int) -> None:
    while True:
        try:
            await library.people.forget(question_log_days)
        except LibraryError:
            log.exception("what is too old could not be erased")
        await asyncio.sleep(EVERY)
