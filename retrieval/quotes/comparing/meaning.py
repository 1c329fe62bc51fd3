"""Which changed words change what was said: negations, numbers, units, names and modal verbs.

The words of both sides of an edit are counted by what they say; an edit is critical where the
counts are not the same. “cannot” and “can not” say the same, and so do “nineteen” and “19”; “will”
and “would” do not. A word that is only misspelled or misread says what it stands for.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import regex

from retrieval.analysis import words
from retrieval.analysis.analyzer import fold
from retrieval.quotes.comparing.amounts import amounts_in
from retrieval.quotes.comparing.slips import is_slip, may_be_slip
from retrieval.quotes.model import Step
from retrieval.quotes.wording import Wording

Senses = Counter[tuple[str, str]]
"""How often each thing is said that makes a difference, by its kind and what it is."""

_ENDINGS: Final = {"ll": "will", "d": "would"}
_ENDING = regex.compile(r"['’ʼ＇](ll|d)$", regex.IGNORECASE)
_OPPOSITES = ("un", "in", "im", "il", "ir", "dis", "non", "mis")
_WITHOUT_APOSTROPHE: Final = {"ill", "well", "hell", "shell", "wed", "shed", "were", "id"}
"""Words that others become where an apostrophe is lost: we’ll, she’d, we’re."""
LONG = 3
"""Letters of a word that a headline writes with a capital, at least one more,"""
TITLED = 0.6
"""and the share of them from which a text is one,"""
FEW = 4
"""if it has so many."""
SLIPS_WITHIN = 20
"""Words of a change among which slips are looked for: of more, each would be held against each."""
_PRONOUN = regex.compile(r"I(?:['’ʼ＇]\p{L}+)?")
_ELIDED_NOT = regex.compile(r"n['’ʼ＇](?=\p{L})", regex.IGNORECASE)
"""French “ne” before a vowel: n’est, n’a."""


class Names:
    """What is a name in some texts: what they write with a capital where no sentence begins."""

    def __init__(self, texts: Iterable[Wording]) -> None:
        self._names: set[str] = set()
        self._others: set[str] = set()
        for text in texts:
            if not _is_titled(text):
                self._read(text)

    def _read(self, text: Wording) -> None:
        for at, word in enumerate(text.words):
            surface = text.slice(at, at + 1)
            if not surface[:1].isupper():
                self._others.add(word.form)
            elif not text.begins_sentence(at) and not _PRONOUN.fullmatch(surface):
                self._names.add(word.form)

    def is_name(self, text: Wording, at: int) -> bool:
        """Say whether a word of a text is surely a name, or a part of one."""
        form = text.words[at].form
        return form in self._names and (text.slice(at, at + 1)[:1].isupper() or self._only(form))

    def may_be_name(self, text: Wording, at: int) -> bool:
        """Say whether nothing speaks against a name in the first word of a sentence."""
        form = text.words[at].form
        if form in self._others or form in _ordinary_words():
            return self.is_name(text, at)
        return text.slice(at, at + 1)[:1].isupper()

    def _only(self, form: str) -> bool:
        return form not in self._others and len(form) > 1


def _is_titled(text: Wording) -> bool:
    """Say whether a text writes most of its words with capitals, as headlines do."""
    long = [word for word in text.words if word.end - word.start > LONG]
    capitals = sum(text.text[word.start].isupper() for word in long)
    return len(long) >= FEW and capitals > TITLED * len(long)


def _ordinary_words() -> frozenset[str]:
    """Return words that begin a sentence without being names."""
    return words.stop_words() | frozenset(words.irregular_forms()) | frozenset(words.synonyms())


def is_critical(given: Wording, step: Step, found: Wording, names: Names) -> bool:
    """Say whether words of a quotation and those in their place say something else that counts."""
    ours, theirs = _without_slips(given, step, found, names)
    language = found.language
    if _senses(given, ours, names.is_name, language) != _senses(
        found, theirs, names.is_name, language
    ):
        return True
    may_be = names.may_be_name
    first, second = (
        _senses(text, words, may_be, language) for text, words in ((given, ours), (found, theirs))
    )
    if first and second and first != second:
        return True
    return _are_opposite(
        [given.words[at].form for at in ours], [found.words[at].form for at in theirs]
    )


def slips_in(given: Wording, step: Step, found: Wording) -> list[tuple[int, int]]:
    """Return which words of a quotation are only misspelled or misread, each with what it is."""
    if max(len(step.given), len(step.found)) > SLIPS_WITHIN:
        return []
    slips: list[tuple[int, int]] = []
    at = step.found.start
    for our in step.given:
        form = given.words[our].form
        if not may_be_slip(form, found.language):
            continue
        rest = range(at, step.found.stop)
        its = (one for one in rest if is_slip(form, found.words[one].form))
        if (their := next(its, None)) is not None:
            slips.append((our, their))
            at = their + 1
    return slips


def _without_slips(
    given: Wording, step: Step, found: Wording, names: Names
) -> tuple[Sequence[int], Sequence[int]]:
    """Return the words of both sides without slips; another spelling of a name is none."""
    slips = [pair for pair in slips_in(given, step, found) if not names.may_be_name(found, pair[1])]
    ours, theirs = {our for our, _ in slips}, {their for _, their in slips}
    return [at for at in step.given if at not in ours], [
        at for at in step.found if at not in theirs
    ]


def has_negation(text: Wording, its: range) -> bool:
    """Say whether some words of a text negate."""
    return any(negates(text.slice(at, at + 1), text.language) for at in its)


def negates(word: str, language: str) -> bool:
    """Say whether a word is a negation or holds one."""
    return any(kind == "negation" for kind, _ in _said_by(word, language))


def is_same_word(given: str, found: str) -> bool:
    """Say whether words as written, with equal forms, are the same: “well” is not “we’ll”."""
    form = fold(given)
    return form not in _WITHOUT_APOSTROPHE or _has_ending(given) == _has_ending(found)


def _has_ending(word: str) -> bool:
    return any(mark in word for mark in "'’ʼ＇")


def _senses(
    text: Wording, its: Iterable[int], is_name: Callable[[Wording, int], bool], language: str
) -> Senses:
    senses: Senses = Counter()
    numbers: list[tuple[int, str]] = []
    for at in its:
        said = _said_at(text, at, language)
        if not said and is_name(text, at):
            said = [("name", text.words[at].form)]
        numbers += [(at, value) for kind, value in said if kind == "number"]
        senses.update(one for one in said if one[0] != "number")
    senses.update(("number", amount) for amount in amounts_in(numbers))
    return senses


def _said_at(text: Wording, at: int, language: str) -> Sequence[tuple[str, str]]:
    """Return what a word says that makes a difference; a unit only where it is counted."""
    said = _said_by(text.slice(at, at + 1), language)
    is_unit = any(kind == "unit" for kind, _ in said)
    return [] if is_unit and not _is_counted(text, at, language) else said


def _is_counted(text: Wording, at: int, language: str) -> bool:
    """Say whether a number stands before a word, or units and then a number: 900 square feet."""
    while at > 0:
        at -= 1
        kinds = {kind for kind, _ in _said_by(text.slice(at, at + 1), language)}
        if "unit" not in kinds:
            return "number" in kinds
    return False


def _said_by(word: str, language: str) -> Sequence[tuple[str, str]]:
    """Return what one word says that makes a difference, by kind; names aside."""
    form = fold(word)
    if said := words.critical(language).get(form):
        return said
    if language == "fr" and _ELIDED_NOT.match(word):
        return [("negation", "ne")]
    if ending := _ENDING.search(word):
        return [("modal", _ENDINGS[ending[1].lower()])]
    is_figure = any(map(str.isnumeric, form)) or not form.isalnum()
    return [("number", form)] if is_figure else []


def _are_opposite(given: Sequence[str], found: Sequence[str]) -> bool:
    """Say whether a word stands for one that it negates: lawful for unlawful."""
    return any(
        one.removeprefix(prefix) in others and one.startswith(prefix)
        for ones, others in ((given, found), (found, given))
        for one in ones
        for prefix in _OPPOSITES
    )
