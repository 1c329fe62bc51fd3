"""Drafts: every quoted span and every figure of a text held against the coverage.

A draft is read, checked and forgotten; nothing of it is kept.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrieval.analysis import paragraphs
from retrieval.analysis.analyzer import Analyzer
from retrieval.analysis.sentences import sentences_of
from retrieval.errors import BadQuotation
from retrieval.index.live_index import LiveIndex
from retrieval.index.postings.scope import Scope
from retrieval.model import Coverage, Passage, Role
from retrieval.quotes.attribution import attributed_in
from retrieval.quotes.desk import QuoteDesk
from retrieval.quotes.figures import Figure, figures_in
from retrieval.quotes.model import Place, QuoteCheck
from retrieval.quotes.seeking import rarest
from retrieval.quotes.spans import quoted_in
from retrieval.readers import Readers
from retrieval.store.documents import Documents
from retrieval.store.passages import Passages

SPANS = 200
"""Quoted spans of a draft that are checked,"""
FIGURES = 200
"""and figures: what is more is counted, and said to be unchecked."""
LOOKED_AT = 20
"""Passages in which a figure is looked for."""
TERMS = 12
"""Terms of a sentence by which they are found, the rarest ones."""
ALIKE = 0.5
"""Share of a sentence's terms that a passage holds which is about the same."""


Tell = Callable[[int, int], Awaitable[None]]
"""Told how many spans and figures are checked, of how many."""


class FigureVerdict(StrEnum):
    """What the coverage says of a figure."""

    MATCHES = "matches"
    DIFFERS = "differs"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class CheckedSpan:
    """A quoted span of a draft."""

    paragraph: int
    """Number in the draft, from 1."""
    speaker: str
    """Whom the draft credits it to, empty where that is nobody."""
    check: QuoteCheck


@dataclass(frozen=True, slots=True)
class CheckedFigure:
    """A figure of a draft, with its noun."""

    paragraph: int
    text: str
    verdict: FigureVerdict
    found: Sequence[tuple[str, Place]]
    """Figures of the same thing in the coverage, as written there, and where."""


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """What the coverage says of a draft."""

    name: str
    items: Sequence[CheckedSpan | CheckedFigure]
    """In the order of the draft."""
    unchecked: int
    """Spans and figures beyond what is checked at once."""
    coverage: Coverage


class DraftDesk:
    """Checks drafts against what a space may see."""

    def __init__(
        self,
        *,
        quotes: QuoteDesk,
        index: LiveIndex,
        documents: Documents,
        passages: Passages,
        readers: Readers,
        analyzer: Analyzer,
    ) -> None:
        self._quotes = quotes
        self._index = index
        self._documents = documents
        self._passages = passages
        self._readers = readers
        self._analyzer = analyzer

    async def check(
        self, content: bytes, name: str, space: str | None, tell: Tell | None = None
    ) -> DraftCheck:
        """Return what the coverage says of each quoted span and figure of a draft.

        ``tell`` is told how many are checked, of how many. Raises UnreadableSource where the bytes
        are no text.
        """
        reading = await asyncio.to_thread(self._readers.read, content, name)
        draft = _passages_of(reading.text)
        spans = list(_spans(draft))
        figures = [(number, one) for number, its in enumerate(draft) for one in self._figures(its)]
        items: list[tuple[int, int, CheckedSpan | CheckedFigure]] = []
        total = min(len(spans), SPANS) + min(len(figures), FIGURES)
        tell = tell or _nobody
        for done, (number, start, speaker, text) in enumerate(spans[:SPANS]):
            await tell(done, total)
            if checked := await self._span(number, speaker, text, space):
                items.append((number, start, checked))
        for done, (number, figure) in enumerate(figures[:FIGURES], len(spans[:SPANS])):
            await tell(done, total)
            checked_figure = await self._figure(draft[number], figure, space)
            items.append((number + 1, figure.span.start, checked_figure))
        unchecked = max(len(spans) - SPANS, 0) + max(len(figures) - FIGURES, 0)
        in_order = [one for _, _, one in sorted(items, key=lambda item: item[:2])]
        return DraftCheck(name, in_order, unchecked, await self._documents.coverage(space))

    async def _span(
        self, number: int, speaker: str, text: str, space: str | None
    ) -> CheckedSpan | None:
        try:
            check = await self._quotes.check(text, speaker, space)
        except BadQuotation:
            return None
        return CheckedSpan(number, speaker, check)

    def _figures(self, passage: Passage) -> Iterator[Figure]:
        yield from figures_in(passage.text, self._analyzer)

    async def _figure(self, passage: Passage, figure: Figure, space: str | None) -> CheckedFigure:
        """Look a figure up in the passages that are nearest to its sentence."""
        text = figure.span.of(passage.text)
        context = self._sentence_terms(passage.text, figure)
        places = await self._near(context, space)
        if figure.nouns:
            places += await self._near(set(self._analyzer.terms(text)), space)
        same: dict[int, tuple[str, Place]] = {}
        others: dict[int, tuple[str, Place]] = {}
        for place in places:
            is_near = self._is_near(place, context)
            for other in self._figures(place.passage):
                found = (other.span.of(place.passage.text), place)
                if other.is_same(figure) and (is_near or other.has_nouns_of(figure)):
                    same.setdefault(place.passage.id, found)
                elif is_near and other.is_of_same(figure):
                    others.setdefault(place.passage.id, found)
        if same:
            return CheckedFigure(
                passage.paragraph, text, FigureVerdict.MATCHES, tuple(same.values())
            )
        verdict = FigureVerdict.DIFFERS if others else FigureVerdict.ABSENT
        return CheckedFigure(passage.paragraph, text, verdict, tuple(others.values()))

    def _is_near(self, place: Place, context: set[str]) -> bool:
        """Say whether a passage is about what a sentence is about."""
        held = context & set(self._analyzer.terms(place.passage.text))
        return len(held) >= ALIKE * len(context)

    def _sentence_terms(self, text: str, figure: Figure) -> set[str]:
        """Return the terms of a figure's sentence, the figure itself left out."""
        sentence = next(
            (one for one in sentences_of(text) if one.start <= figure.span.start < one.end), None
        )
        if sentence is None:
            return set(figure.nouns)
        terms = set(self._analyzer.terms(sentence.of(text)))
        return {one for one in terms if not one[0].isnumeric()} | figure.nouns

    async def _near(self, terms: set[str], space: str | None) -> list[Place]:
        index = await self._index.current()
        idf = index.idf_of(terms) if terms else {}
        concepts = rarest(terms, idf, TERMS)
        found = index.search(concepts, Scope(space), LOOKED_AT) if concepts else []
        placed = await self._passages.by_ids([one.passage for one in found], space)
        return [Place(one.document, one.passage) for one in placed]


async def _nobody(done: int, total: int) -> None:
    """Tell nobody."""


def _passages_of(text: str) -> list[Passage]:
    """Return the paragraphs of a draft."""
    return [
        Passage(number, number, span.start, span.end, span.of(text), Role.TEXT, "", "")
        for number, span in enumerate(paragraphs.split(text), 1)
    ]


def _spans(draft: Sequence[Passage]) -> Iterator[tuple[int, int, str, str]]:
    """Yield the quoted spans of a draft: paragraph, place, speaker and words."""
    speakers = {one.quoted.parts[0]: one.speaker for one in attributed_in(draft)}
    for quoted in quoted_in(draft):
        first = quoted.parts[0]
        number = draft[first.paragraph].paragraph
        yield number, first.span.start, speakers.get(first, ""), quoted.text(draft)
