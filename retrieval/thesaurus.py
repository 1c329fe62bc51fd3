"""The thesaurus: what else a question's word may be called in the coverage."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from retrieval import words
from retrieval.analysis import Analyzer

Expression = tuple[str, ...]
"""Terms that together express something: one for a word, several for a phrase."""


class Thesaurus:
    """Our synonyms and abbreviations, by term instead of by word."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._synonyms: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for word, others in words.synonyms().items():
            terms = filter(None, map(analyzer.term, others))
            self._synonyms[analyzer.term(word)].update(dict.fromkeys(terms))
        self._phrases = {
            analyzer.term(short): tuple(analyzer.terms(long))
            for short, long in words.abbreviations().items()
        }

    def knows(self, term: str) -> bool:
        """Say whether the term is of a word of our lists, and so no slip of the pen."""
        return term in self._synonyms or term in self._phrases

    def synonyms(self, term: str) -> Iterable[str]:
        """Return the terms that may stand for this one."""
        return (other for other in self._synonyms.get(term, ()) if other != term)

    def phrase(self, term: str) -> Expression | None:
        """Return what an abbreviation stands for."""
        return self._phrases.get(term)

    def abbreviated(self, terms: Sequence[str]) -> Iterator[tuple[Expression, str]]:
        """Yield each phrase that stands in a row of terms, with its abbreviation."""
        held = set(terms)
        for short, phrase in self._phrases.items():
            if held.issuperset(phrase) and _stands_in(phrase, terms):
                yield phrase, short


def _stands_in(phrase: Expression, terms: Sequence[str]) -> bool:
    size = len(phrase)
    return any(tuple(terms[at : at + size]) == phrase for at in range(len(terms) - size + 1))
