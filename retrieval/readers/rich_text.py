"""Rich text (.rtf): the text without its formatting, with the title and author of its header."""

from collections.abc import Iterable, Iterator
from importlib.metadata import version

import regex
from striprtf.striprtf import rtf_to_text

from retrieval.analysis.leaning import BETWEEN_CELLS
from retrieval.model import Details
from retrieval.readers.reading import Reading, joined

NAME = f"striprtf {version('striprtf')}"
VERSION = 2

_CELL = regex.compile(r"\\cell(?![a-z])")
_CELL_END = "\ue001"
"""A character of no script in the place of a cell's end: a bar may stand in the cell itself."""
_CELL_SIGN = rf"\\u{ord(_CELL_END) - 2**16}?"
_FIELD = regex.compile(r"\{\\(?P<name>title|author)\s(?P<value>[^{}]{1,500})\}")


def read(content: bytes) -> Reading:
    """Return the text of a rich-text document."""
    source = content.decode("windows-1252", "replace")
    info = source.partition(r"{\info")[2][:10_000]
    fields = {name: _plain(rf"{{\rtf1 {value}}}") for name, value in _FIELD.findall(info)}
    return Reading(
        text=joined(_rows_told(_plain(_CELL.sub(_CELL_SIGN, source)).split("\n"))),
        reader=NAME,
        version=VERSION,
        properties=Details(title=fields.get("title"), author=fields.get("author")),
    )


def _rows_told(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines, of a table's rows with their cells side by side."""
    for line in lines:
        cells = (cell.strip() for cell in line.split(_CELL_END))
        yield BETWEEN_CELLS.join(filter(None, cells)) if _CELL_END in line else line


def _plain(source: str) -> str:
    """Return text without formatting; characters that came as two halves are whole again."""
    text: str = rtf_to_text(source, errors="replace")  # type: ignore[no-untyped-call]  # it has no types
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
