"""Text without spaces between its words: Chinese, Japanese, Thai and their neighbours.

Each letter of such a script with its marks (in Thai and Lao with the vowel before it) is a unit,
and is found by itself and the next one, as Lucene's CJKAnalyzer does it: no dictionary is needed,
and passages and questions always agree. Units of two scripts are not paired, for in Japanese a
word mostly ends where the script changes. Korean has spaces, but its endings are written onto the
words, so that it is read so too.
"""

import re
from collections.abc import Iterator
from typing import Final

import regex

from retrieval.analysis import words
from retrieval.model import Span

LETTERS: Final = (
    "\u0e01-\u0e2e\u0e30-\u0e45\u0e47-\u0e4e"  # Thai
    "\u0e81-\u0ebd\u0ec0-\u0ecd\u0edc-\u0edf"  # Lao
    "\u1000-\u103f\u1050-\u109d"  # Burmese
    "\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7fb"  # Korean
    "\u1780-\u17d3\u17dc-\u17dd"  # Khmer
    "\u2e80-\u2fd5\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Chinese letters
    "\U00020000-\U0003ffff"
    "\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f\uffa0-\uffdc"  # Japanese
)
"""Of scripts without spaces, as the inside of a pattern's brackets."""

UNITS: Final = "|".join(
    (
        r"(?P<han>(?:\p{Han}|[\u3005-\u3007])[\p{M}]*)",
        r"(?P<hiragana>\p{Hiragana}\p{M}*)",
        r"(?P<katakana>[\p{Katakana}\u30fc\uff70][\p{M}\uff9e\uff9f]*)",
        r"(?P<hangul>[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?|(?=\p{L})\p{Hangul})",
        r"(?P<thai>[\u0e40-\u0e44]?[\u0e01-\u0e2e](?:[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])*)",
        r"(?P<lao>[\u0ec0-\u0ec4]?[\u0e81-\u0eae\u0edc-\u0edf](?:[\u0eb0-\u0ebd\u0ec8-\u0ecd])*)",
        r"(?P<khmer>[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17d3\u17dd])*)",
        r"(?P<burmese>[\u1000-\u102a\u103f](?:\u1039[\u1000-\u1021]|[\u102b-\u1038\u103a-\u103e])*)",
        rf"(?P<other>(?=\p{{L}})[{LETTERS}]\p{{M}}*)",
    )
)
"""The units of each script, in a group of its name."""

_SOME = re.compile(f"[{LETTERS}]")  # faster than regex, and every passage is asked
_BREAK = regex.compile(r"\p{Cf}*\r?\n?\p{Cf}*")
_SPACED = "hangul"


def is_unspaced(text: str) -> bool:
    """Say whether a text has letters of a script without spaces."""
    return not text.isascii() and _SOME.search(text) is not None


def follows(one: "regex.Match[str]", other: "regex.Match[str]") -> bool:
    """Say whether a unit follows another of its script, the end of a hard-wrapped line aside."""
    if one.lastgroup is None or one.lastgroup != other.lastgroup:
        return False
    if one.lastgroup == _SPACED:
        return one.end() == other.start()
    return _BREAK.fullmatch(one.string, one.end(), other.start()) is not None


def grammar_in(text: str) -> Iterator[Span]:
    """Yield where a question has words and endings that name nothing; some overlap."""
    for pattern in words.unspaced_grammar():
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end())
