"""What a passage is found under: its own words, and for lines about the document its subject."""

from datetime import UTC, datetime

import pytest

from retrieval.analysis import Analyzer, Word
from retrieval.indexing import indexed
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
    return Passage(1, 1, 0, len(text), text, role, "", "f00d")


def words_of(text: str, role: Role, analyzer: Analyzer) -> list[Word]:
    [its] = indexed(DOCUMENT, [passage(text, role)], analyzer).passages
    return [word for sentence in its.sentences for word in sentence]


@pytest.mark.parametrize("role", [Role.TEXT, Role.HEADLINE, Role.CAPTION])
def test_a_passage_is_found_under_its_own_words(analyzer: Analyzer, role: Role) -> None:
    text = "The council voted. It did so at night."
    assert words_of(text, role, analyzer) == analyzer.words(text)


def test_its_sentences_are_kept_apart_and_the_title_with_the_document(analyzer: Analyzer) -> None:
    its = indexed(DOCUMENT, [passage("The council voted. It sat.", Role.TEXT)], analyzer)
    [only] = its.passages
    assert only.sentences == [analyzer.words("The council voted."), analyzer.words("It sat.")]
    assert (only.role, only.fingerprint) == (Role.TEXT, "f00d")
    assert its.title == analyzer.words("Mayor Names Chief")


def test_furniture_is_not_indexed(analyzer: Analyzer) -> None:
    assert indexed(DOCUMENT, [passage("Skip to content", Role.FURNITURE)], analyzer).passages == []


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
    words = words_of(text, role, analyzer)
    terms = {word.term for word in words}
    assert terms >= {*analyzer.terms(text), *analyzer.terms("Mayor Names Chief")}
    assert terms & set(analyzer.terms(asked))
    assert [word.form for word in words if word.form] == [
        word.form for word in analyzer.words(text)
    ]
