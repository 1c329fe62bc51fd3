"""Targets that take in a source of any bytes: one for each format, and one for archives.

The libraries that read most formats run here in this process and not in one of their own, so that
the fuzzer sees what its bytes do in them; what they raise on damaged bytes is a sentence.
"""

import io
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Final

from retrieval import Details, LibraryError, text_of
from retrieval.analysis.analyzer import Analyzer
from retrieval.intake.incoming import Incoming
from retrieval.intake.receipts import receipt_of
from retrieval.intake.taking_in import take_in
from retrieval.intake.unpacking import unpacked
from retrieval.readers import DEFAULT_LIMITS, Reading
from retrieval.readers.formats import read_format
from retrieval.readers.recognition import Format, format_of
from tests import sources

ANALYZER: Final = Analyzer()
MOST: Final = 1 << 20
"""Bytes of a source."""
FILE: Final = "story"
MAIN_PART: Final = "word/document.xml"


def plain_sources(data: bytes) -> None:
    """Take in plain text."""
    if reading := _taken_in(data, None):
        assert reading.text == text_of(data, FILE)


def any_sources(data: bytes) -> None:
    """Say of any bytes what they are, and read them as that."""
    try:
        its = format_of(data, FILE)
    except LibraryError as error:
        assert_sentence(error)
        return
    if its not in {Format.TEXT, Format.ARCHIVE}:
        _taken_in(data, its)


def pages(data: bytes) -> None:
    """Take in a web page."""
    _taken_in(data, Format.WEB_PAGE)


def markdowns(data: bytes) -> None:
    """Take in Markdown."""
    _taken_in(data, Format.MARKDOWN)


def mails(data: bytes) -> None:
    """Take in an e-mail."""
    _taken_in(data, Format.MAIL)


def rich_texts(data: bytes) -> None:
    """Take in rich text."""
    _taken_in(data, Format.RICH_TEXT)


def pdfs(data: bytes) -> None:
    """Take in a PDF."""
    _taken_in(data, Format.PDF)


def words(data: bytes) -> None:
    """Take in a Word document whose main part, packed as it should be, is any bytes."""
    parts = {name: data if name == MAIN_PART else part for name, part in _parts().items()}
    _taken_in(sources.zipped(parts, zipfile.ZIP_STORED), Format.WORD)


def archives(data: bytes) -> None:
    """Unpack any archive."""
    for one in unpacked(Incoming(data, f"{FILE}.zip"), MOST, DEFAULT_LIMITS):
        if isinstance(one, LibraryError):
            assert_sentence(one)
        else:
            assert len(one.content) <= MOST


def assert_sentence(error: LibraryError) -> None:
    """Check that what is said is one sentence for a person."""
    assert str(error).strip()
    assert "Traceback" not in str(error)


def _taken_in(content: bytes, its: Format | None) -> Reading | None:
    """Take in a source, read as a format or as plain text; check what is kept of it."""
    kept: list[Reading] = []

    def read(given: bytes, file: str) -> Reading:
        text = Reading(text_of(given, file), "plain", 1) if its is None else None
        kept.append(text or read_format(its or Format.TEXT, given, file, DEFAULT_LIMITS))
        return kept[0]

    try:
        document = take_in(content, FILE, Details(), ANALYZER, max_bytes=MOST, read=read)
    except LibraryError as error:
        assert_sentence(error)
        return None
    [reading] = kept
    reading.text.encode()
    end = 0
    for passage in document.passages:
        assert reading.text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip() != ""
        assert end <= passage.start
        assert passage.receipt == receipt_of(
            document.hash, passage.start, passage.end, passage.text
        )
        end = passage.end
    return reading


@cache
def _parts() -> dict[str, bytes]:
    """Return the files that a Word document is made of."""
    with zipfile.ZipFile(io.BytesIO(sources.word("One.", "Two."))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


TEXTS: Final = ("The council doubled the budget.", "“We did,” Robin Roe said.")
SAMPLES: Final[dict[str, Callable[[], bytes]]] = {
    "pages": lambda: sources.page(*TEXTS),
    "markdowns": lambda: b"# Budget\n\n* one\n* two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "mails": lambda: sources.mail("\n\n".join(TEXTS), attached={"a.txt": b"More of it."}),
    "rich_texts": lambda: sources.rich_text(*TEXTS),
    "pdfs": lambda: sources.pdf(TEXTS),
    "words": lambda: _parts()[MAIN_PART],
    "archives": lambda: sources.zipped({"a.txt": b"One.", "b/c.md": b"# Two"}),
    "any_sources": lambda: sources.page(*TEXTS),
}
"""A sound source for each target that has no use for most bytes: a fuzzer begins with it."""

SOURCES: Final[dict[str, Callable[[bytes], None]]] = {
    target.__name__: target
    for target in (
        plain_sources,
        any_sources,
        pages,
        markdowns,
        mails,
        rich_texts,
        pdfs,
        words,
        archives,
    )
}
