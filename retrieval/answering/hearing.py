"""Hearing: a question's words as the coverage at hand has them.

A name that another language inflects otherwise, a word that the coverage writes as two, a letter
that stands in words: none of them is missing.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from retrieval.analysis.analyzer import Analyzer, fold
from retrieval.analysis.thesaurus import Expression
from retrieval.analysis.unspaced import is_unspaced
from retrieval.index.passage_index import PassageIndex
from retrieval.index.postings.scope import Scope
from retrieval.questions.question import COMPOUND_WEIGHT, SYNONYM_WEIGHT, Concept, Question

LONGEST_SPLIT = 30
"""Letters of a word that may be two."""
SHORTEST_PART = 2
MOST_INITIALS = 3
BEGINNING_LIMIT = 100
"""Pairs of letters that begin with a certain one, at most."""


def heard(
    question: Question, index: PassageIndex, space: str | None, analyzer: Analyzer
) -> Question:
    """Return a question whose words are those of the coverage, as far as the space may see it."""
    concepts = tuple(_heard(one, index, space, analyzer) for one in question.concepts)
    return replace(question, concepts=concepts)


def _heard(concept: Concept, index: PassageIndex, space: str | None, analyzer: Analyzer) -> Concept:
    term = concept.term
    if is_unspaced(term) and len(term) == 1:
        return _with(concept, _words_with(term, index, space), SYNONYM_WEIGHT)
    if index.occurs(term, space):
        return concept
    for reading in concept.readings:
        if index.occurs(reading, space):
            others = {one: share for one, share in concept.others.items() if one != (reading,)}
            return replace(concept, term=reading, others=others)
    if letters := _initials(concept.word):
        return _with(concept, _apart(letters, index, space, analyzer), COMPOUND_WEIGHT)
    return _with(concept, islice(_in_two(concept.word, index, space, analyzer), 1), COMPOUND_WEIGHT)


def _with(concept: Concept, expressions: Iterator[Expression], share: float) -> Concept:
    added = dict.fromkeys(expressions, share)
    return replace(concept, others=added | dict(concept.others)) if added else concept


def _words_with(letter: str, index: PassageIndex, space: str | None) -> Iterator[Expression]:
    """Yield the pairs of letters that begin with one."""
    pairs = (
        (term,)
        for term in dict.fromkeys(index.terms_near(letter, slips=1))
        if term.startswith(letter) and term != letter and index.occurs(term, space)
    )
    return islice(pairs, BEGINNING_LIMIT)


def _initials(word: str) -> tuple[str, ...]:
    """Return the letters of initials, folded; none where a word is something else."""
    letters = [char for char in word if char.isalpha()]
    are_initials = MOST_INITIALS >= len(letters) > 1 and all(char.isupper() for char in letters)
    return tuple(map(fold, letters)) if are_initials else ()


def _apart(
    letters: tuple[str, ...], index: PassageIndex, space: str | None, analyzer: Analyzer
) -> Iterator[Expression]:
    """Yield initials as the coverage has them where it parts them: “J.R.” as “J. R.”."""
    terms = tuple(filter(None, map(analyzer.term, letters)))
    if terms and all(index.occurs(term, space) for term in terms):
        scope = Scope(space, phrases=(letters,))
        if index.search([{terms: 1.0}], scope, 1):
            yield terms


def _in_two(
    word: str, index: PassageIndex, space: str | None, analyzer: Analyzer
) -> Iterator[Expression]:
    """Yield the two words of a word that stand in the coverage next to one another, if they do."""
    form = fold(word)
    if not form.isalpha() or len(form) > LONGEST_SPLIT or is_unspaced(form):
        return
    for at in range(1, len(form) - SHORTEST_PART + 1):
        parts = form[:at], form[at:]
        terms = tuple(map(analyzer.term, parts))
        if all(terms) and all(index.occurs(term, space) for term in terms):
            scope = Scope(space, phrases=(parts,))
            if index.search([{terms: 1.0}], scope, 1):
                yield terms
