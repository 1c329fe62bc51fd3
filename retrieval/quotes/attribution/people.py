"""People in a news text: where they are named, by name, by office or by a pronoun.

A name is a run of capitalised words without the office before it: “Attorney General Jeff Sessions”
names Jeff Sessions. Possessives (“Trump’s comments”) and places behind a preposition name nobody.
"""

import calendar
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from itertools import pairwise

import regex

from retrieval.analysis import words
from retrieval.analysis.analyzer import fold
from retrieval.analysis.languages import language_named, name_of
from retrieval.quotes.attribution.names import ABBREVIATED, surname_of
from retrieval.quotes.attribution.namesakes import Namesakes
from retrieval.quotes.attribution.offices import Offices


class Kind(Enum):
    """How somebody is mentioned."""

    NAME = auto()
    OFFICE = auto()
    PRONOUN = auto()


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody in a text."""

    name: str
    """As it stands there, the office before a name left out."""
    kind: Kind
    start: int
    end: int
    office: str = ""
    """The office before a name."""
    is_object: bool = False
    """Whether a preposition stands before it."""


_CAPITAL = r"\p{Lu}[\p{L}\p{M}\p{N}]*(?:[.'’-]\p{L}[\p{L}\p{M}]*)*\.?"
_JOINT = rf"(?:(?<!\.)|(?<=\b\p{{L}}\.)|(?<=\b(?:{ABBREVIATED})\.))\s+"
"""Between the words of a name: no full stop, but behind an initial or an abbreviation."""
_RUN = regex.compile(
    rf"{_CAPITAL}(?:{_JOINT}(?:(?:van|von|der|den|de|del|di|da|bin|al|la|le)\s+)*{_CAPITAL})*"
)
_INSIDE = regex.compile(rf"(?<=(?:\p{{L}},?|,[\"”’»])\s){_CAPITAL}")
_CAPITALISED = regex.compile(_CAPITAL)
_LOWER = regex.compile(r"\b\p{Ll}\p{L}*")
_INITIALS = regex.compile(rf"(?:\p{{L}}\.)+|(?:{ABBREVIATED})\.")
_TITLE = regex.compile(r"\p{Ll}\s+\p{Lu}\p{L}*$")
_NAME_BEHIND = regex.compile(r"\s+\p{Lu}")
_ELIDED = regex.compile(r"L['’]\p{Ll}")
"""A French article with its noun: “L’hydrologue Hélène Marchetti”."""
_POSSESSIVE = regex.compile(r"['’]s?(?![\p{L}])")
_PRONOUN = regex.compile(r"\b(?:he|she|they)\b", regex.IGNORECASE)
_PREPOSITION = regex.compile(
    r"\b(?:in|at|from|of|near|on|to|for|with|against|into|over|about|via|per|among)\s+"
    r"(?:the\s+|a\s+)?$",
    regex.IGNORECASE,
)
_SPEAKS = regex.compile(
    rf"(?P<name>{_CAPITAL})\s+(?:(?:also|has|had|have|later|then|again)\s+)*(?P<verb>\p{{Ll}}+)"
)
_NO_PERSON_BEHIND = regex.compile(
    r"\s+(?:administration|campaign|family|era|team|government|office|police|officials?)\b"
)
_WHO = regex.compile(r",?\s+(?:who|whose)\b")
_APPOSITION = regex.compile(r",\s+(?:[\p{L}’'-]+['’]s?\s+)?(?:of\s+)?")
"""Between a name and an office that one of them explains."""
_MODIFIERS = frozenset(
    ["vice", "former", "acting", "interim", "deputy", "assistant", "associate", "press", "prime"]
)
"""Words of an office that are none by themselves."""
_CALENDAR = frozenset(
    name.casefold() for name in (*calendar.day_name, *calendar.month_name) if name
)


class People:
    """Who is mentioned in a document."""

    def __init__(self, texts: Sequence[str], language: str = "en") -> None:
        self._stop_words = words.stop_words() | _stop_words_of(language)
        self._inside = _capitals_inside(texts)
        self._full: dict[str, set[str]] = defaultdict(set)
        self._inner: dict[str, set[str]] = defaultdict(set)
        """Long names by the words inside them, of which one may be the first of two surnames."""
        self._offices = Offices()
        self._namesakes = Namesakes()
        for number, text in enumerate(texts):
            mentions = self.mentioned(text)
            for one in mentions:
                self._remember(one, number)
            self._remember_appositions(mentions, text)

    def _remember(self, one: Mention, paragraph: int) -> None:
        if one.kind is not Kind.NAME:
            return
        self._full[surname_of(one.name)].add(one.name)
        for word in one.name.split()[1:-1]:
            self._inner[fold(word)].add(one.name)
        self._namesakes.add(one.name, one.office, paragraph)
        self._offices.add_before(one.name, one.office)

    def _remember_appositions(self, mentions: Sequence[Mention], text: str) -> None:
        """Remember who holds an office by “the governor, Ann Lee,” or “Ann Lee, the governor,”."""
        for one, other in pairwise(mentions):
            office, name = (one, other) if one.kind is Kind.OFFICE else (other, one)
            are_both = (office.kind, name.kind) == (Kind.OFFICE, Kind.NAME)
            if are_both and _APPOSITION.fullmatch(text, one.end, other.start):
                self._offices.add_beside(name.name, office.name)

    def holders_of(self, office: str) -> set[str]:
        """Return who holds an office, by their fullest names."""
        return {self._fullest(surname_of(one), one) for one in self._offices.holders_of(office)}

    def offices(self) -> dict[str, set[str]]:
        """Return the offices that people hold, each as it is said, by their fullest names."""
        held: dict[str, set[str]] = defaultdict(set)
        for name, offices in self._offices.held():
            held[self._fullest(surname_of(name), name)] |= offices
        return held

    def mentioned(self, text: str) -> list[Mention]:
        """Return the mentions of people in a text, in order; possessives are none."""
        found = [*self._names(text), *_offices(text), *_pronouns(text)]
        found.sort(key=lambda one: (one.start, -one.end))
        kept: list[Mention] = []
        for one in found:
            if not kept or one.start >= kept[-1].end:
                kept.append(one)
        return kept

    def full(self, one: Mention, paragraph: int) -> str:
        """Return the fullest name that the document has for somebody whom a paragraph mentions."""
        if one.kind is Kind.OFFICE:
            holders = self.holders_of(one.name)
            return min(holders) if len(holders) == 1 else one.name
        if " " in one.name:
            return one.name
        meant = self._namesakes.meant(one.name, one.office, paragraph)
        return meant or self._fullest(surname_of(one.name), one.name)

    def is_person(self, one: Mention, text: str) -> bool:
        """Say whether more than a capital says that a name is a person’s: “…, who”, an office."""
        names = self._full.get(surname_of(one.name), set())
        is_told = bool(one.office) or len(names) > 1 or one.kind is Kind.OFFICE
        return is_told or _WHO.match(text, one.end) is not None

    def is_ambiguous(self, one: Mention) -> bool:
        """Say whether several people of the document may be meant by a surname alone."""
        is_alone = one.kind is Kind.NAME and " " not in one.name
        return is_alone and not one.office and self._namesakes.are_several(one.name)

    def _fullest(self, last: str, otherwise: str) -> str:
        """Return the name that ends so, the one of several words where there is one.

        Of two surnames the first may stand alone: Muñoz is Ángela Muñoz Prieto.
        """
        whole = ""
        for name in self._full.get(last, ()):
            if " " in name:
                if whole and whole.split(maxsplit=1)[0] != name.split(maxsplit=1)[0]:
                    return otherwise
                whole = max(whole, name, key=len)
        if whole:
            return whole
        inside = self._inner.get(last, set())
        return min(inside) if len(inside) == 1 else otherwise

    def _names(self, text: str) -> Iterator[Mention]:
        for match in _RUN.finditer(text):
            start, tokens = self._without_opening(match)
            name, office = _apart(tokens)
            end = match.end()
            if name.endswith(".") and not _INITIALS.fullmatch(name.split()[-1]):
                name, end = name[:-1], end - 1
            if not (name or office) or _is_no_person(text, name, end):
                continue
            is_object = _PREPOSITION.search(text, max(0, start - 20), start) is not None
            kind = Kind.NAME if name else Kind.OFFICE
            yield Mention(name or office, kind, start, end, office if name else "", is_object)

    def _without_opening(self, match: "regex.Match[str]") -> tuple[int, list[str]]:
        """Return a run without a first word that only begins a sentence, and where it starts."""
        tokens, start = match[0].split(), match.start()
        while tokens and self._only_begins(tokens[0], is_alone=len(tokens) == 1):
            rest = match[0][start - match.start() + len(tokens[0]) :]
            start += len(tokens[0]) + len(rest) - len(rest.lstrip())
            del tokens[0]
        return start, tokens

    def _only_begins(self, token: str, *, is_alone: bool) -> bool:
        form = fold(token)
        if form in self._stop_words or form in _CALENDAR or _ELIDED.match(token):
            return True
        return is_alone and form not in self._inside and form not in words.offices()


@cache
def _stop_words_of(language: str) -> frozenset[str]:
    """Return the words of a language that begin a sentence and name nobody."""
    name = name_of(language)
    return frozenset(map(fold, language_named(name).stop_words)) if name else frozenset()


def _capitals_inside(texts: Iterable[str]) -> set[str]:
    """Return the words that texts write with a capital where no sentence begins, folded.

    A word that begins sentences more than once and never stands inside one is such a word too,
    and so is one before a verb of speech.
    """
    begins, inside, others = Counter[str](), set[str](), set[str]()
    for text in texts:
        inside.update(fold(_POSSESSIVE.sub("", one)) for one in _INSIDE.findall(text))
        begins.update(fold(_POSSESSIVE.sub("", one)) for one in _CAPITALISED.findall(text))
        others.update(map(fold, _LOWER.findall(text)))
        inside.update(
            fold(match["name"])
            for match in _SPEAKS.finditer(text)
            if match["verb"] in words.speech_verbs()
        )
    ordinary = others | words.stop_words()
    return inside | {one for one, count in begins.items() if count > 1 and one not in ordinary}


def _apart(tokens: Sequence[str]) -> tuple[str, str]:
    """Return the name in a run of capitalised words, and the office before it."""
    office_end = 0
    for at, token in enumerate(tokens, 1):
        if fold(token) in words.offices():
            office_end = at
    return " ".join(tokens[office_end:]), " ".join(tokens[:office_end])


def _is_no_person(text: str, name: str, end: int) -> bool:
    if _POSSESSIVE.match(text, end) or _NO_PERSON_BEHIND.match(text, end):
        return True
    return _POSSESSIVE.search(name) is not None


@cache
def _office() -> "regex.Pattern[str]":
    heads = "|".join(sorted(words.offices() - _MODIFIERS, key=lambda word: -len(word)))
    return regex.compile(
        rf"(?i:\b(?:the|a|an|its|their|his|her|my|our)\s+)"
        rf"(?P<name>(?i:(?:[\p{{L}}’'-]+\s+){{0,3}}(?:{heads})\b)"
        r"(?:\s+(?:of|for)\s+(?:the\s+)?\p{Lu}\p{L}*(?:\s+\p{Lu}\p{L}*)*)?)"
    )


def _offices(text: str) -> Iterator[Mention]:
    for match in _office().finditer(text):
        if not _POSSESSIVE.match(text, match.end()) and not _is_title(text, *match.span()):
            before = _PREPOSITION.search(text, max(0, match.start() - 20), match.start())
            is_object = before is not None
            yield Mention(match["name"], Kind.OFFICE, match.start(), match.end(), "", is_object)


def _is_title(text: str, start: int, end: int) -> bool:
    """Say whether words end with the title of a name behind them: “his head bowed as Judge Lee”."""
    return bool(_TITLE.search(text, start, end) and _NAME_BEHIND.match(text, end))


def _pronouns(text: str) -> Iterator[Mention]:
    for match in _PRONOUN.finditer(text):
        yield Mention(match[0], Kind.PRONOUN, match.start(), match.end())
