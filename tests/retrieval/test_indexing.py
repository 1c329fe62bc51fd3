"""What a passage is found under: its own words, and for lines about the document its subject."""

from datetime import UTC, datetime

import pytest

from retrieval.analysis import Analyzer
from retrieval.indexing import index_terms
from retrieval.model import Details, Document, Passage, Role, Status

NOW = datetime(2017, 8, 1, tzinfo=UTC)
DOCUMENT = Document(
    id=1,
    space=None,
    file="story.txt",
    status=Status.LIVE,
    version=1,
    hash="",
    details=Details(title="Mayor Names Chief"),
    size=0,
    passages=2,
    added=NOW,
    changed=NOW,
)


def passage(text: str, role: Role) -> Passage:
    return Passage(1, 1, 0, len(text), text, role, "")


@pytest.mark.parametrize("role", [Role.TEXT, Role.HEADLINE, Role.CAPTION])
def test_a_passage_is_found_under_its_own_words(analyzer: Analyzer, role: Role) -> None:
    text = "The council voted."
    assert index_terms(DOCUMENT, passage(text, role), analyzer) == analyzer.terms(text)


@pytest.mark.parametrize(
    ("text", "role", "asked"),
    [
        ("By Jane Doe", Role.BYLINE, "Who wrote it?"),
        ("March 16, 2018", Role.DATELINE, "When was it published?"),
        ("Nashville, TN", Role.DATELINE, "In which city?"),
    ],
)
def test_a_line_about_the_document_is_found_under_its_title_and_what_it_answers(
    analyzer: Analyzer, text: str, role: Role, asked: str
) -> None:
    terms = index_terms(DOCUMENT, passage(text, role), analyzer)
    assert set(terms) >= {*analyzer.terms(text), *analyzer.terms("Mayor Names Chief")}
    assert set(terms) & set(analyzer.terms(asked))
