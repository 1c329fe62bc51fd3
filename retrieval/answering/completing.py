"""Completing: the files, outlets and authors that begin or go on as somebody has typed so far."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from unicodedata import normalize

from retrieval.analysis.analyzer import fold
from retrieval.model import Status
from retrieval.store.names import Names

AT_ONCE = 25
"""Discord shows no more: discord.com/developers/docs, autocomplete."""


class Completed(StrEnum):
    """What a name is completed to."""

    FILE = "file"
    OUTLET = "outlet"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Completion:
    """One name that may be meant."""

    value: str
    """What is filled in: the file's name, the outlet or the author."""
    label: str
    """What is shown: for a file its title too, where it has one."""


class Completer:
    """Completes names within what a space may see."""

    def __init__(self, names: Names) -> None:
        self._names = names

    async def complete(
        self, kind: Completed, typed: str, space: str | None, status: Status
    ) -> list[Completion]:
        """Return at most 25 names that begin with what is typed, then those that hold it.

        Each group comes newest first; case and, in outlets and authors, accents do not matter.
        A file is found by words of its title too. Nothing typed gives the newest names.
        """
        typed = normalize("NFC", typed.strip())
        match kind:
            case Completed.FILE:
                files = await self._names.files(typed, space, status, AT_ONCE)
                return [
                    Completion(file, f"{file} · {title}" if title else file)
                    for file, title in files.items()
                ]
            case Completed.OUTLET | Completed.AUTHOR:
                names = await self._names.of(kind.value, space, status)
                return [Completion(name, name) for name in _like(typed, names)]


def _like(typed: str, names: Iterable[str]) -> list[str]:
    """Return the first names that begin with a text, then those that hold it."""
    wanted = fold(typed)
    folded = [(fold(name), name) for name in names]
    first = [name for its, name in folded if its.startswith(wanted)]
    then = [name for its, name in folded if wanted in its and not its.startswith(wanted)]
    return list(islice([*first, *then], AT_ONCE))
