"""A clerk: a process of its own that does to a library what it is told, a line at a time.

    python -m tests.retrieval.faults.clerk DATABASE [MOMENT]

It says "ready" and opens the library. Each line of its input is a JSON list, a word and its
arguments; what came of it is one line of JSON, written when it is done and not before. With a
MOMENT it dies, as by kill -9, just before it touches the saved index for that many-th time.
"""

import asyncio
import json
import os
import resource
import shutil
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

from retrieval import Library, LibraryError
from retrieval.index import keeping, parted_index

BUSY_INDEX: dict[ModuleType, dict[str, int]] = {
    parted_index: {"SHELF_LIMIT": 12},
    keeping: {"SAVED_FROM": 24, "SAVED_AFTER": 4},
}
"""What makes an index of few passages be merged and saved all the time, as a large one is."""
TOUCHES = {"open", "os.mkdir", "os.rename"}
DELETIONS = {"os.remove", "os.rmdir"}
"""Names of audit events, docs.python.org/3/library/audit_events.html."""


def keep_the_index_busy() -> None:
    for module, limits in BUSY_INDEX.items():
        for name, value in limits.items():
            assert hasattr(module, name), f"{module.__name__} has no {name} any more"
            setattr(module, name, value)


def die_at(moment: int) -> None:
    """Die in the midst of things: what was written stays, and nothing is tidied up."""
    left = count(moment - 1, -1)

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        is_touch = event in DELETIONS or (event in TOUCHES and ".index" in str(arguments[0]))
        if is_touch and next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


async def add(library: Library, file: str, space: str | None, text: str) -> str:
    await library.add(text.encode(), file, space)
    return "done"


async def replace(library: Library, file: str, space: str | None, text: str) -> str:
    await library.replace(text.encode(), file, space)
    return "done"


async def remove(library: Library, file: str, space: str | None) -> str:
    await library.remove(file, space)
    return "done"


async def restore(library: Library, file: str, space: str | None) -> str:
    await library.restore(file, space)
    return "done"


async def ask(library: Library, question: str) -> list[str]:
    """Return the passages that answer."""
    return [hit.passage.text for hit in await library.search(question)]


async def copy(library: Library, folder: str) -> str:
    """Copy the database with all that stands beside it."""
    shutil.copytree(library.path.parent, folder)
    return "done"


async def fill(library: Library, folder: str) -> str:
    """Leave no room on the disk that a folder beside the database is on."""
    with ballast(library, folder).open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError as error:
            return str(error.strerror)


async def make_room(library: Library, folder: str) -> str:
    ballast(library, folder).unlink()
    return "done"


def ballast(library: Library, folder: str) -> Path:
    return library.path.parent / folder / "ballast"


async def files_in(library: Library, folder: str) -> list[str]:
    """Return what lies in a folder beside the database."""
    return sorted(one.name for one in (library.path.parent / folder).iterdir())


async def limit_files(_: Library, size: int) -> str:
    """Let no file grow beyond a size in bytes; -1 is no limit."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    return "done"


WORDS: dict[str, Callable[..., Awaitable[object]]] = {
    word.__name__: word
    for word in (add, replace, remove, restore, ask, copy, fill, make_room, files_in, limit_files)
}


async def work(path: str) -> None:
    """Open the library, do what is said until “close”, and so on until nothing more is said."""
    lines = iter(sys.stdin.readline, "")
    while True:
        async with Library.open(path) as library:
            closing = await obey(library, lines)
        if not closing:
            return
        answer("done")


async def obey(library: Library, lines: Iterator[str]) -> bool:
    """Do what the lines say; return whether the library is to be closed and opened again."""
    while line := await asyncio.to_thread(next, lines, ""):
        word, *arguments = json.loads(line)
        if word == "close":
            return True
        try:
            answer(await WORDS[word](library, *arguments))
        except LibraryError as error:
            answer(str(error))
    return False


def answer(reply: object) -> None:
    sys.stdout.write(json.dumps(reply) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    keep_the_index_busy()
    if len(sys.argv) > 2:
        die_at(int(sys.argv[2]))
    answer("ready")
    asyncio.run(work(sys.argv[1]))
