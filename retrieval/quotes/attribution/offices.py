"""Offices in a document: who holds one, by the words before a name or beside it."""

from collections import defaultdict
from collections.abc import Iterator

import regex

_POSSESSIVE = regex.compile(r"['’]s?$")


class Offices:
    """The offices of the people of a document, each as it is said there."""

    def __init__(self) -> None:
        self._of: defaultdict[str, set[str]] = defaultdict(set)
        """By name as it stands there; folded."""
        self._holders: defaultdict[str, set[str]] = defaultdict(set)
        """Names by each word of an office before them, or by the last word of one beside them."""

    def add_before(self, name: str, office: str) -> None:
        """Remember an office that stands before a name: “Attorney General Jeff Sessions”."""
        self._add(name, office, office.casefold().split())

    def add_beside(self, name: str, office: str) -> None:
        """Remember an office that stands beside a name: “the governor, Ann Lee”."""
        self._add(name, office, office.casefold().split()[-1:])

    def _add(self, name: str, office: str, found_by: list[str]) -> None:
        if office:
            self._of[name].add(" ".join(office.casefold().split()))
        for word in found_by:
            self._holders[word].add(name)

    def holders_of(self, office: str) -> Iterator[str]:
        """Yield who holds an office, as named there; an inspector general is no other general."""
        for word in office.casefold().split()[-1:]:
            for name in self._holders.get(word, ()):
                if any(_may_be_one(office, held) for held in self._of[name]):
                    yield name

    def held(self) -> Iterator[tuple[str, set[str]]]:
        """Yield each name with its offices."""
        yield from self._of.items()


def _may_be_one(one: str, other: str) -> bool:
    """Say whether one of two offices says no more than the other: “chief”, “police chief”."""
    first, second = (
        {word for word in its.casefold().split() if not _POSSESSIVE.search(word)}
        for its in (one, other)
    )
    return first <= second or second <= first
