"""Abbreviations that a text defines itself: “Department of Justice (DOJ)”, “DOJ (Department …)”.

The algorithm is that of Schwartz and Hearst (A simple algorithm for identifying abbreviation
definitions in biomedical text, 2003): from the end on, each letter of the short form is looked for
in the words before it, and the first one must begin a word.
"""

from collections.abc import Iterator

import regex

SHORTEST = 2
LONGEST = 10
"""Letters and figures of a short form."""
CAPITALS = 2
"""Capital letters of a short form, at least: others are names and asides."""

BEFORE = 200
"""Characters before a bracket in which a long form is looked for."""

_IN_BRACKETS = regex.compile(r"""[(\[]["“'‘]?(?P<inside>[^()\[\]\n]{2,120}?)["”'’]?[)\]]""")
_LEFT = regex.compile(r"[()\[\]\n]")
_WORDS = regex.compile(r"\S+")


def defined_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield each short form that a text defines, with its long form, as they are written."""
    for match in _IN_BRACKETS.finditer(text):
        left = _LEFT.split(text[max(0, match.start() - BEFORE) : match.start()])[-1]
        before, inside = left.rstrip(), match["inside"].strip()
        if _is_short(inside):
            pair = inside, _long_form(inside, before)
        else:
            short = before.rpartition(" ")[2].strip("\"“”'‘’,;:")
            pair = short, inside if _is_short(short) and _stands_for(short, inside) else ""
        if pair[1]:
            yield pair


def _is_short(text: str) -> bool:
    letters = [char for char in text if char.isalnum()]
    return (
        " " not in text
        and SHORTEST <= len(letters) <= LONGEST
        and sum(char.isupper() for char in letters) >= CAPITALS
    )


def _stands_for(short: str, text: str) -> bool:
    """Say whether a text is, from its first letter to its last word, a long form."""
    return _long_form(short, text) == text and len(text.split()) > 1


def _long_form(short: str, text: str) -> str:
    """Return the end of a text that a short form stands for, empty where there is none."""
    letters = [char.lower() for char in short if char.isalnum()]
    words = list(_WORDS.finditer(text))[-min(len(letters) + 5, 2 * len(letters)) :]
    if not words:
        return ""
    first = words[0].start()
    at = len(text)
    for number, letter in reversed(list(enumerate(letters))):
        at = _found_before(text, at, letter, first, begins_word=number == 0)
        if at < 0:
            return ""
    long_form = text[at:]
    is_longer = len(long_form) > len(short) and len(long_form.split()) > 1
    return long_form if is_longer else ""


def _found_before(text: str, end: int, letter: str, first: int, *, begins_word: bool) -> int:
    """Return where a letter stands next before a place, at the beginning of a word if so wanted."""
    for at in range(end - 1, first - 1, -1):
        if text[at].lower() == letter and not (begins_word and at and text[at - 1].isalnum()):
            return at
    return -1
