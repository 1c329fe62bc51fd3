"""From text to terms: the same for passages and questions, so that they meet.

A term is a word without case, accents, possessive and inflection: irregular forms by a list of
ours, the others by a Snowball stemmer. Words are found by their Unicode properties, so that they
keep their combining marks; figures keep their decimals and lose their thousands separators.
"""

import unicodedata
from collections.abc import Container, Iterator
from functools import lru_cache
from operator import itemgetter
from threading import Lock
from typing import NamedTuple

import regex
import Stemmer

from retrieval import words
from retrieval.model import Span

WORDS_KEPT = 1 << 18
"""Words whose terms are remembered: most of a text are words that were met before."""
VERSION = 1
"""Changes when a text gives other terms than before."""
TERM_LIMIT = 64
"""Characters; a longer run of letters is no word, and is cut so that it cannot fill the index."""

_WORD = regex.compile(
    r"""
      \p{N}+(?:[.,]\p{N}+)++                           # 1,200 and 2.5
    | (?:\p{L}\.){2,}(?:['’ʼ＇][sS]\b)?               # U.S. and U.N.'s
    | (?!ʼ)[\p{L}\p{N}][\p{L}\p{M}\p{N}]*              # no word begins with a mark, as ❤️ ends
      (?:['’ʼ＇][\p{L}\p{M}]+)*                        # officer's, O'Neill, 1970s
    """,
    regex.VERBOSE,
)
_APOSTROPHES = str.maketrans("", "", "'’ʼ＇")
_POSSESSIVE = regex.compile(r"['’ʼ＇][sS]$")
_DECADE = regex.compile(r"(\p{N}{2,4})s")


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
    """Turns text into terms for one language; the default is English."""

    def __init__(self, language: str = "english") -> None:
        self.name = f"{language} {VERSION}"
        """What tells these terms from those of another language or version."""
        self._stemmer = Stemmer.Stemmer(language)
        self._stemming = Lock()  # PyStemmer: one thread at a time may use a stemmer
        self._stop_words = words.stop_words()
        self._irregular = words.irregular_forms()
        self.term = lru_cache(maxsize=WORDS_KEPT)(self._term_of)
        """Return the term of one word; empty for a stop word."""
        self._word = lru_cache(maxsize=WORDS_KEPT)(self._word_of)

    def tokens(self, text: str) -> Iterator[Token]:
        """Yield every word of the text in order, stop words with an empty term."""
        for match in _WORD.finditer(text):
            yield Token(self.term(match[0]), match.start(), match.end())

    def tokens_of(self, text: str, terms: Container[str]) -> list[Token]:
        """Return where the text has one of these terms, in order."""
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
        return list(map(self._word, _WORD.findall(text)))

    def terms(self, text: str) -> list[str]:
        """Return the terms of the text in order, stop words left out."""
        return [term for term in map(self.term, _WORD.findall(text)) if term]

    def _word_of(self, word: str) -> Word:
        form = fold(word)
        without = form if word.isalpha() else fold(_POSSESSIVE.sub("", word))
        return form, self._term_from(without)

    def _term_of(self, word: str) -> str:
        return self._term_from(fold(_POSSESSIVE.sub("", word)))

    def _term_from(self, folded: str) -> str:
        if folded in self._stop_words:
            return ""
        if folded[:1].isnumeric() and (decade := _DECADE.fullmatch(folded)):
            return decade[1]
        base = self._irregular.get(folded, folded[:TERM_LIMIT])
        with self._stemming:
            return str(self._stemmer.stemWord(base))


def fold(word: str) -> str:
    """Return a word without case, accents, apostrophes, full stops of initials and thousands."""
    plain = word.translate(_APOSTROPHES).casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).casefold()
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    return plain.replace(",", "") if plain[:1].isnumeric() else plain.replace(".", "")


def words_in(text: str) -> list[Span]:
    """Return where the words of a text stand, in order."""
    return [Span(match.start(), match.end()) for match in _WORD.finditer(text)]


def folded_words(text: str) -> Iterator[str]:
    """Yield the words of a text, folded and otherwise whole: no stemming, no stop words."""
    return map(fold, _WORD.findall(text))
