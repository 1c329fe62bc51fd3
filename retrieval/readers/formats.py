"""Every format that a library reads; imported by the reading process alone."""

from dataclasses import replace
from functools import partial
from typing import assert_never

import regex

from retrieval.errors import LibraryError, SourceTooLarge, UnreadableSource
from retrieval.readers import mail, markdown, pdf, plain_text, rich_text, web_page, word
from retrieval.readers.reading import MIB, Limits, Reading
from retrieval.readers.recognition import Format, format_of

NESTED_MAILS = 3
"""A mail forwarded in a mail that was forwarded; deeper ones are passed over."""

_LETTER = regex.compile(r"[\p{L}\p{N}]")
_NO_CHARACTER = regex.compile(r"[\0\p{Cs}]")


def read_format(its: Format, content: bytes, file: str, limits: Limits, depth: int = 0) -> Reading:
    """Return what a source of a format holds.

    Raises UnreadableSource or SourceTooLarge with the sentence to show, whatever the library that
    reads it raises on damaged bytes; MemoryError is left to the caller.
    """
    try:
        reading = _read(its, content, file, limits, depth)
    except (LibraryError, MemoryError):
        raise
    except Exception as error:
        raise UnreadableSource(
            f"{file} is {its} that is damaged; save it anew and add it again."
        ) from error
    if not _LETTER.search(reading.text):
        raise UnreadableSource(f"{file} has no text in it; there is nothing to add.")
    if len(reading.text) > limits.unpacked_bytes:
        raise SourceTooLarge(
            f"{file} has more than {limits.unpacked_bytes / MIB:,.1f} MiB of text, the limit; "
            "add it in parts or have the limit raised.",
            limit="unpacked_bytes",
        )
    return replace(reading, text=_NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", reading.text))


def _attached(content: bytes, file: str, *, limits: Limits, depth: int) -> str | None:
    """Return the text of what is attached to an e-mail; None for pictures and the like."""
    if depth > NESTED_MAILS:
        return None
    try:
        its = format_of(content, file)
        if its is Format.TEXT:
            return plain_text.decode(content, file)
        return read_format(its, content, file, limits, depth).text
    except LibraryError:
        return None


def _read(its: Format, content: bytes, file: str, limits: Limits, depth: int) -> Reading:
    match its:
        case Format.MARKDOWN:
            return markdown.read(content, file)
        case Format.WEB_PAGE:
            return web_page.read(content, file)
        case Format.PDF:
            return pdf.read(content, file, limits)
        case Format.WORD:
            return word.read(content, file, limits)
        case Format.RICH_TEXT:
            return rich_text.read(content)
        case Format.MAIL:
            return mail.read(content, file, partial(_attached, limits=limits, depth=depth + 1))
        case Format.TEXT | Format.ARCHIVE:
            raise UnreadableSource(f"{file} is {its}, which no library reads.")
        case _:
            assert_never(its)
