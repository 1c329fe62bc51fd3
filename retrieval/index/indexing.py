"""What a passage is indexed under: its own words, and for lines about the document its subject.

A byline or dateline says something of the whole document, so it is found by the document's title
and by the words with which people ask for an author, a place or a date. A table's row is found by
the words of its header too, and an answer by those of its question; headers and lines that only ask
count as headlines.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import regex

from retrieval.analysis.analyzer import Analyzer, Word
from retrieval.analysis.leaning import leaning
from retrieval.analysis.sentences import words_of
from retrieval.index.postings.table import IndexedDocument, IndexedPassage
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
            r"\b(?:who (?:wrote|reported)|wr(?:ote|itten)|author|byline|reporter|journalist"
            r"|(?:articles?|pieces?|reports?|stor(?:y|ies)) (?:\S+ ){0,8}by)\b",
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


def indexed(
    document: int,
    space: str | None,
    title: str | None,
    passages: Iterable[IndexedPassage],
    *,
    texts: Sequence[str],
    analyzer: Analyzer,
) -> IndexedDocument:
    """Return a document as the index takes it in: without furniture, which is never cited.

    ``texts`` are those of all its passages. Words that do not stand in a passage and by which it is
    found have no form.
    """
    title_words = analyzer.words(title or "")
    kept = []
    its = leaning(texts)
    heads = set(its)
    for number, (passage, leans_on) in enumerate(zip(passages, its, strict=True)):
        if about := ABOUT.get(passage.role):
            added = _formless([*analyzer.words(about.words), *title_words])
            kept.append(replace(passage, sentences=[*passage.sentences, added]))
        elif passage.role is Role.TEXT and leans_on is not None:
            added = _formless(analyzer.words(texts[leans_on]))
            kept.append(replace(passage, sentences=[*passage.sentences, added]))
        elif passage.role is Role.TEXT and number in heads:
            kept.append(replace(passage, role=Role.HEADLINE))
        elif passage.role is not Role.FURNITURE:
            kept.append(passage)
    return IndexedDocument(document, space, kept, title_words)


def _formless(words: Iterable[Word]) -> list[Word]:
    return [("", term) for _, term in words if term]


def is_asked_for(role: Role, question: str) -> bool:
    """Say whether a question asks for a line about the document, such as its byline."""
    about = ABOUT.get(role)
    return about is not None and about.asked.search(question) is not None


def from_store(
    document: Document, passages: Sequence[Passage], analyzer: Analyzer
) -> IndexedDocument:
    """Return a document of the store as the index takes it in.

    ``analyzer`` is the library's; a document in another language is analysed by that one's.
    """
    analyzer = analyzer.of(document.language)
    its = (
        IndexedPassage(one.id, words_of(one.text, analyzer), one.role, one.fingerprint)
        for one in passages
    )
    texts = [one.text for one in passages]
    return indexed(
        document.id, document.space, document.details.title, its, texts=texts, analyzer=analyzer
    )
