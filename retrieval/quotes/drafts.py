"""Drafts: every quoted span and every figure of a text held against the coverage.

A draft is read, checked and forgotten; nothing of it is kept.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrieval.analysis.analyzer import Analyzer
from retrieval.analysis.sentences import sentences_of
from retrieval.errors import BadQuotation
from retrieval.index.live_index import LiveIndex
from retrieval.index.postings.scope import Scope
from retrieval.model import Coverage
from retrieval.quotes.desk import QuoteDesk
from retrieval.quotes.draft_text import DraftFigure, DraftSpan, DraftText, draft_text_of
from retrieval.quotes.figures import Figure, figures_in
from retrieval.quotes.matching.seeking import rarest
from retrieval.quotes.model import Place, QuoteCheck
from retrieval.readers import Readers
from retrieval.store.documents import Documents
from retrieval.store.passages import Passages

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
        self._turn = asyncio.Lock()
        """Of the drafts that are read: one at a time, so that they leave threads to others."""

    async def check(
        self, content: bytes, name: str, space: str | None, tell: Tell | None = None
    ) -> DraftCheck:
        """Return what the coverage says of each quoted span and figure of a draft.

        ``tell`` is told how many are checked, of how many. Raises UnreadableSource where the bytes
        are no text.
        """
        async with self._turn:
            draft = await asyncio.to_thread(self._read, content, name)
        items: list[tuple[int, int, CheckedSpan | CheckedFigure]] = []
        tell = tell or _nobody
        for done, span in enumerate(draft.spans):
            await tell(done, draft.size)
            if checked := await self._span(span, space):
                items.append((span.paragraph, span.start, checked))
        for done, one in enumerate(draft.figures, len(draft.spans)):
            await tell(done, draft.size)
            checked_figure = await self._figure(one, space)
            items.append((one.passage.paragraph, one.figure.span.start, checked_figure))
        in_order = [one for _, _, one in sorted(items, key=lambda item: item[:2])]
        return DraftCheck(name, in_order, draft.unchecked, await self._documents.coverage(space))

    def _read(self, content: bytes, name: str) -> DraftText:
        """Read a draft, in a thread."""
        return draft_text_of(self._readers.read(content, name).text, self._analyzer)

    async def _span(self, span: DraftSpan, space: str | None) -> CheckedSpan | None:
        try:
            check = await self._quotes.check(span.text, span.speaker, space)
        except BadQuotation:
            return None
        return CheckedSpan(span.paragraph, span.speaker, check)

    async def _figure(self, one: DraftFigure, space: str | None) -> CheckedFigure:
        """Look a figure up in the passages that are nearest to its sentence."""
        text = one.figure.span.of(one.passage.text)
        context = await asyncio.to_thread(self._sentence_terms, one.passage.text, one.figure)
        places = await self._near(context, space)
        if one.figure.nouns or one.figure.is_sum:
            places += await self._near(set(self._analyzer.terms(text)), space)
        verdict, found = await asyncio.to_thread(self._compared, one.figure, places, context)
        return CheckedFigure(one.passage.paragraph, text, verdict, found)

    def _compared(
        self, figure: Figure, places: Sequence[Place], context: set[str]
    ) -> tuple[FigureVerdict, Sequence[tuple[str, Place]]]:
        """Compare a figure with those of some passages, in a thread: they may be of any length."""
        same: dict[int, tuple[str, Place]] = {}
        others: dict[int, tuple[str, Place]] = {}
        for place in places:
            share = self._share(place, context)
            its = figures_in(place.passage.text, self._analyzer)
            for other in sorted(its, key=figure.distance):
                found = (other.span.of(place.passage.text), place)
                is_meant = share >= ALIKE or other.has_nouns_of(figure) or (figure.is_sum and share)
                if other.is_same(figure) and is_meant:
                    same.setdefault(place.passage.id, found)
                elif share >= ALIKE and other.is_of_same(figure):
                    others.setdefault(place.passage.id, found)
        if same:
            return FigureVerdict.MATCHES, tuple(same.values())
        verdict = FigureVerdict.DIFFERS if others else FigureVerdict.ABSENT
        return verdict, tuple(others.values())

    def _share(self, place: Place, context: set[str]) -> float:
        """Return the share of a sentence's terms that a passage holds."""
        held = context & set(self._analyzer.terms(place.passage.text))
        return len(held) / len(context) if context else 1.0

    def _sentence_terms(self, text: str, figure: Figure) -> set[str]:
        """Return the terms of a figure's sentence, the figure itself left out."""
        sentence = next(
            (one for one in sentences_of(text) if one.start <= figure.span.start < one.end), None
        )
        if sentence is None:
            return set(figure.nouns)
        terms = set(self._analyzer.terms(sentence.of(text)))
        terms -= set(self._analyzer.terms(figure.span.of(text)))
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
