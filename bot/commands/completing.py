"""Completing what is typed: what a word can be about, of what its sender may know of."""

from bot.messages import Request
from retrieval import Completion, Library, Status

AT_ONCE = 25
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
