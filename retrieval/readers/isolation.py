"""Reading in processes of their own, where a crash, a loop or a balloon of memory hurts nobody.

A process is begun when it is first needed and then kept warm; one that crashed or took too long is
replaced when the next source comes.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from queue import LifoQueue
from threading import Event, Timer
from typing import Any

from retrieval.errors import LibraryError, SourceTooLarge, UnreadableSource
from retrieval.model import Details
from retrieval.readers.protocol import Message, receive, send
from retrieval.readers.reading import MIB, Limits, Reading
from retrieval.readers.recognition import Format

PROCESSES = 2
"""So that one source that takes all of its time does not hold up the others."""
SOURCES_EACH = 500
"""Sources after which a process is replaced: whatever its libraries leak goes with it."""
WORKER = ("-m", "retrieval.readers.worker")
"""What the interpreter is told to run."""
_WARMING = b"<!DOCTYPE html><html><body><p>A page of few words.</p></body></html>"
"""A page in which trafilatura finds no article at first, so that it loads its second ways too."""
_ROOT = str(Path(__file__).parents[2])
_KEPT = ("LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
"""Of the environment; the rest, tokens among it, is no business of a process that reads."""


class IsolatedReader:
    """Reads sources in a few processes, each one source at a time; may be used by many threads."""

    def __init__(self, limits: Limits, worker: Sequence[str] = WORKER) -> None:
        self._limits = limits
        self._worker = worker
        self._free: LifoQueue[_Process | None] = LifoQueue()  # the one used last is the warmest
        self._busy: set[_Process] = set()
        self._closed = Event()
        for _ in range(PROCESSES):
            self._free.put(None)

    def read(self, its: Format, content: bytes, file: str) -> Reading:
        """Return what a source holds; wait where all processes are busy.

        Raises UnreadableSource or SourceTooLarge, each with the sentence to show.
        """
        answer = self._answer({"format": its, "file": file}, content)
        if answer.get("failure") == "end":  # perhaps of what was read before, or by somebody
            answer = self._answer({"format": its, "file": file}, content)
        if reading := answer.get("reading"):
            return _to_reading(reading)
        if failure := answer.get("failure"):
            raise self._failed(failure, file, its)
        problem, limit = answer["problem"], answer["limit"]
        raise SourceTooLarge(problem, limit=limit) if limit else UnreadableSource(problem)

    def warm_up(self) -> None:
        """Let a process load all that it reads with, so that the first source finds it ready.

        What keeps it from that is told to whoever brings a source.
        """
        with suppress(LibraryError, OSError):
            self.read(Format.WEB_PAGE, _WARMING, "warming.html")

    def close(self) -> None:
        """End all processes, those that read included: who closes waits for no source.

        A thread whose caller was cancelled may still come with the next of its sources.
        """
        self._closed.set()
        for busy in tuple(self._busy):
            busy.kill()
        for process in [self._free.get() for _ in range(PROCESSES)]:
            if process:
                process.end()
            self._free.put(None)

    def _answer(self, request: Message, content: bytes) -> Message:
        with self._process() as process:
            return process.ask(request, content)

    @contextmanager
    def _process(self) -> Iterator["_Process"]:
        """Lend a process, begun where there is none; take it back if it can go on."""
        process = self._free.get()
        try:
            if self._closed.is_set():
                raise UnreadableSource("Newsdesk was stopped before it read this; add it again.")
            if process is None:
                process = _Process(self._worker, self._limits)
            self._busy.add(process)
            if self._closed.is_set():  # since it was asked above
                process.kill()
            yield process
        finally:
            if process is not None:
                self._busy.discard(process)
                if process.is_spent:
                    process.end()
                    process = None
            self._free.put(process)

    def _failed(self, failure: str, file: str, its: Format) -> SourceTooLarge | UnreadableSource:
        """Return the sentence on a source that a process did not survive."""
        seconds, memory = self._limits.seconds, self._limits.memory_bytes
        match failure:
            case "time":
                return SourceTooLarge(
                    f"{file} could not be read within {seconds:g} seconds, the limit; "
                    "add it in parts or have the limit raised.",
                    limit="seconds",
                )
            case "memory":
                return SourceTooLarge(
                    f"{file} could not be read within {memory / MIB:,.0f} MiB of memory, the limit;"
                    " add it in parts or have the limit raised.",
                    limit="memory_bytes",
                )
            case _:
                return UnreadableSource(
                    f"{file} is {its} that is damaged; save it anew and add it again."
                )


class _Process:
    """A process that reads."""

    def __init__(self, worker: Sequence[str], limits: Limits) -> None:
        self._seconds = limits.seconds
        self._left = SOURCES_EACH
        self._timed_out = False
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter and our own module
            [sys.executable, "-P", *worker, json.dumps(asdict(limits))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,  # Ctrl-C is for the process that began this one
        )

    @property
    def is_spent(self) -> bool:
        """Whether it cannot be asked again."""
        return self._left <= 0

    def ask(self, request: Message, content: bytes) -> Message:
        """Return the answer to a request, or the failure that ended the process.

        That is “time”, “memory”, “crash”, or “end” where it had read something before.
        """
        left, self._left = self._left, 0  # until it has answered
        timer = Timer(self._seconds, self._time_out)
        timer.start()
        try:
            answer = self._answer(request, content)
        finally:
            timer.cancel()
        if answer is None:
            end = "crash" if left == SOURCES_EACH else "end"
            return {"failure": "time" if self._timed_out else end}
        self._left = 0 if "failure" in answer or self._timed_out else left - 1
        return answer

    def kill(self) -> None:
        """End the process at once; whoever asks it hears that it crashed."""
        self._process.kill()

    def end(self) -> None:
        """End the process at once, and wait until it is gone."""
        self.kill()
        with suppress(BrokenPipeError):
            self._process.communicate()

    def _answer(self, request: Message, content: bytes) -> Message | None:
        requests, answers = self._process.stdin, self._process.stdout
        with suppress(BrokenPipeError, ValueError):  # it has ended, or says what is no answer
            if requests and answers:
                send(requests, request, content)
                received = receive(answers)
                return received[0] if received else None
        return None

    def _time_out(self) -> None:
        self._timed_out = True
        self.kill()


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": _ROOT, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def _to_reading(fields: dict[str, Any]) -> Reading:
    return Reading(
        text=fields["text"],
        reader=fields["reader"],
        version=fields["version"],
        details=_to_details(fields["details"]),
        properties=_to_details(fields["properties"]),
        pages=tuple(fields["pages"]),
    )


def _to_details(fields: dict[str, Any]) -> Details:
    published = fields["published"]
    return Details(**{**fields, "published": published and date.fromisoformat(published)})
