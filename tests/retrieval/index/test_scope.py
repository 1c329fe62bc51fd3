"""Scopes: where a question may look, and that it finds there what it would find anyway."""

from collections.abc import Collection, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis.analyzer import Phrase
from retrieval.index.passage_index import PassageIndex
from retrieval.index.postings import scope as scopes_module
from retrieval.index.postings.scope import Scope
from retrieval.index.postings.table import IndexedDocument, IndexedPassage
from tests.retrieval.indexes import (
    CHANGES,
    PHRASES,
    SPACES,
    TERMS,
    Change,
    Live,
    after,
    phrase,
    stories,
    story,
    tidy,
)

SOMEBODY = SPACES | st.just("T3")
SOME_DOCUMENTS = st.frozensets(st.integers(1, 5), max_size=3)
SOME_PHRASES = st.lists(PHRASES, max_size=2)
SOME_TERMS = st.frozensets(TERMS, max_size=2)
SCOPES = st.one_of(
    st.builds(Scope, SOMEBODY),
    st.builds(Scope, SOMEBODY, SOME_DOCUMENTS),
    st.builds(Scope, SOMEBODY, phrases=SOME_PHRASES),
    st.builds(Scope, SOMEBODY, excluded=SOME_TERMS),
    st.builds(Scope, SOMEBODY, excluded_phrases=SOME_PHRASES),
    st.builds(Scope, SOMEBODY, SOME_DOCUMENTS, SOME_PHRASES, SOME_TERMS, SOME_PHRASES),
)


def is_in(scope: Scope, one: Live) -> bool:
    """Say whether a passage is in a scope, as one reads it there."""
    return (
        one.document.space in {None, scope.space}
        and (scope.documents is None or one.document.id in scope.documents)
        and all(map(one.has, scope.phrases))
        and set(one.terms).isdisjoint(scope.excluded)
        and not any(map(one.has, scope.excluded_phrases))
    )


@given(
    CHANGES,
    st.lists(TERMS, min_size=1, unique=True),
    st.lists(SCOPES, min_size=1, max_size=8),
    st.sampled_from([1, 3, 100]),
)
def test_after_any_changes_a_scope_takes_passages_away_and_leaves_scores_as_they_are(
    changes: Sequence[Change], question: list[str], scopes: list[Scope], limit: int
) -> None:
    index, live = after(changes)
    scores = zip(sorted(live), index.get_scores(question).tolist(), strict=True)
    best = sorted((-score, key) for key, score in scores if score > 0)
    for scope in scopes:
        hits = index.search([{(term,): 1.0} for term in question], scope, limit)
        expected = [(score, key) for score, key in best if is_in(scope, live[key])]
        assert [(-hit.score, hit.passage) for hit in hits] == expected[:limit]
        stored = [key for key in sorted(live) if is_in(scope, live[key])]
        assert [one.passage for one in index.first_of(scope, limit)] == stored[:limit]


def found(
    index: PassageIndex,
    *,
    documents: Collection[int] | None = None,
    phrases: Sequence[Phrase] = (),
    excluded: Collection[str] = (),
    excluded_phrases: Sequence[Phrase] = (),
) -> list[int]:
    """Return the shared passages of a scope."""
    scope = Scope(None, documents, phrases, excluded, excluded_phrases)
    return [one.passage for one in index.first_of(scope, 1000)]


@pytest.fixture(params=["on the shelf", "in a segment", "passage by passage"])
def town(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> PassageIndex:
    """Return the index of a town's news."""
    index = stories(
        story(
            1,
            "The chief of the police resigned.",
            "The mayor thanked the chief. Of the police, nobody resigned.",
            "The police chief of Nashville resigned.",
            title="Chief of the police resigns",
        ),
        story(2, "Wills’ last pages are dull.", "A judge read the will’s last page."),
    )
    if request.param == "in a segment":
        tidy(index)
    if request.param == "passage by passage":
        monkeypatch.setattr(scopes_module, "AT_ONCE", 1)
    return index


@pytest.mark.parametrize(
    ("words", "passages"),
    [
        ("chief of the police", [10, 11]),  # over the end of a sentence, too
        ("Chief, of THE Police", [10, 11]),
        ("the chief", [10, 11]),
        ("police chief", [12]),
        ("chief of police", []),
        ("of the", [10, 11]),  # stop words only
        ("the of", []),
        ("wills last", [20, 21]),  # will’s has no term, wills’ has one
        ("wills last page", [21]),
        ("resigned the police", []),  # over the end of a passage
        ("police resigns", []),  # in the title only
        ("resign", []),  # a term that is no word of the text
        ("chief of the unheard", []),
        ("unheard", []),
    ],
)
def test_a_phrase_stands_in_a_passage_word_for_word(
    town: PassageIndex, words: str, passages: list[int]
) -> None:
    said = phrase(words)
    assert found(town, phrases=[said]) == passages
    assert found(town, excluded_phrases=[said]) == sorted({*found(town)}.difference(passages))


def test_all_phrases_must_stand_there(town: PassageIndex) -> None:
    assert found(town, phrases=[("the", "chief"), ("the", "police")]) == [10, 11]
    assert found(town, phrases=[("the", "chief"), ("nobody",)]) == [11]
    assert found(town, phrases=[("the", "chief"), ("wills",)]) == []
    assert found(town, phrases=[("the", "chief"), ("unheard",)]) == []


def test_words_that_a_byline_is_found_by_are_no_part_of_a_phrase() -> None:
    words = [("by", ""), ("doe", "doe")]
    added = [("", "author"), ("", "chief")]
    index = stories(IndexedDocument(1, None, [IndexedPassage(1, [words, added])]))
    assert found(index, phrases=[("by", "doe")]) == [1]
    assert found(index, phrases=[("author",)]) == []
    assert found(index, phrases=[("doe", "author")]) == []
    assert found(index, phrases=[("doe", "")]) == []
    assert found(index, excluded_phrases=[("author",)]) == [1]
    assert found(index, excluded=["author"]) == []


def test_only_passages_of_the_documents_are_found(town: PassageIndex) -> None:
    assert found(town, documents=[2]) == [20, 21]
    assert found(town, documents=[1, 2]) == found(town)
    assert found(town, documents=[]) == []
    assert found(town, documents=[3]) == []


def test_passages_that_hold_an_excluded_term_are_not_found(town: PassageIndex) -> None:
    assert found(town, excluded=["chief"]) == [20, 21]
    assert found(town, excluded=["thank", "page"]) == [10, 12]
    assert found(town, excluded=["chief", "unheard"]) == [20, 21]


def test_a_thousand_terms_may_be_excluded(town: PassageIndex) -> None:
    unheard = [f"unheard{number}" for number in range(1000)]
    assert found(town, excluded=unheard) == found(town)
    assert found(town, excluded=[*unheard, "chief"]) == [20, 21]


def test_an_empty_index_finds_nothing_in_any_scope() -> None:
    scope = Scope("T1", {1}, [("the", "chief")], {"police"})
    assert PassageIndex().search([{("chief",): 1.0}], scope, 10) == []
    assert PassageIndex().first_of(scope, 10) == []
