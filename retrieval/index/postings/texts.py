"""Texts: the words of passages as the index holds them, with the passages around them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from retrieval.index.postings.parts import Part
from retrieval.index.postings.table import Flags, Hashes, Longs, starts_of


@dataclass(frozen=True, slots=True)
class IndexedText:
    """The words of a passage."""

    passage: int
    fingerprint: int
    """Equal for passages that say the same words."""
    document: int
    place: int
    """Among the passages of its part: those of a document that follow one another count on."""
    forms: Hashes
    """The hash of each word's form, in order."""


def texts(part: Part, passages: Longs, around: int, seen: Flags | None) -> Iterator[IndexedText]:
    """Yield the words of a part's live passages, and of as many before and behind each.

    ``seen`` says which slots may be drawn on, None where all may. They come in the order of their
    places; those around a passage are of its document.
    """
    table = part.table
    slots = part.slots_at(passages)
    if not len(slots):
        return
    runs = table.firsts.searchsorted(slots, "right") - 1
    steps = np.arange(-around, around + 1)
    near = (slots[:, np.newaxis] + steps).ravel()
    low, high = (np.repeat(table.firsts[one], len(steps)) for one in (runs, runs + 1))
    near = np.unique(near[(near >= low) & (near < high)])
    near = near[part.live[near] if seen is None else seen[near]].astype(np.int32)
    words, sizes = part.words_of(near)
    forms, starts = table.word_forms[words], starts_of(sizes).tolist()
    documents = table.documents[table.firsts.searchsorted(near, "right") - 1]
    for number, slot in enumerate(near.tolist()):
        yield IndexedText(
            int(table.passages[slot]),
            int(table.fingerprints[slot]),
            int(documents[number]),
            slot,
            forms[starts[number] : starts[number + 1]],
        )
