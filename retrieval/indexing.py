"""What a passage is indexed under: its own terms, and for lines about the document its subject.

A byline or dateline says something of the whole document, so it is found by the document's title
and by the words with which people ask for an author, a place or a date.
"""

from retrieval.analysis import Analyzer
from retrieval.model import Document, Passage, Role

ASKED_AS = {
    Role.BYLINE: "author wrote article byline reporter journalist",
    Role.DATELINE: "date published updated city place location delivered",
}
"""The words with which people ask for what such a line says."""


def index_terms(document: Document, passage: Passage, analyzer: Analyzer) -> list[str]:
    """Return the terms under which a passage is found."""
    terms = analyzer.terms(passage.text)
    if asked_as := ASKED_AS.get(passage.role):
        terms += analyzer.terms(f"{asked_as} {document.details.title or ''}")
    return terms
