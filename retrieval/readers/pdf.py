"""PDF: paragraphs put together again from lines on pages, by pdfminer.six.

A PDF knows characters and their places only. pdfminer finds lines and boxes; here lines become
paragraphs, those of a page's margin that come again and again are left out, and a paragraph that
goes on over a page's end stays one.
"""

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pdfminer
import regex
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTPage, LTTextBox, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from retrieval.errors import SourceTooLarge, UnreadableSource
from retrieval.model import Details
from retrieval.readers.reading import BETWEEN, Limits, Reading

NAME = f"pdfminer.six {pdfminer.__version__}"
VERSION = 1
INDENT = 0.8
"""Of a line's height: what stands further in than the line above begins a paragraph."""
GAP = 1.5
"""Times the usual distance between lines: more begins a paragraph."""
SHORT = 0.75
"""Of the box's width: a sentence that ends before this ends a paragraph."""
MARGIN_LINES = 2
"""Lines at a page's top and bottom that may be its running header and footer."""
REPEATED = 3
"""Pages on which a line of the margin stands that is a header or footer."""

_NUMBERS = regex.compile(r"\d+|\b[ivxlc]+\b")
_SENTENCE_END = regex.compile(r"[.!?…:][\"'”’)\]]*$")
_BROKEN_WORD = regex.compile(r"(?<=\p{Ll})[-\N{SOFT HYPHEN}‐]$")
_UNKNOWN_GLYPH = regex.compile(r"\(cid:\d+\)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and where it stands, in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    first: bool
    """Whether it begins a paragraph, as far as its own page shows."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, and the page on which they begin, from 0."""

    page: int
    text: str


def read(content: bytes, file: str, limits: Limits) -> Reading:
    """Return the text of a PDF with the beginnings of its pages."""
    try:
        document = PDFDocument(PDFParser(io.BytesIO(content)))
    except PDFPasswordIncorrect as error:
        raise UnreadableSource(
            f"{file} is locked with a password; save it without one and add it again."
        ) from error
    pages = list(_pages(document, file, limits))
    paragraphs = list(_paragraphs(_without_margins(pages)))
    if not paragraphs:
        raise UnreadableSource(
            f"{file} has no text in it, only pictures of {len(pages):,} page"
            f"{'' if len(pages) == 1 else 's'}; run text recognition (OCR) on it and add it again."
        )
    return Reading(
        text=BETWEEN.join(one.text for one in paragraphs),
        reader=NAME,
        version=VERSION,
        properties=_properties(document),
        pages=tuple(_page_starts(paragraphs, len(pages))),
    )


def _pages(document: PDFDocument, file: str, limits: Limits) -> Iterator[list[Line]]:
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=LAParams())
    interpreter = PDFPageInterpreter(resources, device)
    for number, page in enumerate(PDFPage.create_pages(document)):
        if number >= limits.pages:
            raise SourceTooLarge(
                f"{file} has more than {limits.pages:,} pages, the limit; "
                "add it in parts or have the limit raised.",
                limit="pages",
            )
        interpreter.process_page(page)
        yield list(_lines(device.get_result()))


def _lines(page: LTPage) -> Iterator[Line]:
    for box in page:
        if isinstance(box, LTTextBox):
            yield from _lines_of_box(box)


def _lines_of_box(box: LTTextBox) -> Iterator[Line]:
    """Yield a box's lines, and say of each whether it begins a paragraph."""
    lines = [line for line in box if line.get_text().strip()]
    distances = [above.y0 - below.y0 for above, below in pairwise(lines)]
    usual = median(distances) if distances else 0
    for number, line in enumerate(lines):
        above = lines[number - 1] if number else None
        first = above is None or bool(
            line.x0 - above.x0 > INDENT * line.height
            or above.y0 - line.y0 > GAP * usual
            or _ends_short(above, box)
        )
        text = _UNKNOWN_GLYPH.sub("", " ".join(line.get_text().split()))
        if text:
            yield Line(text, line.x0, line.x1, line.y1, line.y0, first)


def _ends_short(line: LTTextLine, box: LTTextBox) -> bool:
    is_short = line.x1 - box.x0 < SHORT * box.width
    return is_short and _SENTENCE_END.search(line.get_text().strip()) is not None


def _without_margins(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """Yield the lines of each page without its running header and footer and its number."""
    margins = [_margin(page) for page in pages]
    seen = Counter(pattern for margin in margins for pattern in set(margin.values()))
    for page, margin in zip(pages, margins, strict=True):
        yield [
            line
            for number, line in enumerate(page)
            if number not in margin or seen[margin[number]] < max(REPEATED, len(pages) / 2)
        ]


def _margin(page: Sequence[Line]) -> dict[int, str]:
    """Return the lines of a page's top and bottom by number, with their own numbers left open."""
    by_height = sorted(range(len(page)), key=lambda number: -page[number].top)
    return {
        number: _NUMBERS.sub("#", page[number].text.lower())
        for number in (*by_height[:MARGIN_LINES], *by_height[-MARGIN_LINES:])
    }


def _paragraphs(pages: Iterator[list[Line]]) -> Iterator[Paragraph]:
    """Yield the paragraphs of all pages; one goes on where a sentence does."""
    text, begun = "", 0
    for number, page in enumerate(pages):
        for line in page:
            if text and line.first and not _goes_on(text, line.text):
                yield Paragraph(begun, text)
                text = ""
            if not text:
                begun = number
            text = _with_line(text, line.text)
    if text:
        yield Paragraph(begun, text)


def _goes_on(text: str, line: str) -> bool:
    return line[:1].islower() and _SENTENCE_END.search(text) is None


def _with_line(text: str, line: str) -> str:
    """Return a paragraph with one more line; a word that was broken at its end is whole again."""
    if not text:
        return line
    if _BROKEN_WORD.search(text) and line[:1].islower():
        return text[:-1] + line
    return f"{text} {line}"


def _page_starts(paragraphs: Sequence[Paragraph], pages: int) -> Iterator[int]:
    """Yield for each page where the first paragraph that begins on it or after it begins."""
    starts: list[int] = []
    at = 0
    for paragraph in paragraphs:
        starts += [at] * (paragraph.page + 1 - len(starts))
        at += len(paragraph.text) + len(BETWEEN)
    yield from starts + [at] * (pages - len(starts))


def _properties(document: PDFDocument) -> Details:
    """Return title and author; when a file was saved is no date of publication."""
    info = document.info[0] if document.info else {}
    return Details(title=_property(info, "Title"), author=_property(info, "Author"))


def _property(info: dict[str, object], name: str) -> str | None:
    value = resolve1(info.get(name))
    return decode_text(value).strip() or None if isinstance(value, bytes) else None
