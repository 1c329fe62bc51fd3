"""Web pages: the article without menus, banners, comments and links to others, by trafilatura."""

from collections.abc import Iterator
from datetime import date
from typing import Final

import regex
import trafilatura
from lxml.etree import _Element
from trafilatura.settings import Document

from retrieval.errors import UnreadableSource
from retrieval.model import Details
from retrieval.readers.encoding import decoded
from retrieval.readers.reading import Reading, joined

NAME = f"trafilatura {trafilatura.__version__}"
VERSION = 1
TEASER_WORDS = 150
"""Fewer words than this, on a page that says it is not free, are the beginning of an article."""

_BLOCKS: Final = {"p", "head", "item", "row", "quote", "code", "ab"}
_PAYWALL = regex.compile(
    r"isAccessibleForFree[\"']?\s*(?::|content=)\s*[\"']?false", regex.IGNORECASE
)


def read(content: bytes, file: str) -> Reading:
    """Return the article of a web page, paragraph by paragraph, with what its markup states."""
    page = decoded(content)
    document = article_of(page)
    text = joined(paragraphs_in(document.body)) if document else ""
    if _PAYWALL.search(page) and len(text.split()) < TEASER_WORDS:
        raise UnreadableSource(
            f"{file} is behind a paywall: the page holds only the beginning of the article; "
            "add the article as a file that you may use."
        )
    if document is None or not text:
        raise UnreadableSource(
            f"No article could be found in {file}; add the article's text as a .txt file."
        )
    return Reading(text, NAME, VERSION, details=_details(document))


def article_of(page: str) -> Document | None:
    """Return the main text of a page as a tree, with its metadata; None where there is none."""
    document = trafilatura.bare_extraction(
        page,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    return document if isinstance(document, Document) else None


def _details(document: Document) -> Details:
    return Details(
        title=document.title,
        outlet=document.sitename,
        author=document.author,
        published=date.fromisoformat(document.date) if document.date else None,
    )


def paragraphs_in(element: _Element) -> Iterator[str]:
    """Yield the text of each block below an element, in order; a table's row is one block."""
    line = [element.text or ""]
    for child in element:
        if child.tag == "row":
            yield from _lines(line)
            yield " | ".join(" ".join("".join(cell.itertext()).split()) for cell in child)
            line = []
        elif child.tag in _BLOCKS or any(one.tag in _BLOCKS for one in child.iter()):
            yield from _lines(line)
            yield from paragraphs_in(child)
            line = []
        else:
            line += ["\n"] if child.tag == "lb" else list(child.itertext())
        line.append(child.tail or "")
    yield from _lines(line)


def _lines(pieces: list[str]) -> list[str]:
    return "".join(pieces).split("\n")
