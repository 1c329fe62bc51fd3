"""Wording: how much of a question the best sentence of a passage has just as it was typed.

Forms count as they stand, without stemming, and stop words count too: who asks in the words of a
passage mostly asks for that passage.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.index.postings.parts import Part
from retrieval.index.postings.table import Ints, Longs


@dataclass(frozen=True, slots=True)
class Wording:
    """The forms of a question's words, and those that stand together, with what each is worth."""

    words: Mapping[str, float]
    pairs: Mapping[tuple[str, str], float]
    """Of forms that are among the words."""

    @property
    def total(self) -> float:
        """Return what a sentence has that has all of it."""
        return sum(self.words.values()) + sum(self.pairs.values())


NO_WORDING = Wording({}, {})


def wordings(part: Part, slots: Ints, wording: Wording) -> Sequence[float]:
    """Return what the best sentence of each passage has of a wording; all passages have words.

    A sentence has what is worth each of the words and each of the pairs that stand in it, once.
    """
    rows, numbers = _rows(part, wording)
    if not len(rows) or not len(slots):
        return [0.0] * len(slots)
    places, sizes = part.places_of(slots)
    words = part.table.forward[places]
    at = rows.searchsorted(words)
    found = np.flatnonzero(rows.take(at, mode="clip") == words)
    sentences = part.table.breaks[places].cumsum()
    worths = _worths(numbers[at[found]], found, sentences, wording)
    best: list[float] = np.maximum.reduceat(worths, sentences[sizes.cumsum() - sizes]).tolist()
    return best


def _rows(part: Part, wording: Wording) -> tuple[Ints, Longs]:
    """Return the rows of the forms in a part, ascending, and the number of the form of each."""
    found = sorted(
        (row, number) for number, form in enumerate(wording.words) for row in part.form_rows(form)
    )
    rows, numbers = np.array(found, np.int64).reshape(-1, 2).T
    return rows.astype(np.int32), numbers


def _worths(
    numbers: Longs, places: Longs, sentences: Longs, wording: Wording
) -> NDArray[np.float64]:
    """Return what each sentence has, by its number.

    ``places`` are those of the words with the ``numbers``; ``sentences`` says in which a place is.
    """
    worth = _table(wording)
    first = np.flatnonzero(np.diff(places) == 1)
    first = first[sentences[places[first]] == sentences[places[first + 1]]]
    cells = np.concatenate((numbers, (numbers[first] + 1) * len(worth.T) + numbers[first + 1]))
    where = sentences[np.concatenate((places, places[first]))]
    once, cell = np.divmod(np.unique(where * worth.size + cells), worth.size)
    return np.asarray(np.bincount(once, worth.ravel()[cell], int(sentences[-1]) + 1), np.float64)


def _table(wording: Wording) -> NDArray[np.float64]:
    """Return what is worth each word, in row 0, and before each other, in row 1 + its number."""
    number_of = {form: number for number, form in enumerate(wording.words)}
    table = np.zeros((len(number_of) + 1, len(number_of)))
    table[0] = list(wording.words.values())
    for (one, other), worth in wording.pairs.items():
        table[number_of[one] + 1, number_of[other]] = worth
    return table
