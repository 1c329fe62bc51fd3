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
CHOICES = 10
"""Nearest terms that are looked at, in case the space may not see the first."""


def nearest(term: str, vocabulary: Iterable[str], usable: Callable[[str], bool]) -> str | None:
    """Return the usable term of the vocabulary that is a slip of the pen away, if there is one.

    A slip is a letter dropped, added, changed or swapped with its neighbour; the first is right.
    """
    if len(term) < SHORTEST or not term.isalpha():
        return None
    alike = [other for other in vocabulary if other[0] == term[0] and len(other) >= SHORTEST - 1]
    found = process.extract(
        term,
        alike,
        scorer=OSA.distance,
        score_cutoff=2 if len(term) >= LONG else 1,
        limit=CHOICES,
    )
    return next((other for other, _, _ in found if usable(other)), None)
