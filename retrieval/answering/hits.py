"""Hits: what a reader needs to judge a passage that was found."""

from collections.abc import Sequence

from retrieval.analysis.analyzer import Analyzer, Token, joined
from retrieval.analysis.leaning import BETWEEN_CELLS, leaning
from retrieval.analysis.sentences import sentences_of
from retrieval.answering.excerpts import excerpt_of, leans_on_what_stands_before
from retrieval.answering.grouping import Resolved
from retrieval.answering.seeking import Sought
from retrieval.answering.weights import Weights
from retrieval.documents.copies import differences
from retrieval.index.passage_index import PassageIndex
from retrieval.index.postings.scope import Scope
from retrieval.model import Copy, Document, Hit, Passage, Span
from retrieval.store.passages import Passages, Placed

ROWS_LIMIT = 200
"""Rows above one in which its table's header is looked for."""


class Hits:
    """Shows passages: what to read first, the words that matched, and who says the same."""

    def __init__(self, passages: Passages, analyzer: Analyzer) -> None:
        self._passages = passages
        self._analyzer = analyzer

    async def of(self, one: Resolved, sought: Sought) -> Hit:
        """Return a passage as it is shown for a question."""
        document, passage = one.placed.document, one.placed.passage
        weights, phrases = sought.weights, one.ranked.candidate.held.phrases
        analyzer = self._analyzer.of(document.language)
        tokens = analyzer.tokens_of(passage.text, weights.idf)
        matched = weights.matched({token.term for token in tokens})
        marks = {Span(token.start, token.end) for token in tokens if token.term in matched}
        marks.update(*(analyzer.places_of(passage.text, one) for one in phrases))
        in_order = joined(marks)
        excerpt = _excerpt(passage.text, analyzer.code, weights, tokens, in_order)
        return Hit(
            document=document,
            passage=passage,
            score=round(one.ranked.score, 4),
            excerpt=excerpt,
            marks=in_order,
            before=await self._before(document, passage, excerpt),
            also=tuple(_copy(copy, passage) for copy in one.copies),
        )

    async def _before(self, document: Document, passage: Passage, excerpt: Span) -> Passage | None:
        """Return the passage without which an excerpt is not understood, if there is one."""
        limit = ROWS_LIMIT if BETWEEN_CELLS in passage.text else 1
        above = await self._passages.before(document, passage, limit)
        number = leaning([*(one.text for one in above), passage.text])[-1]
        if number is not None and (number or len(above) < ROWS_LIMIT):
            return above[number]
        if leans_on_what_stands_before(passage.text, excerpt):
            return await self._passages.next_to(document, passage, step=-1)
        return None

    async def written(self, term: str, index: PassageIndex, space: str | None) -> str:
        """Return a term as the passage writes it that is most about it."""
        ids = [one.passage for one in index.search([{(term,): 1.0}], Scope(space), 1)]
        fingerprints = [f"{one.fingerprint:016x}" for one in index.read(ids).values()]
        for placed in (await self._passages.with_copies(ids, fingerprints, space))[:1]:
            text, analyzer = placed.passage.text, self._analyzer.of(placed.document.language)
            for token in analyzer.tokens_of(text, {term}):
                return text[token.start : token.end]
        return term


def _excerpt(
    text: str, language: str, weights: Weights, tokens: Sequence[Token], marks: Sequence[Span]
) -> Span:
    """Return what of a passage to show first: the sentences that hold most of the question."""
    sentences = sentences_of(text, language)
    worths = [
        weights.of([token.term for token in tokens if span.start <= token.start < span.end])
        for span in sentences
    ]
    return excerpt_of(text, sentences, worths, marks)


def _copy(copy: Placed, of: Passage) -> Copy:
    """Return a copy with what differs in it."""
    same = copy.passage.fingerprint == of.fingerprint
    differs = () if same else differences(of.text, copy.passage.text)
    return Copy(copy.document, copy.passage, differs)
