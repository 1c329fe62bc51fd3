"""Any reply as rich text, from the lines that the terminal prints."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from rich.text import Text

from bot.rendering.plain_text import Line
from bot.rendering.plain_text.line import count
from bot.rendering.slack_blocks.limits import Block, cut, width
from bot.rendering.slack_blocks.message import Stack
from bot.rendering.slack_blocks.parts import NOTHING, context, paragraph, quote, rich, run

LINE = 2_000
"""Of one line; whole documents are one button away as files."""
TOGETHER = 2_500
"""Of the lines that are put into one block."""
QUOTED = 4
"""The indentation of the terminal's quotations."""
STYLES = ("bold", "italic")


def lines_blocks(lines: Sequence[Line], reserve: Iterable[Block] = ()) -> list[Block]:
    """Return lines as blocks; where there is no room for all, how many are left out is said."""
    left = count_of(lines)
    end = list(reserve)
    stack = Stack([context(left_out(left)), *end])
    for together in chunks(lines):
        if not stack.put(_block(together)):
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
        needed = min(width(line.text.plain), LINE)
        if together and needed > room:
            yield together
            together, room = [], TOGETHER
        room -= needed
        if together or not is_empty(line):
            together.append(line)
    if together:
        yield together


def _block(lines: list[Line]) -> Block:
    parts = []
    for is_quoted, group in groupby(lines, key=lambda line: line.indent == QUOTED):
        if runs := list(_joined(list(group))):
            parts.append(quote(*runs) if is_quoted else paragraph(*runs))
    return rich(*parts)


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
