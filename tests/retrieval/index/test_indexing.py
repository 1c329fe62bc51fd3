"""What a passage is found under: its own words, and for lines about the document its subject."""

import pytest

from retrieval.analysis.analyzer import Analyzer, Word
from retrieval.analysis.sentences import words_of
from retrieval.index.indexing import indexed, is_asked_for
from retrieval.index.postings.table import IndexedDocument, IndexedPassage
from retrieval.model import Role

TITLE = "Mayor Names Chief"


def found_under(text: str, role: Role, analyzer: Analyzer) -> IndexedDocument:
    """Return a document of one passage as the index takes it in."""
    passage = IndexedPassage(1, words_of(text, analyzer), role, "f00d")
    return indexed(1, None, TITLE, [passage], texts=[text], analyzer=analyzer)


def all_words(document: IndexedDocument) -> list[Word]:
    [passage] = document.passages
    return [word for sentence in passage.sentences for word in sentence]


@pytest.mark.parametrize("role", [Role.TEXT, Role.HEADLINE, Role.CAPTION])
def test_a_passage_is_found_under_its_own_words(analyzer: Analyzer, role: Role) -> None:
    text = "The council voted. It did so at night."
    assert all_words(found_under(text, role, analyzer)) == analyzer.words(text)


def test_its_sentences_are_kept_apart_and_the_title_with_the_document(analyzer: Analyzer) -> None:
    document = found_under("The council voted. It sat.", Role.TEXT, analyzer)
    [only] = document.passages
    assert only.sentences == [analyzer.words("The council voted."), analyzer.words("It sat.")]
    assert (only.role, only.fingerprint) == (Role.TEXT, "f00d")
    assert document.title == analyzer.words(TITLE)


def test_furniture_is_not_indexed(analyzer: Analyzer) -> None:
    assert found_under("Skip to content", Role.FURNITURE, analyzer).passages == []


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
    words = all_words(found_under(text, role, analyzer))
    terms = {term for _, term in words}
    assert terms >= {*analyzer.terms(text), *analyzer.terms(TITLE)}
    assert terms & set(analyzer.terms(asked))
    assert [form for form, _ in words if form] == [form for form, _ in analyzer.words(text)]


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("Who wrote about the mayor?", Role.BYLINE),
        ("any stories on the new police chief by Jane Doe", Role.BYLINE),
        ("Articles by Doe", Role.BYLINE),
        ("a report from the council by jane doe", Role.BYLINE),
        ("When was it published?", Role.DATELINE),
    ],
)
def test_a_question_may_ask_for_a_line_about_the_document(question: str, role: Role) -> None:
    assert [one for one in Role if is_asked_for(one, question)] == [role]


@pytest.mark.parametrize(
    "question", ["Who was hit by a car?", "stories of the chief", "What did the mayor say?"]
)
def test_a_question_of_another_matter_asks_for_no_such_line(question: str) -> None:
    assert not any(is_asked_for(one, question) for one in Role)


def test_a_row_is_found_under_its_header_and_an_answer_under_its_question(
    analyzer: Analyzer,
) -> None:
    texts = ["Team | Points", "Rovers | 10", "Who leads the league?", "Rovers do."]
    passages = [IndexedPassage(at, words_of(text, analyzer)) for at, text in enumerate(texts)]
    document = indexed(1, None, None, passages, texts=texts, analyzer=analyzer)
    header, row, question, answer = document.passages
    assert [header.role, question.role] == [Role.HEADLINE, Role.HEADLINE]
    assert [header.sentences, question.sentences] == [
        words_of(texts[0], analyzer),
        words_of(texts[2], analyzer),
    ]
    assert row.sentences == [*words_of(texts[1], analyzer), [("", "team"), ("", "point")]]
    assert answer.sentences == [*words_of(texts[3], analyzer), [("", "lead"), ("", "leagu")]]
