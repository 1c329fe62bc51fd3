"""Word documents (.docx): paragraphs and tables in their order, tracked changes as accepted.

Footnotes and endnotes follow the text, each a paragraph of its own. What stands at the top or
bottom of every page, and what is hidden, is left out.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Final

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from lxml.etree import _Element

from retrieval.analysis.leaning import BETWEEN_CELLS
from retrieval.errors import UnreadableSource
from retrieval.model import Details
from retrieval.readers.reading import Limits, Reading, check_unpacked, joined

NAME = f"python-docx {docx.__version__}"
VERSION = 2

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT: Final = {f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", _FALLBACK}
"""What was deleted or moved away, what only formats, and what stands a second time."""
_NO_NOTES: Final = {"separator", "continuationSeparator", "continuationNotice"}
_SIGNS: Final = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
}


def read(content: bytes, file: str, limits: Limits) -> Reading:
    """Return the text of a Word document, with the properties that Word keeps beside it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        check_unpacked(archive.infolist(), file, limits)
    document = docx.Document(io.BytesIO(content))
    tree = document.element.getroottree()
    if tree.docinfo.internalDTD is not None:
        raise UnreadableSource(
            f"{file} declares entities, as no Word document does; save it anew and add it again."
        )
    return Reading(
        text=joined([*_blocks(document.element.body), *_notes(document)]),
        reader=NAME,
        version=VERSION,
        properties=_properties(document),
    )


def _notes(document: Document) -> Iterator[str]:
    """Yield the paragraphs of footnotes and endnotes, which are kept beside the document."""
    for kind in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
        for relation in document.part.rels.values():
            if relation.reltype == kind and not relation.is_external:
                for note in parse_xml(relation.target_part.blob):
                    if note.get(f"{_W}type") not in _NO_NOTES:
                        yield from _blocks(note)


def _properties(document: Document) -> Details:
    """Return title and author; when a file was saved is no date of publication."""
    core = document.core_properties
    return Details(title=core.title or None, author=core.author or None)


def _blocks(element: _Element) -> Iterator[str]:
    """Yield paragraphs, and the rows of tables with their cells side by side."""
    for child in element:
        if child.tag == f"{_W}p":
            yield from "".join(_pieces(child)).split("\n")
            for box in child.iter(f"{_W}txbxContent"):
                if not any(one.tag in _LEFT_OUT for one in box.iterancestors()):
                    yield from _blocks(box)
        elif child.tag == f"{_W}tr":
            yield BETWEEN_CELLS.join(" ".join(_blocks(cell)) for cell in _cells(child))
        elif child.tag not in _LEFT_OUT:
            yield from _blocks(child)


def _cells(row: _Element) -> Iterator[_Element]:
    """Yield the cells of a row; those of a table within one of them are not its own."""
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _cells(child)


def _is_hidden(run: _Element) -> bool:
    """Say whether Word shows a run of text to nobody."""
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val") not in {"0", "false", "off"}


def _pieces(element: _Element) -> Iterator[str]:
    """Yield the text of a paragraph; that of the boxes anchored in it is not its own."""
    if element.tag == f"{_W}r" and _is_hidden(element):
        return
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _LEFT_OUT and child.tag != f"{_W}txbxContent":
            yield from _pieces(child)
