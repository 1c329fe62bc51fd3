"""The text of a draft: its paragraphs, and what of it is held against the coverage.

Reading it takes seconds for a book, so that it is done in a thread.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retrieval.analysis import paragraphs
from retrieval.analysis.analyzer import Analyzer
from retrieval.model import Passage, Role
from retrieval.quotes.attribution.attributing import attributed_in
from retrieval.quotes.attribution.spans import Quoted, QuotedPart, quoted_in
from retrieval.quotes.figures import Figure, figures_in

SPANS = 200
"""Quoted spans of a draft that are checked,"""
FIGURES = 200
"""and figures: what is more is counted, and said to be unchecked."""


@dataclass(frozen=True, slots=True)
class DraftSpan:
    """A quoted span of a draft."""

    paragraph: int
    """Number in the draft, from 1."""
    start: int
    """Where it begins in its paragraph."""
    speaker: str
    """Whom the draft credits it to, empty where that is nobody."""
    text: str


@dataclass(frozen=True, slots=True)
class DraftFigure:
    """A figure of a draft and the paragraph in which it stands."""

    passage: Passage
    figure: Figure


@dataclass(frozen=True, slots=True)
class DraftText:
    """What is to be checked of a draft."""

    spans: Sequence[DraftSpan]
    figures: Sequence[DraftFigure]
    unchecked: int
    """Spans and figures beyond what is checked at once."""

    @property
    def size(self) -> int:
        """How many spans and figures are checked."""
        return len(self.spans) + len(self.figures)


def draft_text_of(text: str, analyzer: Analyzer) -> DraftText:
    """Return what is to be checked of a draft."""
    draft = [
        Passage(number, number, span.start, span.end, span.of(text), Role.TEXT, "", "")
        for number, span in enumerate(paragraphs.split(text), 1)
    ]
    spans, more_spans = _spans(draft)
    figures = [DraftFigure(its, one) for its in draft for one in figures_in(its.text, analyzer)]
    more_figures = max(len(figures) - FIGURES, 0)
    return DraftText(spans, figures[:FIGURES], more_spans + more_figures)


def _spans(draft: Sequence[Passage]) -> tuple[list[DraftSpan], int]:
    """Return the quoted spans that are checked, and how many there are beyond.

    Speakers are read as far as the last of those spans and no farther.
    """
    quotations = quoted_in(draft)
    checked = quotations[:SPANS]
    end = checked[-1].parts[-1].paragraph + 1 if checked else 0
    speakers = {one.quoted.parts[0]: one.speaker for one in attributed_in(draft[:end])}
    spans = [_span_of(one, speakers, draft) for one in checked]
    return spans, len(quotations) - len(checked)


def _span_of(
    quoted: Quoted, speakers: Mapping[QuotedPart, str], draft: Sequence[Passage]
) -> DraftSpan:
    first = quoted.parts[0]
    number = draft[first.paragraph].paragraph
    return DraftSpan(number, first.span.start, speakers.get(first, ""), quoted.text(draft))
