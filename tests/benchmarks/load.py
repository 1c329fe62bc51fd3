"""Measure the bot under load from both platforms, over loopback, with adds going on.

    python tests/benchmarks/load.py [--minutes 10] [--rate 1000] [--passages 200000]
                                    [--add-every 10]

RATE questions a minute come on each platform, spread over 200 channels and people, and a moderator
adds a document every so many seconds. The bot runs as a process of its own, as ``newsdesk run``
does; both platforms are those of ``tests/e2e``, in one further process with whoever measures, so
that they take processor time from each other.

The event loop's lag and the resident memory are read from /metrics. The latter counts the pages of
the index's files, which the system may take back at any time; what is private, which it may not, is
read from Linux. It grows until the caches are full, and with the passages that wait to be put into
a file: 4,096 at most, so that adds that come fast show in minutes where it ends.
"""

import argparse
import asyncio
import itertools
import math
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

sys.path.insert(0, str(Path(__file__).parents[2]))

from retrieval import Incoming, Library
from tests.benchmarks import corpus, memory
from tests.e2e.bot_process import BotProcess, free_port
from tests.e2e.both import Both

CHANNELS = 200
WATCH_EVERY = 15.0
QUESTIONS = 2_000
SETTLING = 30.0
"""Seconds in which what was asked last must be answered."""
WARM_UP = 5.0
"""Seconds of the beginning that are left out."""
RESIDENT = re.compile(r"^process_resident_memory_bytes (\S+)$", re.MULTILINE)
LAG = re.compile(r'^newsdesk_loop_lag_seconds_bucket\{le="([^"]+)"\} (\S+)$', re.MULTILINE)


@dataclass(slots=True)
class Watched:
    """What /metrics said."""

    resident: list[float] = field(default_factory=list)
    """MB of 2 ** 20 bytes, as the operator sees it."""
    private: list[float] = field(default_factory=list)
    """MB of 2 ** 20 bytes that no file holds."""
    lag: str = ""
    """The least bound that 99 of 100 lags of the event loop keep, in seconds."""


async def measure(minutes: float, rate: int, passages: int, pause: float) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = math.ceil(minutes * 60 / pause)
        made = corpus.written(
            corpus.made(), passages, Path(folder), questions=QUESTIONS, documents=fresh
        )
        await _fill(Path(folder) / "newsdesk.db", passages)
        both, port, watched = Both(CHANNELS), free_port(), Watched()
        await both.start()
        bot = await BotProcess(Path(folder), **both.settings, NEWSDESK_WATCH_PORT=str(port)).start()
        await both.connected()
        added: list[float] = []
        async with asyncio.TaskGroup() as group:
            watching = group.create_task(_watch(port, bot.process, watched))
            adding = group.create_task(_add(both, made.fresh, pause, added))
            await _ask(both, made.questions, minutes * 60, rate)
            await both.settled(SETTLING)
            adding.cancel()
            watching.cancel()
        await bot.stop()
        await both.stop()
    _report(both, watched, added, rate)


async def _fill(path: Path, passages: int) -> None:
    """Load the made documents of so many passages."""
    documents = itertools.islice(corpus.made(), passages // corpus.PASSAGES_EACH)
    sources = (
        Incoming("\n\n".join(document.passages).encode(), f"{number}.txt")
        for number, document in enumerate(documents)
    )
    async with Library.open(path) as library:
        async for _ in library.add_all(sources):
            pass


async def _ask(both: Both, questions: Sequence[str], seconds: float, rate: int) -> None:
    """Ask on both platforms at an even pace, whether what was asked before is answered or not."""
    began, pause = time.perf_counter(), 60 / rate
    for number in range(int(seconds / pause)):
        due = began + number * pause
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        question = questions[number % len(questions)]
        await both.ask_on_slack(number, question)
        await both.ask_on_discord(number, question)


async def _add(
    both: Both, documents: Sequence[Sequence[str]], pause: float, added: list[float]
) -> None:
    for number, passages in enumerate(documents):
        await asyncio.sleep(pause)
        began = time.perf_counter()
        try:
            await both.add(f"fresh{number}.txt", "\n\n".join(passages).encode())
        except TimeoutError:
            added.append(math.inf)
        else:
            added.append(time.perf_counter() - began)


async def _watch(port: int, process: int, watched: Watched) -> None:
    async with aiohttp.ClientSession() as session:
        while True:
            await asyncio.sleep(WATCH_EVERY)
            async with session.get(f"http://127.0.0.1:{port}/metrics") as page:
                text = await page.text()
            found = RESIDENT.search(text)
            if found:
                watched.resident.append(float(found[1]) / 2**20)
            watched.private.append(memory.private(process))
            watched.lag = _bound_of(LAG.findall(text), 0.99)


def _bound_of(buckets: Sequence[tuple[str, str]], share: float) -> str:
    """Return the least bound of a histogram that a share of what was observed keeps."""
    total = float(buckets[-1][1])
    return next(bound for bound, count in buckets if float(count) >= share * total)


def _report(both: Both, watched: Watched, added: Sequence[float], rate: int) -> None:
    first = both.asked[0].at + WARM_UP
    for platform in ("slack", "discord"):
        asked = [one for one in both.asked if one.platform == platform]
        timed = sorted(one.seconds for one in asked if one.at >= first)
        unanswered = sum(not one.answers for one in asked)
        twice = sum(len(one.answers) > 1 for one in asked)
        shown = " · ".join(f"p{share} {_at(timed, share) * 1000:.0f} ms" for share in (50, 95, 99))
        print(f"{platform}: {len(asked):,} questions at {rate:,} a minute: {shown}")  # noqa: T201 - its point
        print(f"  unanswered {unanswered}, answered twice {twice}")  # noqa: T201 - the same
    print(f"adds: {len(added)}, the slowest {max(added, default=0):.2f} s")  # noqa: T201 - the same
    for kind, held in (("resident", watched.resident), ("private", watched.private)):
        shown = ", ".join(f"{one:.0f}" for one in held)
        print(f"{kind} memory, MB every {WATCH_EVERY:.0f} s: {shown}")  # noqa: T201 - the same
    print(f"event loop's lag: p99 within {watched.lag} s")  # noqa: T201 - the same


def _at(timed: Sequence[float], share: int) -> float:
    return timed[math.ceil(len(timed) * share / 100) - 1]


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--rate", type=int, default=1000)
    parser.add_argument("--passages", type=int, default=200_000)
    parser.add_argument("--add-every", type=float, default=10, metavar="SECONDS")
    given = parser.parse_args()
    asyncio.run(measure(given.minutes, given.rate, given.passages, given.add_every))


if __name__ == "__main__":
    main()
