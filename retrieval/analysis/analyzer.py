"""From text to terms: the same for passages and questions, so that they meet.

A term is a word without case, accents, possessive and inflection: irregular forms by a list of
ours, the others by a Snowball stemmer. Words are found by their Unicode properties, so that they
keep their combining marks; figures keep their decimals and lose their thousands separators. Where a
script has no spaces (``unspaced``), each letter counts as a word, and its term is it and the next.
"""

import unicodedata
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

import regex

from retrieval.analysis.british import american
from retrieval.analysis.languages import ENGLISH, language_named, name_of
from retrieval.analysis.unspaced import LETTERS, UNITS, follows, is_unspaced
from retrieval.model import Span

WORDS_KEPT = 1 << 16
"""Words whose terms are remembered, some 20 MB of them: most of a text are words that were met
before."""
VERSION = 4
"""Changes when a text gives other terms than before, or is indexed under others."""
TERM_LIMIT = 64
"""Characters; a longer run of letters is no word, and is cut so that it cannot fill the index."""


def _word_pattern(letter: str) -> str:
    """Return the pattern of a word whose letters are these, as the inside of brackets."""
    return rf"""
      \p{{N}}+(?:[.,]\p{{N}}+)++                           # 1,200 and 2.5
    | (?:[{letter}]\.){{2,}}(?:['’ʼ＇][sS]\b)?             # U.S. and U.N.'s
    | (?!ʼ)[{letter}\p{{N}}][{letter}\p{{M}}\p{{N}}]*       # no word begins with a mark, as ❤️ ends
      (?:['’ʼ＇\p{{Cf}}]+[{letter}\p{{M}}]+)*              # officer's, O'Neill, soft hyphens
    """


THOUSAND = 3
"""Digits behind a comma that parts thousands; so many behind one that parts decimals are rare."""

_WORD = regex.compile(_word_pattern(r"\p{L}"), regex.VERBOSE)
_SPACED_LETTER = rf"[\p{{L}}--[{LETTERS}]]"
_WORD_OR_UNIT = regex.compile(
    f"{UNITS} | {_word_pattern(_SPACED_LETTER)}", regex.VERBOSE | regex.V1
)
_APOSTROPHES = str.maketrans("", "", "'’ʼ＇")
_PLAIN = str.maketrans({"ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe"})
"""Letters that people write without their stroke, dot or ligature."""
_POSSESSIVE = regex.compile(r"['’ʼ＇][sS]$")
_DECADE = regex.compile(r"(\p{N}{2,4})s")
_IGNORED = regex.compile(
    r"[\p{Cf}\u0640\u0300-\u0305\u0307-\u036f\u0591-\u05c7\u064b-\u065f\u0670]|(?<!и)\u0306"
)
"""Accents, Hebrew points, Arabic vowel signs and what is not seen; й is a letter of its own, and
the marks of other scripts are parts of words."""


Phrase = tuple[str, ...]
"""Folded words that stand next to one another; at least one."""


Word = tuple[str, str]
"""A word as the index keeps it: its form and its term.

The form is the word as it stands there, folded; the term is what it is found by, empty for a stop
word. It is a plain tuple, for there are many and the garbage collector passes those over.
"""
FORM = itemgetter(0)
TERM = itemgetter(1)


class Token(NamedTuple):
    """A word of a text: its term (empty for a stop word) and where it stands."""

    term: str
    start: int
    end: int


class Analyzer:
    """Turns text into terms for one language, and knows the analyzers of the others."""

    def __init__(self, language: str = ENGLISH) -> None:
        """Take the name of a language of LANGUAGES."""
        self.language = language_named(language)
        self.name = f"{language} {VERSION}"
        """What tells these terms from those of another language or version."""
        self.code = self.language.code
        self._stop_words = frozenset(map(fold, self.language.stop_words))
        self._others: dict[str, Analyzer] = {}
        self.term = lru_cache(maxsize=WORDS_KEPT)(self._term_of)
        """Return the term of one word; empty for a stop word."""
        self._word = lru_cache(maxsize=WORDS_KEPT)(self._word_of)

    @property
    def has_stop_words(self) -> bool:
        """Whether the language has a list of words that say nothing."""
        return bool(self._stop_words)

    def knows(self, code: str) -> bool:
        """Say whether there is an analyzer for a language, by its ISO 639-1 code."""
        return name_of(code) is not None

    def of(self, code: str | None) -> "Analyzer":
        """Return the analyzer of a language; this one where there is none, or no language."""
        name = name_of(code)
        if name is None or name == self.language.name:
            return self
        if name not in self._others:
            self._others[name] = Analyzer(name)
        return self._others[name]

    def tokens(self, text: str) -> Iterator[Token]:
        """Yield every word of the text in order, stop words with an empty term.

        Of text without spaces each letter with the one behind it is a token, so that they overlap.
        """
        if is_unspaced(text):
            yield from (token for token, _ in self._units(text))
        else:
            for match in _WORD.finditer(text):
                yield Token(self.term(match[0]), match.start(), match.end())

    def tokens_of(self, text: str, terms: Container[str]) -> list[Token]:
        """Return where the text has one of these terms, in order."""
        if is_unspaced(text):
            return [token for token, _ in self._units(text) if token.term in terms]
        term_of = self.term
        return [
            Token(term, match.start(), match.end())
            for match in _WORD.finditer(text)
            if (term := term_of(match[0])) in terms
        ]

    def places_of(self, text: str, phrase: Phrase) -> list[Span]:
        """Return where the words of a phrase stand that the text has word for word."""
        places = words_in(text)
        forms = tuple(fold(place.of(text)) for place in places)
        size = len(phrase)
        return [
            place
            for at in range(len(forms) - size + 1)
            if forms[at : at + size] == phrase
            for place in places[at : at + size]
        ]

    def words(self, text: str) -> list[Word]:
        """Return all words of the text in order, stop words included."""
        if is_unspaced(text):
            return [(form, token.term) for token, form in self._units(text)]
        return list(map(self._word, _WORD.findall(text)))

    def terms(self, text: str) -> list[str]:
        """Return the terms of the text in order, stop words left out."""
        return [term for term in map(TERM, self.words(text)) if term]

    def _units(self, text: str) -> Iterator[tuple[Token, str]]:
        """Yield the tokens of a text that has letters without spaces, each with its form.

        The last letter of a row has a term of its own: so one letter alone can be found.
        """
        matches = [*_WORD_OR_UNIT.finditer(text), None]
        for match, following in pairwise(matches):
            if match is None:  # only the last of all is
                return
            start, end = match.span()
            if match.lastgroup is None:
                form, term = self._word(match[0])
            else:
                form = term = fold(match[0])
                if following is not None and follows(match, following):
                    term, end = form + fold(following[0]), following.end()
            yield Token(term, start, end), form

    def _word_of(self, word: str) -> Word:
        return fold(word), self._term_of(word)

    def _term_of(self, word: str) -> str:
        if not word.isalpha():
            word = _POSSESSIVE.sub("", word)
            if self.language.elision:
                word = self.language.elision.sub("", word)
        folded = fold(word)
        if folded in self._stop_words:
            return ""
        if folded[:1].isnumeric() and (decade := _DECADE.fullmatch(folded)):
            return decade[1]
        if self.language.name == ENGLISH:
            base = american(folded[:TERM_LIMIT])
            return self.language.stem(self.language.irregular.get(base, base))
        return self._stemmed_twice(word)

    def _stemmed_twice(self, word: str) -> str:
        """Return the stem of a word with its accents, then of what that is without them.

        The endings of most languages have accents, and people leave them out: stemmed once, either
        way, a fifth of the forms of Portuguese and French words do not meet that do so.
        """
        whole = unicodedata.normalize("NFC", word.translate(_APOSTROPHES).casefold())
        return fold(self.language.stem(fold(self.language.stem(whole[:TERM_LIMIT]))))


def fold(word: str) -> str:
    """Return a word without case, accents, apostrophes, full stops of initials and thousands.

    The decimals of a figure stand behind a full stop, also where they are written behind a comma.
    """
    plain = word.casefold().translate(_APOSTROPHES)  # “ŉ” has its apostrophe when it is folded
    if not plain.isascii():
        plain = _IGNORED.sub("", unicodedata.normalize("NFKD", plain).casefold())
        plain = unicodedata.normalize("NFC", plain).translate(_PLAIN)
    return _figure(plain) if plain[:1].isnumeric() else plain.replace(".", "")


def _figure(written: str) -> str:
    """Return a figure without thousands separators: “12,4” is no 124, and “12,400” is 12400."""
    if "," not in written:
        return written
    whole, _, rest = written.partition(",")
    if rest.isnumeric() and (len(rest) != THOUSAND or whole == "0"):
        return f"{whole.replace('.', '')}.{rest}"
    return written.replace(",", "")


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that touch or overlap as one: letters of a row are words."""
    whole: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if whole and span.start <= whole[-1].end:
            whole[-1] = Span(whole[-1].start, max(span.end, whole[-1].end))
        else:
            whole.append(span)
    return tuple(whole)


def words_in(text: str) -> list[Span]:
    """Return where the words of a text stand, in order."""
    pattern = _WORD_OR_UNIT if is_unspaced(text) else _WORD
    return [Span(match.start(), match.end()) for match in pattern.finditer(text)]


def folded_words(text: str) -> Iterator[str]:
    """Yield the words of a text, folded and otherwise whole: no stemming, no stop words."""
    if is_unspaced(text):
        return (fold(match[0]) for match in _WORD_OR_UNIT.finditer(text))
    return map(fold, _WORD.findall(text))
