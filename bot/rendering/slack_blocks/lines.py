"""Any reply as rich text, from the lines that the terminal prints."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from rich.text import Text

from bot.rendering.plain_text import Line
from bot.rendering.plain_text.line import DIM, count
from bot.rendering.slack_blocks.limits import Block, cut, width
from bot.rendering.slack_blocks.message import Stack
from bot.rendering.slack_blocks.parts import NOTHING, context, paragraph, quote, rich, run

LINE = 1_800
"""Of one line; whole documents are one button away as files."""
TOGETHER = 1_900
"""Of the lines that are put into one block; small print takes 2,000."""
QUOTED = 4
"""The indentation of the terminal's quotations."""
SMALL = 15
"""Pieces of small print in a message: each is a block, and a message has fifty at most."""
STYLES = ("bold", "italic", "strike")


def lines_blocks(lines: Sequence[Line], reserve: Iterable[Block] = ()) -> list[Block]:
    """Return lines as blocks; where there is no room for all, how many are left out is said."""
    left = count_of(lines)
    end = list(reserve)
    has_small = sum(is_small for is_small, _ in groupby(lines, key=_is_small)) <= SMALL
    stack = Stack([context(left_out(left)), *end])
    for together in chunks(lines):
        if not stack.put(*_blocks(together, has_small=has_small)):
            return [*stack.blocks, context(left_out(left)), *end]
        left -= count_of(together)
    return [*(stack.blocks or [rich(paragraph(run(NOTHING)))]), *end]


def lines_text(lines: Iterable[Line]) -> str:
    """Return lines as text for a notification."""
    return "\n".join(line.text.plain for line in lines if not is_empty(line))


def left_out(number: int) -> str:
    """Return how many lines a message has no room for."""
    return f"{count(number, 'further line')} would not fit here."


def count_of(lines: Iterable[Line]) -> int:
    """Return how many lines say something."""
    return sum(not is_empty(line) for line in lines)


def is_empty(line: Line) -> bool:
    """Say whether a line only parts the others."""
    return not line.text.plain.strip()


def chunks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield as many lines as one block takes, and again; none begins with an empty one."""
    together: list[Line] = []
    room = TOGETHER
    for line in lines:
        needed = min(width(line.text.plain), LINE) + 1
        if together and needed > room:
            yield together
            together, room = [], TOGETHER
        room -= needed
        if together or not is_empty(line):
            together.append(line)
    if together:
        yield together


def _blocks(lines: list[Line], *, has_small: bool) -> Iterator[Block]:
    """Yield lines as rich text, and as small print what the terminal prints dim."""
    for is_small, group in groupby(lines, key=lambda line: has_small and _is_small(line)):
        together = list(group)
        if is_small:
            yield context(*(cut(line.text.plain, LINE) for line in together))
        elif parts := list(_parts(together)):
            yield rich(*parts)


def _is_small(line: Line) -> bool:
    return line.text.style == DIM


def _parts(lines: list[Line]) -> Iterator[Block]:
    """Yield lines as paragraphs and quotations."""
    for is_quoted, group in groupby(lines, key=_is_quoted):
        if runs := list(_joined(list(group))):
            yield quote(*runs) if is_quoted else paragraph(*runs)


def _is_quoted(line: Line) -> bool:
    return line.indent == QUOTED and not _is_small(line)


def _joined(lines: list[Line]) -> Iterator[Block]:
    """Yield lines as runs; empty ones part the others, and say nothing at either end."""
    shown = [at for at, line in enumerate(lines) if not is_empty(line)]
    for at in range(shown[0], shown[-1] + 1) if shown else ():
        if at > shown[0]:
            yield run("\n")
        yield from runs_of(lines[at].text)


def runs_of(text: Text) -> Iterator[Block]:
    """Yield a styled text as runs of rich text."""
    shown = cut(text.plain, LINE)
    edges = {0, len(shown)}
    for span in text.spans:
        edges |= {min(span.start, len(shown)), min(span.end, len(shown))}
    places = sorted(edges)
    for start, end in pairwise(places):
        styles = [str(text.style), *(str(s.style) for s in text.spans if s.start <= start < s.end)]
        names = " ".join(styles).split()
        yield run(shown[start:end], **{name: True for name in STYLES if name in names})
