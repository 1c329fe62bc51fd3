"""Wording: what a passage's best sentence has of a question just as it was typed."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Library
from retrieval.analysis.analyzer import Analyzer
from retrieval.analysis.sentences import words_of
from retrieval.index.passage_index import PassageIndex
from retrieval.index.postings.table import IndexedDocument, IndexedPassage
from retrieval.index.postings.wording import NO_WORDING, Wording

ANALYZER = Analyzer()
WORDING = Wording(
    {"the": 1.0, "mayor": 4.0, "named": 2.0}, {("the", "mayor"): 2.5, ("mayor", "named"): 3.0}
)


def index_of(*passages: str) -> PassageIndex:
    """Return an index of passages, numbered from 1, that are one document."""
    its = [
        IndexedPassage(number, words_of(passage, ANALYZER))
        for number, passage in enumerate(passages, 1)
    ]
    index = PassageIndex()
    index.add(IndexedDocument(1, None, its))
    return index


def as_segment(index: PassageIndex) -> PassageIndex:
    """Return the index with what is on its shelf as a segment."""
    index.close_shelf()
    tidying = index.next_tidying()
    assert tidying
    index.finish(tidying, tidying.segment())
    return index


def had(index: PassageIndex, wording: Wording, *passages: int) -> list[float]:
    """Return what passages have of a wording."""
    held = index.read(passages, wording=wording)
    return [held[passage].wording for passage in passages]


@pytest.mark.parametrize(
    ("passage", "worth"),
    [
        ("The mayor named a chief.", 1 + 4 + 2 + 2.5 + 3),
        ("THE MAYOR came.", 1 + 4 + 2.5),
        ("The mayor, and the mayor again.", 1 + 4 + 2.5),
        ("The old mayor named nobody.", 1 + 4 + 2 + 3),
        ("The mayors are naming one.", 1),
        ("She named the mayor.", 2 + 1 + 4 + 2.5),
        ("It was the. Mayor Ames came. They named one.", 4),
        ("It was late. The mayor came. They named one.", 1 + 4 + 2.5),
        ("Nobody came.", 0),
    ],
)
def test_the_best_sentence_counts_with_each_word_and_each_pair_once(
    passage: str, worth: float
) -> None:
    index = index_of("Before it.", passage, "The mayor.")
    assert had(index, WORDING, 2) == [worth]
    assert had(as_segment(index), WORDING, 1, 2, 3) == [0, worth, 1 + 4 + 2.5]


def test_without_a_wording_nothing_is_had() -> None:
    index = index_of("The mayor named a chief.")
    assert had(index, NO_WORDING, 1) == [0]
    assert had(index, Wording({"zebra": 1.0}, {}), 1) == [0]


SENTENCES = st.lists(
    st.lists(st.sampled_from(["the", "mayor", "named", "chief"]), min_size=1, max_size=6),
    min_size=1,
    max_size=4,
)


@given(st.lists(SENTENCES, min_size=1, max_size=4))
def test_it_is_what_a_count_by_hand_gives(passages: list[list[list[str]]]) -> None:
    index = PassageIndex()
    its = [
        IndexedPassage(number, [[(form, form) for form in one] for one in sentences])
        for number, sentences in enumerate(passages)
    ]
    index.add(IndexedDocument(1, None, its))
    expected = [
        max(
            sum(worth for form, worth in WORDING.words.items() if form in one)
            + sum(worth for pair, worth in WORDING.pairs.items() if pair in set(pairwise(one)))
            for one in sentences
        )
        for sentences in passages
    ]
    assert had(index, WORDING, *range(len(passages))) == expected
    assert had(as_segment(index), WORDING, *range(len(passages))) == expected


async def test_the_passage_in_the_question_s_own_words_comes_first(library: Library) -> None:
    await library.add(b"A chief will be naming officers.\nThe chief named an officer.", "a.txt")
    await library.add(b"The chief named officers.\nOfficers naming chiefs.", "b.txt")
    best, *_ = await library.search("Who named officers?")
    assert best.passage.text == "The chief named officers."


async def test_a_line_about_the_document_is_found_in_any_words(seeded: Library) -> None:
    best, *_ = await seeded.search("Who wrote the article about Sessions and consent decrees?")
    assert best.passage.text == "By Kenrya Rankin Apr 18, 2017"
