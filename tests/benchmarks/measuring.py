"""The measuring: every engine in a process of its own, all of them asked in turn."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.benchmarks.busy import Work
from tests.benchmarks.corpus import Corpus
from tests.benchmarks.engines import LIBRARY, NEWSDESK, Contender

ROOT = Path(__file__).parents[2]
WARM_UP = 20
"""Questions that are asked before: numba compiles at the first, and pages are read in."""
ASKED_AT_ONCE = 50
ADDED_AT_ONCE = 10
ASKING_TIME = 20.0
"""Seconds of questions after which a slow engine is asked no more."""
TURNS = 10
"""Of the documents to add, one in so many is added in turn, the others while questions go on."""
STARTS = 3
ONE_THREAD = dict.fromkeys(("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

T = TypeVar("T")
Say = Callable[[str], None]


@dataclass(slots=True)
class Figures:
    """What was measured of one engine at one size; all times in seconds."""

    name: str
    build: float = 0.0
    """From the passages' texts to a saved index that can be asked."""
    peak: float = 0.0
    """MB, while it was built."""
    asked: list[float] = field(default_factory=list)
    """Of each question."""
    added: list[float] | None = None
    """Of each added document, None where the index must be built anew."""
    starts: list[float] | None = None
    """Of fresh processes, each with one answer; None as above."""


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured at one size."""

    size: int
    engines: Sequence[Figures]
    work: Work | None
    """The library under load, None where it was left out."""


class Worker:
    """An engine's process."""

    def __init__(self, contender: Contender, folder: Path) -> None:
        self.contender = contender
        self.folder = folder / contender.maker.partition(":")[0]
        self.folder.mkdir()
        self.figures = Figures(contender.name)
        self.lasts = False
        self._process = subprocess.Popen(
            _command("tests.benchmarks.worker", contender.maker, str(self.folder)),
            cwd=ROOT,
            env=_environment(self.folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the process when it has closed its engine."""
        self._process.__exit__(kind, error, traceback)

    def build(self, corpus: Corpus) -> None:
        """Let the engine index the corpus, and warm it up."""
        built = self._do("build", str(corpus.folder))
        self.figures.build, self.figures.peak = built["seconds"], built["peak"]
        self.lasts = built["lasts"]
        self._do("ask", corpus.questions[:WARM_UP])

    def ask(self, questions: Sequence[str]) -> None:
        """Ask questions, unless the engine has taken its time already."""
        if sum(self.figures.asked) < ASKING_TIME:
            self.figures.asked += self._do("ask", questions)

    def add(self, documents: Sequence[Sequence[str]]) -> None:
        """Add documents, where the engine can."""
        seconds = self._do("add", documents)
        if seconds is not None:
            self.figures.added = (self.figures.added or []) + seconds

    def start(self, question: str) -> None:
        """Time fresh processes that open the index and answer a question; ours must have ended."""
        if self.lasts:
            module, *rest = self.contender.first_answer
            names = {"maker": self.contender.maker, "folder": self.folder, "question": question}
            line = _command(module, *(one.format(**names) for one in rest))
            self.figures.starts = [self._timed(line) for _ in range(STARTS)]

    def _timed(self, line: Sequence[str]) -> float:
        start = time.perf_counter()
        subprocess.run(
            line, check=True, cwd=ROOT, env=_environment(self.folder), stdout=subprocess.DEVNULL
        )
        return time.perf_counter() - start

    def _do(self, order: str, given: object) -> Any:  # noqa: ANN401 - whatever the order returns
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({order: given}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{self.contender.name} has ended; its last words are above")
        return json.loads(answer)


def _command(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", module, *arguments]


def _environment(folder: Path) -> dict[str, str]:
    return os.environ | ONE_THREAD | {"NEWSDESK_LOG": str(folder / "newsdesk.log")}


def measure(corpus: Corpus, contenders: Sequence[Contender], say: Say) -> Run:
    """Build every engine, then ask, add and start them in turn, and put the library to work."""
    in_turn = max(1, len(corpus.fresh) // TURNS)
    with ExitStack() as running:
        workers = []
        for contender in contenders:
            say(f"building {contender.name}")
            worker = running.enter_context(Worker(contender, corpus.folder))
            worker.build(corpus)
            workers.append(worker)
        say("asking all of them in turn")
        for questions in _blocks(corpus.questions[WARM_UP:], ASKED_AT_ONCE):
            for worker in workers:
                worker.ask(questions)
        for documents in _blocks(corpus.fresh[:in_turn], ADDED_AT_ONCE):
            for worker in workers:
                worker.add(documents)
    return _after(corpus, workers, corpus.fresh[in_turn:], say)


def _after(
    corpus: Corpus, workers: Sequence[Worker], documents: Sequence[Sequence[str]], say: Say
) -> Run:
    """Measure what wants the processes ended: the cold starts, and the library under load."""
    for worker in workers:
        say(f"starting {worker.contender.name} anew")
        worker.start(corpus.questions[0])
    figures = {worker.contender: worker.figures for worker in workers}
    library = next((one for one in workers if one.contender is LIBRARY), None)
    if library and NEWSDESK in figures:
        figures[NEWSDESK].added = library.figures.added  # an index alone is not durable
    work = _work(library, corpus.questions, documents, say) if library else None
    return Run(corpus.size, list(figures.values()), work)


def _work(
    library: Worker, questions: Sequence[str], documents: Sequence[Sequence[str]], say: Say
) -> Work:
    """Measure the library under load in a process of its own."""
    say("asking the library and adding to it at once")
    done = subprocess.run(
        _command("tests.benchmarks.busy", str(library.folder / "newsdesk.db")),
        check=True,
        cwd=ROOT,
        env=_environment(library.folder),
        input=json.dumps({"questions": questions, "documents": documents}),
        stdout=subprocess.PIPE,
        text=True,
    )
    return Work(**json.loads(done.stdout))


def _blocks(items: Sequence[T], size: int) -> list[Sequence[T]]:
    return [items[at : at + size] for at in range(0, len(items), size)]


def p50(seconds: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(seconds)


def p99(seconds: Sequence[float]) -> float:
    """Return what 99 in a hundred do not exceed."""
    if len(seconds) == 1:
        return seconds[0]
    return statistics.quantiles(seconds, n=100, method="inclusive")[98]


def per_second(seconds: Sequence[float]) -> float:
    """Return how many are done in a second."""
    return len(seconds) / sum(seconds)
