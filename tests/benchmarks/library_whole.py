"""Measure the library whole: loading, questions with passages resolved, adds and cold starts.

python tests/benchmarks/library_whole.py 20000 200000
"""

import asyncio
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from retrieval import Library
from tests.benchmarks.corpus import Corpus, corpus_of, questions_to, spelled
from tests.benchmarks.judged import ROOT

QUESTIONS = 300
PASSAGES = 20
"""Passages of a document."""
ADDS = 50
STARTS = 5


def document(corpus: Corpus, number: int) -> bytes:
    """Return a document of the corpus as a text file, a paragraph a line."""
    lines = (
        " ".join(map(spelled, corpus.passage(at % len(corpus)).tolist())).capitalize() + "."
        for at in range(number * PASSAGES, (number + 1) * PASSAGES)
    )
    return "\n".join(lines).encode()


async def _timed_questions(library: Library, questions: Sequence[str]) -> list[float]:
    seconds = []
    for question in questions:
        start = time.perf_counter()
        await library.search(question)
        seconds.append(time.perf_counter() - start)
    return seconds


async def measure(path: Path, corpus: Corpus) -> None:
    """Load a library with the corpus and print what each step took."""
    documents = len(corpus) // PASSAGES
    start = time.perf_counter()
    async with Library.open(path) as library:
        for number in range(documents):
            await library.add(document(corpus, number), f"{number}.txt")
    _print("load, one by one", [time.perf_counter() - start])
    start = time.perf_counter()
    async with Library.open(path) as library:
        _print("open", [time.perf_counter() - start])
        questions = [
            " ".join(map(spelled, question)) for question in questions_to(corpus, QUESTIONS)
        ]
        await _timed_questions(library, questions[:20])
        _print("question", await _timed_questions(library, questions))
        adds = []
        for number in range(documents, documents + ADDS):
            content = document(corpus, number)
            start = time.perf_counter()
            await library.add(content, f"{number}.txt")
            adds.append(time.perf_counter() - start)
        _print("add one document", adds)
    command = [sys.executable, "-m", "bot", "--db", str(path), "ask", questions[0]]
    _print("cold start", [_run(command) for _ in range(STARTS)])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{'peak memory':20}{peak:10.0f} MB\n")


def _run(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - start


def _print(name: str, seconds: Sequence[float]) -> None:
    median, slowest = statistics.median(seconds) * 1e3, max(seconds) * 1e3
    p99 = statistics.quantiles(seconds, n=100)[98] * 1e3 if len(seconds) > 1 else median
    sys.stdout.write(f"{name:20}{median:10.1f}{p99:10.1f}{slowest:10.1f}\n")
    sys.stdout.flush()


def main() -> None:
    """Print medians, 99th percentiles and maxima in milliseconds, for each size."""
    for size in map(int, sys.argv[1:]):
        sys.stdout.write(f"\n{size:,} passages{'p50':>15}{'p99':>10}{'max':>10}\n")
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(measure(Path(folder) / "newsdesk.db", corpus_of(size)))


if __name__ == "__main__":
    main()
