"""The lines of a page in the order in which they are read, from the boxes that pdfminer finds."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

import regex
from pdfminer.layout import LTPage, LTTextBox, LTTextLine

COLUMN = 70
"""Points, an inch; what is narrower is a list's numbers or a table's cells and no column."""
SAME_ROW = 0.5
"""Of a piece's height: pieces of text that are less apart stand in one line."""
INDENT = 0.8
"""Of a line's height: what stands further in than the line above begins a paragraph."""
GAP = 1.5
"""Times the usual distance between lines: more begins a paragraph."""
SHORT = 0.75
"""Of the box's width: a sentence that ends before this ends a paragraph."""

SENTENCE_END: Final = regex.compile(r"[.!?…:][\"'”’)\]]*$")
_UNKNOWN_GLYPH = regex.compile(r"\(cid:\d+\)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and where it stands, in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    first: bool = True
    """Whether it begins a paragraph, as far as its own page shows."""


def lines_of(page: LTPage) -> list[Line]:
    """Return the lines of a page in the order in which they are read."""
    boxes = [box for box in page if isinstance(box, LTTextBox)]
    return [line for box in _in_order(boxes) for line in _lines_of_box(box)]


def _in_order(boxes: Sequence[LTTextBox]) -> Iterator[LTTextBox]:
    """Yield boxes as they are read: column by column where a gutter parts all, else downwards."""
    rest = boxes
    while rest:
        columns, bands = _cut(rest, _across), _cut(rest, _down)
        are_columns = len(columns) > 1 and all(_width(column) >= COLUMN for column in columns)
        if are_columns and not _is_parted(bands, len(columns)):
            for column in columns:
                yield from _in_order(column)
            return
        band, *below = bands
        if below:
            yield from _in_order(band)
        else:
            yield from sorted(band, key=lambda box: (-box.y1, box.x0))
        rest = [box for one in below for box in one]


def _across(box: LTTextBox) -> tuple[float, float]:
    return box.x0, box.x1


def _down(box: LTTextBox) -> tuple[float, float]:
    return -box.y1, -box.y0


def _is_parted(bands: Sequence[Sequence[LTTextBox]], columns: int) -> bool:
    """Say whether something wide, such as a picture's caption, stands across a gutter by itself.

    Then the columns above it are read before it, and those below it after it.
    """
    wide, *others = sorted(bands, key=lambda band: -max(box.width for box in band))
    rest = [box for band in others for box in band]
    return len(wide) == 1 and len(_cut(rest, _across)) > columns


def _cut(
    boxes: Sequence[LTTextBox], extent: Callable[[LTTextBox], tuple[float, float]]
) -> list[list[LTTextBox]]:
    """Return boxes in groups between which there is nothing, in order."""
    groups: list[list[LTTextBox]] = []
    end = -math.inf
    for box in sorted(boxes, key=extent):
        start, its_end = extent(box)
        if start >= end:
            groups.append([])
        groups[-1].append(box)
        end = max(end, its_end)
    return groups


def _width(boxes: Sequence[LTTextBox]) -> float:
    return max(box.x1 for box in boxes) - min(box.x0 for box in boxes)


def _lines_of_box(box: LTTextBox) -> Iterator[Line]:
    """Yield a box's lines, and say of each whether it begins a paragraph."""
    lines = [_line(pieces) for pieces in _rows(box)]
    lines = [line for line in lines if line.text]
    distances = [above.bottom - below.bottom for above, below in pairwise(lines)]
    usual = median(distances) if distances else 0
    for number, line in enumerate(lines):
        above = lines[number - 1] if number else None
        first = above is None or bool(
            line.left - above.left > INDENT * (line.top - line.bottom)
            or above.bottom - line.bottom > GAP * usual
            or _ends_short(above, box)
        )
        yield replace(line, first=first)


def _rows(box: LTTextBox) -> Iterator[list[LTTextLine]]:
    """Yield the pieces of each line: wide spaces between words break one for pdfminer."""
    row: list[LTTextLine] = []
    for piece in box:
        if row and abs(row[-1].y0 - piece.y0) > SAME_ROW * piece.height:
            yield row
            row = []
        row.append(piece)
    yield row


def _line(pieces: Sequence[LTTextLine]) -> Line:
    text = " ".join(one.get_text() for one in sorted(pieces, key=lambda one: one.x0))
    return Line(
        text=_UNKNOWN_GLYPH.sub("", " ".join(text.split())),
        left=min(one.x0 for one in pieces),
        right=max(one.x1 for one in pieces),
        top=max(one.y1 for one in pieces),
        bottom=min(one.y0 for one in pieces),
    )


def _ends_short(line: Line, box: LTTextBox) -> bool:
    is_short = line.right - box.x0 < SHORT * box.width
    return is_short and SENTENCE_END.search(line.text) is not None
