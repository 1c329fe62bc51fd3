"""Title, author, outlet and date of a document, where its own text states them and only there."""

from collections.abc import Iterable, Sequence
from datetime import date

import regex

from retrieval.intake import dates
from retrieval.intake.bylines import byline_of
from retrieval.intake.imprint import outlet_in
from retrieval.model import Details, Role

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
        [" ".join(text.split()) for text, its in zip(paragraphs, roles, strict=True) if its is role]
        for role in (Role.HEADLINE, Role.BYLINE, Role.DATELINE, Role.TEXT, Role.FURNITURE)
    )
    read = [byline for byline in map(byline_of, bylines) if byline]
    return Details(
        title=headlines[0] if headlines else None,
        author=read[0].author if read else None,
        outlet=next((byline.outlet for byline in read if byline.outlet), None)
        or next(filter(None, map(outlet_in, [*datelines, *bylines])), None)
        or _outlet(texts[:1], furniture),
        published=_published(bylines, datelines),
    )


def _outlet(openings: Iterable[str], furniture: Sequence[str]) -> str | None:
    """Return the outlet where no byline names it; a photo credit never does."""
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
    """Return the date of publication, or failing that the one of the last update.

    Several dates without a label are those of a story's parts, and say nothing of the whole.
    """
    labelled: dict[str, list[date]] = {}
    for line in datelines:
        if stated := dates.first_date(line):
            labelled.setdefault(dates.label_of(line), []).append(stated)
    if len(set(labelled.get("", ()))) > 1:
        del labelled[""]
    updates = [label for label in labelled if label.endswith(("updated", "modified"))]
    first = [label for label in labelled if label not in updates]
    by_rank = [labelled[label][0] for label in first + updates]
    return next(filter(None, [*map(dates.first_date, bylines), *by_rank]), None)
