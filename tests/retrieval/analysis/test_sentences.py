"""Sentences: where a reader would end them, in any text and in time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis.sentences import sentences_of


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in sentences_of(text)]


def test_sentences_end_where_a_reader_would_end_them() -> None:
    text = "Mr. Sessions met the U.S. chiefs at 3 p.m. on Aug. 1. He left.  “Why?” Nobody knows…"
    assert sentences(text) == [
        "Mr. Sessions met the U.S. chiefs at 3 p.m. on Aug. 1.",
        "He left.",
        "“Why?”",
        "Nobody knows…",
    ]


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f", "\u3000", "\u2028", "\x85"])
def test_a_capital_before_any_white_space_and_a_full_stop_is_taken_apart(space: str) -> None:
    text = f"The mayor chose plan B{space}. Nobody objected."
    assert "".join(sentences(text)).replace(" ", "") == text.replace(" ", "")


def test_a_text_without_a_sentence_end_is_one_sentence() -> None:
    assert sentences("Sessions Tells Police to Be ‘Lawful’") == [
        "Sessions Tells Police to Be ‘Lawful’"
    ]


def test_many_quotations_that_never_close_are_taken_apart_in_time() -> None:
    text = "He said “One. " * 40_000
    assert len(sentences_of(text)) == 40_000


@given(st.text(st.sampled_from("ab .!?“”\"'\n\u00a0…éA1"), max_size=150) | st.text(max_size=150))
def test_the_sentences_of_any_text_are_slices_in_order_that_cover_all_but_white_space(
    text: str,
) -> None:
    spans = sentences_of(text)
    bounds = [0, *(bound for span in spans for bound in (span.start, span.end)), len(text)]
    assert bounds == sorted(bounds)
    gaps = zip(bounds[::2], bounds[1::2], strict=True)
    assert not "".join(text[start:end] for start, end in gaps).strip()
