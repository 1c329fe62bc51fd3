"""Sketches: a few shingles of a wording, the same ones for wordings that are near to one another.

A shingle is some words in a row. Of all of a wording's shingles the least few by their hashes are
kept (a bottom-k sketch: Broder 1997); two wordings that share half of their shingles share one of
these six in 98 of 100 cases. Whether they are near is then decided by aligning their words.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.index.postings.table import Hashes, starts_of

SHINGLE = 4
"""Words of a shingle."""
KEPT = 6
"""Shingles of a sketch."""

_FACTORS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)
"""Odd constants of 64 bits: a word counts otherwise at each place of a shingle."""


def sketches_of(texts: Sequence[Hashes]) -> list[list[int]]:
    """Return the sketch of each text, given as the hashes of its words; none where it is short.

    The numbers are signed, of 64 bits.
    """
    sizes = np.array([len(text) for text in texts], np.int64)
    words = np.concatenate([np.empty(0, np.uint64), *texts])
    if len(words) < SHINGLE:
        return [[] for _ in texts]
    mixed = _mixed(words)
    ends = starts_of(sizes)[1:]
    owners = np.repeat(np.arange(len(texts)), sizes)[: len(mixed)]
    inside = np.arange(len(mixed)) + SHINGLE <= ends[owners]
    shingles, owners = mixed[inside].view(np.int64), owners[inside]
    order = np.lexsort((shingles, owners))
    shingles, owners = shingles[order], owners[order]
    bounds = np.searchsorted(owners, np.arange(len(texts) + 1)).tolist()
    return [
        np.unique(shingles[first : min(first + 2 * KEPT, end)])[:KEPT].tolist()
        for first, end in pairwise(bounds)
    ]


def _mixed(words: Hashes) -> NDArray[np.uint64]:
    """Return a hash of each run of SHINGLE words."""
    size = len(words) - SHINGLE + 1
    mixed = np.zeros(size, np.uint64)
    for place, factor in enumerate(_FACTORS):
        mixed += words[place : place + size] * np.uint64(factor)
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(_FACTORS[0])
    return mixed ^ (mixed >> np.uint64(29))
