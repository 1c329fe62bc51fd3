"""Seeking: what a query asks for, on the coverage at hand and of what the space may see."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.analysis.analyzer import Analyzer, folded_words
from retrieval.analysis.detection import asked_in
from retrieval.analysis.thesaurus import Thesaurus
from retrieval.analysis.unspaced import is_unspaced
from retrieval.answering.hearing import heard
from retrieval.answering.weights import Weights, weigh
from retrieval.index.passage_index import PassageIndex
from retrieval.index.postings.scope import Scope
from retrieval.model import Coverage
from retrieval.questions.query import DocumentFilter, Query
from retrieval.questions.question import Question, understand
from retrieval.store.abbreviations import Abbreviations
from retrieval.store.documents import Documents, Selection

PHRASE_LIMIT = 20
"""Phrases that are looked for, and as many that are excluded: one may stand in any passage."""
_TOO_MANY_PHRASES = f"Only the first {PHRASE_LIMIT} phrases count."


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


@dataclass(frozen=True, slots=True)
class Seen:
    """What a space may see."""

    coverage: Coverage
    languages: Sequence[str]
    """ISO 639-1 codes of its documents' languages, as far as they are known."""


class Seeker:
    """Turns queries into what the index is asked."""

    def __init__(
        self, documents: Documents, abbreviations: Abbreviations, analyzer: Analyzer
    ) -> None:
        self._documents = documents
        self._abbreviations = abbreviations
        self._analyzer = analyzer
        self._thesauri = {analyzer.name: Thesaurus(analyzer)}

    async def seek(
        self, query: Query, space: str | None, seen: Seen, index: PassageIndex
    ) -> Sought:
        """Return what a query asks for, on the coverage at hand."""
        coverage = seen.coverage
        newest_first = query.wants_newest and coverage.newest is not None
        text = query.timeless_text if newest_first else query.text
        analyzers = self._analyzers(seen.languages)
        own = asked_in(text, analyzers)
        thesaurus = self._thesaurus(own).with_abbreviations(
            await self._abbreviations.among(set(folded_words(text)), space)
        )
        others = [one for one in analyzers if one is not own]
        phrases = query.phrases[:PHRASE_LIMIT]
        question = understand(text, phrases, own, thesaurus, others)
        question = heard(question, index, space, own)
        scope = replace(_excluding(query, analyzers), space=space, phrases=phrases)
        notes = []
        if phrases != query.phrases or len(scope.excluded_phrases) > PHRASE_LIMIT:
            scope = replace(scope, excluded_phrases=scope.excluded_phrases[:PHRASE_LIMIT])
            notes.append(_TOO_MANY_PHRASES)
        if query.filter:
            selection = await self._documents.matching(query.filter, space)
            scope = replace(scope, documents=selection.ids)
            notes.append(_filtered(query.filter, selection, coverage))
        if newest_first:
            notes.append("What matches is shown newest first.")
        weights = weigh(question, index, space, thesaurus)
        return Sought(question, weights, scope, tuple(notes), newest_first, thesaurus)

    def _analyzers(self, languages: Sequence[str]) -> list[Analyzer]:
        """Return the library's analyzer, and those of the coverage's other languages."""
        others = map(self._analyzer.of, languages)
        return list(dict.fromkeys([self._analyzer, *others]))

    def _thesaurus(self, analyzer: Analyzer) -> Thesaurus:
        if analyzer.name not in self._thesauri:
            self._thesauri[analyzer.name] = Thesaurus(analyzer)
        return self._thesauri[analyzer.name]


def _excluding(query: Query, analyzers: Sequence[Analyzer]) -> Scope:
    """Return a scope without what a query excludes: a word in all of its forms, in any language.

    What is written as one and is several words, as “long-term” is, is excluded as a phrase.
    """
    terms: set[str] = set()
    phrases = dict.fromkeys(query.excluded_phrases)
    for typed in query.excluded_words:
        forms = tuple(folded_words(typed))
        if len(forms) == 1 and not is_unspaced(typed):
            terms.update(term for one in analyzers for term in one.terms(typed))
        elif forms:
            phrases[forms] = None
    return Scope(excluded=frozenset(terms), excluded_phrases=tuple(phrases))


def _filtered(wanted: DocumentFilter, selection: Selection, coverage: Coverage) -> str:
    """Return the sentence on what a filter let through."""
    undated = f"; {selection.undated:,} without a date left out" if selection.undated else ""
    if not selection.ids:
        return f"No document is {wanted}{undated}."
    return (
        f"Searched: {len(selection.ids):,} of {coverage.documents:,} documents, {wanted}{undated}."
    )
