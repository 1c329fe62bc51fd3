"""A terminal to test with: it types ``newsdesk WORD …`` and reads what comes back."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from bot.cli import newsdesk

TIMEOUT = 60.0
"""Seconds after which a process of its own is given up."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """A working folder, and the database that NEWSDESK_DB names."""

    folder: Path
    database: Path

    def type(self, *words: str | Path, typed: str = "") -> Result:
        """Run ``newsdesk`` with these words; an error that nobody caught fails the test."""
        arguments = [str(word) for word in words]
        return CliRunner().invoke(newsdesk, arguments, input=typed, catch_exceptions=False)

    def done(self, *words: str | Path, typed: str = "") -> str:
        """Return what a command prints that does what it should."""
        result = self.type(*words, typed=typed)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        return result.stdout

    def objects(self, *words: str | Path, typed: str = "") -> list[dict[str, Any]]:
        """Return the JSON objects that a command prints, one a line."""
        return [json.loads(line) for line in self.done(*words, typed=typed).split("\n")[:-1]]

    def files(self, *options: str) -> list[str]:
        """Return the names of the documents that are listed, in order."""
        return [one["file"] for one in self.objects("list", "--json", *options)]

    def refusal(self, *words: str | Path, typed: str = "") -> str:
        """Return the one sentence with which a command could not be done."""
        result = self.type(*words, typed=typed)
        assert (result.exit_code, result.stdout) == (1, ""), result.output
        [sentence] = result.stderr.splitlines()
        return sentence

    def misuse(self, *words: str | Path) -> str:
        """Return what a command says of its wrong use."""
        result = self.type(*words)
        assert (result.exit_code, result.stdout) == (2, ""), result.output
        return result.stderr

    def write(self, name: str, text: str) -> Path:
        """Put a file into the working folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


def process(*words: str, typed: bytes = b"", **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Run ``python -m bot`` with these words and further settings in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        input=typed,
        env={**os.environ, **settings},
        capture_output=True,
        timeout=TIMEOUT,
        check=False,
    )


class Screen:
    """What a program shows to a person who sits at a terminal, and what that person types."""

    def __init__(self, terminal: int, program: "subprocess.Popen[bytes]") -> None:
        self._terminal = terminal
        self._program = program
        self._shown = b""

    def until(self, text: str) -> str:
        """Wait until a text is shown; return everything that is shown by then."""
        while text.encode() not in self._shown and self._more():
            pass
        assert text in self.text
        return self.text

    def end(self) -> str:
        """Wait until the program ends; return everything that it has shown."""
        while self._more():
            pass
        return self.text

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self._program.send_signal(signal.SIGINT)

    def type(self, text: str) -> None:
        """Press the keys."""
        self._shown = b""
        os.write(self._terminal, text.encode())

    @property
    def text(self) -> str:
        """What is shown since a key was last pressed."""
        return self._shown.decode().replace("\r\n", "\n")

    def _more(self) -> bool:
        """Read what is shown next; say whether there was anything before the program's end."""
        ready, _, _ = select.select([self._terminal], [], [], TIMEOUT)
        assert ready, f"nothing came after {self.text!r}"
        try:
            piece = os.read(self._terminal, 4096)
        except OSError:  # how Linux says that the program has closed its end
            return False
        self._shown += piece
        return piece != b""


@contextmanager
def screen(*words: str, status: int = 0) -> Iterator[Screen]:
    """Run ``python -m bot`` with these words at a terminal, to an exit status."""
    outside, inside = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-m", "bot", *words],
        stdin=inside,
        stdout=inside,
        stderr=inside,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(inside)
    try:
        yield Screen(outside, program)
        assert program.wait(TIMEOUT) == status
    finally:
        program.kill()
        program.wait()
        os.close(outside)
