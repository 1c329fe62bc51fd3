"""PDF: paragraphs put together again from lines on pages, by pdfminer.six.

A PDF knows characters and their places only. ``pdf_layout`` gives the lines of a page; here they
become paragraphs, those of a page's margin that come again and again are left out, and a paragraph
that goes on over a page's end stays one.
"""

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pdfminer
import regex
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from retrieval.errors import SourceTooLarge, UnreadableSource
from retrieval.model import Details
from retrieval.readers.pdf_layout import SENTENCE_END, Line, lines_of
from retrieval.readers.reading import BETWEEN, Limits, Reading

NAME = f"pdfminer.six {pdfminer.__version__}"
VERSION = 3
MARGIN_LINES = 2
"""Lines at a page's top and bottom that may be its running header and footer."""
REPEATED = 3
"""Pages on which a line of the margin stands that is a header or footer."""

_NUMBERS = regex.compile(r"\d+|\b[ivxlc]+\b")
_BROKEN_WORD = regex.compile(r"(?<=\p{Ll})[-\N{SOFT HYPHEN}‐]$")


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
    if not pages:
        raise UnreadableSource(
            f"{file} has no page that can be read; save it anew and add it again."
        )
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
        yield lines_of(device.get_result())


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
    return line[:1].islower() and SENTENCE_END.search(text) is None


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
