"""Words become terms, the same in passages and questions, so that they meet."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.analysis.analyzer import TERM_LIMIT, Analyzer, fold, folded_words


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("officer", "OFFICERS"),
        ("officer's", "officers"),
        ("officer’s", "officer"),
        ("officers’", "officer"),
        ("Sessions's", "sessions"),
        ("O'Neill", "O’Neill"),
        ("ONeill", "O'Neill's"),
        ("naive", "naïve"),
        ("café", "cafe\u0301"),
        ("Núñez", "NUNEZ"),
        ("strasse", "Straße"),
        ("office", "oﬃce"),
        ("1200", "1,200"),
        ("1000000", "1,000,000"),
        ("12.4", "12,4"),
        ("0.125", "0,125"),
        ("1234.5", "1.234,5"),
        ("1970s", "1970"),
        ("U.S.", "US"),
        ("u.s.", "U.S."),
        ("U.N.’s", "UN"),
        ("train", "training"),
        ("policy", "policies"),
    ],
)
def test_forms_of_one_word_meet(analyzer: Analyzer, typed: str, written: str) -> None:
    assert analyzer.terms(typed) == analyzer.terms(written) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2.5", "25"),
        ("2,5", "25"),
        ("1.200", "1200"),
        ("O'Neill", "Neill"),
        ("1970", "1980s"),
        ("MS-13", "MS-14"),
    ],
)
def test_other_words_and_figures_do_not(analyzer: Analyzer, one: str, other: str) -> None:
    assert analyzer.terms(one) != analyzer.terms(other)


def test_hyphens_and_slashes_part_words(analyzer: Analyzer) -> None:
    assert analyzer.terms("de-escalation") == analyzer.terms("de escalation")
    assert analyzer.terms("MS-13") == ["ms", "13"]
    assert analyzer.terms("9/11") == ["9", "11"]
    assert analyzer.terms("3,000-page") == ["3000", *analyzer.terms("page")]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("1,200m", "1200"),
        ("$1,250bn", "1250"),
        ("1,000s of people", "1000"),
        ("2.55m", "2.55"),
        ("a 2.5bn budget", "2.5"),
    ],
)
def test_a_figure_with_letters_behind_it_is_not_torn(
    analyzer: Analyzer, text: str, figure: str
) -> None:
    assert any(term.startswith(figure) for term in analyzer.terms(text))


@pytest.mark.parametrize("text", ["the", "The", "who's", "don’t", "and/or", "", "—", "“…”", "😀"])
def test_stop_words_and_marks_give_no_term(analyzer: Analyzer, text: str) -> None:
    assert analyzer.terms(text) == []


@pytest.mark.parametrize("word", ["Полиция", "हिन्दी", "שוטרים", "الشرطة", "αστυνομία"])
def test_a_word_in_another_script_is_one_term(analyzer: Analyzer, word: str) -> None:
    [term] = analyzer.terms(f"“{word}”, 12")[:-1]
    assert analyzer.terms(word.upper()) == [term]


def test_a_long_run_of_letters_is_cut(analyzer: Analyzer) -> None:
    [term] = analyzer.terms("x" * 100_000)
    assert len(term) <= TERM_LIMIT


def test_tokens_say_where_each_word_stands_and_which_are_stop_words(analyzer: Analyzer) -> None:
    text = "The officer's café — 1,200 of them"
    tokens = list(analyzer.tokens(text))
    assert [text[token.start : token.end] for token in tokens] == [
        "The",
        "officer's",
        "café",
        "1,200",
        "of",
        "them",
    ]
    assert [bool(token.term) for token in tokens] == [False, True, True, True, False, False]


def test_folded_words_are_whole() -> None:
    assert list(folded_words("The Officers’ U.S. café wasn’t 1,200.5 m")) == [
        "the",
        "officers",
        "us",
        "cafe",
        "wasnt",
        "1200.5",
        "m",
    ]


@given(st.text(max_size=100))
def test_the_terms_of_any_text_are_those_of_its_tokens_in_order(text: str) -> None:
    analyzer = Analyzer()
    tokens = list(analyzer.tokens(text))
    assert analyzer.terms(text) == [token.term for token in tokens if token.term]
    starts = [token.start for token in tokens]
    assert starts == sorted(set(starts))
    assert all(token.start < token.end <= len(text) for token in tokens)


@given(st.text(max_size=100))
@example("ŉ")  # whose folded form has an apostrophe
def test_folding_leaves_nothing_to_fold_in_case_or_apostrophes(text: str) -> None:
    folded = fold(text)
    assert folded == folded.casefold()
    assert not set(folded) & set("'’ʼ＇")


@given(st.text(st.characters(categories=("Lu", "Ll")), min_size=1, max_size=20))
def test_case_never_makes_a_difference(word: str) -> None:
    assert fold(word.upper()) == fold(word.upper().lower())
