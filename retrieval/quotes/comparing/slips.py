"""Slips of the pen and of text recognition: a word that is none, and stands for another."""

from functools import lru_cache
from itertools import pairwise

import regex

from retrieval.analysis import words

SHORTEST = 4
"""Letters of a word whose misspelling is told from another word."""
LONGER = 2
"""Letters by which two words may differ that look the same: “rnentioned” has one more."""
KEPT = 1 << 14
"""Words of which it is remembered how they look."""

_MISREAD = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_LOOKS_LIKE = str.maketrans("1i|!ft0c5$8", "lllllloessb")
"""Characters that text recognition takes for one another, each as one of them."""
_TWICE = regex.compile(r"(.)\1")


def may_be_slip(word: str, language: str) -> bool:
    """Say whether a folded word is none that people use, and no figure."""
    return not word.isnumeric() and not _is_used(word, language)


def is_slip(given: str, found: str) -> bool:
    """Say whether a folded word that may be a slip is one for another word.

    It has the other’s letters with two of them the other way round, with one twice, or with some
    that look like them.
    """
    if abs(len(given) - len(found)) > LONGER or not found.isalpha():
        return False
    return _as_read(given) == _as_read(found) or (
        len(found) >= SHORTEST and (_is_turned(given, found) or _is_doubled(given, found))
    )


@lru_cache(maxsize=KEPT)
def _is_used(word: str, language: str) -> bool:
    lists = (words.critical(language), words.stop_words(), words.irregular_forms())
    return any(word in one for one in lists) or word in words.synonyms()


@lru_cache(maxsize=KEPT)
def _as_read(word: str) -> str:
    for misread, letter in _MISREAD:
        word = word.replace(misread, letter)
    return word.translate(_LOOKS_LIKE)


def _is_turned(given: str, found: str) -> bool:
    """Say whether two letters side by side are the other way round."""
    if len(given) != len(found):
        return False
    others = [at for at in range(len(given)) if given[at] != found[at]]
    return any(
        others == [one, other]
        and given[one : other + 1] == found[other] + found[one]
        and other == one + 1
        for one, other in pairwise(others)
    )


def _is_doubled(given: str, found: str) -> bool:
    """Say whether a letter stands twice, or once where it should twice."""
    longer, shorter = (given, found) if len(given) > len(found) else (found, given)
    return len(longer) == len(shorter) + 1 and any(
        longer[: twice.start()] + longer[twice.start() + 1 :] == shorter
        for twice in _TWICE.finditer(longer, overlapped=True)
    )
