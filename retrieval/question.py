"""A question understood: the concepts it asks about, each with the terms that may express it."""

from dataclasses import dataclass
from itertools import pairwise

from retrieval import words
from retrieval.analysis import Analyzer
from retrieval.thesaurus import Thesaurus

QUESTION_LIMIT = 10_000
"""Characters that are read of a question; what follows is left out."""
CONCEPT_LIMIT = 64
"""Concepts that are looked up; a longer text is a document, and its first part says enough."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One word of a question."""

    word: str
    """As first typed."""
    term: str
    synonyms: tuple[str, ...]
    """Other terms that may express it, none of them typed elsewhere in the question."""


@dataclass(frozen=True, slots=True)
class Question:
    """A text read as a question."""

    text: str
    concepts: tuple[Concept, ...]
    pairs: frozenset[tuple[str, str]]
    """Terms that stand next to one another in the question, stop words left out."""


def understand(text: str, analyzer: Analyzer, thesaurus: Thesaurus) -> Question:
    """Read any text as a question; one of stop words only has no concepts."""
    typed: list[tuple[str, str]] = []
    for token in analyzer.tokens(text[:QUESTION_LIMIT]):
        word = text[token.start : token.end]
        if token.term and word.lower() not in words.chat_words():
            typed.append((token.term, word))
    first_typed: dict[str, str] = {}
    for term, word in typed:
        first_typed.setdefault(term, word)
    own = dict(list(first_typed.items())[:CONCEPT_LIMIT])
    concepts = tuple(
        Concept(word, term, tuple(other for other in thesaurus.others(term) if other not in own))
        for term, word in own.items()
    )
    return Question(text, concepts, frozenset(pairwise(term for term, _ in typed)))
