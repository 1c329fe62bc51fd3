"""A library at work: questions, adds and merges at once, and how long the event loop is held up.

python -m tests.benchmarks.busy DATABASE takes {"questions": [...], "documents": [[passages], ...]}
on standard input and answers with one JSON object.
"""

import asyncio
import gc
import itertools
import json
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from retrieval import Library
from tests.benchmarks import memory

TICK = 0.001
"""Seconds that the task which measures the lag sleeps."""
IDLE = 0.5
"""Seconds for which the lag of the machine itself is measured."""


@dataclass(slots=True)
class Work:
    """What was measured; lists are in seconds."""

    private: float = 0.0
    """MB, after the questions and before the adds."""
    idle_lags: list[float] = field(default_factory=list)
    """How much later than after a tick the loop went on, while there was nothing to do."""
    lags: list[float] = field(default_factory=list)
    """The same, while questions, adds and merges went on."""
    asked: list[float] = field(default_factory=list)
    """Of each question that was asked then."""
    added: list[float] = field(default_factory=list)
    """Of each document that was added then."""


async def measure(
    database: Path, questions: Sequence[str], documents: Sequence[Sequence[str]]
) -> Work:
    """Ask a library, then ask and add at once until all documents are added."""
    work = Work()
    async with Library.open(database) as library:
        gc.freeze()  # as the bot does
        for question in questions:
            await library.search(question)
        work.private = memory.private()
        async with _ticking(work.idle_lags):
            await asyncio.sleep(IDLE)
        async with _ticking(work.lags) as done, asyncio.TaskGroup() as group:
            group.create_task(_ask(library, questions, work.asked, done))
            await _add(library, documents, work.added)
            done.set()
    return work


@asynccontextmanager
async def _ticking(lags: list[float]) -> AsyncIterator[asyncio.Event]:
    """Measure the lag until the block ends or sets the event."""
    done = asyncio.Event()
    ticking = asyncio.create_task(_tick(lags, done))
    try:
        yield done
    finally:
        done.set()
        await ticking


async def _tick(lags: list[float], done: asyncio.Event) -> None:
    while not done.is_set():
        start = time.perf_counter()
        await asyncio.sleep(TICK)
        lags.append(time.perf_counter() - start - TICK)


async def _ask(
    library: Library, questions: Sequence[str], seconds: list[float], done: asyncio.Event
) -> None:
    for question in itertools.cycle(questions):
        if done.is_set():
            return
        start = time.perf_counter()
        await library.search(question)
        seconds.append(time.perf_counter() - start)


async def _add(library: Library, documents: Sequence[Sequence[str]], seconds: list[float]) -> None:
    for number, passages in enumerate(documents):
        start = time.perf_counter()
        await library.add("\n\n".join(passages).encode(), f"busy-{number}.txt")
        seconds.append(time.perf_counter() - start)


def main() -> None:
    """Measure, and print what was measured."""
    given = json.load(sys.stdin)
    work = asyncio.run(measure(Path(sys.argv[1]), given["questions"], given["documents"]))
    json.dump(asdict(work), sys.stdout)


if __name__ == "__main__":
    main()
