"""A document's text cut into passages: one paragraph each, with exact offsets.

Lines end at LF, CRLF or CR and nowhere else. Each line that is not blank is a passage; only in a
hard-wrapped file are adjacent lines joined.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from retrieval.model import Span

WRAP_WIDTH_LIMIT = 120
"""Columns; editors and mailers wrap at 65 to 100, a longer line was not wrapped by hand."""
WRAP_WIDTH_LEAST = 50
"""Columns; shorter lines are a list or a poem."""
WRAPPED_SHARE = 0.8
"""Share of the adjacent lines that must be full before a file counts as hard-wrapped."""
WRAPPED_LINES = 3
"""Fewer adjacent lines than this are no evidence of wrapping."""

_LINE = regex.compile(r"(?P<content>[^\r\n]*)(?P<end>\r\n|\r|\n|\Z)")


def split(text: str) -> list[Span]:
    """Return the bounds of each passage of ``text``, in order, outer white space left out."""
    blocks = list(_blocks(text))
    if _is_hard_wrapped(text, blocks):
        return [Span(block[0].start, block[-1].end) for block in blocks]
    return [line for block in blocks for line in block]


def _blocks(text: str) -> Iterator[list[Span]]:
    """Yield runs of adjacent lines that are not blank, each line without outer white space."""
    block: list[Span] = []
    for match in _LINE.finditer(text):
        line = _stripped(match["content"], match.start())
        if line is not None:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _stripped(content: str, start: int) -> Span | None:
    body = content.strip()
    if not body:
        return None
    start += len(content) - len(content.lstrip())
    return Span(start, start + len(body))


def _is_hard_wrapped(text: str, blocks: Sequence[Sequence[Span]]) -> bool:
    """Say whether lines end where the next word would not have fitted, as a wrapping editor does.

    A line is full when the first word of the line below would have run over the file's width.
    """
    width = max((line.end - line.start for block in blocks for line in block), default=0)
    pairs = [pair for block in blocks for pair in pairwise(block)]
    if not WRAP_WIDTH_LEAST <= width <= WRAP_WIDTH_LIMIT or len(pairs) < WRAPPED_LINES:
        return False
    full = sum(
        line.end - line.start + 1 + len(below.of(text).split(maxsplit=1)[0]) > width
        for line, below in pairs
    )
    return full >= WRAPPED_SHARE * len(pairs)
