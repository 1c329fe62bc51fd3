"""Details as they are kept: in one line each, and only what can be shown."""

from dataclasses import replace
from datetime import date

import regex

from retrieval.analysis.languages import LANGUAGES, name_of
from retrieval.errors import BadDetail
from retrieval.model import Details

DETAIL_LIMIT = 300
NOTE_LIMIT = 500
"""Characters of a correction: it is shown with every citation, and platforms have limits."""
ADDRESS_LIMIT = 2000
"""Characters; browsers and search engines take addresses of about so many."""
INVISIBLE = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]")

_WEB_ADDRESS = regex.compile(r"https?://[^\s\p{C}]+", regex.IGNORECASE)


def cleaned(details: Details) -> Details:
    """Return details in one line each and without invisible characters.

    Raises BadDetail where the language is none that is known.
    """
    title, outlet, author = (
        INVISIBLE.sub("", " ".join(text.split()))[:DETAIL_LIMIT] or None if text else None
        for text in (details.title, details.outlet, details.author)
    )
    return replace(
        details,
        title=title,
        outlet=outlet,
        author=author,
        url=_web_address(details.url),
        language=_language(details.language) if details.language else None,
    )


def _language(text: str) -> str:
    """Return the code of a language that is named, or given by its code."""
    name = " ".join(text.split()).lower()
    if name in LANGUAGES:
        return LANGUAGES[name]
    if name_of(name):
        return name
    raise BadDetail(
        f"{text!r} is no language that is known; "
        "write its English name or its code, for example german or de."
    )


def _web_address(text: str | None) -> str | None:
    """Return a web address that can be shown; anything else is none."""
    is_address = text and len(text) <= ADDRESS_LIMIT and _WEB_ADDRESS.fullmatch(text)
    return text if is_address else None


def cleaned_note(text: str) -> str:
    """Return a correction or a reason in one line; raise BadDetail where it is none or too long."""
    written = INVISIBLE.sub("", " ".join(text.split()))
    if not written or len(written) > NOTE_LIMIT:
        raise BadDetail(f"Write a sentence or two, at most {NOTE_LIMIT:,} characters.")
    return written


def publication_date(text: str) -> date:
    """Return the date that a person gave; raise BadDetail where it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadDetail(
            f"{text!r} is no date; write it as YYYY-MM-DD, for example 2017-08-01."
        ) from error
