"""Spelling: a question's word that occurs nowhere, read as one that does.

Only what the space may see is drawn on. Short words and words that our lists know are left alone:
they are more often right and not covered than wrong.
"""

from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4
"""Letters; below that one slip makes another word."""
LONG = 8
"""Letters from which two slips are allowed."""
SLIPS_IN_LONG = 2


def nearest(term: str, vocabulary: Iterable[str], usable: Callable[[str], bool]) -> str | None:
    """Return the usable term of the vocabulary that is a slip of the pen away, if there is one.

    A slip is a letter dropped, added, changed or swapped with its neighbour; the first is right.
    """
    if len(term) < SHORTEST or not term.isalpha():
        return None
    alike = [
        other
        for other in vocabulary
        if other[0] == term[0] and abs(len(other) - len(term)) <= SLIPS_IN_LONG
    ]
    slips = SLIPS_IN_LONG if len(term) >= LONG else 1
    distances = process.cdist([term], alike, scorer=OSA.distance, score_cutoff=slips)[0]
    near = sorted(zip(distances.tolist(), alike, strict=True))
    return next((other for slip, other in near if slip <= slips and usable(other)), None)
