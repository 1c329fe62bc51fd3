"""Plain text: UTF-8, UTF-16 and Windows-1252, with or without a byte-order mark.

The text is the decoded bytes without the mark, and otherwise unchanged: every offset counts in it.
"""

import codecs

import regex

from retrieval.errors import UnreadableSource
from retrieval.readers.reading import Reading

NAME = "plain text"
VERSION = 1

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = regex.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f\x80-\x84\x86-\x9f]")
UTF16_NUL_SHARE = 0.25
"""Of UTF-16 that is valid UTF-8 too, Latin letters, every second byte is NUL."""
CONTROL_SHARE = 0.01
"""Text may hold a stray control character; binary data decoded as text is full of them."""


def read(content: bytes, file: str) -> Reading:
    """Return the text of a source; raise UnreadableSource with a sentence where it has none."""
    return Reading(decode(content, file), NAME, VERSION)


def decode(content: bytes, file: str) -> str:
    """Return the text of ``content``; raise UnreadableSource with a sentence where it has none."""
    text = _decoded(content, file)
    if "\0" in text:
        raise _not_utf16(file)
    if len(_CONTROLS.findall(text)) > CONTROL_SHARE * len(text):
        raise UnreadableSource(f"{file} is not text; add the article's text as a .txt file.")
    if not text.strip():
        raise UnreadableSource(f"{file} is empty; there is nothing to add.")
    return text


def _decoded(content: bytes, file: str) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding, file)
    if b"\0" in content:
        return _unmarked_utf16(content, file)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(content, "windows-1252", file)


def _strictly(content: bytes, encoding: str, file: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        name = "any known encoding" if encoding == "windows-1252" else encoding.upper()
        raise UnreadableSource(
            f"{file} cannot be read as text in {name}; save it as UTF-8 and add it again."
        ) from error


def _unmarked_utf16(content: bytes, file: str) -> str:
    """Decode UTF-16 without a mark: the NULs of its spaces and letters stand in the same half."""
    low, high = content[0::2].count(0), content[1::2].count(0)
    if low + high < UTF16_NUL_SHARE * len(content) and _is_text_with_nul(content):
        raise _not_utf16(file)
    try:
        return content.decode("utf-16-le" if high >= low else "utf-16-be")
    except UnicodeDecodeError as error:
        raise _not_utf16(file) from error


def _is_text_with_nul(content: bytes) -> bool:
    """Say whether the bytes are UTF-8 without other control characters than NUL."""
    try:
        return _CONTROLS.search(content.decode("utf-8")) is None
    except UnicodeDecodeError:
        return False


def _not_utf16(file: str) -> UnreadableSource:
    return UnreadableSource(
        f"{file} is no text that can be read; save it as text in UTF-8 and add it again."
    )
