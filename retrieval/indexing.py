"""What a passage is indexed under: its own terms, and for lines about the document its subject.

A byline or dateline says something of the whole document, so it is found by the document's title
and by the words with which people ask for an author, a place or a date.
"""

from dataclasses import dataclass
from typing import Final

import regex

from retrieval.analysis import Analyzer
from retrieval.model import Document, Passage, Role


@dataclass(frozen=True, slots=True)
class About:
    """How people ask for what a line about the document says."""

    words: str
    """Words under which the line is indexed besides its own and the title's."""
    asked: "regex.Pattern[str]"
    """What a question holds that asks for such a line."""


ABOUT: Final = {
    Role.BYLINE: About(
        "author wrote article byline reporter journalist",
        regex.compile(
            r"\b(?:who (?:wrote|reported)|wr(?:ote|itten)|author|byline|reporter|journalist)\b",
            regex.IGNORECASE,
        ),
    ),
    Role.DATELINE: About(
        "date published updated city place location delivered",
        regex.compile(
            r"\b(?:where|when|dated?|updated?|published|city|town|place|location)\b",
            regex.IGNORECASE,
        ),
    ),
}


def index_terms(document: Document, passage: Passage, analyzer: Analyzer) -> list[str]:
    """Return the terms under which a passage is found."""
    terms = analyzer.terms(passage.text)
    if about := ABOUT.get(passage.role):
        terms += analyzer.terms(f"{about.words} {document.details.title or ''}")
    return terms


def is_asked_for(role: Role, question: str) -> bool:
    """Say whether a question asks for a line about the document, such as its byline."""
    about = ABOUT.get(role)
    return about is not None and about.asked.search(question) is not None
