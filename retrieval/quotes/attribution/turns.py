"""Transcripts: who speaks in each turn of a hearing or an interview, by what its line begins with.

A line begins with a name and a colon (“SENATOR BRANDT: …”), or with “Q.” and “A.”, of which the
transcript says who examines and who was sworn. What follows without a name goes on with the turn.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from retrieval.analysis import words
from retrieval.analysis.analyzer import fold
from retrieval.model import Passage, Role, Span
from retrieval.quotes.attribution.names import surname_of
from retrieval.quotes.attribution.spans import Quoted, QuotedPart

FEWEST = 4
"""Turns from which a text is a transcript,"""
SHARE = 0.5
"""if they are so many of its paragraphs,"""
SPEAKERS = 2
"""and so many people speak."""

_WORD = r"\p{Lu}[\p{L}\p{M}.'’-]*"
_NAME = rf"{_WORD}(?:\s+(?:(?:van|von|der|de|del|da|di|la)\s+)*{_WORD}){{0,4}}"
_LABEL = regex.compile(rf"(?P<name>{_NAME})\s*:\s+(?=\S)")
_LETTER = regex.compile(r"(?P<letter>[QA])\s*[.:]\s+(?=\S)")
_EXAMINES = regex.compile(rf"(?:(?i:.*\bexamination\s+)|^)(?i:by)\s+(?P<name>{_NAME})\s*:?$")
_SWORN = regex.compile(
    rf"(?P<name>{_NAME}),\s+(?i:.*\b(?:called|sworn|affirmed|witness|testified)\b)"
)
_ASIDE = regex.compile(r"[(\[].*[)\]]\.?")


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody says in a transcript until somebody else speaks."""

    quoted: Quoted
    speaker: str


@dataclass(frozen=True, slots=True)
class _Opening:
    """What a line of a transcript begins with."""

    label: str
    """As it stands there; Q or A."""
    end: int


def turns_in(passages: Sequence[Passage]) -> list[Turn]:
    """Return the turns of a transcript that say who speaks, in order; none of another text."""
    openings = _openings_in(passages)
    if not _is_transcript(openings, passages):
        return []
    names = _names_in(passages, openings)
    turns: list[Turn] = []
    examiner = witness = speaker = ""
    for number, (passage, opening) in enumerate(zip(passages, openings, strict=True)):
        text = passage.text
        if opening:
            speaker = {"Q": examiner, "A": witness}.get(opening.label) or names.get(
                surname_of(opening.label), ""
            )
            part = QuotedPart(number, Span(opening.end, len(text)))
            turns += [Turn(Quoted([part]), speaker)] if speaker else []
        elif match := _EXAMINES.fullmatch(text):
            examiner, speaker = names.get(surname_of(match["name"]), _spoken(match["name"])), ""
        elif match := _SWORN.match(text):
            witness, speaker = names.get(surname_of(match["name"]), _spoken(match["name"])), ""
        elif speaker and _goes_on(passage):
            parts = [*turns[-1].quoted.parts, QuotedPart(number, Span(0, len(text)))]
            turns[-1] = Turn(Quoted(parts), speaker)
    return turns


def _openings_in(passages: Sequence[Passage]) -> list[_Opening | None]:
    """Return what each line begins with: names in capitals, and others that open several lines."""
    found = [_opening(one) for one in passages]
    often = Counter(surname_of(one.label) for one in found if one)
    return [
        one
        if one and (len(one.label) == 1 or one.label.isupper() or often[surname_of(one.label)] > 1)
        else None
        for one in found
    ]


def _opening(passage: Passage) -> _Opening | None:
    if passage.role in {Role.FURNITURE, Role.HEADLINE}:
        return None
    match = _LETTER.match(passage.text) or _LABEL.match(passage.text)
    return _Opening(match[1], match.end()) if match else None


def _is_transcript(openings: Sequence[_Opening | None], passages: Sequence[Passage]) -> bool:
    opened = [one for one in openings if one]
    texts = sum(one.role is Role.TEXT for one in passages)
    speakers = {surname_of(one.label) for one in opened}
    return len(opened) >= max(FEWEST, SHARE * texts) and len(speakers) >= SPEAKERS


def _names_in(passages: Sequence[Passage], openings: Sequence[_Opening | None]) -> dict[str, str]:
    """Return the fullest name that a transcript has for each of its speakers, by surname."""
    names: dict[str, str] = {}
    for name in _written(passages, openings):
        spoken, last = _spoken(name), surname_of(name)
        if len(spoken) > len(names.get(last, "")):
            names[last] = spoken
    return names


def _written(passages: Sequence[Passage], openings: Sequence[_Opening | None]) -> Iterator[str]:
    for passage, opening in zip(passages, openings, strict=True):
        if opening and len(opening.label) > 1:
            yield opening.label
        elif match := _SWORN.match(passage.text):
            yield match["name"]


def _spoken(name: str) -> str:
    """Return a name without the office before it, and not in capitals throughout."""
    parts = name.split()
    while len(parts) > 1 and fold(parts[0]) in words.offices():
        del parts[0]
    plain = " ".join(parts)
    return plain.title() if plain.isupper() else plain


def _goes_on(passage: Passage) -> bool:
    """Say whether a paragraph without a name is a part of the turn before it."""
    text = passage.text
    is_aside = _ASIDE.fullmatch(text) is not None
    return passage.role is Role.TEXT and not is_aside and not text.isupper()
