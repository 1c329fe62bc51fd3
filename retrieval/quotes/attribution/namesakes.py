"""People of one surname in a document: who of them is meant where the surname stands alone.

It is whoever was named so last, by the whole name or not; “Mr.” and “Ms.” tell them apart once one
of them was meant by it.
"""

from collections import defaultdict
from typing import Final

from retrieval.analysis.analyzer import fold
from retrieval.quotes.attribution.names import surname_of

_TITLES: Final = {
    "mr": "he", "sir": "he", "mrs": "she", "ms": "she", "miss": "she", "dame": "she",
    "m": "he", "mme": "she", "mlle": "she", "herr": "he", "frau": "she",
    "senor": "he", "senora": "she", "don": "he", "dona": "she",
}  # fmt: skip
"""Courtesies that say whether a man or a woman is meant."""


class Namesakes:
    """The people of each surname, in the order in which a document names them."""

    def __init__(self) -> None:
        self._named: defaultdict[str, dict[str, None]] = defaultdict(dict)
        """By surname, the one who was named last at the end."""
        self._given: defaultdict[str, set[str]] = defaultdict(set)
        """First names by surname, folded."""
        self._is: dict[str, str] = {}
        """Who is known for a man or a woman."""
        self._meant: dict[tuple[str, str, int], str] = {}

    def add(self, name: str, office: str, paragraph: int) -> None:
        """Remember how a paragraph names somebody."""
        last, which = surname_of(name), _told_by(office)
        if " " not in name:
            name = self._likeliest(last, which)
            if not name:
                return
            self._meant[last, which, paragraph] = name
        if which:
            self._is[name] = which
        self._named[last].pop(name, None)
        self._named[last][name] = None
        self._given[last].add(fold(name.split()[0]))

    def are_several(self, surname: str) -> bool:
        """Say whether a document has several people of a surname."""
        return len(self._given.get(surname_of(surname), ())) > 1

    def meant(self, surname: str, office: str, paragraph: int) -> str:
        """Return who is meant by a surname in a paragraph, empty where none or one has it."""
        if not self.are_several(surname):
            return ""
        key = (surname_of(surname), _told_by(office), paragraph)
        return self._meant.get(key, f"{office} {surname}".strip())

    def _likeliest(self, last: str, which: str) -> str:
        may_be = (
            one
            for one in reversed(self._named[last])
            if not which or self._is.get(one, which) == which
        )
        return next(may_be, "")


def _told_by(office: str) -> str:
    return next((_TITLES[word] for word in map(fold, office.split()) if word in _TITLES), "")
