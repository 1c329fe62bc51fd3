"""A passage cut into pieces that did and did not match, ready for any platform's bold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from retrieval import Hit, Passage, Span

_UNSAFE = regex.compile(r"[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WHITE_SPACE = regex.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text, and whether it matched the question."""

    text: str
    matched: bool


def excerpt_segments(hit: Hit) -> list[Segment]:
    """Return a hit's excerpt in pieces; an ellipsis stands for what it leaves out."""
    text, excerpt = hit.passage.text, hit.excerpt
    segments = list(_cut(text, excerpt, hit.marks))
    if text[: excerpt.start].strip():
        segments.insert(0, Segment("… ", matched=False))
    if text[excerpt.end :].strip():
        segments.append(Segment(" …", matched=False))
    return segments


def safe(text: str) -> str:
    """Return a text on one line, with control and direction characters made visible.

    They could move a terminal's cursor or make a quotation read backwards.
    """
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", _WHITE_SPACE.sub(" ", text))


def _cut(text: str, excerpt: Span, marks: Sequence[Span]) -> Iterator[Segment]:
    at = excerpt.start
    for mark in marks:
        if excerpt.start <= mark.start and mark.end <= excerpt.end:
            if at < mark.start:
                yield Segment(safe(text[at : mark.start]), matched=False)
            yield Segment(safe(mark.of(text)), matched=True)
            at = mark.end
    if at < excerpt.end:
        yield Segment(safe(text[at : excerpt.end]), matched=False)


def paragraph_of(passage: Passage) -> str:
    """Return where a passage stands in its document: “¶12”, or “¶12, page 3” where it has pages."""
    page = f", page {passage.page}" if passage.page else ""
    return f"¶{passage.paragraph}{page}"
