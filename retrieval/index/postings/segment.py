"""A segment: passages that no longer change, with their postings, in flat arrays."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from retrieval.index.postings.table import Floats, Ints, Longs, Table, hash_of


@dataclass(frozen=True, slots=True)
class PostingList:
    """The passages that hold one term."""

    slots: Ints
    """Ascending."""
    impacts: Floats
    """What the term is worth in each passage, before its idf, under the part's average."""
    most: float
    """The highest impact."""


@dataclass(frozen=True, slots=True, eq=False)
class Segment(Table):
    """A table with its P postings; rows of terms and of words are in the order of their hashes."""

    bounds: Longs
    """Where each term's postings begin, and the end; shape (V + 1,)."""
    slots: Ints
    """Shape (P,), ascending within a row."""
    impacts: Floats
    """Shape (P,)."""
    most: Floats
    """Highest impact of each term; shape (V,)."""
    average: NDArray[np.float64]
    """The average length under which the impacts were computed; shape (1,)."""

    def row(self, term: str) -> int | None:
        """Return the row of a term, None where no passage of the segment holds it."""
        wanted = np.uint64(hash_of(term))
        at = int(self.hashes.searchsorted(wanted))
        if at < len(self.hashes) and self.hashes[at] == wanted and self.term(at) == term:
            return at
        return None

    def postings(self, row: int) -> PostingList:
        """Return the passages that hold the term of a row."""
        part = slice(self.bounds[row], self.bounds[row + 1])
        return PostingList(self.slots[part], self.impacts[part], float(self.most[row]))

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder, one file each."""
        for field in fields(self):
            np.save(folder / f"{field.name}.npy", getattr(self, field.name), allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Map the arrays of a folder; raise OSError or ValueError where they are not whole."""
        arrays: dict[str, Any] = {
            field.name: np.asarray(  # slices of a plain array are made faster than of a memmap
                np.load(folder / f"{field.name}.npy", mmap_mode="r", allow_pickle=False)
            )
            for field in fields(cls)
        }
        return cls(**arrays)


def impacts_of(
    frequencies: NDArray[Any], lengths: NDArray[Any], average: float, k1: float, b: float
) -> NDArray[np.float64]:
    """Return what frequencies in passages of these lengths are worth, before idf.

    It is the factor of BM25 behind idf, as rank_bm25.BM25Plus computes it with ``delta=0``.
    """
    denominators = k1 * (1 - b + b * lengths / average) + frequencies
    return np.asarray(frequencies * (k1 + 1) / denominators, np.float64)
