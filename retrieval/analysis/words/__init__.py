"""Word lists of ours, each read once, when it is first asked for."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import regex


@cache
def stop_words() -> frozenset[str]:
    """Return the words that say nothing about a subject, folded."""
    return frozenset(word for line in _lines("stop.txt") for word in line.split())


@cache
def asking_words(language: str) -> frozenset[str]:
    """Return words with which one asks in a language, by its ISO 639-1 code, that we had to add."""
    lines = (line.partition(":") for line in _lines("asking.txt"))
    return frozenset(word for code, _, its in lines if code == language for word in its.split())


@cache
def chat_words() -> frozenset[str]:
    """Return the words with which people address a bot."""
    return frozenset(word for line in _lines("chat.txt") for word in line.split())


@cache
def frames() -> dict[str, frozenset[str]]:
    """Return the words with which people ask an archive for something, by the part they play."""
    parts: defaultdict[str, set[str]] = defaultdict(set)
    for line in _lines("frames.txt"):
        part, _, its = line.partition(":")
        parts[part].update(its.split())
    return {part: frozenset(its) for part, its in parts.items()}


@cache
def irregular_forms() -> dict[str, str]:
    """Return the base word of each form that no suffix rule finds (“said” → “say”)."""
    forms: dict[str, str] = {}
    for line in _lines("irregular.txt"):
        base, _, its_forms = line.partition(":")
        forms.update(dict.fromkeys(its_forms.split(), base.strip()))
    return forms


@cache
def british_beginnings() -> dict[str, tuple[str, str]]:
    """Return how words begin in Britain: how in America, and a pattern of what must follow."""
    beginnings = {}
    for line in _lines("british.txt"):
        british, _, american = (part.strip() for part in line.partition(":"))
        beginning, _, letter = british.partition("!")
        ends = "$" if british.endswith("$") else ""
        condition = ends or (f"(?!{letter})" if letter else "")
        beginnings[beginning.removesuffix("$")] = american, condition
    return beginnings


@cache
def no_variants() -> frozenset[str]:
    """Return what words in -ise that are no variants of others begin with."""
    return frozenset(word for line in _lines("ise.txt") for word in line.split())


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Return for each word the others that stand in for it, of all its meanings."""
    others: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for line in _lines("synonyms.txt"):
        group = line.split()
        for word in group:
            others[word].update(dict.fromkeys(other for other in group if other != word))
    return {word: tuple(its_others) for word, its_others in others.items()}


@cache
def speech_verbs(language: str = "en") -> frozenset[str]:
    """Return the forms of verbs that say that somebody said something, empty where none are listed.

    ``language`` is an ISO 639-1 code.
    """
    if not files(__name__).joinpath(f"speech/{language}.txt").is_file():
        return frozenset()
    return frozenset(word for line in _lines(f"speech/{language}.txt") for word in line.split())


@cache
def kinds() -> frozenset[str]:
    """Return words for what kind of thing is asked for, which passages that state it may lack."""
    return frozenset(word for line in _lines("kinds.txt") for word in line.split())


@cache
def offices() -> frozenset[str]:
    """Return words that stand before a name and are not a part of it."""
    return frozenset(word for line in _lines("offices.txt") for word in line.split())


@cache
def titles() -> frozenset[str]:
    """Return titles that are written short, behind which a full stop ends no sentence."""
    return frozenset(word for line in _lines("titles.txt") for word in line.split())


@cache
def critical(language: str = "en") -> dict[str, tuple[tuple[str, str], ...]]:
    """Return what each word says that changes a quotation: its kind and its value, each once.

    ``language`` is an ISO 639-1 code; one without a list is read as English.
    """
    listed = files(__name__).joinpath(f"critical/{language}.txt").is_file()
    senses: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in _lines(f"critical/{language if listed else 'en'}.txt"):
        sense, _, forms = line.partition(":")
        kind, _, value = sense.partition(" ")
        for form in forms.split():
            senses[form].append((kind, value))
    return {form: tuple(its) for form, its in senses.items()}


@cache
def abbreviations() -> dict[str, str]:
    """Return what each abbreviation stands for."""
    return _pairs("abbreviations.txt")


@cache
def compounds() -> dict[str, str]:
    """Return the words that each compound is made of, where it is written in several ways."""
    return _pairs("compounds.txt")


def _pairs(name: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in _lines(name))
    return {short.strip(): long.strip() for short, _, long in pairs}


@cache
def unspaced_grammar() -> tuple["regex.Pattern[str]", ...]:
    """Return patterns of what names nothing in a question of a script without spaces."""
    lists = (line.partition(":") for line in _lines("unspaced.txt"))
    return tuple(_grammar(script.strip(), its.split()) for script, _, its in lists)


def _grammar(script: str, its: list[str]) -> "regex.Pattern[str]":
    """Return the pattern of a script's words that name nothing.

    In Japanese they stand in a row, in Korean at the end of a word.
    """
    any_of = "|".join(sorted(its, key=len, reverse=True))
    if script == "hiragana":
        return regex.compile(rf"(?<!\p{{Hiragana}})(?:{any_of})++(?!\p{{Hiragana}})")
    if script == "hangul":
        return regex.compile(rf"(?:{any_of})++(?!\p{{Hangul}})")
    return regex.compile(any_of)


def _lines(name: str) -> Iterator[str]:
    """Yield the lines of a list, comments and blank lines left out."""
    for line in files(__name__).joinpath(name).read_text(encoding="utf-8").splitlines():
        content = line.partition("#")[0].strip()
        if content:
            yield content
