"""The encoding of marked-up text: what its mark or its own declaration says, else UTF-8."""

import codecs
from contextlib import suppress
from typing import Final

import regex

DECLARED_WITHIN = 1024
"""Bytes in which a page declares its encoding (html.spec.whatwg.org, 13.2.3.2)."""
_DECLARED = regex.compile(
    rb"<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)"
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED: Final = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
"""How markup begins in UTF-16 whose mark is missing (W3C, XML 1.0, appendix F)."""
_MEANT = {"iso8859-1": "windows-1252", "ascii": "windows-1252", "utf-16": "utf-8"}
"""What browsers take for these names (encoding.spec.whatwg.org, 4.2)."""


def decoded(content: bytes) -> str:
    """Return marked-up text as it is meant to be read; bytes that cannot be are replaced."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    if unmarked := unmarked_utf16(content):
        return content.decode(unmarked, "replace")
    if declared := _declared(content):
        with suppress(UnicodeError):  # “idna” is an encoding, and of names only
            return content.decode(declared, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("windows-1252", "replace")


def unmarked_utf16(content: bytes) -> str | None:
    """Return the encoding of markup in UTF-16 without a mark, None for anything else."""
    return _UNMARKED.get(content[:2])


def _declared(content: bytes) -> str | None:
    match = _DECLARED.search(content[:DECLARED_WITHIN].lower())
    if match is None:
        return None
    try:
        codec = codecs.lookup(match[1].decode("ascii"))
        "".encode(codec.name)
    except (LookupError, UnicodeError):  # an unknown name, or a codec that makes no text
        return None
    meant = _MEANT.get(codec.name, codec.name)
    return None if meant == "utf-8" else meant
