"""Spelling: a slip of the pen is read as the word that was meant, where it may be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis.spelling import nearest

VOCABULARY = ("attorney", "justic", "nashvill", "polic", "session", "trump", "12000", "1200")


def anything(term: str) -> bool:
    del term
    return True


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sesion", "session"),
        ("sessoin", "session"),
        ("sesssion", "session"),
        ("pollic", "polic"),
        ("trunp", "trump"),
        ("nashvlil", "nashvill"),
        ("atorny", None),
        ("attorny", "attorney"),
        ("nashpxll", "nashvill"),
        ("seszixn", None),
    ],
)
def test_a_slip_is_read_as_the_nearest_word(typed: str, meant: str | None) -> None:
    assert nearest(typed, VOCABULARY, anything) == meant


@pytest.mark.parametrize("typed", ["tru", "rump", "1201", "12001", "ussion", "justice-x", ""])
def test_short_words_figures_and_other_first_letters_are_left_alone(typed: str) -> None:
    assert nearest(typed, VOCABULARY, anything) is None


def test_a_word_that_may_not_be_used_is_passed_over_for_the_next() -> None:
    words = ("session", "sessiom")
    assert nearest("sessio", words, lambda term: term != "session") == "sessiom"
    assert nearest("sessio", words, lambda _: False) is None


@given(st.text(max_size=20), st.lists(st.text(min_size=1, max_size=12), max_size=10))
def test_any_text_gives_a_usable_word_of_the_vocabulary_or_none(
    typed: str, vocabulary: list[str]
) -> None:
    found = nearest(typed, vocabulary, lambda term: len(term) % 2 == 0)
    assert found is None or (found in vocabulary and len(found) % 2 == 0)
