"""Which passages are read with one before them: rows of a table, answers of an interview."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis.leaning import leaning, only_asks


def test_the_rows_of_a_table_are_read_with_its_first() -> None:
    texts = ["The table:", "Team | Points", "Rovers | 10", "Ellis | 13", "End.", "A | B", "1 | 2"]
    assert leaning(texts) == [None, None, 1, 1, None, None, 5]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Q: How many sleep outside?", "A: We counted 417."),
        ("Q. How many sleep outside?", "A. Is that a question? We counted 417."),
        ("Question: How many sleep outside?", "Answer: Hundreds."),
        ("How many sleep outside?", "We counted 417 in January."),
        ("Who should not have it?", "Babies under six months."),
    ],
)
def test_an_answer_is_read_with_its_question(question: str, answer: str) -> None:
    assert only_asks(question)
    assert leaning([question, answer, "Another matter."]) == [None, 0, None]


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("The council met.", "A: it was late."),
        ("“Who are you?”", "Nobody answered."),
        ("He left. Who knows why?", "Nobody answered."),
        ("Who are you?", "Where are you?"),
        ("How " + "very " * 50 + "long?", "Nobody answered."),
    ],
)
def test_what_follows_another_line_leans_on_none(before: str, text: str) -> None:
    assert leaning([before, text]) == [None, None]


@given(st.lists(st.text()))
def test_any_passage_leans_on_one_before_it_or_none(texts: list[str]) -> None:
    its = leaning(texts)
    assert len(its) == len(texts)
    assert all(one is None or 0 <= one < number for number, one in enumerate(its))
