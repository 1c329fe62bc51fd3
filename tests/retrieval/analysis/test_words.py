"""The word lists are well formed: what is in them takes effect, and once."""

from collections import Counter
from collections.abc import Iterator
from importlib.resources import files

import pytest

from retrieval.analysis import words
from retrieval.analysis.analyzer import Analyzer, fold, folded_words

NAMES = sorted(one.name for one in files(words).iterdir() if one.name.endswith(".txt"))


def lines_of(name: str) -> Iterator[str]:
    text = files(words).joinpath(name).read_text(encoding="utf-8")
    return filter(None, (line.partition("#")[0].strip() for line in text.splitlines()))


def pairs_of(name: str) -> list[tuple[str, list[str]]]:
    return [
        (line.partition(":")[0].strip(), line.partition(":")[2].split()) for line in lines_of(name)
    ]


def groups() -> list[list[str]]:
    return [line.split() for line in lines_of("synonyms.txt")]


def repeated(found: Iterator[str] | list[str]) -> list[str]:
    return [word for word, times in Counter(found).items() if times > 1]


def is_one_word(text: str) -> bool:
    return list(folded_words(text)) == [text]


@pytest.mark.parametrize("name", NAMES)
def test_a_list_is_in_lower_case(name: str) -> None:
    assert [line for line in lines_of(name) if line != line.lower()] == []


@pytest.mark.parametrize("name", ["chat.txt", "stop.txt"])
def test_stop_and_chat_words_are_folded_and_stand_there_once(name: str) -> None:
    listed = [word for line in lines_of(name) for word in line.split()]
    assert repeated(listed) == []
    assert [word for word in listed if fold(word) != word] == []


def test_no_chat_word_is_a_stop_word_already() -> None:
    assert words.chat_words() & words.stop_words() == set()


def test_each_irregular_form_has_one_base_and_is_one_folded_word() -> None:
    pairs = pairs_of("irregular.txt")
    forms = [form for _, its_forms in pairs for form in its_forms]
    assert repeated(forms) == []
    assert [form for form in forms if not is_one_word(form)] == []
    assert [base for base, its_forms in pairs if not is_one_word(base) or not its_forms] == []


def test_each_base_stands_there_once_and_is_no_form_of_another() -> None:
    bases = [base for base, _ in pairs_of("irregular.txt")]
    assert repeated(bases) == []
    assert set(bases) & words.irregular_forms().keys() == set()


def test_irregular_forms_meet_their_base(analyzer: Analyzer) -> None:
    apart = {
        form
        for form, base in words.irregular_forms().items()
        if analyzer.term(form) not in {"", analyzer.term(base)}
    }
    assert apart == set()


def test_a_group_of_synonyms_has_two_words_or_more_each_once() -> None:
    assert [group for group in groups() if len(group) < 2 or repeated(group)] == []


def test_no_group_of_synonyms_stands_there_twice() -> None:
    assert repeated([" ".join(sorted(group)) for group in groups()]) == []


def test_a_synonym_is_one_folded_word_that_has_a_term(analyzer: Analyzer) -> None:
    listed = {word for group in groups() for word in group}
    assert {word for word in listed if not is_one_word(word) or not analyzer.term(word)} == set()


def test_synonyms_of_a_group_are_not_one_word_already(analyzer: Analyzer) -> None:
    assert [group for group in groups() if repeated([analyzer.term(one) for one in group])] == []


def test_synonyms_go_both_ways_and_never_to_the_word_itself() -> None:
    synonyms = words.synonyms()
    for word, others in synonyms.items():
        assert word not in others
        assert all(word in synonyms[other] for other in others)


def test_each_abbreviation_is_one_word_and_stands_for_several(analyzer: Analyzer) -> None:
    pairs = pairs_of("abbreviations.txt")
    shorts = [short for short, _ in pairs]
    assert repeated(shorts) == []
    assert [short for short in shorts if not is_one_word(short) or not analyzer.term(short)] == []
    assert [short for short, long in pairs if not analyzer.terms(" ".join(long))] == []
    assert words.abbreviations() == {short: " ".join(long) for short, long in pairs}


def test_each_compound_is_one_word_made_of_its_words(analyzer: Analyzer) -> None:
    for compound, its in words.compounds().items():
        assert is_one_word(compound)
        assert its.replace(" ", "") == compound
        assert len(analyzer.terms(its)) == len(its.split()) > 1, its


def test_comments_and_blank_lines_are_left_out() -> None:
    listed = words.stop_words() | words.chat_words() | words.irregular_forms().keys()
    assert all(word and "#" not in word for word in listed)
