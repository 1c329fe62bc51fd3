"""English words that are two: “we’ve” is “we have”, and “haven’t” is “have” with a negation."""

from collections.abc import Iterable, Iterator
from typing import Final

import regex

from retrieval.analysis.analyzer import folded_words
from retrieval.quotes.comparing.meaning import negates

_ENDINGS: Final = {"ve": "have", "re": "are", "m": "am", "ll": "will", "d": "would", "s": "is"}
_ENDING = regex.compile(r"(?<=\p{L})['’ʼ＇](ve|re|m|ll|d|s)\b", regex.IGNORECASE)
_AFFIRMED: Final = {
    "cannot": "can", "cant": "can", "wont": "will", "shant": "shall",
    "dont": "", "doesnt": "", "didnt": "",
}  # fmt: skip
"""What these say without their negation; others lose their last two letters."""


def is_contraction(word: str) -> bool:
    """Say whether a word is two, neither of which negates."""
    return _ENDING.search(word) is not None


def written_out(text: str) -> list[str]:
    """Return the folded words of a text, those that are two as two."""
    return list(folded_words(_ENDING.sub(lambda match: f" {_ENDINGS[match[1].lower()]}", text)))


def affirmed(text: str) -> list[str]:
    """Return the same without what negates."""
    return list(_affirmed(written_out(text)))


def _affirmed(forms: Iterable[str]) -> Iterator[str]:
    for form in forms:
        if not negates(form, "en"):
            yield form
        elif form in _AFFIRMED:
            yield from filter(None, [_AFFIRMED[form]])
        elif form.endswith("nt"):
            yield form.removesuffix("nt")
