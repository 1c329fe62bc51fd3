"""What a passage is indexed under: its own words, and for lines about the document its subject.

A byline or dateline says something of the whole document, so it is found by the document's title
and by the words with which people ask for an author, a place or a date.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import regex

from retrieval.analysis import Analyzer, Word
from retrieval.excerpts import sentences_of
from retrieval.model import Document, Passage, Role
from retrieval.postings.table import IndexedDocument, IndexedPassage


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


def indexed(document: Document, passages: Iterable[Passage], analyzer: Analyzer) -> IndexedDocument:
    """Return a document with those of its passages that can be cited, as the index takes it in."""
    title = analyzer.words(document.details.title or "")
    return IndexedDocument(
        document.id,
        document.space,
        [
            IndexedPassage(
                passage.id,
                _sentences(passage, title, analyzer),
                passage.role,
                passage.fingerprint,
            )
            for passage in passages
            if passage.role is not Role.FURNITURE
        ],
        title,
    )


def _sentences(passage: Passage, title: list[Word], analyzer: Analyzer) -> list[list[Word]]:
    """Return the words of each sentence, and those by which a line about the document is found.

    The latter have no form, for they do not stand in the passage.
    """
    sentences = [analyzer.words(one.of(passage.text)) for one in sentences_of(passage.text)]
    if about := ABOUT.get(passage.role):
        added = [Word("", word.term) for word in [*analyzer.words(about.words), *title]]
        sentences.append(added)
    return sentences


def is_asked_for(role: Role, question: str) -> bool:
    """Say whether a question asks for a line about the document, such as its byline."""
    about = ABOUT.get(role)
    return about is not None and about.asked.search(question) is not None
