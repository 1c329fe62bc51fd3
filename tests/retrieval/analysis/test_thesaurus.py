"""The thesaurus: our lists of words, by term."""

import pytest

from retrieval.analysis import words
from retrieval.analysis.analyzer import Analyzer
from retrieval.analysis.thesaurus import Thesaurus


@pytest.fixture(scope="module")
def thesaurus() -> Thesaurus:
    """Return the thesaurus of our lists."""
    return Thesaurus(Analyzer())


def test_synonyms_are_terms_and_never_the_term_itself(
    analyzer: Analyzer, thesaurus: Thesaurus
) -> None:
    for word, others in words.synonyms().items():
        term = analyzer.term(word)
        found = set(thesaurus.synonyms(term))
        assert found >= {analyzer.term(other) for other in others} - {term, ""}
        assert not found & {term, ""}


def test_a_word_that_no_list_has_stands_for_itself_alone(thesaurus: Thesaurus) -> None:
    assert not thesaurus.knows("xyzzi")
    assert list(thesaurus.synonyms("xyzzi")) == []
    assert list(thesaurus.phrases("xyzzi")) == []


def test_an_abbreviation_stands_for_its_phrase_and_the_phrase_for_it(
    analyzer: Analyzer, thesaurus: Thesaurus
) -> None:
    phrase = tuple(analyzer.terms("Department of Justice"))
    assert list(thesaurus.phrases(analyzer.term("DOJ"))) == [phrase]
    terms = analyzer.terms("What did the Department of Justice say?")
    assert list(thesaurus.abbreviated(terms)) == [(phrase, analyzer.term("DOJ"))]


def test_only_a_phrase_that_stands_in_one_row_is_abbreviated(
    analyzer: Analyzer, thesaurus: Thesaurus
) -> None:
    terms = analyzer.terms("Which department did the chief of justice lead?")
    assert list(thesaurus.abbreviated(terms)) == []


def test_every_word_of_the_lists_is_known(analyzer: Analyzer, thesaurus: Thesaurus) -> None:
    listed = [*words.synonyms(), *words.abbreviations()]
    assert [word for word in listed if not thesaurus.knows(analyzer.term(word))] == []


def test_what_the_coverage_defines_goes_before_what_we_list(
    analyzer: Analyzer, thesaurus: Thesaurus
) -> None:
    pairs = [("doj", "Daughters of Jazz"), ("noble", "Black Law Executives")]
    wider = thesaurus.with_abbreviations(pairs)
    ours = tuple(analyzer.terms("Department of Justice"))
    theirs = tuple(analyzer.terms("Daughters of Jazz"))
    assert list(wider.phrases(analyzer.term("DOJ"))) == [theirs, ours]
    assert list(wider.phrases(analyzer.term("NOBLE"))) == [("black", "law", "execut")]
    assert wider.knows(analyzer.term("NOBLE"))
    assert list(thesaurus.phrases(analyzer.term("DOJ"))) == [ours]
