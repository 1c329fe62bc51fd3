"""Seeking: what a query asks for, on the coverage at hand and of what the space may see."""

from dataclasses import dataclass, replace

from retrieval.analysis import Analyzer, folded_words
from retrieval.index import PassageIndex
from retrieval.model import Coverage
from retrieval.postings.scope import Scope
from retrieval.query import DocumentFilter, Query
from retrieval.question import Question, understand
from retrieval.store.abbreviations import Abbreviations
from retrieval.store.documents import Documents, Selection
from retrieval.thesaurus import Thesaurus
from retrieval.weights import Weights, weigh


@dataclass(frozen=True, slots=True)
class Sought:
    """What a query asks for, on the coverage at hand."""

    question: Question
    weights: Weights
    scope: Scope
    notes: tuple[str, ...]
    """Sentences on what was searched, and how."""
    newest_first: bool
    thesaurus: Thesaurus


class Seeker:
    """Turns queries into what the index is asked."""

    def __init__(
        self, documents: Documents, abbreviations: Abbreviations, analyzer: Analyzer
    ) -> None:
        self._documents = documents
        self._abbreviations = abbreviations
        self._analyzer = analyzer
        self._thesaurus = Thesaurus(analyzer)

    async def seek(
        self, query: Query, space: str | None, coverage: Coverage, index: PassageIndex
    ) -> Sought:
        """Return what a query asks for, on the coverage at hand."""
        newest_first = query.wants_newest and coverage.newest is not None
        text = query.timeless_text if newest_first else query.text
        thesaurus = self._thesaurus.with_abbreviations(
            await self._abbreviations.among(set(folded_words(text)), space)
        )
        question = understand(text, query.phrases, self._analyzer, thesaurus)
        scope = Scope(
            space,
            phrases=query.phrases,
            excluded=frozenset(filter(None, map(self._analyzer.term, query.excluded_words))),
            excluded_phrases=query.excluded_phrases,
        )
        notes = []
        if query.filter:
            selection = await self._documents.matching(query.filter, space)
            scope = replace(scope, documents=selection.ids)
            notes.append(_filtered(query.filter, selection, coverage))
        if newest_first:
            notes.append("What matches is shown newest first.")
        weights = weigh(question, index, space, thesaurus)
        return Sought(question, weights, scope, tuple(notes), newest_first, thesaurus)


def _filtered(wanted: DocumentFilter, selection: Selection, coverage: Coverage) -> str:
    """Return the sentence on what a filter let through."""
    undated = f"; {selection.undated:,} without a date left out" if selection.undated else ""
    if not selection.ids:
        return f"No document is {wanted}{undated}."
    return (
        f"Searched: {len(selection.ids):,} of {coverage.documents:,} documents, {wanted}{undated}."
    )
