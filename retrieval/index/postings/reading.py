"""Reading: what passages hold of a question, from their words in the index."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np

from retrieval.analysis.analyzer import Phrase
from retrieval.index.postings.legs import Rows
from retrieval.index.postings.parts import Part
from retrieval.index.postings.scope import holding
from retrieval.index.postings.table import (
    NO_FORM,
    NO_TERM,
    ROLES,
    Flags,
    Ints,
    Longs,
    runs,
    starts_of,
)
from retrieval.index.postings.wording import Wording, wordings
from retrieval.model import Role


@dataclass(frozen=True, slots=True)
class Held:
    """What one passage holds of the terms and phrases of a question."""

    role: Role
    fingerprint: int
    """Equal for passages that say the same words."""
    sentences: Sequence[frozenset[str]]
    """The question's terms in each sentence that holds one."""
    pairs: frozenset[tuple[str, str]]
    """Those that stand next to one another, stop words left out."""
    title: frozenset[str]
    """The question's terms in the title of the document."""
    phrases: frozenset[Phrase]
    forms: Sequence[int]
    """Hashes of the forms of all words that stand in it, in order."""
    wording: float
    """What the best sentence has of the question as it was typed."""

    @property
    def terms(self) -> frozenset[str]:
        """The question's terms in the passage."""
        return frozenset().union(*self.sentences)


class _Match(NamedTuple):
    """A term of the question in one of several texts."""

    text: int
    sentence: int
    place: int
    """Among the terms of all these texts."""
    term: str


def read(
    part: Part, passages: Longs, rows: Rows, phrases: Sequence[Phrase], wording: Wording
) -> Iterator[tuple[int, Held]]:
    """Yield what the part's live ones of some passages hold, each with its id."""
    table = part.table
    slots = part.slots_at(passages)
    terms = {row: term for term, row in rows.items()}
    matches = _matches_in_passages(part, slots, terms)
    titles = _matches_in_titles(part, slots, terms)
    words, sizes = part.words_of(slots)
    forms, starts = table.word_forms[words].tolist(), starts_of(sizes).tolist()
    typed = wordings(part, slots, wording)
    with_phrase = {phrase: set(holding(part, phrase, slots).tolist()) for phrase in phrases}
    for number, slot in enumerate(slots.tolist()):
        own = matches.get(number, [])
        yield (
            int(table.passages[slot]),
            Held(
                role=ROLES[table.roles[slot]],
                fingerprint=int(table.fingerprints[slot]),
                sentences=[
                    frozenset(one.term for one in group)
                    for _, group in groupby(own, lambda one: one.sentence)
                ],
                pairs=frozenset(
                    (one.term, other.term)
                    for one, other in pairwise(own)
                    if one.place + 1 == other.place
                ),
                title=frozenset(one.term for one in titles.get(number, ())),
                phrases=frozenset(one for one, its in with_phrase.items() if slot in its),
                forms=[one for one in forms[starts[number] : starts[number + 1]] if one != NO_FORM],
                wording=typed[number],
            ),
        )


Terms = Mapping[int, str]
"""The question's terms by their rows in a part."""


def _matches_in_passages(part: Part, slots: Ints, terms: Terms) -> dict[int, list[_Match]]:
    places, sizes = part.places_of(slots)
    table = part.table
    return _matches(table.word_terms[table.forward[places]], table.breaks[places], sizes, terms)


def _matches_in_titles(part: Part, slots: Ints, terms: Terms) -> dict[int, list[_Match]]:
    table = part.table
    its_runs = table.firsts.searchsorted(slots, "right") - 1
    sizes = np.diff(table.title_starts)[its_runs]
    rows = table.word_terms[table.titles[runs(table.title_starts[its_runs], sizes)]]
    return _matches(rows, np.zeros(len(rows), np.bool_), sizes, terms)


def _matches(rows: Ints, breaks: Flags, sizes: Longs, terms: Terms) -> dict[int, list[_Match]]:
    """Return the question's terms in texts that stand one behind the other, by text."""
    found = np.flatnonzero(np.isin(rows, list(terms)))
    columns = (
        np.cumsum(sizes).searchsorted(found, "right"),
        np.cumsum(breaks)[found],
        np.cumsum(rows != NO_TERM)[found],
    )
    matches = [
        _Match(text, sentence, place, terms[row])
        for text, sentence, place, row in zip(
            *(one.tolist() for one in columns), rows[found].tolist(), strict=True
        )
    ]
    return {text: list(group) for text, group in groupby(matches, lambda one: one.text)}
