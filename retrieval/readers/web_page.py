"""Web pages: the article without menus, banners, comments and links to others, by trafilatura."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Final

import regex
import trafilatura
from lxml.etree import _Element
from trafilatura.settings import Document

from retrieval.analysis.leaning import BETWEEN_CELLS
from retrieval.errors import UnreadableSource
from retrieval.model import Details
from retrieval.readers.encoding import decoded
from retrieval.readers.reading import BETWEEN, Reading, joined

NAME = f"trafilatura {trafilatura.__version__}"
VERSION = 1
TEASER_WORDS = 150
"""Fewer words than this, on a page that says it is not free, are the beginning of an article."""

_BLOCKS: Final = {"p", "head", "item", "row", "quote", "code", "ab"}
_JSON_LD = regex.compile(
    r"<script[^>]*\bapplication/ld\+json\b[^>]*>(.*?)</script>", regex.DOTALL | regex.IGNORECASE
)
_PAYWALL = regex.compile(
    r"isAccessibleForFree[\"']?\s*(?::|content=)\s*[\"']?false", regex.IGNORECASE
)


def read(content: bytes, file: str) -> Reading:
    """Return the article of a web page, paragraph by paragraph, with what its markup states."""
    page = decoded(content)
    document = article_of(page)
    text = joined(paragraphs_in(document.body)) if document else ""
    if BETWEEN not in text:  # trafilatura folds what the page states for machines into one
        text = joined(_stated_body(page)) or text
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


def _stated_body(page: str) -> list[str]:
    """Return the paragraphs of the article that a page states in JSON-LD, for machines."""
    for script in _JSON_LD.findall(page):
        with suppress(ValueError, RecursionError):
            for body in _bodies_in(json.loads(script)):
                return body.splitlines()
    return []


def _bodies_in(stated: object) -> Iterator[str]:
    if isinstance(stated, dict):
        if isinstance(body := stated.get("articleBody"), str):
            yield body
        stated = list(stated.values())
    if isinstance(stated, list):
        for one in stated:
            yield from _bodies_in(one)


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
        if child.tag == "row" and not _holds_blocks(child):
            yield from _lines(line)
            cells = (" ".join(" ".join(cell.itertext()).split()) for cell in child)
            yield BETWEEN_CELLS.join(filter(None, cells))
            line = []
        elif child.tag in _BLOCKS or _holds_blocks(child):
            yield from _lines(line)
            yield from paragraphs_in(child)
            line = []
        else:
            line += ["\n"] if child.tag == "lb" else list(child.itertext())
        line.append(child.tail or "")
    yield from _lines(line)


def _holds_blocks(element: _Element) -> bool:
    return any(one.tag in _BLOCKS for one in element.iterdescendants())


def _lines(pieces: list[str]) -> list[str]:
    return "".join(pieces).split("\n")
