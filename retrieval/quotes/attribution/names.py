"""Names of people as they are written: the surname, and whether two may be of one person."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.analysis.analyzer import fold
from retrieval.analysis.words import titles

_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
"""What tells people of one name apart and is not a part of it."""
_PARTICLES = frozenset(
    ["van", "von", "der", "den", "de", "del", "di", "da", "dos", "bin", "al", "la", "le", "ter"]
)
"""Words of a surname that say nothing by themselves."""
ABBREVIATED = "|".join(sorted(one.title() for one in titles() | {"jr", "sr"}))
"""Words around a name behind which a full stop ends no sentence, as a pattern."""
LONG = 3
"""Words of a name that may hold two surnames: Ángela Muñoz Prieto."""


@dataclass(frozen=True, slots=True)
class _Name:
    words: Sequence[str]
    """Folded, without particles."""
    suffix: str


def surname_of(name: str) -> str:
    """Return the last word of a name, folded; empty where it has none."""
    words = _parted(name).words
    return words[-1] if words else ""


def first_surname_of(name: str) -> str:
    """Return the word before the last one, folded, which may be the first of two surnames.

    It is empty where a name is too short to have two: Ángela Muñoz Prieto may be called Muñoz.
    """
    words = _parted(name).words
    return words[-2] if len(words) >= LONG else ""


def in_reading_order(name: str) -> str:
    """Return a name as it is spoken: “Kowalczyk, Bernadette” is Bernadette Kowalczyk."""
    last, comma, first = name.partition(",")
    if not comma or fold(first.strip()) in _SUFFIXES:
        return name
    return f"{first.strip()} {last.strip()}"


def is_office(name: str) -> bool:
    """Say whether somebody is named by what they are alone: “attorney general”."""
    return name == name.lower()


def may_be_same(one: str, other: str) -> bool:
    """Say whether two names may be of one person: “J. Sessions”, “Sessions”, “Jeff Sessions”."""
    first, second = _parted(one), _parted(other)
    if first.suffix and second.suffix and first.suffix != second.suffix:
        return False
    short, long = sorted((first.words, second.words), key=len)
    if not short:
        return False
    if len(short) == 1:
        return short == long or short[0] in long[1:]
    if short[-1] == long[-1]:
        return _may_be_given(short[:-1], long[:-1])
    is_without_second = len(long) >= LONG and short == long[: len(short)]
    return is_without_second or sorted(short) == sorted(long)


def _may_be_given(short: Sequence[str], long: Sequence[str]) -> bool:
    """Say whether given names may be of one person: “J.”, “Jeff”, “Jeff B.”."""
    return (
        long[0].startswith(short[0])
        or short[0].startswith(long[0])
        or any(one in long for one in short if len(one) > 1)
    )


def _parted(name: str) -> _Name:
    words = [fold(one.strip(",")) for one in in_reading_order(name).split()]
    suffix = words.pop() if len(words) > 1 and words[-1] in _SUFFIXES else ""
    plain = [one for one in words if one not in _PARTICLES]
    return _Name(plain or words, suffix)
