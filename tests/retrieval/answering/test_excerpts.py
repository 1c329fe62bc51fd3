"""Excerpts: one contiguous slice of a passage, whole sentences, quotations not torn."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis.sentences import sentences_of
from retrieval.answering.excerpts import (
    EXCERPT_LIMIT,
    WHOLE_LIMIT,
    excerpt_of,
    leans_on_what_stands_before,
)
from retrieval.model import Span

PADDING = (
    "The council met again on Monday and put the matter off. "
    "Nobody from the department took the floor in the two hours that followed. "
    "The clerk read the minutes of the meeting of the week before. "
    "Several members left early, among them the chair of the committee. "
    "A decision is expected in the spring, when the new budget comes. "
)
"""Five sentences that are longer together than a passage that is shown whole."""


def excerpt(text: str, *wanted: str) -> str:
    """Return the excerpt that is shown where these words matched."""
    matches = sorted(
        (
            Span(start, start + len(word))
            for word in wanted
            for start in range(len(text))
            if text.startswith(word, start)
        ),
        key=lambda span: span.start,
    )

    spans = sentences_of(text)
    worths = [float(sum(word in span.of(text) for word in wanted)) for span in spans]
    return excerpt_of(text, spans, worths, matches).of(text)


def test_a_short_passage_is_shown_whole() -> None:
    text = "The mayor spoke. The chief did not. Nobody else came."
    assert excerpt(text, "chief") == text


def test_of_a_longer_passage_the_best_sentence_is_shown_whole() -> None:
    best = "Then the mayor named a chief of police."
    assert excerpt(f"{PADDING}{best} {PADDING}", "mayor", "chief") == best


def test_of_equally_good_sentences_the_first_is_shown() -> None:
    text = f"{PADDING}The mayor spoke. {PADDING}The mayor spoke again."
    assert excerpt(text, "mayor") == "The mayor spoke."


def test_a_passage_in_which_nothing_matched_begins_at_its_beginning() -> None:
    assert PADDING.startswith(excerpt(PADDING.strip()))


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"')])
@pytest.mark.parametrize("wanted", ["mayors", "police down", "helps", "he said"])
def test_a_quotation_of_several_sentences_is_not_torn(
    opening: str, closing: str, wanted: str
) -> None:
    quotation = (
        f"{opening}We cannot let mayors do that. They run police down. "
        f"That helps no one,{closing} he said."
    )
    assert excerpt(f"{PADDING}{quotation} {PADDING}", wanted) == quotation


@pytest.mark.parametrize(
    ("opening", "closing", "wanted"),
    [("“", "”", "first"), ("“", "”", "third"), ('"', '"', "first")],
)
def test_sentences_between_quotation_marks_are_shown_together(
    opening: str, closing: str, wanted: str
) -> None:
    quotation = [f"He said: {opening}The first.", "The second.", f"The third.{closing}"]
    parts = [PADDING.strip(), *quotation, PADDING.strip()]
    text, spans = _joined(parts)
    shown = excerpt_of(text, spans, [float(wanted in span.of(text)) for span in spans], [])
    assert shown.of(text) == " ".join(quotation)


def test_a_quotation_that_would_be_too_long_gives_way_to_the_best_sentence() -> None:
    best = "The chiefs agree."
    text = f"“{PADDING * 2}{best} {PADDING * 2}”"
    shown = excerpt(text, "chiefs")
    assert best in shown
    assert len(shown) <= EXCERPT_LIMIT


def test_a_megabyte_without_a_sentence_end_is_cut_at_words_around_the_match() -> None:
    text = f"{'word ' * 100_000}mayor {'word ' * 100_000}".strip()
    shown = excerpt_of(text, sentences_of(text), [1.0], [_where(text, "mayor")])
    assert "mayor" in shown.of(text)
    assert WHOLE_LIMIT < shown.end - shown.start <= EXCERPT_LIMIT
    assert set(shown.of(text).split()) == {"word", "mayor"}
    assert shown.of(text) == shown.of(text).strip()


def test_a_megabyte_without_a_space_is_cut_all_the_same() -> None:
    text = "x" * 1_000_000
    shown = excerpt_of(text, sentences_of(text), [1.0], [Span(0, len(text))])
    assert 0 < shown.end - shown.start <= EXCERPT_LIMIT


def test_a_match_at_the_end_of_a_long_sentence_is_shown() -> None:
    text = f"{'word ' * 500}mayor"
    shown = excerpt_of(text, sentences_of(text), [1.0], [_where(text, "mayor")])
    assert shown.of(text).endswith(" mayor")


def test_a_quotation_that_never_closes_is_given_up_in_time() -> None:
    text, spans = _joined(["He said “one."] + ["The council met again."] * 40_000)
    shown = excerpt_of(text, spans, [1.0] + [0.0] * 40_000, [])
    assert shown.end - shown.start <= EXCERPT_LIMIT


@pytest.mark.parametrize(
    "text",
    [
        "He continued: no.",
        "“That helps no one.”",
        "It makes us better.",
        "The latter left.",
        "““No”",
    ],
)
def test_an_excerpt_that_points_back_leans_on_what_stands_before(text: str) -> None:
    assert leans_on_what_stands_before(text, Span(0, len(text)))


@pytest.mark.parametrize("text", ["Sessions left.", "“Nobody came.”", "Herds grazed.", "Items: 3."])
def test_any_other_excerpt_does_not(text: str) -> None:
    assert not leans_on_what_stands_before(text, Span(0, len(text)))


def test_an_excerpt_from_the_midst_of_a_passage_leans_on_the_passage_itself() -> None:
    assert not leans_on_what_stands_before("He left. He came.", Span(9, 17))


@given(
    st.lists(
        st.sampled_from(
            [
                "The mayor spoke for an hour, as mayors do.",
                "“The chief is right.",
                "That helps no one,” he said.",
                '"Rough," he said.',
                'He said: "Stop.',
                "word " * 150 + "end.",
                "x" * 700,
                "Who?",
            ]
        ),
        min_size=1,
        max_size=12,
    ),
    st.integers(0, 11),
)
def test_any_excerpt_is_within_the_passage_and_the_limit(parts: list[str], favourite: int) -> None:
    text = " ".join(parts)
    spans = sentences_of(text)
    best = spans[favourite % len(spans)]
    shown = excerpt_of(text, spans, [float(span == best) for span in spans], [best])
    assert 0 <= shown.start < shown.end <= len(text)
    assert shown.end - shown.start <= max(WHOLE_LIMIT, EXCERPT_LIMIT)
    assert shown.start < best.end
    assert best.start < shown.end
    if shown.of(text) != text and best.end - best.start <= EXCERPT_LIMIT:
        assert shown.start in {span.start for span in spans}
        assert shown.end in {span.end for span in spans}


def _where(text: str, word: str) -> Span:
    return Span(text.index(word), text.index(word) + len(word))


def _joined(parts: list[str]) -> tuple[str, list[Span]]:
    """Return a text of these sentences, and their bounds."""
    ends = list(accumulate(len(part) + 1 for part in parts))
    spans = [Span(end - 1 - len(part), end - 1) for part, end in zip(parts, ends, strict=True)]
    return " ".join(parts), spans
