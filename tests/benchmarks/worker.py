"""A process that holds one engine, so that its memory is its own, and does as it is told.

python -m tests.benchmarks.worker MAKER FOLDER reads one JSON object a line, an order and what it
is for, such as {"ask": [questions]}, and answers each with a line. With a question behind the
folder it opens what was built there, answers, and ends: a cold start.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from tests.benchmarks import memory
from tests.benchmarks.engines import Closing, Engine, Growing, Lasting, Reading, engine_of

T = TypeVar("T")


def build(engine: Engine, corpus: str) -> dict[str, Any]:
    """Index the corpus of a folder; return seconds, MB, and whether a fresh process can open it.

    What is read in the background afterwards is waited for, and not counted.
    """
    [seconds] = _timed(engine.build, [Path(corpus)])
    if isinstance(engine, Reading):
        engine.finish_reading()
    return {"seconds": seconds, "peak": memory.peak(), "lasts": isinstance(engine, Lasting)}


def ask(engine: Engine, questions: list[str]) -> list[float]:
    """Return the seconds of each question, after one that fetches back what others displaced."""
    engine.search(questions[-1])
    return _timed(engine.search, questions)


def add(engine: Engine, documents: list[list[str]]) -> list[float] | None:
    """Return the seconds of each document's adding, None where the engine must be built anew."""
    return _timed(engine.add, documents) if isinstance(engine, Growing) else None


ORDERS: dict[str, Callable[[Engine, Any], object]] = {"build": build, "ask": ask, "add": add}


def _timed(work: Callable[[T], object], items: Iterable[T]) -> list[float]:
    seconds = []
    for item in items:
        start = time.perf_counter()
        work(item)
        seconds.append(time.perf_counter() - start)
    return seconds


def serve(engine: Engine) -> None:
    """Carry out the orders of standard input; what an engine prints goes to standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for line in sys.stdin:
        [(order, given)] = json.loads(line).items()
        answers.write(json.dumps(ORDERS[order](engine, given)) + "\n")
        answers.flush()
    if isinstance(engine, Closing):
        engine.close()


def main() -> None:
    """Serve, or answer one question."""
    maker, folder, *questions = sys.argv[1:]
    engine = engine_of(maker, Path(folder))
    if questions and isinstance(engine, Lasting):
        engine.open()
        ask(engine, questions)
    else:
        serve(engine)


if __name__ == "__main__":
    main()
