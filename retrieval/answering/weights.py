"""What the concepts of a question are worth on the corpus at hand, misspelt words repaired."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import pairwise

from retrieval.analysis.analyzer import FORM, Word
from retrieval.analysis.spelling import SLIPS_IN_LONG, nearest
from retrieval.analysis.thesaurus import Expression, Thesaurus
from retrieval.index.passage_index import PassageIndex
from retrieval.index.postings.wording import Wording
from retrieval.questions.question import Concept, Question

STOP_WORTH = 1.0
"""What a stop word counts for as typed: the index keeps no idf of it, and this is that of a word in
every third passage."""
REPAIR_WEIGHT = 0.8
"""A word read as another counts for a little less than one that was typed so."""

SAME_WEIGHT = 0.9
"""From this share on, what expresses a word is it in another writing, and no synonym."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each concept of a question is worth on the corpus at hand."""

    concepts: tuple[Mapping[Expression, float], ...]
    """For each concept, the worth of all that expresses it here; the word itself comes first."""

    idf: Mapping[str, float]
    """The idf of every term of an expression."""
    unheard_terms: frozenset[str]
    """Terms of the question's words that occur nowhere."""
    missing: tuple[str, ...]
    """Words of the question, as typed, that occur nowhere."""
    repairs: Mapping[str, str]
    """Of those, the ones that were read as a term that does occur."""
    wording: Wording
    """What its words are worth as typed, and each two that stand together: the mean of both."""
    by_term: Mapping[str, Sequence[tuple[int, Expression, float]]]
    """For each term, the number of every concept that it helps to express, how and its worth."""

    @property
    def factors(self) -> list[dict[Expression, float]]:
        """Return, for each concept, by what the BM25 score of an expression is multiplied.

        It is 1 for the word itself. What stands for it brings its share of the word's worth,
        however rare it is itself; a phrase scores as the commonest of its terms.
        """
        return [
            {one: worth / min(self.idf[term] for term in one) for one, worth in concept.items()}
            for concept in self.concepts
        ]

    @property
    def unheard(self) -> float:
        """Return what the words are worth that nothing in the coverage expresses."""
        return sum(
            worth
            for concept in self.concepts
            for (term, *_), worth in concept.items()
            if len(concept) == 1 and term in self.unheard_terms
        )

    @property
    def total(self) -> float:
        """Return what a passage is worth that holds every concept as typed."""
        return sum(max(concept.values()) for concept in self.concepts)

    def of(self, terms: Iterable[str]) -> float:
        """Return what these terms are worth together, each concept at its best expression."""
        held = self.idf.keys() & terms
        best: dict[int, float] = {}
        for term in held:
            for concept, expression, worth in self.by_term[term]:
                if worth > best.get(concept, 0.0) and held.issuperset(expression):
                    best[concept] = worth
        return sum(best.values())

    def of_absent(
        self, words: Iterable[Concept], held: AbstractSet[str], whole: Collection[Concept] = ()
    ) -> float:
        """Return what those words are worth that are not held.

        It is half where they occur elsewhere, but for those of ``whole``.
        """
        return sum(
            max(self._worths(word).values())
            * (1.0 if word.word in self.missing or word in whole else 0.5)
            for word in words
            if not self.has(word, held)
        )

    def has(self, word: Concept, held: AbstractSet[str]) -> bool:
        """Say whether the held terms express a word of the question."""
        return _holds(held, self._worths(word))

    def _worths(self, word: Concept) -> Mapping[Expression, float]:
        return next(concept for concept in self.concepts if next(iter(concept)) == (word.term,))

    def matched(self, held: AbstractSet[str]) -> set[str]:
        """Return which of the held terms express a concept."""
        return {
            term
            for concept in self.concepts
            for expression in concept
            if held >= set(expression)
            for term in expression
        }

    def held(self, terms: AbstractSet[str]) -> list[int]:
        """Return the numbers of the concepts that these terms express."""
        return [number for number, concept in enumerate(self.concepts) if _holds(terms, concept)]

    def of_pair(self, pair: tuple[str, str]) -> float:
        """Return what two neighbouring terms of the question are worth."""
        return (self.of(pair[:1]) + self.of(pair[1:])) / 2


def _holds(held: AbstractSet[str], expressions: Iterable[Expression]) -> bool:
    return any(held >= set(one) for one in expressions)


def weigh(
    question: Question, index: PassageIndex, space: str | None, thesaurus: Thesaurus
) -> Weights:
    """Return what a question's concepts are worth; of other spaces only idf is drawn on."""

    def occurs(term: str) -> bool:
        return index.occurs(term, space)

    concepts = []
    repairs = {}
    for concept in question.concepts:
        repair = _repair(concept, index, occurs, thesaurus)
        if repair:
            repairs[concept.word] = repair
            concept = replace(concept, others={(repair,): REPAIR_WEIGHT})  # noqa: PLW2901
        concepts.append(concept)
    terms = {term for concept in concepts for one in _expressions(concept) for term in one}
    idf = index.idf_of(terms)
    occurring = frozenset(filter(occurs, terms))
    worths = tuple(_worths(concept, idf, occurring) for concept in concepts)
    by_term: dict[str, list[tuple[int, Expression, float]]] = {term: [] for term in terms}
    for number, its_worths in enumerate(worths):
        for expression, worth in its_worths.items():
            for term in expression:
                by_term[term].append((number, expression, worth))
    return Weights(
        concepts=worths,
        idf=idf,
        unheard_terms=frozenset(one.term for one in concepts) - occurring,
        missing=tuple(dict.fromkeys(one.word for one in concepts if _misses(one, occurring))),
        repairs=repairs,
        wording=_wording(question.words, worths),
        by_term=by_term,
    )


def _misses(concept: Concept, occurring: frozenset[str]) -> bool:
    """Say whether a word occurs nowhere, nor the same written otherwise (“4,200,000”, “J. R.”)."""
    same = [one for one, share in concept.others.items() if share >= SAME_WEIGHT]
    return not any(occurring.issuperset(one) for one in [(concept.term,), *same])


def _wording(words: Sequence[Word], worths: Sequence[Mapping[Expression, float]]) -> Wording:
    """Return what words are worth as typed: as much as their concept, or as a stop word."""
    of_terms = {next(iter(concept))[0]: max(concept.values()) for concept in worths}
    of_forms = {form: of_terms.get(term, STOP_WORTH) for form, term in words}
    pairs = pairwise(map(FORM, words))
    return Wording(of_forms, {pair: (of_forms[pair[0]] + of_forms[pair[1]]) / 2 for pair in pairs})


def _repair(
    concept: Concept, index: PassageIndex, occurs: Callable[[str], bool], thesaurus: Thesaurus
) -> str | None:
    """Return the term to read instead of one that occurs nowhere and that nothing stands for."""
    if any(all(map(occurs, one)) for one in _expressions(concept)) or thesaurus.knows(concept.term):
        return None
    return nearest(concept.term, index.terms_near(concept.term, SLIPS_IN_LONG), occurs)


def _expressions(concept: Concept) -> Iterable[Expression]:
    return [(concept.term,), *concept.others]


def _worths(
    concept: Concept, idf: Mapping[str, float], occurring: frozenset[str]
) -> dict[Expression, float]:
    """Return the worth of each expression: the idf of the word, and a share of it for the others.

    A word that occurs nowhere is worth as much as the rarest that may stand for it and does.
    """
    others = {one: share for one, share in concept.others.items() if occurring.issuperset(one)}
    worth = idf[concept.term]
    if concept.term not in occurring and others:
        worth = max(idf[term] for expression in others for term in expression)
    return {(concept.term,): worth} | {
        expression: share * min(worth, max(idf[term] for term in expression))
        for expression, share in others.items()
    }
