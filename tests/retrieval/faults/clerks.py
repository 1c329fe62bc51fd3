"""Clerks at work on a library, and what must hold of it whatever befell them."""

import json
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from retrieval import Findings, Library
from tests.conftest import ROOT

SPACE = "T1"
SUBJECTS = ("harbor", "budget", "police", "school", "mayor", "bridge", "market", "winter", "strike")
QUESTIONS = (
    "What did the council hear on the harbor?",
    "budget of the police",
    "Who spoke on the school, the bridge and the market?",
    "winter strike",
)


def told(word: str, *arguments: object) -> str:
    """Return a line as a clerk reads it."""
    return json.dumps([word, *arguments]) + "\n"


@dataclass(frozen=True, slots=True)
class Clerk:
    """A process that keeps a library; see ``clerk.py`` for the words that it knows."""

    program: "subprocess.Popen[str]"

    def tell(self, word: str, *arguments: object) -> object:
        """Tell it to do something and return what it says when that is done."""
        assert self.program.stdin is not None
        self.program.stdin.write(told(word, *arguments))
        self.program.stdin.flush()
        return self.hear()

    def hear(self) -> object:
        """Return the next thing that it says."""
        assert self.program.stdout is not None
        return json.loads(self.program.stdout.readline())

    def hear_the_rest(self) -> list[object]:
        """Return all that it says until it ends."""
        assert self.program.stdout is not None
        return [json.loads(line) for line in self.program.stdout.readlines()]


@contextmanager
def clerk(
    path: Path, *moment: str, under: Sequence[str] = (), tasks: IO[str] | int = subprocess.PIPE
) -> Iterator[Clerk]:
    """Employ a clerk until there is nothing more to tell it, or until it is killed."""
    command = [*under, sys.executable, "-m", "tests.retrieval.faults.clerk", str(path), *moment]
    program = subprocess.Popen(command, stdin=tasks, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    with program:
        try:
            one = Clerk(program)
            assert one.hear() == "ready"
            yield one
            program.communicate()
        finally:
            program.kill()
    assert program.returncode in {0, -signal.SIGKILL}


def story(number: int) -> str:
    """Return a document of a few passages, each with a word of its own."""
    chance = random.Random(number)
    return "\n\n".join(
        f"The council heard mark{number}x{line} on {', '.join(chance.choices(SUBJECTS, k=size))}."
        for line, size in enumerate(chance.choices(range(1, 15), k=chance.randint(3, 8)))
    )


def passages_of(text: str) -> list[str]:
    return text.split("\n\n")


def own_word(passage: str) -> str:
    return passage.split()[3]


async def answers(path: Path) -> list[Findings]:
    """Return all that the library says to our questions, scores included."""
    async with Library.open(path) as library:
        return [
            await library.find(question, limit=30, space=space)
            for question in QUESTIONS
            for space in (SPACE, None)
        ]


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    """Return what SQLite alone reads from the file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def check_the_file(path: Path) -> None:
    """Check that the database is sound and holds no half of anything."""
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert rows(path, "PRAGMA foreign_key_check") == []
    assert rows(path, HALVES) == []


HALVES = """
    SELECT id FROM versions v
    WHERE citable <> (SELECT count(*) FROM passages WHERE version_id = v.id)
    UNION ALL SELECT hash FROM sources WHERE hash NOT IN (SELECT hash FROM versions)
    UNION ALL SELECT id FROM documents WHERE version_id IS NULL OR revision < 1
    UNION ALL SELECT version_id FROM passages WHERE version_id NOT IN (SELECT id FROM versions)
"""


def index_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.index")
