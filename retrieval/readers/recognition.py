"""Which format a source has: what its bytes are decides, and its name only where they do not."""

import codecs
import io
import struct
import zipfile
from enum import StrEnum

import regex

from retrieval.errors import UnreadableSource
from retrieval.readers.encoding import unmarked_utf16


class Format(StrEnum):
    """What a source is, as sentences call it."""

    TEXT = "plain text"
    MARKDOWN = "Markdown"
    WEB_PAGE = "a web page"
    PDF = "a PDF"
    WORD = "a Word document"
    RICH_TEXT = "a rich-text document"
    MAIL = "an e-mail"
    ARCHIVE = "a zip archive"


PROLOGUE = 1024
"""Bytes at the beginning in which a source says what it is; the HTML standard's figure too."""
HEADERS = 64 * 1024
"""Bytes in which the headers of an e-mail are looked for."""
DIRECTORY_LIMIT = 8 * 2**20
"""Bytes of an archive's list of contents: some 80,000 files, which no limit lets through."""
_END_OF_DIRECTORY = struct.Struct("<4s4xHHL4x")
_LONGEST_END = 22 + 65_535
"""Bytes of an archive's end: the record and the longest comment (PKWARE's APPNOTE, 4.3.16)."""

_UNREADABLE = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"II*\x00": "a picture",
    b"MM\x00*": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf\x27\x1c": "a compressed file",
    b"Rar!": "a compressed file",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"SQLite format 3": "a database",
    b"\xd0\xcf\x11\xe0": "a document of an old office program",
}
_OFFICE = {
    "xl/workbook.xml": "a spreadsheet",
    "ppt/presentation.xml": "a presentation",
    "META-INF/container.xml": "an e-book",
    "content.xml": "an OpenDocument file",
}
_COMMENTS = r"(?:\s|<!--.{0,500}?-->|<\?xml[^>]*>)*+"
_WEB_PAGE = regex.compile(
    rf"{_COMMENTS}<(?:!doctype\s+html|html|head|body)\b", regex.IGNORECASE | regex.DOTALL
)
_ANY_TAG = regex.compile(
    r"<(?:head|body|title|meta|div|article|section|main|p|h1)\b", regex.IGNORECASE
)
_HEADER = regex.compile(r"(?:[!-9;-~]+:.*|[ \t]+\S.*)")
_SENT = regex.compile(
    r"^(?:received|message-id|mime-version|return-path|delivered-to):",
    regex.IGNORECASE | regex.MULTILINE,
)
_FROM = regex.compile(r"^(?:from|subject|date|to):", regex.IGNORECASE | regex.MULTILINE)
_WEB_NAMES = (".html", ".htm", ".xhtml")
_MARKDOWN_NAMES = (".md", ".markdown")
_MAIL_NAMES = (".eml",)


def format_of(content: bytes, file: str) -> Format:
    """Return the format of a source; raise UnreadableSource with a sentence where none is read."""
    if known := _binary_format(content, file):
        return known
    name, opening = file.lower(), _opening(content)
    if _WEB_PAGE.match(opening) or (name.endswith(_WEB_NAMES) and _ANY_TAG.search(opening)):
        return Format.WEB_PAGE
    if _is_mail(content, strict=not name.endswith(_MAIL_NAMES)):
        return Format.MAIL
    return Format.MARKDOWN if name.endswith(_MARKDOWN_NAMES) else Format.TEXT


def is_text(content: bytes, file: str) -> bool:
    """Say whether a source is plain text, or nothing that is read at all."""
    try:
        return format_of(content, file) is Format.TEXT
    except UnreadableSource:
        return True


def _binary_format(content: bytes, file: str) -> Format | None:
    if content[:PROLOGUE].lstrip().startswith(b"%PDF-"):
        return Format.PDF
    if content.startswith(b"{\\rtf"):
        return Format.RICH_TEXT
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed_format(content, file)
    for signature, what in _UNREADABLE.items():
        if content.startswith(signature):
            raise UnreadableSource(f"{file} is {what}; {_WHAT_IS_READ}")
    return None


_WHAT_IS_READ = "add its text as .txt, .md, .html, .pdf, .docx, .rtf or .eml."


def _packed_format(content: bytes, file: str) -> Format:
    names = names_in(content, file)
    if "word/document.xml" in names:
        return Format.WORD
    for name, what in _OFFICE.items():
        if name in names:
            raise UnreadableSource(f"{file} is {what}; {_WHAT_IS_READ}")
    return Format.ARCHIVE


def names_in(content: bytes, file: str) -> set[str]:
    """Return the names in an archive; raise UnreadableSource where its list cannot be read."""
    tail = content[-_LONGEST_END:]
    end = tail[tail.rfind(b"PK\x05\x06") :][: _END_OF_DIRECTORY.size]
    size = _END_OF_DIRECTORY.unpack(end)[3] if len(end) == _END_OF_DIRECTORY.size else 0
    if size > DIRECTORY_LIMIT:
        raise UnreadableSource(f"{file} lists more files than any archive of articles has.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return set(archive.namelist())
    except Exception as error:
        raise UnreadableSource(
            f"{file} is a damaged archive or document; save or pack it anew and add it again."
        ) from error


def _opening(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content[: 2 * PROLOGUE].decode("utf-16", "replace")
    if unmarked := unmarked_utf16(content):
        return content[: 2 * PROLOGUE].decode(unmarked, "replace")
    return content[:PROLOGUE].removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _is_mail(content: bytes, *, strict: bool) -> bool:
    """Say whether a source begins with headers; ``strict``: with those of a mail that was sent."""
    opening = content[:HEADERS].removeprefix(codecs.BOM_UTF8).decode("latin-1")
    headers = regex.split(r"\r?\n\r?\n|\r\r", opening.lstrip("\r\n"), maxsplit=1)[0]
    if not all(_HEADER.fullmatch(line) for line in headers.splitlines()):
        return False
    return bool(_FROM.search(headers) and (not strict or _SENT.search(headers)))
