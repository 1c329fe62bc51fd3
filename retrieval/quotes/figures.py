"""Figures in a text, each with its noun: “14 of its 62 pilings”, “seven percent”."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from retrieval.analysis import words
from retrieval.analysis.analyzer import Analyzer, fold, words_in
from retrieval.model import Span

PERCENT = "percent"
NOUNS = 3
"""Words behind a figure that may be its noun, at most."""
REACH = 80
"""Characters behind a figure in which they stand."""

_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SCALE = "|".join(_SCALES)
_FIGURE = regex.compile(
    rf"(?P<currency>\p{{Sc}})?(?<![\p{{L}}\p{{N}}.,-])(?P<number>\p{{N}}+(?:[.,]\p{{N}}+)*|\b\p{{L}}+\b)"
    rf"(?:[\s-]+(?P<scale>{_SCALE})s?\b)?(?:\s*(?P<unit>%)|\s+(?P<unit>percent|per cent)\b)?",
    regex.IGNORECASE,
)
_MONTH = regex.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\p{L}*\.?\s+$", regex.IGNORECASE
)
_YEAR = regex.compile(r"(?:1[5-9]|20)\d\d")
_ENDS_PHRASE = regex.compile(r"[.,;:!?()“”\"—–]")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text."""

    span: Span
    """It and its noun."""
    value: float
    unit: str
    """“percent”, a currency's sign, or nothing."""
    nouns: frozenset[str]
    """Terms of the words behind it."""

    def is_same(self, other: "Figure") -> bool:
        """Say whether two figures may state the same of the same thing."""
        is_equal = (self.value, self.unit) == (other.value, other.unit)
        return is_equal and self.is_of_same(other)

    def has_nouns_of(self, other: "Figure") -> bool:
        """Say whether it has all nouns of another, so that both are of the same by themselves."""
        return bool(other.nouns) and other.nouns <= self.nouns

    @property
    def is_sum(self) -> bool:
        """Whether it is a sum of money, which hardly anything else has by chance."""
        return self.unit not in {"", PERCENT}

    def distance(self, other: "Figure") -> float:
        """Return by how much two figures differ, from 0 to 1."""
        return abs(self.value - other.value) / (max(self.value, other.value) or 1)

    def is_of_same(self, other: "Figure") -> bool:
        """Say whether two figures may be of the same thing, by their nouns and units."""
        return self.unit == other.unit and (bool(self.unit) or bool(self.nouns & other.nouns))


def figures_in(text: str, analyzer: Analyzer) -> Iterator[Figure]:
    """Yield the figures of a text in order; years and days of a month are dates and none."""
    for match in _FIGURE.finditer(text):
        value = _value_of(match)
        if value is None or _is_date(text, match):
            continue
        unit = match["currency"] or (PERCENT if match["unit"] else "")
        nouns = [] if unit == PERCENT else _nouns_behind(text, match.end())
        end = nouns[-1].end if nouns else match.end()
        terms = frozenset(filter(None, (analyzer.term(one.of(text)) for one in nouns)))
        if unit or terms:
            yield Figure(Span(match.start(), end), value, unit, terms)


def _value_of(match: "regex.Match[str]") -> float | None:
    number = match["number"]
    if number[0].isnumeric():
        try:
            value = float(fold(number))
        except ValueError:
            return None
    else:
        said = dict(words.critical().get(fold(number), ()))
        if not said.get("number", "").isdecimal() or said["number"] == "1":
            return None
        value = float(said["number"])
    return value * _SCALES.get((match["scale"] or "").casefold(), 1)


def _is_date(text: str, match: "regex.Match[str]") -> bool:
    if match["currency"] or match["unit"] or match["scale"]:
        return False
    is_day = _MONTH.search(text, max(0, match.start() - 12), match.start()) is not None
    return is_day or _YEAR.fullmatch(match["number"]) is not None


def _nouns_behind(text: str, start: int) -> list[Span]:
    """Return the words behind a figure that may be its noun: what follows until a phrase ends."""
    nouns: list[Span] = []
    at = start
    for word in words_in(text[start : start + REACH]):
        span = Span(start + word.start, start + word.end)
        is_noun = text[span.start].isalpha() and fold(span.of(text)) not in words.stop_words()
        if _ENDS_PHRASE.search(text, at, span.start) or len(nouns) == NOUNS:
            break
        if nouns and not is_noun:
            break
        if is_noun:
            nouns.append(span)
        at = span.end
    return nouns
