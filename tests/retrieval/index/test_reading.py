"""Reading: what the index says that passages hold, against the passages themselves."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis.analyzer import Phrase
from retrieval.index.passage_index import PassageIndex
from retrieval.index.postings.reading import Held
from retrieval.index.postings.scope import Scope
from retrieval.index.postings.table import IndexedDocument, IndexedPassage, hash_of
from retrieval.model import Role
from tests.retrieval.indexes import (
    CHANGES,
    PHRASES,
    TERMS,
    Change,
    Live,
    after,
    phrase,
    stories,
    story,
    tidy,
)


def held_by(one: Live, terms: frozenset[str], phrases: Sequence[Phrase]) -> Held:
    """Return what a passage holds, as one reads it there."""
    sentences = [terms & {term for _, term in words} for words in one.passage.sentences]
    return Held(
        role=one.passage.role,
        fingerprint=int(one.passage.fingerprint, 16),
        sentences=[its for its in sentences if its],
        pairs=frozenset(pair for pair in pairwise(one.terms) if terms.issuperset(pair)),
        title=terms & {term for _, term in one.document.title},
        phrases=frozenset(filter(one.has, phrases)),
        forms=[hash_of(form) for form, _ in one.words if form],
        wording=0.0,
    )


@given(CHANGES, st.frozensets(TERMS), st.lists(PHRASES, max_size=3))
def test_after_any_changes_what_is_live_is_read_as_it_was_added(
    changes: Sequence[Change], terms: frozenset[str], phrases: list[Phrase]
) -> None:
    index, live = after(changes)
    held = {key: held_by(one, terms, phrases) for key, one in live.items()}
    assert index.read(range(100), terms, phrases) == held


def test_each_sentence_is_read_that_holds_a_term() -> None:
    index = stories(story(1, "The chief resigned. It rained. Nobody asked the chief."))
    [held] = index.read([10], ["chief", "resign", "unheard"], []).values()
    assert held.sentences == [frozenset({"chief", "resign"}), frozenset({"chief"})]
    assert held.terms == {"chief", "resign"}


def test_pairs_are_neighbours_when_stop_words_are_left_out() -> None:
    index = stories(
        story(1, "The chief of the police resigned.", "Chief scolds police; they left.")
    )
    held = index.read([10, 11], ["chief", "polic", "left"], [])
    assert held[10].pairs == {("chief", "polic")}
    assert held[11].pairs == {("polic", "left")}


def test_a_term_that_stands_in_titles_only_is_read_there_and_not_found() -> None:
    index = stories(
        story(1, "It closes.", "Ships wait.", title="The Harbor Closes"), story(2, "Ships wait.")
    )
    held = index.read([10, 11, 20], ["harbor", "close", "ship"], [])
    assert held[10].title == held[11].title == {"harbor", "close"}
    assert held[11].terms == {"ship"}
    assert held[20].title == frozenset()
    assert index.search([{("harbor",): 1.0}], Scope(), 10) == []
    assert not index.occurs("harbor", None)


def test_phrases_are_read_word_for_word_in_each_passage() -> None:
    index = stories(story(1, "The chief resigned.", "Chief resigned. The end.", title="The end"))
    phrases = [*map(phrase, ["the chief", "chief resigned", "resigned the end", "the end came"])]
    held = index.read([10, 11], [], phrases)
    assert held[10].phrases == {("the", "chief"), ("chief", "resigned")}
    assert held[11].phrases == {("chief", "resigned"), ("resigned", "the", "end")}


def test_a_passage_is_read_with_its_role_and_fingerprint() -> None:
    byline = IndexedPassage(7, [[("by", ""), ("doe", "doe")]], Role.BYLINE, "f00d")
    index = stories(IndexedDocument(1, None, [byline]))
    [held] = index.read([7], [], []).values()
    assert (held.role, held.fingerprint) == (Role.BYLINE, 0xF00D)


def test_what_is_removed_is_not_read_until_it_comes_again() -> None:
    old, new = story(1, "The chief resigned."), story(2, "The chief stayed.")
    index = stories(old, new)
    tidy(index)
    index.remove(1)
    assert index.read([10, 20], ["chief"], []).keys() == {20}
    index.add(old)
    before = index.read([10, 20], ["chief", "resign"], [])
    assert before[10].terms == {"chief", "resign"}
    tidy(index)
    assert index.read([10, 20], ["chief", "resign"], []) == before


def test_nothing_is_read_of_passages_that_never_were() -> None:
    assert PassageIndex().read([1], ["chief"], [("chief",)]) == {}
    assert stories(story(1, "The chief resigned.")).read([9, 11], ["chief"], [("chief",)]) == {}
