"""Figures of a question as coverage may write them: “4,200,000” is “4.2 million” and “4.2m” too.

Also 12.400 and 12 400, as other languages part thousands. That a figure is a share says its
unit already: “15%” has no word for “percent”, so the figure stands for the word.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

import regex

from retrieval.analysis.analyzer import Analyzer, fold
from retrieval.analysis.thesaurus import Expression

LONGEST = 15
"""Digits of a figure that is written otherwise; what has more is a number of something."""
LARGE = 1000
"""Figures from which thousands are parted, and words such as “million” used."""
YEARS_END = 10_000
"""Figures from which none is a year."""
LEAST = Decimal("0.1")
DECIMALS = 3
"""What stands in front of “million” is no less, and has no more decimals."""

_SCALES: Final = {
    10**3: ("thousand", "k"),
    10**6: ("million", "m", "mn", "mio"),
    10**9: ("billion", "bn", "b"),
    10**12: ("trillion", "tn"),
}
SCALE_WORDS: Final = frozenset(its[0] for its in _SCALES.values())
_SCALE_OF: Final = {word: scale for scale, its in _SCALES.items() for word in its}
_FIGURE = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}.,-])(?P<number>\p{{Nd}}+(?:[.,]\p{{Nd}}+)*)"
    rf"(?:[\s-]?(?P<scale>{'|'.join(_SCALE_OF)})s?\b)?"
    r"(?:[\s-]?(?P<percent>per\s?cent|pct)\b)?",
    regex.IGNORECASE,
)
_THOUSANDS = regex.compile(r"\d{1,3}(?:\.\d{3})+")


class Written(NamedTuple):
    """A figure where a question has it, with its scale or unit, and how else it is written."""

    start: int
    end: int
    others: tuple[Expression, ...]


def figures_written(text: str, analyzer: Analyzer) -> Iterator[Written]:
    """Yield the figures of a question that coverage may write otherwise."""
    for match in _FIGURE.finditer(text):
        number = fold(match["number"])
        if len(number) > LONGEST:
            continue
        forms = dict.fromkeys(_forms(number, (match["scale"] or "").lower()))
        if match["percent"]:
            forms[number] = None
        others = (tuple(filter(None, map(analyzer.term, one.split()))) for one in forms)
        yield Written(match.start(), match.end(), tuple(one for one in others if one))


def _forms(number: str, scale: str) -> Iterator[str]:
    """Yield how a figure may be written, its words parted by spaces."""
    if _THOUSANDS.fullmatch(number) and not scale:
        yield number.replace(".", "")
    if number.count(".") > 1:
        return
    value = Decimal(number) * _SCALE_OF.get(scale, 1)
    if value < LARGE:
        return
    if value == int(value):
        yield from _whole(int(value))
    if scale or value >= YEARS_END:  # “2025” is no “2.025k”
        yield from _scaled(value)


def _whole(value: int) -> Iterator[str]:
    yield str(value)
    yield f"{value:,}".replace(",", " ")
    if value >= YEARS_END:
        yield f"{value:,}".replace(",", ".")


def _scaled(value: Decimal) -> Iterator[str]:
    for size, its_words in _SCALES.items():
        share = (value / size).normalize()
        if LEAST <= share < LARGE and -int(share.as_tuple().exponent) <= DECIMALS:
            yield from (f"{share:f} {word}" for word in its_words)
            yield from (f"{share:f}{word}" for word in its_words)
