"""The thesaurus: what else a question's word may be called in the coverage.

It has our own lists, and for one question the abbreviations that the coverage itself defines.
"""

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from copy import copy
from typing import Self

from retrieval.analysis import words
from retrieval.analysis.analyzer import Analyzer
from retrieval.analysis.languages import ENGLISH

Expression = tuple[str, ...]
"""Terms that together express something: one for a word, several for a phrase."""


class Thesaurus:
    """Synonyms and abbreviations, by term instead of by word; our own lists are English."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._synonyms: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._written: MutableMapping[str, str] = {}
        is_english = analyzer.language.name == ENGLISH
        for word, others in words.synonyms().items() if is_english else ():
            self._written.setdefault(analyzer.term(word), word)
            terms = filter(None, map(analyzer.term, others))
            self._synonyms[analyzer.term(word)].update(dict.fromkeys(terms))
        ours = words.abbreviations() | words.compounds() if is_english else {}
        self._phrases = self._by_short(ours.items())

    def with_abbreviations(self, pairs: Iterable[tuple[str, str]]) -> Self:
        """Return a thesaurus that knows these short and long forms besides, and before, our own.

        This one learns nothing of them: another space may not see the documents that define them.
        """
        wider = copy(self)
        wider._written = ChainMap({}, self._written)  # noqa: SLF001 - of its own class
        wider._phrases = self._phrases | {  # noqa: SLF001 - the same
            short: phrases | self._phrases.get(short, {})
            for short, phrases in wider._by_short(pairs).items()  # noqa: SLF001 - the same
        }
        return wider

    def written(self, expression: Expression) -> str:
        """Return terms as words of our lists, or as they are where no list has them."""
        return " ".join(self._written.get(term, term) for term in expression)

    def _by_short(self, pairs: Iterable[tuple[str, str]]) -> dict[str, dict[Expression, None]]:
        """Return the phrases of each short form, in order."""
        phrases: dict[str, dict[Expression, None]] = {}
        for short, long in pairs:
            phrase = tuple(self._analyzer.terms(long))
            for word in (short, *long.split()):
                self._written.setdefault(self._analyzer.term(word), word)
            term = self._analyzer.term(short)
            if term and phrase:
                phrases.setdefault(term, {})[phrase] = None
        return phrases

    def knows(self, term: str) -> bool:
        """Say whether the term is of a word of our lists, and so no slip of the pen."""
        return term in self._synonyms or term in self._phrases

    def synonyms(self, term: str) -> Iterable[str]:
        """Return the terms that may stand for this one."""
        return (other for other in self._synonyms.get(term, ()) if other != term)

    def phrases(self, term: str) -> Iterable[Expression]:
        """Return what an abbreviation may stand for."""
        return self._phrases.get(term, ())

    def abbreviated(self, terms: Sequence[str]) -> Iterator[tuple[Expression, str]]:
        """Yield each phrase that stands in a row of terms, with its abbreviation."""
        held = set(terms)
        for short, phrases in self._phrases.items():
            for phrase in phrases:
                if held.issuperset(phrase) and _stands_in(phrase, terms):
                    yield phrase, short


def _stands_in(phrase: Expression, terms: Sequence[str]) -> bool:
    size = len(phrase)
    return any(tuple(terms[at : at + size]) == phrase for at in range(len(terms) - size + 1))
