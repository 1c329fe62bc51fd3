"""Indexes to test with: of a few texts, and after any changes, beside what is live then."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from retrieval.analysis.analyzer import Analyzer, Phrase, Word, folded_words
from retrieval.analysis.sentences import sentences_of
from retrieval.index.passage_index import PassageIndex
from retrieval.index.postings.scope import Scope
from retrieval.index.postings.segment_parts import SegmentPart
from retrieval.index.postings.table import IndexedDocument, IndexedPassage
from retrieval.model import Role

ANALYZER = Analyzer()


def story(number: int, *passages: str, title: str = "") -> IndexedDocument:
    """Return document 1 with passages 10, 11, 12, document 2 with 20, 21, 22, and so on."""
    return IndexedDocument(
        number,
        None,
        [
            IndexedPassage(key, [ANALYZER.words(one.of(text)) for one in sentences_of(text)])
            for key, text in enumerate(passages, 10 * number)
        ],
        ANALYZER.words(title),
    )


def stories(*documents: IndexedDocument) -> PassageIndex:
    """Return an index of documents."""
    index = PassageIndex()
    for document in documents:
        index.add(document)
    return index


def add_at_once(index: PassageIndex, *documents: IndexedDocument) -> None:
    """Take in documents as a segment of their own."""
    table = index.table_of(documents)
    index.add_segment(index.segment_of([(table, np.ones(len(table), np.bool_))]))


def phrase(text: str) -> Phrase:
    """Return a text as the phrase that it is."""
    return tuple(folded_words(text))


def tidy(index: PassageIndex, gone_meanwhile: int = 0) -> None:
    """Make one segment of all parts; a document may go while that is done."""
    index.close_shelf()
    while tidying := index.next_tidying(alike=1000, at_once=2):
        segment = tidying.segment()
        index.remove(gone_meanwhile)
        index.finish(tidying, segment)


def reopened(index: PassageIndex) -> PassageIndex:
    """Return an index as it is when it was saved and is read again."""
    index.close_shelf()
    for tidying in index.to_store(lambda _: True):
        index.finish(tidying, tidying.segment())
    parts = [SegmentPart(segment, dead) for segment, dead in index.segments()]
    return PassageIndex.of(parts, index.spaces)


TEXTS = [
    "The law failed.",
    "Of the law, of the chief!",
    "The chief failed: vote",
    "Vote: vote the will’s way",
    "Wills’ way",
    "The wills’ law",
    "Of the",
    "",
]
"""The same words in other forms and order; “wills’” has a term, “will’s” is a stop word."""
SENTENCES = st.sampled_from(
    [*map(ANALYZER.words, TEXTS), [("", "law"), ("", "author")]]  # the latter of a byline
)
TERMS = st.sampled_from(["author", "chief", "fail", "law", "unheard", "vote", "way", "will"])
SPACES = st.sampled_from([None, "T1", "T2"])


def _slice(one: Sequence[Word], other: Sequence[Word], start: int, words: int) -> Phrase:
    """Return a part of what two sentences say one after the other, or a word that none says."""
    forms = [form for form, _ in (*one, *other) if form]
    return tuple(forms[start : start + words]) or ("unheard",)


PHRASES = st.builds(_slice, SENTENCES, SENTENCES, st.integers(0, 4), st.integers(1, 4))


def _interleaved(
    number: int, space: str | None, passages: Sequence[IndexedPassage], title: Sequence[Word]
) -> IndexedDocument:
    """Return document 1 with passages 1, 11, 21, document 2 with 2, 12, 22, and so on.

    One that comes again has the ids that it had: those of an index are in no order.
    """
    numbered = [replace(one, id=number + 10 * at) for at, one in enumerate(passages)]
    return IndexedDocument(number, space, numbered, title)


PASSAGES = st.builds(
    IndexedPassage,
    id=st.just(0),
    sentences=st.lists(SENTENCES, min_size=1, max_size=3),
    role=st.sampled_from(Role),
    fingerprint=st.sampled_from(["0", "f00d", "ffffffffffffffff"]),
)
DOCUMENTS = st.builds(
    _interleaved,
    st.integers(1, 4),
    SPACES,
    st.lists(PASSAGES, min_size=1, max_size=4),
    SENTENCES,
)

Change = tuple[IndexedDocument, str]
"""A document that comes, in the place of its last version, and what is done to the index then."""
CHANGES: st.SearchStrategy[list[Change]] = st.lists(
    st.tuples(
        DOCUMENTS,
        st.sampled_from(
            ["", "added at once", "gone", "closed", "tidied", "gone while tidied", "reopened"]
        ),
    ),
    min_size=6,  # fewer seldom leave much to be found
    max_size=12,
)


class Live(NamedTuple):
    """A passage that is live, and its document."""

    document: IndexedDocument
    passage: IndexedPassage

    @property
    def words(self) -> list[Word]:
        """Return its words in order."""
        return list(chain.from_iterable(self.passage.sentences))

    @property
    def terms(self) -> list[str]:
        """Return its terms in order, stop words left out."""
        return [term for _, term in self.words if term]

    def has(self, phrase: Phrase) -> bool:
        """Say whether a phrase stands in it, word for word."""
        forms = [form for form, _ in self.words]
        return any(tuple(forms[at : at + len(phrase)]) == phrase for at in range(len(forms)))


def live_of(documents: Iterable[IndexedDocument]) -> dict[int, Live]:
    """Return the passages of documents by their ids."""
    return {one.id: Live(document, one) for document in documents for one in document.passages}


def after(changes: Sequence[Change]) -> tuple[PassageIndex, dict[int, Live]]:
    """Return the index after changes, and the passages that are live then by their ids.

    Somebody asks between them: what was remembered for an answer must not outlive a change.
    """
    index = PassageIndex()
    live: dict[int, IndexedDocument] = {}
    for document, then in changes:
        index.remove(document.id)
        index.add(document)
        live[document.id] = document
        match then:
            case "added at once":
                index.remove(document.id)
                add_at_once(index, document)
            case "gone":
                index.remove(document.id)
                index.add(replace(document, passages=[]))
                del live[document.id]
            case "closed":
                index.close_shelf()
            case "tidied":
                tidy(index)
            case "gone while tidied":
                tidy(index, document.id)
                del live[document.id]
            case "reopened":
                index = reopened(index)
        index.search([{("law",): 1.0}], Scope("T1"), 1)
    return index, live_of(live.values())
