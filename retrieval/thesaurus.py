"""The thesaurus: which terms a question's word may also stand for."""

from collections import defaultdict

from retrieval import words
from retrieval.analysis import Analyzer


class Thesaurus:
    """Our list of synonyms, by term instead of by word."""

    def __init__(self, analyzer: Analyzer) -> None:
        by_term: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for word, others in words.synonyms().items():
            term = analyzer.term(word)
            by_term[term].update(dict.fromkeys(map(analyzer.term, others)))
        self._others = {
            term: tuple(other for other in others if other and other != term)
            for term, others in by_term.items()
        }

    def others(self, term: str) -> tuple[str, ...]:
        """Return the terms that may stand for this one."""
        return self._others.get(term, ())
