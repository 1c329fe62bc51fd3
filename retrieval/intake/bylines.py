"""Bylines: “By Jane Doe and John Roe, The Daily Planet | Aug. 1, 2017”, “Von Jürgen Kästner”."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from retrieval.intake import dates

LIMIT = 120
"""Characters; a longer paragraph is never a byline."""

_OPENING = regex.compile(
    r"(?i:(?:posted|written|story) )?(?i:By):? (?=\S)|(?:Von|Par|Por|VON|PAR|POR):? (?=\p{Lu})"
)
_DATED = regex.compile(rf"(?:\b(?:Published|Updated|Posted)(?: on)?:? ?)?{dates.DATE.pattern}")
_SEPARATOR = regex.compile(r" ?[|•·;] ?| [-–—] |,? \bfor (?=\p{Lu})")
_NAME = regex.compile(
    r"(?:[Tt]he )?\p{Lu}[\p{L}\p{M}.'’-]*"
    r"(?: (?:\p{Lu}[\p{L}\p{M}.'’-]*|van|von|der|den|de|del|di|da|du|la|le|bin|al|of)){0,5}"
)
_AND = regex.compile(r" (?:and|und|et|y) ")
_PART = regex.compile(r"\(?(?:[Tt]he )?[\p{Lu}\p{N}][\p{L}\p{M}\p{N}&.'’ -]{0,60}\)?")
_OFFICE = regex.compile(
    r"\b(?:staff|writer|reporter|correspondent|editor|columnist|contributor|special|updated"
    r"|published|posted|bureau|photographer|producer)\b",
    regex.IGNORECASE,
)
_CALENDAR = regex.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\b"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says."""

    author: str
    outlet: str | None


def byline_of(paragraph: str) -> Byline | None:
    """Return what a paragraph says as a byline, None where it is none; white space is folded."""
    opening = _OPENING.match(paragraph)
    if opening is None or len(paragraph) > LIMIT:
        return None
    parts = list(_parts(_DATED.sub("|", paragraph[opening.end() :])))
    if not parts or not all(map(_PART.fullmatch, parts)):
        return None
    names = parts[: _last_name(parts) + 1]
    if not all(_is_name(name) for part in names for name in _AND.split(part)):
        return None
    outlets = (part for part in parts[len(names) :] if not _OFFICE.search(part))
    return Byline(", ".join(names), next(outlets, None))


def _parts(text: str) -> Iterator[str]:
    for section in _SEPARATOR.split(text):
        for part in section.split(", "):
            if stripped := part.strip(" ,"):
                yield stripped


def _last_name(parts: list[str]) -> int:
    """Return where the names end: with the part that joins the last of them by “and”."""
    return next((at for at, part in enumerate(parts) if _AND.search(part)), 0)


def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None and " " in text and _CALENDAR.match(text) is None
