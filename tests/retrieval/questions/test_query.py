"""The query language: what is typed as an operator is one, and all else are words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import BadFilter
from retrieval.questions.query import DocumentFilter, Query, parse


def test_a_question_without_operators_is_its_words() -> None:
    text = "What did Sessions say – in Nashville: at 9:30 – about MS-13 and -5 °F?"
    assert parse(text) == Query(text)


@pytest.mark.parametrize(
    "typed", ['"Consent Decrees"', "“consent decrees”", "„consent decrees“", "«Consent decrées»"]
)
def test_a_phrase_is_exact_but_for_case_accents_and_the_kind_of_quotes(typed: str) -> None:
    query = parse(f"Who signed {typed} there?")
    assert query.phrases == (("consent", "decrees"),)
    assert query.text == f"Who signed {typed} there?"


def test_a_phrase_of_one_word_and_the_same_phrase_twice() -> None:
    assert parse('"NOBLE" and “noble” and “it’s, well: so!”').phrases == (
        ("noble",),
        ("its", "well", "so"),
    )


@pytest.mark.parametrize("text", ['a 7" nail', "“half", "half”", '""', "“…”", '"', "5' 11\""])
def test_a_quotation_mark_without_a_partner_or_words_is_no_phrase(text: str) -> None:
    assert parse(text).phrases == ()


def test_a_quotation_of_which_folding_leaves_nothing_is_no_phrase() -> None:
    assert parse('Who said "\N{ARABIC TATWEEL}" there?').phrases == ()  # found by fuzzing


def test_words_and_phrases_are_excluded() -> None:
    query = parse("police -Nashville training -“body cameras” -U.S.")
    assert query.excluded_words == ("Nashville", "U.S.")
    assert query.excluded_phrases == (("body", "cameras"),)
    assert query.text.split() == ["police", "training"]


def test_filters_stand_anywhere_and_in_any_case() -> None:
    query = parse("since:2017-08 who from:Post spoke, in:story.txt By:“Sari Horwitz” until:2018?")
    assert query.filter == DocumentFilter(
        ("story.txt",), ("Post",), ("Sari Horwitz",), date(2017, 8, 1), date(2018, 12, 31)
    )
    assert query.text.split() == ["who", "spoke,"]


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2017-8-1", date(2017, 8, 1), date(2017, 8, 1)),
    ],
)
def test_the_whole_period_that_is_named_is_meant(typed: str, first: date, last: date) -> None:
    assert parse(f"x since:{typed}").filter.since == first
    assert parse(f"x until:{typed}").filter.until == last


def test_a_filter_that_is_given_again_widens_names_and_narrows_dates() -> None:
    given_twice = parse("from:Post from:AP since:2016 since:2017 until:2019 until:2018").filter
    assert given_twice.outlets == ("Post", "AP")
    assert (given_twice.since, given_twice.until) == (date(2017, 1, 1), date(2018, 12, 31))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("by:", "by: needs its value right behind it, as in by:Horwitz."),
        ("x in: story.txt", "in: needs its value right behind it, as in in:story.txt."),
        ('from:""', "from: needs its value right behind it, as in from:Post."),
        (
            "since:August",
            "since:August names no date; write since:2017, since:2017-08 or since:2017-08-01.",
        ),
        (
            "until:2017-13",
            "until:2017-13 names no date; write until:2017, until:2017-08 or until:2017-08-01.",
        ),
        (
            "since:2017-02-30",
            "since:2017-02-30 names no date; write since:2017, since:2017-08 or since:2017-08-01.",
        ),
        (
            "until:0000",
            "until:0000 names no date; write until:2017, until:2017-08 or until:2017-08-01.",
        ),
        (
            "since:2018 until:2017",
            "Nothing can be since 2018-01-01 and until 2017-12-31; change one of them.",
        ),
    ],
)
def test_a_filter_that_cannot_be_read_says_how(text: str, sentence: str) -> None:
    with pytest.raises(BadFilter) as refused:
        parse(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("text", ["https://example.org/a", "foo:bar", "login:me", "C-in:x", "- a"])
def test_what_only_looks_like_an_operator_is_words(text: str) -> None:
    assert parse(text) == Query(text)


@pytest.mark.parametrize(
    "text", ["latest on Sessions", "What did he say this week?", "Most recent ruling", "RECENTLY"]
)
def test_who_asks_for_what_is_new_wants_it_first(text: str) -> None:
    assert parse(text).wants_newest
    assert not parse(parse(text).timeless_text).wants_newest


@pytest.mark.parametrize(
    "text",
    [
        "who said “I saw him last week”",
        "The ferry was refloated and towed to the quay. " * 3 + "It carried many last year.",
    ],
)
def test_what_is_quoted_or_pasted_asks_for_nothing_new(text: str) -> None:
    assert not parse(text).wants_newest


@given(
    st.text()
    | st.lists(st.sampled_from(["in:", "-", '"', "“", "since:", "x", "2017"])).map("".join)
)
def test_any_text_is_a_query_or_a_sentence(text: str) -> None:
    try:
        query = parse(text)
    except BadFilter as refused:
        sentence = str(refused)
    else:
        sentence = "."
        assert len(query.text) <= len(text)
    assert sentence.endswith(".")


def test_a_filter_says_what_it_lets_through() -> None:
    wanted = parse("from:Post from:AP by:Horwitz since:2017 until:2018").filter
    assert str(wanted) == "from Post or AP, by Horwitz, since 2017-01-01, until 2018-12-31"
