"""Cutting: where a text ends that is too long, however wide a platform counts it."""

from bisect import bisect_right
from collections.abc import Callable

import regex

ELLIPSIS = " …"
"""What says that a text goes on; as wide as it has characters on every platform."""
_SENTENCE_END = regex.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)")


def end_within(text: str, limit: int, width_up_to: Callable[[int], int]) -> int:
    """Return where to cut a text that is wider than the limit, an ellipsis allowed for.

    ``width_up_to`` says how wide its first so many characters are, and is never less than these.
    It is cut at the end of a sentence, else of a word, unless too little would be left.
    """
    room = limit - len(ELLIPSIS)
    end = bisect_right(range(1, min(len(text), room) + 1), room, key=width_up_to)
    least = end // 3
    sentences = [match.end() for match in _SENTENCE_END.finditer(text, 0, end + 1)]
    if sentences and sentences[-1] > least:
        return sentences[-1]
    space = text.rfind(" ", 0, end + 1)
    return space if space > least else end
