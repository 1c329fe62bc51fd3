"""The index: rank-bm25's scores over passages that come and go."""

import math
import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from retrieval.index.parted_index import K1, B
from retrieval.index.passage_index import PassageIndex, Scored
from retrieval.index.postings import search
from retrieval.index.postings.scope import Scope
from retrieval.index.postings.table import IndexedDocument, IndexedPassage
from tests.retrieval.indexes import CHANGES, TERMS, Change, after

Terms = list[str]


def document(
    number: int, space: str | None, passages: Sequence[tuple[int, Terms]]
) -> IndexedDocument:
    """Return a document of passages with these terms."""
    return IndexedDocument(
        number,
        space,
        [IndexedPassage(key, [[(term, term) for term in terms]]) for key, terms in passages],
    )


def index_of(*passages: str, space: str | None = None) -> PassageIndex:
    """Return an index of passages, numbered from 1, each a document of its own."""
    index = PassageIndex()
    for number, passage in enumerate(passages, 1):
        index.add(document(number, space, [(number, passage.split())]))
    return index


def found(
    index: PassageIndex, *terms: str, space: str | None = None, limit: int = 100
) -> list[Scored]:
    return index.search([{(term,): 1.0} for term in terms], Scope(space), limit)


def from_scratch(corpus: Sequence[Terms], question: Terms) -> list[float]:
    """Return the score of each passage as rank-bm25 gives it for a whole corpus."""
    if not any(corpus):
        return [0.0] * len(corpus)
    return [float(one) for one in BM25Plus(corpus, k1=K1, b=B, delta=0).get_scores(question)]


@given(CHANGES, st.lists(TERMS, min_size=1, max_size=3, unique=True))
def test_scores_are_those_of_rank_bm25_after_any_changes(
    changes: Sequence[Change], question: Terms
) -> None:
    index, live = after(changes)
    corpus = [one.terms for one in live.values()]
    scores = dict(zip(live, from_scratch(corpus, question), strict=True))
    seen = {key for key, one in live.items() if one.document.space is None}
    hits = found(index, *question)
    assert {hit.passage for hit in hits} == {key for key in seen if scores[key] > 0}
    assert [hit.score for hit in hits] == [
        pytest.approx(scores[hit.passage], rel=1e-6) for hit in hits
    ]
    assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.passage))


@given(CHANGES)
def test_after_any_changes_a_term_occurs_and_weighs_as_the_live_passages_say(
    changes: Sequence[Change],
) -> None:
    index, live = after(changes)
    for term in ("law", "vote"):
        holding = [one.document.space for one in live.values() if term in one.terms]
        assert index.occurs(term, None) is (None in holding)
        assert index.occurs(term, "T1") is not {None, "T1"}.isdisjoint(holding)
        if live:
            idf = math.log((len(live) + 1) / (len(holding) or 1))
            assert index.idf_of([term]) == {term: pytest.approx(idf)}
        held = any(term in one.terms for one in live.values())
        assert (
            (term in index.terms_near(term, 0)) is (term in index.terms_near(f"{term}s", 1)) is held
        )


def test_an_empty_index_finds_nothing() -> None:
    assert found(PassageIndex(), "law") == []
    assert PassageIndex().search([], Scope(), 10) == []
    assert not PassageIndex().occurs("law", None)


def test_passages_without_terms_are_counted_and_never_found() -> None:
    assert found(index_of("", ""), "law") == []
    [hit] = found(index_of("law chief", ""), "law")
    assert hit.score == pytest.approx(from_scratch([["law", "chief"], []], ["law"])[0])


def test_only_passages_that_hold_a_term_are_found_best_first() -> None:
    index = index_of("mayor vote", "law mayor", "law law", "chief")
    assert [hit.passage for hit in found(index, "law")] == [3, 2]
    assert all(hit.score > 0 for hit in found(index, "law"))


def test_equal_scores_come_in_the_order_of_storing() -> None:
    index = index_of("law a", "law b", "law c", "law d")
    index.remove(1)
    assert [hit.passage for hit in found(index, "law")] == [2, 3, 4]


def test_no_more_passages_come_than_were_asked_for() -> None:
    index = index_of("law law", "law", "law chief mayor")
    assert found(index, "law", limit=2) == found(index, "law")[:2]


def test_removing_what_is_not_there_changes_nothing() -> None:
    index = index_of("law", "chief")
    before = found(index, "law", "chief")
    index.remove(99)
    assert found(index, "law", "chief") == before


def test_passages_that_may_not_be_seen_are_neither_found_nor_occur() -> None:
    index = PassageIndex()
    index.add(document(1, None, [(1, ["law"])]))
    index.add(document(2, "T1", [(2, ["law", "secret"])]))
    index.add(document(3, "T2", [(3, ["law"])]))
    assert {hit.passage for hit in found(index, "law", space="T1")} == {1, 2}
    assert {hit.passage for hit in found(index, "law", space=None)} == {1}
    assert {hit.passage for hit in found(index, "law", space="T3")} == {1}
    assert index.occurs("secret", "T1")
    assert not index.occurs("secret", None)
    assert not index.occurs("secret", "T2")


def test_a_passage_of_another_space_does_not_take_a_place_among_the_best() -> None:
    index = PassageIndex()
    for number in range(1, 4):
        index.add(document(number, "T2", [(number, ["law", "law"])]))
    index.add(document(4, None, [(4, ["law", "chief", "mayor"])]))
    [hit] = found(index, "law", limit=1)
    assert hit.passage == 4


def test_a_concept_counts_as_the_best_of_its_expressions() -> None:
    index = index_of("law statute", "statute", "law", "chief")
    alone = {hit.passage: hit.score for hit in found(index, "law")}
    both = {
        hit.passage: hit.score
        for hit in index.search([{("law",): 1.0, ("statute",): 0.01}], Scope(), 10)
    }
    assert both.keys() == {1, 2, 3}
    assert both[1] == pytest.approx(alone[1])
    assert both[3] == pytest.approx(alone[3])
    assert 0 < both[2] < both[3]


def test_concepts_add_up() -> None:
    index = index_of("law chief", "law mayor vote", "chief mayor vote")
    single = [hit.score for term in ("law", "chief") for hit in found(index, term)[:1]]
    best = found(index, "law", "chief")[0]
    assert best.passage == 1
    assert best.score == pytest.approx(sum(single))


def test_a_phrase_is_found_where_all_of_its_terms_are_and_counts_as_the_weakest() -> None:
    index = index_of("justic depart", "justic", "depart", "depart chief")
    [hit] = index.search([{("depart", "justic"): 1.0}], Scope(), 10)
    single = [
        one.score for term in ("depart", "justic") for one in found(index, term) if one.passage == 1
    ]
    assert hit.passage == 1
    assert hit.score == pytest.approx(min(single))


def test_what_dies_while_segments_are_put_together_is_dead_in_the_new_one() -> None:
    index = index_of("law chief", "law mayor", "law vote")
    index.close_shelf()
    tidying = index.next_tidying()
    assert tidying is not None
    segment = tidying.segment()
    index.remove(2)
    index.finish(tidying, segment)
    assert [hit.passage for hit in found(index, "law")] == [1, 3]
    assert not index.occurs("mayor", None)
    assert index.next_tidying() is None


@pytest.mark.parametrize("probed_from", [1, 1_000_000])
@pytest.mark.parametrize("limit", [1, 10])
def test_the_best_of_many_passages_are_those_of_rank_bm25(
    limit: int, probed_from: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "WORTH_A_PROBE", probed_from)
    generator = random.Random(7)
    words = [f"w{number}" for number in range(200)]
    corpus = [
        [words[min(199, int(generator.expovariate(0.03)))] for _ in range(generator.randint(5, 60))]
        for _ in range(3000)
    ]
    index = PassageIndex()
    for number, terms in enumerate(corpus, 1):
        index.add(document(number, None, [(number, terms)]))
        if number % 500 == 0:
            index.close_shelf()
    while tidying := index.next_tidying(at_once=2):
        index.finish(tidying, tidying.segment())
    for _ in range(20):
        question = generator.sample(words[:80], 5)
        scores = from_scratch(corpus, question)
        best = sorted(range(len(corpus)), key=lambda at: (-scores[at], at))[:limit]
        hits = found(index, *question, limit=limit)
        assert [hit.score for hit in hits] == pytest.approx([scores[at] for at in best], rel=1e-6)
        assert [hit.passage for hit in hits] == [at + 1 for at in best]


def test_the_library_s_own_methods_work_on_it() -> None:
    index = index_of("law chief", "mayor", "law law vote")
    corpus = [["law", "chief"], ["mayor"], ["law", "law", "vote"]]
    assert index.get_scores(["law", "vote"]).tolist() == pytest.approx(
        from_scratch(corpus, ["law", "vote"])
    )
    assert index.get_top_n(["mayor"], corpus, n=1) == [["mayor"]]


def test_a_phrase_whose_terms_never_meet_is_not_found() -> None:
    index = index_of("depart", "justic", "chief")
    assert index.search([{("depart", "justic"): 1.0}], Scope(), 10) == []
    [hit] = index.search([{("depart", "justic"): 1.0}, {("chief",): 1.0}], Scope(), 10)
    assert hit.passage == 3


def test_the_library_s_own_scores_are_of_all_spaces_after_changes() -> None:
    index = index_of("law chief", "mayor", "law law vote", space="T1")
    index.remove(2)
    index.close_shelf()
    index.add(document(4, None, [(4, ["law"])]))
    corpus = [["law", "chief"], ["law", "law", "vote"], ["law"]]
    assert index.get_scores(["law", "vote"]).tolist() == pytest.approx(
        from_scratch(corpus, ["law", "vote"])
    )
