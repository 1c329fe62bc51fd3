"""Text as Discord's markdown in which nothing is markup that we did not put there.

Nothing that a document or a person wrote may ping, format, link or turn into a picture, so every
character that could begin something is escaped; Discord shows a backslash before punctuation as
the punctuation alone.
"""

from collections.abc import Sequence

import regex

from bot.rendering.cutting import ELLIPSIS, end_within
from bot.rendering.segments import Segment, safe

_SPECIAL = regex.compile(
    r"[\\*_~|`<>\[\]@]"  # styles, spoilers, code, quotations, links, mentions, timestamps
    r"|:(?=\S)"  # addresses and :emoji:
    r"|^\s*\K[-+#]"  # lists, headings, small print
    r"|^\s*\d+\K[.)](?=\s|$)"  # numbered lists
)


def escaped(text: str) -> str:
    """Return a text on one line that is shown as it is."""
    return _SPECIAL.sub(lambda match: "\\" + match[0], safe(text))


def bold(text: str) -> str:
    """Return a text in bold, whatever it holds; what is blank stays as it is."""
    core = text.strip()
    before, _, after = text.partition(core) if core else (text, "", "")
    return f"{before}**{escaped(core)}**{after}" if core else text


def small(markdown: str) -> str:
    """Return a line as small print."""
    return f"-# {markdown}"


def quoted(markdown: str) -> str:
    """Return a line as a quotation."""
    return f"> {markdown}"


def width(markdown: str) -> int:
    """Return how much of a limit a text takes, in UTF-16 units: never less than Discord counts."""
    return len(markdown.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> str:
    """Return a text as markdown of at most ``limit``, cut where ``said`` would cut it."""
    return said([Segment(safe(text), matched=False)], limit)


def said(segments: Sequence[Segment], limit: int) -> str:
    """Return pieces of a text as markdown of at most ``limit``, what matched in bold.

    What does not fit is cut at the end of a sentence, else of a word, and an ellipsis says so.
    """
    whole = first(segments, limit + 1)
    if width(shown := to_markdown(whole)) <= limit and whole == list(segments):
        return shown
    text = "".join(segment.text for segment in whole)
    end = end_within(text, limit, lambda end: width(to_markdown(first(whole, end))))
    return to_markdown(first(whole, end)).rstrip() + ELLIPSIS


def first(segments: Sequence[Segment], count: int) -> list[Segment]:
    """Return the pieces of the first ``count`` characters."""
    pieces: list[Segment] = []
    for segment in segments:
        if count <= 0:
            break
        pieces.append(Segment(segment.text[:count], segment.matched))
        count -= len(segment.text)
    return pieces


def to_markdown(segments: Sequence[Segment]) -> str:
    """Return pieces of a text as markdown, what matched in bold; bold neighbours become one."""
    shown = ""
    for segment in segments:
        piece = bold(segment.text) if segment.matched else escaped(segment.text)
        joins = segment.matched and shown.endswith("**") and piece.startswith("**")
        shown = shown[:-2] + piece[2:] if joins else shown + piece
    return shown
