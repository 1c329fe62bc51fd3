"""The quoted spans of a document: what stands between quotation marks, over paragraphs too.

A paragraph whose last quotation is not closed goes on in the next one, where that opens with a mark
again; this is how the press writes a quotation of several paragraphs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from retrieval.model import Passage, Role, Span

_DOUBLE = regex.compile(r"[\"“”„«»]")
_SINGLE = regex.compile(r"(?<![\p{L}\p{N}])‘|’(?![\p{L}\p{N}])")
_OPENING = frozenset("“„«‘")
_CLOSING = frozenset("”»’")
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
    return passage.role in _QUOTABLE and _DOUBLE.search(passage.text) is not None


def _opens(text: str, marks: "regex.Pattern[str]") -> bool:
    return marks.match(text.lstrip()) is not None


def _spans(text: str, marks: "regex.Pattern[str]") -> tuple[list[Span], bool]:
    """Return what stands between marks, and whether the last of them stays open."""
    spans = list(_between(text, [match.start() for match in marks.finditer(text)]))
    whole = [span for span in spans if any(map(str.isalnum, span.of(text)))]
    return whole, bool(spans) and spans[-1].end == len(text) and not marks.match(text[-1:])


def _between(text: str, places: Sequence[int]) -> Iterator[Span]:
    start = None
    for at in places:
        if start is None and _may_open(text, at):
            start = at + 1
        elif start is not None and text[at] not in _OPENING:
            yield Span(start, at)
            start = None
    if start is not None and start < len(text):
        yield Span(start, len(text))


def _may_open(text: str, at: int) -> bool:
    """Say whether a mark may open: a straight one does where a word follows."""
    return text[at] not in _CLOSING and not text[at + 1 : at + 2].isspace()
