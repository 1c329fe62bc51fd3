"""Measure how long the seeds' answers take: from a cold start, and inside the running bot.

python tests/benchmarks/latency.py
"""

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bot.app import open_app
from bot.evaluating import judged_in
from bot.messages import Request, Sender
from bot.settings import Settings
from tests.benchmarks.judged import ROOT

COLD_STARTS = 10


def cold_starts(database: Path) -> list[float]:
    """Return the seconds of whole ``newsdesk ask`` processes over an existing database."""
    command = [sys.executable, "-m", "bot", "--db", str(database), "ask", "consent decrees"]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    seconds = []
    for _ in range(COLD_STARTS):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        seconds.append(time.perf_counter() - start)
    return seconds


async def questions(database: Path) -> list[float]:
    """Return the seconds of every judged question, from request to reply, in one running bot."""
    seconds = []
    async with open_app(Settings(db=database, person_limit=0, space_limit=0), make=True) as app:
        for judged in judged_in(ROOT / "tests" / "judged" / "tuning.jsonl"):
            request = Request(Sender("U1", "Robin"), "slack", judged.question, "T1", "C1")
            start = time.perf_counter()
            await app.desk.handle(request)
            seconds.append(time.perf_counter() - start)
    return seconds


def _row(name: str, seconds: Sequence[float]) -> str:
    [*_, slowest] = sorted(seconds)
    p99 = statistics.quantiles(seconds, n=100)[98]
    median = statistics.median(seconds)
    return f"{name:24}{median * 1e3:9.1f}{p99 * 1e3:9.1f}{slowest * 1e3:9.1f}\n"


def main() -> None:
    """Print medians, 99th percentiles and maxima in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "newsdesk.db"
        sys.stdout.write(f"{'milliseconds':24}{'p50':>9}{'p99':>9}{'max':>9}\n")
        sys.stdout.write(_row("question, cold start", cold_starts(database)))
        sys.stdout.write(_row("question, running bot", asyncio.run(questions(database))))


if __name__ == "__main__":
    main()
