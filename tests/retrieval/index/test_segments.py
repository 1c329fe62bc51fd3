"""Segments: what is live of several tables, put together as if it had come all at once."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis.thesaurus import Expression
from retrieval.index.parted_index import K1, B
from retrieval.index.passage_index import PassageIndex
from retrieval.index.postings import build
from retrieval.index.postings.build import MOST_FREQUENT, Weighting, segment_of
from retrieval.index.postings.parts import Part
from retrieval.index.postings.scope import Scope
from retrieval.index.postings.segment import Segment, impacts_of
from retrieval.index.postings.segment_parts import SegmentPart
from retrieval.index.postings.shelf import Shelf
from retrieval.index.postings.table import IndexedDocument, IndexedPassage
from tests.retrieval.indexes import DOCUMENTS, Live, add_at_once, live_of, stories, story, tidy

AVERAGE = 2.5
SPACES = {None: 0, "T1": 1, "T2": 2}

NEWS = st.lists(DOCUMENTS, min_size=2, max_size=4, unique_by=lambda one: one.id)
BLOCKS = st.integers(1, 3)
QUESTION: Sequence[Mapping[Expression, float]] = [
    {("law",): 1.0, ("vote", "will"): 0.9},
    {("vote",): 1.0},
]


def shelf_of(documents: Sequence[IndexedDocument]) -> Shelf:
    """Return a shelf of documents."""
    shelf = Shelf(K1, B)
    shelf.mean = AVERAGE
    for one in documents:
        shelf.add(one, SPACES[one.space])
    return shelf


def merged(*parts: Part, block: int = build.BLOCK) -> Segment:
    """Return what is live of parts as one segment, made of blocks of so many passages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "BLOCK", block)
        return segment_of([(part.table, part.live) for part in parts], Weighting(K1, B, AVERAGE))


def at_once(live: dict[int, Live]) -> Segment:
    """Return a segment of passages that came in the order of their ids."""
    ordered = [live[key] for key in sorted(live)]
    return merged(
        shelf_of(
            [
                replace(document, passages=[one.passage for one in its])
                for document, its in groupby(ordered, lambda one: one.document)
            ]
        )
    )


def differences(one: Segment, other: Segment) -> list[str]:
    """Return the names of the arrays that are not the same in two segments."""
    arrays = {
        field.name: (getattr(one, field.name), getattr(other, field.name))
        for field in fields(Segment)
    }
    return [
        name
        for name, (its, others) in arrays.items()
        if its.dtype != others.dtype or not np.array_equal(its, others)
    ]


@given(
    st.lists(st.tuples(DOCUMENTS, st.integers(0, 2)), min_size=4, max_size=8),
    st.frozensets(st.integers(1, 4), max_size=2),
    BLOCKS,
)
def test_what_is_live_of_several_parts_is_the_segment_that_it_were_had_it_come_at_once(
    placed: Sequence[tuple[IndexedDocument, int]], gone: Collection[int], block: int
) -> None:
    """Documents come to one of three shelves each; the first becomes a segment before some go."""
    shelves = [shelf_of([]) for _ in range(3)]
    for document, at in placed:
        for shelf in shelves:
            shelf.remove(document.id)
        shelves[at].add(document, SPACES[document.space])
    parts = [SegmentPart(merged(shelves[0])), *shelves[1:]]
    for part in parts:
        for number in gone:
            part.remove(number)
    last = {document.id: document for document, _ in placed if document.id not in gone}
    assert differences(merged(*parts, block=block), at_once(live_of(last.values()))) == []


def test_no_word_is_kept_of_passages_that_are_gone() -> None:
    part = SegmentPart(merged(shelf_of([story(1, "The secret", title="Hush"), story(2, "Laws")])))
    part.remove(1)
    left = merged(part)
    assert (len(left.hashes), left.term(0)) == (1, "law")
    assert left.letters.tobytes() == b"law"
    assert len(left.word_forms) == 1


def test_a_document_that_another_parted_is_one_run_when_that_is_gone() -> None:
    first, second, third = story(1, "law", "chief", "vote").passages
    parted = [
        IndexedDocument(1, None, [first]),
        IndexedDocument(2, None, [second]),
        IndexedDocument(1, None, [third]),
    ]
    part = SegmentPart(merged(shelf_of(parted)))
    part.remove(2)
    assert merged(part).documents.tolist() == [1]


def worth(part: Part, term: str) -> dict[int, float]:
    """Return what a term is worth in each passage that holds it, as its postings say."""
    row = part.row(term)
    if row is None:
        return {}
    its = part.postings(row)
    assert its.most == its.impacts.max(initial=0)
    passages = part.table.passages[its.slots].tolist()
    return dict(zip(passages, its.impacts.tolist(), strict=True))


@given(NEWS, BLOCKS)
def test_postings_say_which_passages_hold_a_term_and_what_it_is_worth_there(
    news: Sequence[IndexedDocument], block: int
) -> None:
    shelf = shelf_of(news)
    segment = SegmentPart(merged(shelf, block=block))
    for term in ("law", "will", "vote", "unheard"):
        holders = {key: one.terms for key, one in live_of(news).items() if term in one.terms}
        counts = np.array([terms.count(term) for terms in holders.values()])
        lengths = np.array([len(terms) for terms in holders.values()])
        impacts = impacts_of(counts, lengths, AVERAGE, K1, B).tolist()
        expected = dict(zip(holders, impacts, strict=True))
        assert worth(shelf, term) == worth(segment, term) == pytest.approx(expected)


@given(NEWS, st.integers(1, 4))
def test_a_shelf_and_a_segment_of_the_same_find_the_same_with_the_same_scores(
    news: Sequence[IndexedDocument], limit: int
) -> None:
    index = stories(*news)
    on_the_shelf = index.search(QUESTION, Scope("T1"), limit)
    tidy(index)
    assert index.search(QUESTION, Scope("T1"), limit) == on_the_shelf
    index = PassageIndex()
    add_at_once(index, *news)
    assert index.search(QUESTION, Scope("T1"), limit) == on_the_shelf


def test_a_term_that_stands_in_a_passage_all_too_often_counts_as_the_most_frequent() -> None:
    length = 2 * MOST_FREQUENT
    text = IndexedPassage(1, [[("law", "law")] * length])
    blank = [IndexedPassage(key, []) for key in range(2, 1001)]
    index = stories(IndexedDocument(1, None, [text, *blank]))
    impact = impacts_of(np.array(MOST_FREQUENT), np.array(length), length / 1000, K1, B)
    for _ in ("on the shelf", "in a segment"):
        [hit] = index.search([{("law",): 1.0}], Scope(), 10)
        assert hit.score == pytest.approx(math.log(1001) * float(impact))
        tidy(index)
    shelf = shelf_of([IndexedDocument(1, None, [text])])
    impact = impacts_of(np.array(MOST_FREQUENT), np.array(length), AVERAGE, K1, B)
    assert (
        worth(shelf, "law") == worth(SegmentPart(merged(shelf)), "law") == {1: np.float32(impact)}
    )


@pytest.mark.parametrize(
    "news", [[story(1, "The chief resigned. Why?", title="News"), story(2, "", "Laws")], []]
)
def test_a_segment_that_was_saved_is_the_same_when_it_is_loaded(
    tmp_path: Path, news: Sequence[IndexedDocument]
) -> None:
    segment = merged(shelf_of(news))
    segment.save(tmp_path)
    assert differences(Segment.load(tmp_path), segment) == []


def test_a_segment_that_is_not_whole_is_not_loaded(tmp_path: Path) -> None:
    merged(shelf_of([story(1, "The chief resigned.")])).save(tmp_path)
    forward = tmp_path / "forward.npy"
    forward.write_bytes(forward.read_bytes()[:-1])
    with pytest.raises((OSError, ValueError)):
        Segment.load(tmp_path)
    forward.unlink()
    with pytest.raises((OSError, ValueError)):
        Segment.load(tmp_path)
