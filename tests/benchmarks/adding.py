"""How long a moderator waits for a document of 1,000 words, from the desk to searchable.

``python tests/benchmarks/adding.py`` prints the figures for each format, the first document of a
process and the others apart. The download is not in them.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bot.desk import Desk
from bot.messages import Changed, Request
from retrieval import Library
from tests import sources
from tests.articles import Story, article_tag, story
from tests.newsroom import ADMIN, NEWSROOM, attached

PARAGRAPHS = 20
"""Of some fifty words each."""
DOCUMENTS = 100

FORMATS: dict[str, Callable[[Story], bytes]] = {
    "txt": lambda its: "\n\n".join(its.paragraphs).encode(),
    "md": lambda its: "\n\n".join(its.paragraphs).encode(),
    "html": lambda its: article_tag(its).encode(),
    "pdf": lambda its: sources.pdf(its.paragraphs),
    "docx": lambda its: sources.word(*its.paragraphs),
    "rtf": lambda its: sources.rich_text(*its.paragraphs),
    "eml": lambda its: sources.mail("\n\n".join(its.paragraphs)),
}


async def measure(suffix: str, documents: int, folder: Path) -> list[float]:
    """Return the seconds that each of so many documents took."""
    taken = []
    async with Library.open(folder / f"{suffix}.db") as library:
        desk = Desk(library, {})
        for number in range(documents):
            file = attached(f"{number}.{suffix}", FORMATS[suffix](story(PARAGRAPHS, number)))
            begun = time.perf_counter()
            reply = await desk.handle(
                Request(ADMIN, "slack", "add", NEWSROOM, "C-news", attachments=(file,))
            )
            taken.append(time.perf_counter() - begun)
            if not isinstance(reply, Changed) or reply.problems:
                raise SystemExit(f"{suffix}: {reply}")
    return taken


def main() -> None:
    """Print the figures of all formats."""
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS
    sys.stdout.write(f"milliseconds of {documents}, the first apart\n")
    sys.stdout.write(f"{'format':8}{'first':>9}{'p50':>9}{'p95':>9}\n")
    with tempfile.TemporaryDirectory() as folder:
        for suffix in FORMATS:
            first, *others = asyncio.run(measure(suffix, documents, Path(folder)))
            p95 = statistics.quantiles(others, n=20)[-1]
            figures = (first, statistics.median(others), p95)
            columns = "".join(f"{1e3 * one:9.1f}" for one in figures)
            sys.stdout.write(f"{suffix:8}{columns}\n")


if __name__ == "__main__":
    main()
