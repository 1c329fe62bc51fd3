"""A question understood: the concepts it asks about, each with what may express it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval import words
from retrieval.analysis import Analyzer, Phrase, Word
from retrieval.thesaurus import Expression, Thesaurus

SYNONYM_WEIGHT = 0.8
"""A synonym counts for less than the word that was typed: it may mean something else here."""
ABBREVIATION_WEIGHT = 0.9
"""An abbreviation stands for its phrase, and now and then for another."""
QUESTION_LIMIT = 10_000
"""Characters that are read of a question; what follows is left out."""
CONCEPT_LIMIT = 64
"""Concepts that are looked up; a longer text is a document, and its first part says enough."""
WORD_LIMIT = 2 * CONCEPT_LIMIT
"""Words that are compared with those of passages just as they were typed."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One word of a question."""

    word: str
    """As first typed."""
    term: str
    others: Mapping[Expression, float]
    """What else may express it, each with the share of the word's worth that it counts for."""


@dataclass(frozen=True, slots=True)
class Question:
    """A text read as a question."""

    text: str
    concepts: tuple[Concept, ...]
    pairs: frozenset[tuple[str, str]]
    """Terms that stand next to one another in the question, stop words left out."""
    words: tuple[Word, ...]
    """All words in order, stop words and those for a chat included."""
    quotations: tuple[Phrase, ...]
    """What stands in quotation marks, word for word."""

    @property
    def names(self) -> list[Concept]:
        """Return the words with a capital, but for the one that begins the question."""
        opening = self.text.lstrip()
        return [
            one
            for one in self.concepts
            if one.word[0].isupper() and not opening.startswith(one.word)
        ]

    @property
    def figures(self) -> list[Concept]:
        """Return the figures that the question gives."""
        return [one for one in self.concepts if one.word[0].isnumeric()]


def understand(
    text: str, quotations: Sequence[Phrase], analyzer: Analyzer, thesaurus: Thesaurus
) -> Question:
    """Read any text as a question; one of stop words only has no concepts."""
    typed: list[tuple[str, str]] = []
    for token in analyzer.tokens(text[:QUESTION_LIMIT]):
        word = text[token.start : token.end]
        if token.term and word.lower() not in words.chat_words():
            typed.append((token.term, word))
    terms = [term for term, _ in typed]
    words_of: dict[str, str] = {}
    for term, word in typed:
        words_of.setdefault(term, word)
    return Question(
        text,
        _concepts(words_of, terms, thesaurus),
        frozenset(pairwise(terms)),
        tuple(analyzer.words(text[:QUESTION_LIMIT])[:WORD_LIMIT]),
        tuple(quotations),
    )


def _concepts(
    words_of: Mapping[str, str], terms: Sequence[str], thesaurus: Thesaurus
) -> tuple[Concept, ...]:
    short_forms: dict[str, dict[Expression, float]] = {}
    for phrase, short in thesaurus.abbreviated(terms):
        for term in phrase:
            short_forms.setdefault(term, {})[(short,)] = ABBREVIATION_WEIGHT
    return tuple(
        Concept(word, term, _others(term, words_of, thesaurus) | short_forms.get(term, {}))
        for term, word in list(words_of.items())[:CONCEPT_LIMIT]
    )


def _others(term: str, typed: Mapping[str, str], thesaurus: Thesaurus) -> dict[Expression, float]:
    """Return what else may express a term, but for terms that the question has of its own."""
    others: dict[Expression, float] = {
        (synonym,): SYNONYM_WEIGHT for synonym in thesaurus.synonyms(term) if synonym not in typed
    }
    return others | dict.fromkeys(thesaurus.phrases(term), ABBREVIATION_WEIGHT)
