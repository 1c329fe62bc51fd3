"""Completing what is typed: what a word can be about, of what its sender may know of."""

from pathlib import PurePath

from bot.messages import Request
from retrieval import Completion, Library, NoSuchDocument, Status

AT_ONCE = 25
NAMED = 3
"""Documents that are named to whoever may have meant one of them."""
SHORTEST = 3
"""Letters of a name that was typed; fewer stand in many others."""
EVERYONES: tuple[Status, ...] = (Status.LIVE,)
MODERATORS: tuple[Status, ...] = (Status.LIVE, Status.HELD)
OUT = {"restore": (Status.REMOVED, Status.RETRACTED)}
"""Words that are about documents that answer no more."""


async def completions(
    kind: str, typed: str, word: str, request: Request, library: Library, *, moderates: bool
) -> list[Completion]:
    """Return at most 25 files, outlets or authors that may be meant by what is typed so far."""
    of_moderators = moderates and kind == "file"
    statuses = OUT.get(word, MODERATORS) if of_moderators else EVERYONES
    found: dict[str, Completion] = {}
    for status in statuses:
        for one in await library.completions(kind, typed, request.space, status=status):
            found.setdefault(one.value, one)
    return list(found.values())[:AT_ONCE]


async def not_there(
    error: NoSuchDocument,
    file: str,
    word: str,
    request: Request,
    library: Library,
    *,
    moderates: bool,
) -> str:
    """Return why nothing stands under a name, with the documents that may be meant by it."""
    if moderates and word not in OUT:
        for status in OUT["restore"]:
            of_status = await library.completions("file", file, request.space, status=status)
            if any(one.value == file for one in of_status):
                return f"{file} is {status}; restore brings it back."
    for typed in dict.fromkeys((file, PurePath(file).stem)):
        if len(typed) < SHORTEST:
            break
        found = await completions("file", typed, word, request, library, moderates=moderates)
        names = [one.value for one in found]
        if file in names:
            break
        if names:
            return f"There is no document {file} here; did you mean {_either(names[:NAMED])}?"
    return str(error)


def _either(names: list[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last
