"""E-mails (.eml): the body that was meant to be read, with subject, sender and date."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime
from itertools import accumulate, islice
from typing import Any

import regex

from retrieval.analysis import paragraphs
from retrieval.errors import UnreadableSource
from retrieval.model import Details
from retrieval.readers import web_page
from retrieval.readers.reading import BETWEEN, Reading, joined

_MARKS = regex.compile(r"^(?:> ?)+")
_LINE_END = regex.compile(r"\r\n|\r|\n")
NAME = "e-mail"
VERSION = 2
ATTACHMENTS = 20
"""Of one mail; the files after these are not read."""


def read(content: bytes, file: str, read_attached: Callable[[bytes, str], str | None]) -> Reading:
    """Return the text of an e-mail, then that of each file attached to it under the file's name.

    ``read_attached`` gives the text of a file, None where it has none that is read.
    """
    message = message_from_bytes(content, policy=policy.default)
    body = _plain_body(message) or _web_body(message)
    text = joined([*body, *_attached(message, read_attached)])
    if not text:
        raise UnreadableSource(f"{file} has no text in it; there is nothing to add.")
    return Reading(text, NAME, VERSION, details=_details(message))


def _attached(
    message: EmailMessage, read_attached: Callable[[bytes, str], str | None]
) -> Iterator[str]:
    for part in islice(message.iter_attachments(), ATTACHMENTS):
        name = part.get_filename() or ("message.eml" if _is_mail(part) else "attachment")
        if text := read_attached(_bytes_of(part), name):
            yield name
            yield from text.split(BETWEEN)


def _is_mail(part: MIMEPart) -> bool:
    return part.get_content_type() == "message/rfc822"


def _bytes_of(part: MIMEPart) -> bytes:
    if _is_mail(part):
        return b"\n".join(inner.as_bytes() for inner in part.iter_parts())
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _details(message: EmailMessage) -> Details:
    sender = _header(message, "from")
    first = sender.addresses[0] if sender is not None and sender.addresses else None
    address = first.addr_spec if first and first.username else None
    return Details(
        title=str(_header(message, "subject") or "") or None,
        author=(first.display_name or address) if first else None,
        published=_date(str(_header(message, "date") or "")),
    )


def _header(message: EmailMessage, name: str) -> Any:  # noqa: ANN401 - each has a class of its own
    """Return a header, None where there is none or email's own parser fails on what it says."""
    with suppress(ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return message[name]
    return None


def _date(header: str) -> date | None:
    try:
        return parsedate_to_datetime(header).date()
    except ValueError:
        return None


def _plain_body(message: EmailMessage) -> list[str]:
    """Return the paragraphs of the plain body, whose lines may be wrapped.

    Those of what it quotes of other mails begin with its marks, once and not with every line.
    """
    body = message.get_body(("plain",))
    depths, lines = _without_marks(_content(body) if body else "")
    text = "\n".join(lines)
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    return [
        f"{'>' * depths[bisect_right(starts, span.start) - 1]} {span.of(text)}".strip()
        for span in paragraphs.split(text)
    ]


def _without_marks(text: str) -> tuple[list[int], list[str]]:
    """Return how often each line is quoted, and the lines; a blank one stands between depths."""
    depths, lines = [0], [""]
    for line in _LINE_END.split(text):
        own = _MARKS.sub("", line)
        if (depth := line[: len(line) - len(own)].count(">")) != depths[-1]:
            depths.append(depth)
            lines.append("")
        depths.append(depth)
        lines.append(own)
    return depths, lines


def _web_body(message: EmailMessage) -> list[str]:
    """Return the paragraphs of a body that is a web page."""
    body = message.get_body(("html",))
    document = web_page.article_of(_content(body)) if body else None
    return list(web_page.paragraphs_in(document.body)) if document else []


def _content(body: MIMEPart) -> str:
    """Return a body decoded; one in an unknown encoding in the most frequent ones."""
    payload = body.get_payload(decode=True)
    encoding = body.get_content_charset("utf-8")
    if not isinstance(payload, bytes):
        return ""
    for likely in (encoding, "utf-8"):
        with suppress(LookupError, UnicodeError):
            return payload.decode(likely)
    return payload.decode("windows-1252", "replace")
