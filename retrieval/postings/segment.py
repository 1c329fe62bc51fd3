"""A segment: passages that no longer change, in flat arrays.

Passages have slots, from 0 in the order of their ids; terms have rows, in the order of their
hashes. ``postings`` go from a row to slots, ``forward`` goes from a slot to rows.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PostingList:
    """The passages that hold one term."""

    slots: Ints
    """Ascending."""
    frequencies: NDArray[np.uint16]
    """How often each passage holds it."""
    impacts: Floats
    """What the term is worth in each passage, before its idf, under the segment's average."""
    most: float
    """The highest impact."""
    live: int
    """How many of the passages are live."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Segment:
    """Flat arrays over n passages, V terms, P postings and T words."""

    passages: Longs
    """Ids, ascending; shape (n,)."""
    documents: Longs
    """Each passage's document; shape (n,)."""
    spaces: Ints
    """Each passage's space, by its number in the index; shape (n,)."""
    lengths: Ints
    """Terms of each passage; shape (n,)."""
    hashes: NDArray[np.uint64]
    """Of the terms, ascending; shape (V,)."""
    bounds: Longs
    """Where each row's postings begin, and the end; shape (V + 1,)."""
    slots: Ints
    """Shape (P,), ascending within a row."""
    frequencies: NDArray[np.uint16]
    """Shape (P,)."""
    impacts: Floats
    """Shape (P,)."""
    most: Floats
    """Highest impact of each row; shape (V,)."""
    forward: Ints
    """The rows of each passage's terms, in the order of the text; shape (T,)."""
    letters: NDArray[np.uint8]
    """The terms in UTF-8, row by row."""
    letter_bounds: Longs
    """Where each row's letters begin, and the end; shape (V + 1,)."""
    average: NDArray[np.float64]
    """The average length under which the impacts were computed; shape (1,)."""

    def __len__(self) -> int:
        return len(self.passages)

    def row(self, term: str) -> int:
        """Return the row of a term, -1 where no passage of the segment holds it."""
        wanted = hash_of(term)
        at = int(self.hashes.searchsorted(wanted))
        if at < len(self.hashes) and self.hashes[at] == wanted and self.term(at) == term:
            return at
        return -1

    def term(self, row: int) -> str:
        """Return the term of a row."""
        start, end = self.letter_bounds[row], self.letter_bounds[row + 1]
        return self.letters[start:end].tobytes().decode()

    def terms(self) -> Iterator[str]:
        """Yield all terms."""
        return map(self.term, range(len(self.hashes)))

    def postings(self, row: int, lost: int) -> PostingList:
        """Return the passages that hold the term of a row, ``lost`` of them dead."""
        start, end = int(self.bounds[row]), int(self.bounds[row + 1])
        part = slice(start, end)
        return PostingList(
            self.slots[part],
            self.frequencies[part],
            self.impacts[part],
            float(self.most[row]),
            end - start - lost,
        )

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder, one file each."""
        for field in fields(self):
            np.save(folder / f"{field.name}.npy", getattr(self, field.name), allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Map the arrays of a folder; raise OSError or ValueError where they are not whole."""
        arrays: dict[str, Any] = {
            field.name: np.load(folder / f"{field.name}.npy", mmap_mode="r", allow_pickle=False)
            for field in fields(cls)
        }
        return cls(**arrays)


@lru_cache(maxsize=1 << 16)
def hash_of(term: str) -> np.uint64:
    """Return a term's hash, the same in every process."""
    return np.uint64(int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "big"))


def impacts_of(
    frequencies: NDArray[Any], lengths: NDArray[Any], average: float, k1: float, b: float
) -> NDArray[np.float64]:
    """Return what frequencies in passages of these lengths are worth, before idf.

    It is the factor of BM25 behind idf, as rank_bm25.BM25Plus computes it with ``delta=0``.
    """
    denominators = k1 * (1 - b + b * lengths / average) + frequencies
    return np.asarray(frequencies * (k1 + 1) / denominators, np.float64)


def letters_of(terms: Sequence[str]) -> tuple[NDArray[np.uint8], Longs]:
    """Return terms as bytes, one behind the other, and where each begins."""
    encoded = [term.encode() for term in terms]
    bounds = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum([len(one) for one in encoded], out=bounds[1:])
    return np.frombuffer(b"".join(encoded), np.uint8), bounds
