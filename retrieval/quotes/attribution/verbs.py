"""Verbs of speech in a clause: “said”, “a déclaré”."""

from collections import deque
from collections.abc import Iterator

import regex

from retrieval.analysis import words
from retrieval.model import Span

_WORD = regex.compile(r"\p{L}+")
_AUXILIARY = regex.compile(r"\b(?:a|ont|avait|avaient|ha|han|había|hat|haben|hatte)\s+$")
"""What stands before a verb of speech and is a part of it: a déclaré."""
_REACH = 20
"""Characters before a verb in which its auxiliary stands."""


def first_verb(clause: str, language: str) -> Span | None:
    """Return where the first verb of speech stands, its auxiliary included."""
    return next(_verbs(clause, language), None)


def last_verb(clause: str, language: str) -> Span | None:
    """Return where the last verb of speech stands, its auxiliary included."""
    last = deque(_verbs(clause, language), maxlen=1)
    return last[0] if last else None


def _verbs(clause: str, language: str) -> Iterator[Span]:
    verbs = words.speech_verbs(language) or words.speech_verbs()
    for match in _WORD.finditer(clause):
        if match[0] in verbs:
            before = _auxiliary(clause, match.start()) if language != "en" else None
            yield Span(before.start() if before else match.start(), match.end())


def _auxiliary(clause: str, at: int) -> "regex.Match[str] | None":
    return _AUXILIARY.search(clause, max(0, at - _REACH), at)
