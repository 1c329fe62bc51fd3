"""Measure what a quotation costs in a large coverage, and what it costs to follow documents.

python tests/benchmarks/quoting.py [PASSAGES] [--quotations N]

The corpus is that of the other benchmarks: words that are drawn as often as in English. Half of
the quotations are stretches of its passages, altered as people alter them; the others are invented
of the same words. One line for each figure; times are in milliseconds.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from retrieval import Incoming, Library
from tests.benchmarks.corpus import PASSAGES_EACH, Document, made
from tests.benchmarks.measuring import p50

SEED = 8
SHORTEST = 6
LONGEST = 40
"""Words of a quotation."""
DOCUMENTS = 100
"""Documents that are added one by one."""


def altered(words: Sequence[str], draw: random.Random) -> str:
    """Return a stretch of a passage as somebody may quote it."""
    size = draw.randint(SHORTEST, LONGEST)
    start = draw.randrange(max(len(words) - size, 1))
    stretch = list(words[start : start + size])
    match draw.randrange(4):
        case 0:
            stretch[draw.randrange(len(stretch))] = "otherwise"
        case 1 if len(stretch) > SHORTEST:
            at = draw.randrange(2, len(stretch) - 2)
            stretch[at : at + 2] = ["…"]
        case 2 if len(stretch) > SHORTEST:
            del stretch[draw.randrange(len(stretch))]
        case _:
            pass
    return " ".join(stretch)


def quotations(passages: Sequence[str], number: int) -> Iterator[str]:
    """Yield quotations of passages, and as many of the same words that nobody said."""
    draw = random.Random(SEED)
    for _ in range(number // 2):
        yield altered(draw.choice(passages).split(), draw)
        others = [draw.choice(draw.choice(passages).split()) for _ in range(draw.randint(6, 30))]
        yield " ".join(others)


async def timed(work: Awaitable[object]) -> float:
    """Return the milliseconds that something takes."""
    started = time.perf_counter()
    await work
    return (time.perf_counter() - started) * 1000


def show(name: str, times: Sequence[float]) -> None:
    """Print the median, the 95th and the 99th percentile."""
    ordered = sorted(times)
    p95, p99 = (ordered[min(int(share * len(ordered)), len(ordered) - 1)] for share in (0.95, 0.99))
    _say(f"{name:34} p50 {p50(times):7.1f}  p95 {p95:7.1f}  p99 {p99:7.1f}  of {len(times)}")


async def measure(size: int, number: int, folder: Path) -> None:
    """Load the corpus, and measure on it."""
    documents = made()
    loaded = [next(documents).passages for _ in range(size // PASSAGES_EACH)]
    passages = [one for its in loaded for one in its]
    asked = list(quotations(passages, number))
    async with Library.open(folder / "quoting.db") as library:
        started = time.perf_counter()
        incoming = (
            Incoming("\n\n".join(its).encode(), f"{at}.txt") for at, its in enumerate(loaded)
        )
        async for _ in library.add_all(incoming):
            pass
        _say(f"loaded {len(passages):,} passages in {time.perf_counter() - started:.0f} s")
        await _while_following(library, asked)
        for quote in asked[:20]:
            await library.check_quote(quote)
        show("quote check", [await timed(library.check_quote(one)) for one in asked])
        await _add_more(library, list(islice(documents, DOCUMENTS)))


async def _while_following(library: Library, asked: Sequence[str]) -> None:
    """Ask questions until all is read for quotations and copies."""
    draw = random.Random(SEED)
    started = time.perf_counter()
    times = []
    while not (await library.reading()).is_done:
        times.append(await timed(library.find(" ".join(draw.choice(asked).split()[:6]))))
        await asyncio.sleep(0.05)
    _say(f"followed in {time.perf_counter() - started:.0f} s, the rest before it begins included")
    if times:
        show("question while it is followed", times)


async def _add_more(library: Library, documents: Sequence[Document]) -> None:
    """Add documents one by one; what the quote desk adds to that is measured by itself."""
    follower = library._parts.follower  # noqa: SLF001 - nothing else needs a part of adding by itself
    keep_up, following = follower.keep_up, list[float]()

    async def measured() -> None:
        following.append(await timed(keep_up()))

    vars(follower)["keep_up"] = measured
    whole = []
    for number, document in enumerate(documents):
        content = "\n\n".join(document.passages).encode()
        whole.append(await timed(library.add(content, f"new-{number}.txt")))
    show("adding one document", whole)
    show("of that, following it", following)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    """Measure at a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("passages", type=int, nargs="?", default=200_000)
    parser.add_argument("--quotations", type=int, default=400)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(options.passages, options.quotations, Path(folder)))


if __name__ == "__main__":
    main()
