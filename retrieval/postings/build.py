"""Segments made: from passages with their terms, and from other segments."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from retrieval.postings.segment import Ints, Longs, Segment, hash_of, impacts_of, letters_of

MOST_FREQUENT = np.iinfo(np.uint16).max
"""A term that stands more often in one passage counts as often as this."""


@dataclass(slots=True)
class Collection:
    """Passages gathered for a segment, their terms numbered as they come."""

    numbers: dict[str, int] = field(default_factory=dict)
    forward: "array[int]" = field(default_factory=lambda: array("i"))
    lengths: "array[int]" = field(default_factory=lambda: array("i"))
    passages: "array[int]" = field(default_factory=lambda: array("q"))
    documents: "array[int]" = field(default_factory=lambda: array("q"))
    spaces: "array[int]" = field(default_factory=lambda: array("i"))

    def add(self, passage: int, document: int, space: int, terms: Sequence[str]) -> None:
        """Gather one passage."""
        numbers = self.numbers
        number = numbers.setdefault
        self.forward.extend([number(term, len(numbers)) for term in terms])
        self.lengths.append(len(terms))
        self.passages.append(passage)
        self.documents.append(document)
        self.spaces.append(space)


@dataclass(frozen=True, slots=True)
class Weighting:
    """BM25's parameters and the average length under which impacts are computed."""

    k1: float
    b: float
    average: float


def segment_of(collection: Collection, weighting: Weighting) -> Segment:
    """Return the passages of a collection as a segment, in the order of their ids."""
    passages = np.array(collection.passages, np.int64)
    lengths = np.array(collection.lengths, np.int32)
    order = np.argsort(passages, kind="stable")
    words = np.array(collection.forward, np.int32)
    if len(order) > 1 and (np.diff(passages) < 0).any():
        words = words[_runs(_starts(lengths)[order], lengths[order])]
    terms = list(collection.numbers)
    hashes = np.array([hash_of(term) for term in terms], np.uint64)
    by_hash = np.argsort(hashes)
    rows = np.empty(len(terms), np.int32)
    rows[by_hash] = np.arange(len(terms), dtype=np.int32)
    letters, letter_bounds = letters_of([terms[at] for at in by_hash])
    return _segment(
        passages=passages[order],
        documents=np.array(collection.documents, np.int64)[order],
        spaces=np.array(collection.spaces, np.int32)[order],
        lengths=lengths[order],
        forward=rows[words] if len(words) else words,
        hashes=hashes[by_hash],
        letters=letters,
        letter_bounds=letter_bounds,
        weighting=weighting,
    )


def merged(segments: Sequence[tuple[Segment, NDArray[np.bool_]]], weighting: Weighting) -> Segment:
    """Return the live passages of several segments as one; each comes with what is live of it."""
    hashes, firsts = np.unique(
        np.concatenate([segment.hashes for segment, _ in segments]), return_index=True
    )
    letters, letter_bounds = _letters_at(segments, firsts)
    forward = np.concatenate(
        [
            np.searchsorted(hashes, segment.hashes).astype(np.int32)[_live_words(segment, live)]
            for segment, live in segments
        ]
    )

    def live_of(name: str) -> NDArray[np.int64]:
        return np.concatenate([getattr(segment, name)[live] for segment, live in segments])

    passages = live_of("passages")
    lengths = live_of("lengths").astype(np.int32)
    order = np.argsort(passages, kind="stable")
    if (np.diff(passages) < 0).any():
        forward = forward[_runs(_starts(lengths)[order], lengths[order])]
    return _segment(
        passages=passages[order],
        documents=live_of("documents")[order],
        spaces=live_of("spaces")[order].astype(np.int32),
        lengths=lengths[order],
        forward=forward,
        hashes=hashes,
        letters=letters,
        letter_bounds=letter_bounds,
        weighting=weighting,
    )


def _segment(
    *,
    passages: Longs,
    documents: Longs,
    spaces: Ints,
    lengths: Ints,
    forward: Ints,
    hashes: NDArray[np.uint64],
    letters: NDArray[np.uint8],
    letter_bounds: Longs,
    weighting: Weighting,
) -> Segment:
    """Turn the forward index into postings."""
    slot_of = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
    keys = forward * np.int64(max(len(lengths), 1)) + slot_of
    keys.sort()
    first = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    at = np.flatnonzero(first)
    frequencies = np.minimum(np.diff(np.append(at, len(keys))), MOST_FREQUENT)
    rows, slots = np.divmod(keys[at], max(len(lengths), 1))
    bounds = np.searchsorted(rows, np.arange(len(hashes) + 1))
    impacts = impacts_of(
        frequencies, lengths[slots], weighting.average, weighting.k1, weighting.b
    ).astype(np.float32)
    most = np.zeros(len(hashes), np.float32)
    held = np.flatnonzero(np.diff(bounds))
    if len(held):
        most[held] = np.maximum.reduceat(impacts, bounds[held])
    return Segment(
        passages=passages,
        documents=documents,
        spaces=spaces,
        lengths=lengths,
        hashes=hashes,
        bounds=bounds.astype(np.int64),
        slots=slots.astype(np.int32),
        frequencies=frequencies.astype(np.uint16),
        impacts=impacts,
        most=most,
        forward=forward,
        letters=letters,
        letter_bounds=letter_bounds,
        average=np.array([weighting.average]),
    )


def _starts(lengths: Ints) -> Longs:
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def _runs(starts: Longs, lengths: Ints) -> Longs:
    """Return the indices of several runs, one behind the other."""
    offsets = np.repeat(starts - np.append(0, np.cumsum(lengths)[:-1]), lengths)
    return offsets + np.arange(len(offsets))


def _live_words(segment: Segment, live: NDArray[np.bool_]) -> Ints:
    words: Ints = segment.forward[np.repeat(live, segment.lengths)]
    return words


def _letters_at(
    segments: Sequence[tuple[Segment, NDArray[np.bool_]]], places: Longs
) -> tuple[NDArray[np.uint8], Longs]:
    """Return the letters of the terms at these places in the segments' terms put together."""
    letters = np.concatenate([segment.letters for segment, _ in segments])
    sizes = np.concatenate([np.diff(segment.letter_bounds) for segment, _ in segments])
    starts = _starts(sizes)
    return letters[_runs(starts[places], sizes[places])], _starts(sizes[places])
