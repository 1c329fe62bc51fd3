"""Title, author, outlet and date of a document, where its own text states them and only there."""

from collections.abc import Iterable, Sequence
from datetime import date

import regex

from retrieval import dates
from retrieval.model import Details, Role

_BYLINE_END = regex.compile(
    rf" ?(?:[|•·,;(]| [-–—] |\bfor (?=\p{{Lu}})|{dates.DATE.pattern}"
    r"|\b(?:Published|Updated|Posted)\b)"
)
_BYLINE_OUTLET = regex.compile(
    r"(?:[|•·,]|[-–—] |\bfor) ?(?P<outlet>(?:The )?\p{Lu}[\p{L}\p{N}&.'’ -]{1,60}?)"
    rf" ?(?:[|•·,;]|$|{dates.DATE.pattern})"
)
_OFFICE = regex.compile(
    r"\b(?:staff|writer|reporter|correspondent|editor|columnist|contributor|special|updated"
    r"|published|posted|bureau)\b",
    regex.IGNORECASE,
)
_NAME = r"(?P<outlet>(?:The )?\p{Lu}[\p{L}\p{N}&.'’ -]{1,40}?)"
_WIRE_DATELINE = regex.compile(
    r"\p{Lu}[\p{Lu}\p{Ll} .,'’-]{1,40} "
    r"\((?P<outlet>AP|Associated Press|Reuters|AFP|UPI|Bloomberg)\) ?[-–—]"
)
_PROMPT = regex.compile(rf"(?i:start your (?:day|morning|week) with) {_NAME} ?[.!]?$")
_COPYRIGHT = regex.compile(
    rf"(?:©|\([cC]\)|Copyright)(?: ©)? \d{{4}}[, ]+{_NAME} ?(?:\.|,|$|All rights)"
)


def stated_in(paragraphs: Sequence[str], roles: Sequence[Role]) -> Details:
    """Return what the paragraphs of one document say of the document itself."""
    headlines, bylines, datelines, texts, furniture = (
        [_folded(text) for text, its in zip(paragraphs, roles, strict=True) if its is role]
        for role in (Role.HEADLINE, Role.BYLINE, Role.DATELINE, Role.TEXT, Role.FURNITURE)
    )
    return Details(
        title=headlines[0] if headlines else None,
        author=next(filter(None, map(_author, bylines)), None),
        outlet=_outlet(bylines, texts[:1], furniture),
        published=_published(bylines, datelines),
    )


def _author(byline: str) -> str | None:
    names = byline.split(maxsplit=1)[1]
    end = _BYLINE_END.search(names)
    return (names[: end.start()] if end else names).rstrip(". ") or None


def _outlet(
    bylines: Iterable[str], openings: Iterable[str], furniture: Iterable[str]
) -> str | None:
    """Return the outlet; a photo credit never names it."""
    for byline in bylines:
        for found in _BYLINE_OUTLET.finditer(byline):
            if not _OFFICE.search(found["outlet"]) and not dates.DATE.match(found["outlet"]):
                return found["outlet"]
    for pattern, candidates in (
        (_WIRE_DATELINE, openings),
        (_PROMPT, furniture),
        (_COPYRIGHT, furniture),
    ):
        for candidate in candidates:
            if match := pattern.match(candidate):
                return match["outlet"]
    return None


def _published(bylines: Iterable[str], datelines: Iterable[str]) -> date | None:
    """Return the date of publication, or failing that the one of the last update."""
    lines = sorted(
        datelines, key=lambda line: dates.label_of(line).endswith(("updated", "modified"))
    )
    return next(filter(None, map(dates.first_date, [*bylines, *lines])), None)


def _folded(text: str) -> str:
    return " ".join(text.split())
