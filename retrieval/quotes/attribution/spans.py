"""The quoted spans of a document: what stands between quotation marks, over paragraphs too.

A paragraph whose last quotation is not closed goes on in the next one, where that opens with a mark
again; this is how the press writes a quotation of several paragraphs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import regex

from retrieval.model import Passage, Role, Span

_DOUBLE = regex.compile(r"[\"“”„«»]")
_SINGLE = regex.compile(
    r"(?<![\p{L}\p{N}])‘|(?<![\p{L}\p{N}])'(?=\p{L})|(?<=\S)['’](?![\p{L}\p{N}])"
)
_OF_MANY = regex.compile(r"(?<=s)['’]\s\p{Ll}")
"""An apostrophe behind a plural, as in “the planners’ report”: it closes if nothing else does."""
_SPEECH_END = regex.compile(r"[,.!?…]['’](?![\p{L}\p{N}])")
_OPENS_SINGLE = regex.compile(r"(?<![\p{L}\p{N}])['‘]\p{L}")
_OPENING = frozenset("“„«‘")
_CLOSING = frozenset("”»’")
_TURNED = frozenset("»”")
"""They open too, right before a word: Germans write »…«, Swedes ”…” and »…»."""
_BEFORE_OPENING = frozenset("([–—")
_CLOSED_BY: Final = {"„": '“”"', "»": "«»"}
"""The marks that close what some open: Germans write „…“, and Hungarians „…”."""
_QUOTABLE = frozenset({Role.TEXT, Role.CAPTION})
"""Headlines repeat what the text quotes."""


@dataclass(frozen=True, slots=True)
class QuotedPart:
    """What a paragraph has of a quotation."""

    paragraph: int
    """Its number among the passages that were given, from 0."""
    span: Span
    """Within the paragraph's text, without the marks."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """One quotation; of several paragraphs where it goes over them."""

    parts: Sequence[QuotedPart]

    def text(self, passages: Sequence[Passage]) -> str:
        """Return its words, a line for each paragraph."""
        return "\n".join(part.span.of(passages[part.paragraph].text) for part in self.parts)


def quoted_in(passages: Sequence[Passage]) -> list[Quoted]:
    """Return the quotations of a document in order; ``passages`` are all that it has."""
    marks = _DOUBLE if any(map(_has_double, passages)) else _SINGLE
    quotations: list[Quoted] = []
    goes_on = False
    for number, passage in enumerate(passages):
        if passage.role not in _QUOTABLE:
            continue
        spans, is_open = _spans(passage.text, marks)
        parts = [QuotedPart(number, span) for span in spans]
        if goes_on and parts and _opens(passage.text, marks):
            quotations[-1] = Quoted([*quotations[-1].parts, parts.pop(0)])
        quotations += [Quoted([part]) for part in parts]
        goes_on = is_open and bool(quotations)
    return quotations


def _has_double(passage: Passage) -> bool:
    """Say whether a passage has double marks, but for those inside of single ones."""
    if passage.role not in _QUOTABLE:
        return False
    inside = list(_between(passage.text, _SINGLE))
    return any(
        not any(span.start <= match.start() < span.end for span in inside)
        for match in _DOUBLE.finditer(passage.text)
    )


def _opens(text: str, marks: "regex.Pattern[str]") -> bool:
    return marks.match(text.lstrip()) is not None


def _spans(text: str, marks: "regex.Pattern[str]") -> tuple[list[Span], bool]:
    """Return what stands between marks, and whether the last of them stays open."""
    spans = list(_between(text, marks))
    whole = [_trimmed(span, text) for span in spans if any(map(str.isalnum, span.of(text)))]
    return whole, bool(spans) and spans[-1].end == len(text) and not marks.match(text[-1:])


def _between(text: str, marks: "regex.Pattern[str]") -> Iterator[Span]:
    """Yield what stands between marks, and from one that is not closed to the end.

    A straight single mark that is not closed is an apostrophe.
    """
    start = None
    for match in marks.finditer(text):
        at = match.start()
        if start is None and _may_open(text, at):
            start = at + 1
        elif start is not None and _may_close(text, at, text[start - 1]):
            yield Span(start, at)
            start = None
    if start is not None and start < len(text) and text[start - 1] != "'":
        yield Span(start, len(text))


def _may_open(text: str, at: int) -> bool:
    """Say whether a mark may open: a straight one does where a word follows."""
    behind = text[at + 1 : at + 2]
    if text[at] == "'":
        return not text[max(at - 1, 0) : at].isalnum() and behind.isalpha()
    is_apart = text[at] == "«"  # the French put a space behind it
    if text[at] in _TURNED and behind.isalnum():
        before = text[max(at - 1, 0) : at]
        return not before or before.isspace() or before in _BEFORE_OPENING
    return text[at] not in _CLOSING and (is_apart or not behind.isspace())


def _may_close(text: str, at: int, opening: str) -> bool:
    """Say whether a mark may close what another one opened."""
    if its := _CLOSED_BY.get(opening):
        return text[at] in its
    if text[at] in _OPENING or (text[at] == "'" and text[at - 1].isspace()):
        return False
    return _OF_MANY.match(text, at) is None or not _closes_later(text, at + 1)


def _closes_later(text: str, at: int) -> bool:
    """Say whether what is quoted is closed by a later mark, before another one opens."""
    end = _SPEECH_END.search(text, at)
    return end is not None and _OPENS_SINGLE.search(text, at, end.start()) is None


def _trimmed(span: Span, text: str) -> Span:
    """Return a span without the spaces that the French put inside their marks."""
    its = span.of(text)
    start = span.start + len(its) - len(its.lstrip())
    return Span(start, start + len(its.strip()))
