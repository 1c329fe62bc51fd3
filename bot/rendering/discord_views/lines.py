"""Any reply from the lines that the terminal prints, and text that is longer than a message."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import discord
from rich.text import Text

from bot.rendering.discord_views.buttons import Button
from bot.rendering.discord_views.markdown import quoted, said, small, width
from bot.rendering.discord_views.post import TEXT, WHOLE, Post, Stack
from bot.rendering.plain_text import Line
from bot.rendering.plain_text.line import DIM
from bot.rendering.segments import Segment

LINE = 1_500
"""Of one line, so that no other is driven out by it."""
QUOTED = 4
"""Indentation from which on the terminal's lines are quotations."""
SURELY = LINE // 8
"""Characters that have room in a line, whatever has to be escaped and made bold."""
NOTHING = "–"
CUT = "This is the beginning; the whole is in the file below."


def lines_post(
    lines: Sequence[Line], *buttons: Button, colour: discord.Colour | None = None
) -> Post:
    """Return lines as a message; where they are too long for one, the whole is attached."""
    shown, is_whole = _fitting(lines, TEXT)
    if is_whole:
        stack = Stack(colour)
        stack.put(shown or NOTHING, *buttons)
        return stack.finish()
    stack = Stack(colour, small(CUT))
    shown, _ = _fitting(lines, stack.room)
    stack.put(shown or NOTHING, *buttons)
    return stack.finish((WHOLE, as_text(lines)))


def as_text(lines: Sequence[Line]) -> bytes:
    """Return lines as the terminal prints them into a file."""
    text = "\n".join(" " * one.indent + one.text.plain for one in lines)
    return f"{text}\n".encode("utf-8", "replace")


def _fitting(lines: Sequence[Line], room: int) -> tuple[str, bool]:
    """Return the first lines that have room together, and whether that is all of them, uncut.

    The empty lines are the gaps between the others.
    """
    kept: list[str] = []
    is_whole = True
    for line in lines:
        shown = _shown(line, LINE)
        room -= width(shown) + 1
        if room < 0:
            return "\n".join(kept).strip("\n"), False
        kept.append(shown)
        is_whole = is_whole and (len(line.text.plain) < SURELY or shown == _shown(line, TEXT * 2))
    return "\n".join(kept).strip("\n"), is_whole


def _shown(line: Line, limit: int) -> str:
    if not line.text.plain.strip():
        return ""
    markdown = said(list(_segments(line.text)), limit)
    if line.text.style == DIM:
        return small(markdown)
    return quoted(markdown) if line.indent >= QUOTED else markdown


def _segments(text: Text) -> Iterator[Segment]:
    """Yield a styled text in pieces that are bold or not."""
    is_bold = ["bold" in str(text.style)] * len(text.plain)
    for span in text.spans:
        if "bold" in str(span.style):
            is_bold[span.start : span.end] = [True] * (span.end - span.start)
    for matched, places in groupby(range(len(text.plain)), key=is_bold.__getitem__):
        piece = list(places)
        yield Segment(text.plain[piece[0] : piece[-1] + 1], matched)
