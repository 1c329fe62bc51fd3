"""Fingerprints: the same words give the same digits, whatever their case and punctuation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis.analyzer import folded_words
from retrieval.intake import fingerprints
from retrieval.intake.fingerprints import LENGTH

QUOTE = "“We cannot let mayors run down police,” he said. “That helps no one.”"


def fingerprint_of(text: str) -> str:
    return fingerprints.fingerprint_of(folded_words(text))


@pytest.mark.parametrize(
    "copy",
    [
        '"We cannot let mayors run down police," he said. "That helps no one."',
        "We cannot let mayors run down police, he said: That helps no one!",
        "WE CANNOT LET MAYORS RUN DOWN POLICE, HE SAID. THAT HELPS NO ONE.",
        "We cannot  let mayors\nrun down police he said\u00a0— that helps no one",
    ],
)
def test_case_punctuation_and_white_space_make_no_difference(copy: str) -> None:
    assert fingerprint_of(copy) == fingerprint_of(QUOTE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O'Neill’s café", "O’Neill's cafe\u0301"),
        ("The U.S. has 1,200 officers", "The US has 1200 officers"),
    ],
)
def test_apostrophes_accents_initials_and_thousands_make_no_difference(
    one: str, other: str
) -> None:
    assert fingerprint_of(one) == fingerprint_of(other)


@pytest.mark.parametrize(
    "other",
    [
        "“We cannot let mayors run down police,” he said. “That helps one.”",
        "“We cannot let mayor run down police,” he said. “That helps no one.”",
        "“That helps no one.” “We cannot let mayors run down police,” he said.",
        "",
    ],
)
def test_another_word_form_order_or_omission_does(other: str) -> None:
    assert fingerprint_of(other) != fingerprint_of(QUOTE)


@pytest.mark.parametrize(
    ("one", "other"), [("12.5 percent", "125 percent"), ("no one", "noone"), ("1 2", "12")]
)
def test_words_and_figures_do_not_run_together(one: str, other: str) -> None:
    assert fingerprint_of(one) != fingerprint_of(other)


@given(st.text(max_size=100))
def test_any_text_has_one_of_sixteen_hex_digits(text: str) -> None:
    fingerprint = fingerprint_of(text)
    assert len(fingerprint) == LENGTH
    assert set(fingerprint) <= set("0123456789abcdef")
    assert fingerprint_of(f" {text} ") == fingerprint_of(f"“{text}”")
