"""The languages that texts are analysed in: what stems their words, and which words say nothing.

Stemmers are Snowball's, and the stop words of other languages than English those of the package
stop-words, with the words of asking that it lacks. A language that has neither is found by its
words as they are, folded.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Final

import regex
import Stemmer
from stop_words import LANGUAGE_MAPPING, get_stop_words

from retrieval.analysis import words

ENGLISH: Final = "english"
LANGUAGES: Final[Mapping[str, str]] = {
    "arabic": "ar",
    "armenian": "hy",
    "basque": "eu",
    "bulgarian": "bg",
    "catalan": "ca",
    "chinese": "zh",
    "croatian": "hr",
    "czech": "cs",
    "danish": "da",
    "dutch": "nl",
    "english": "en",
    "esperanto": "eo",
    "estonian": "et",
    "finnish": "fi",
    "french": "fr",
    "german": "de",
    "greek": "el",
    "hebrew": "he",
    "hindi": "hi",
    "hungarian": "hu",
    "indonesian": "id",
    "irish": "ga",
    "italian": "it",
    "japanese": "ja",
    "korean": "ko",
    "lithuanian": "lt",
    "nepali": "ne",
    "norwegian": "no",
    "persian": "fa",
    "polish": "pl",
    "portuguese": "pt",
    "romanian": "ro",
    "russian": "ru",
    "serbian": "sr",
    "sesotho": "st",
    "slovak": "sk",
    "spanish": "es",
    "swedish": "sv",
    "tamil": "ta",
    "thai": "th",
    "turkish": "tr",
    "ukrainian": "uk",
    "vietnamese": "vi",
    "yiddish": "yi",
}
"""ISO 639-1 codes of the languages, by the names under which they are set."""

_NAMES: Final = {code: name for name, code in LANGUAGES.items()}
_LISTED_AS: Final = {"no": "nb"}
"""Where stop-words has a list under another code than ours."""
_ELISIONS: Final = {
    "fr": "l|d|c|j|m|n|s|t|qu|jusqu|lorsqu|puisqu|quoiqu",
    "it": "l|d|c|m|s|t|v|un|gl|all|agl|coll|dall|dagl|dell|degl|nell|negl|sull|sugl",
    "ca": "l|d|m|n|s|t",
    "ga": "b|d|m",
}
"""Short words that lose their vowel before another one, as in “l'élection”."""


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """What an analyzer needs to know of a language."""

    name: str
    code: str
    """ISO 639-1."""
    stop_words: frozenset[str]
    irregular: Mapping[str, str]
    stem: Callable[[str], str]
    elision: "regex.Pattern[str] | None"
    """What stands before a word and is written with it."""


@cache
def language_named(name: str) -> Language:
    """Return a language by its name in LANGUAGES."""
    code = LANGUAGES[name]
    short = _ELISIONS.get(code)
    return Language(
        name=name,
        code=code,
        stop_words=words.stop_words() if name == ENGLISH else _listed(code),
        irregular=words.irregular_forms() if name == ENGLISH else {},
        stem=_stemmer(name),
        elision=regex.compile(rf"^(?:{short})['’ʼ＇](?=\p{{L}})", regex.IGNORECASE)
        if short
        else None,
    )


def name_of(code: str | None) -> str | None:
    """Return the name of a language by its code, None where it is none of ours."""
    return _NAMES.get(code) if code else None


def _listed(code: str) -> frozenset[str]:
    listed = _LISTED_AS.get(code, code)
    theirs = get_stop_words(listed) if listed in LANGUAGE_MAPPING else ()
    return frozenset(theirs) | words.asking_words(code)


def _stemmer(name: str) -> Callable[[str], str]:
    """Return what takes a word's inflection away, in any thread."""
    if name not in Stemmer.algorithms():
        return str
    stemmer = Stemmer.Stemmer(name)
    stemming = Lock()  # PyStemmer: one thread at a time may use a stemmer

    def stem(word: str) -> str:
        with stemming:
            return str(stemmer.stemWord(word))

    return stem
