"""A question understood: the concepts it asks about, each with what may express it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import NamedTuple

import regex

from retrieval.analysis import unspaced, words
from retrieval.analysis.analyzer import TERM_LIMIT, Analyzer, Phrase, Token, Word, joined
from retrieval.analysis.thesaurus import Expression, Thesaurus
from retrieval.model import Span
from retrieval.questions.figures import SCALE_WORDS, Written, figures_written
from retrieval.questions.framing import subject_of

SYNONYM_WEIGHT = 0.8
"""A synonym counts for less than the word that was typed: it may mean something else here."""
ABBREVIATION_WEIGHT = 0.9
"""An abbreviation stands for its phrase, and now and then for another."""
COMPOUND_WEIGHT = 0.9
"""Two words written as one (“cease-fire”, “ceasefire”) are nearly always the same."""
FIGURE_WEIGHT = 0.9
"""A figure written otherwise is the same, but for what was rounded."""
SHORTEST_COMPOUND = 6
"""Letters of two words that are parted by a space and may be written as one."""
QUESTION_LIMIT = 10_000
"""Characters that are read of a question; what follows is left out."""
CONCEPT_LIMIT = 64
"""Concepts that are looked up; a longer text is a document, and its first part says enough."""
WORD_LIMIT = 2 * CONCEPT_LIMIT
"""Words that are compared with those of passages just as they were typed."""

_FIGURE = regex.compile(r"\p{N}")
_INITIALS = regex.compile(r"\b(?:\p{Lu}\.?\s+){1,2}\p{Lu}\.?(?=\s+\p{Lu}\p{Ll})")
"""“J. R.” and “J R” before a name: those of one person, whom the coverage may write “J.R.”."""
_NO_LETTER = regex.compile(r"\P{L}+")
_KIND_ASKED_FOR = regex.compile(r"\b(?:what|which)\s+(\p{L}+)", regex.IGNORECASE)
_HYPHENS = frozenset("-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{SOFT HYPHEN}")


@dataclass(frozen=True, slots=True)
class Concept:
    """One word of a question."""

    word: str
    """As first typed."""
    term: str
    others: Mapping[Expression, float]
    """What else may express it, each with the share of the word's worth that it counts for."""
    readings: tuple[str, ...] = ()
    """Its terms in other languages of the coverage, where they differ."""


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
        """Return the figures that the question gives, and the “million” behind them."""
        return [
            one
            for one in self.concepts
            if _FIGURE.match(one.word) or one.word.lower() in SCALE_WORDS
        ]

    @property
    def topics(self) -> list[Concept]:
        """Return the words for what is asked about those who are named.

        No names, no figures, and no words that passages seldom repeat: those that say that somebody
        said something, and what kind of thing is asked for (“which city”, “what date”, “how old”).
        """
        kinds = {match[1].lower() for match in _KIND_ASKED_FOR.finditer(self.text[:QUESTION_LIMIT])}
        seldom = kinds | words.kinds()
        others = {one.term for one in [*self.names, *self.figures]}
        return [
            one
            for one in self.concepts
            if one.term not in others and one.word.lower() not in seldom
        ]


class _Typed(NamedTuple):
    """A word of a question that says something."""

    term: str
    word: str
    start: int
    end: int
    before: str = ""
    """The character before it."""


def understand(
    text: str,
    quotations: Sequence[Phrase],
    analyzer: Analyzer,
    thesaurus: Thesaurus,
    others: Sequence[Analyzer] = (),
) -> Question:
    """Read any text as a question; one of stop words only has no concepts.

    ``analyzer`` is that of the language in which it is asked, ``others`` are those of the
    coverage's other languages: names and figures are the same words in them.
    """
    typed = list(_said_in(text[:QUESTION_LIMIT], analyzer))
    figures = list(figures_written(text[:QUESTION_LIMIT], analyzer))
    concepts = _concepts(typed, figures, analyzer, thesaurus)
    rows = [
        [one.term for one in typed],
        *([other.term(one.word) for one in typed[:WORD_LIMIT]] for other in others),
    ]
    return Question(
        text,
        tuple(_also_read(one, others) for one in concepts) if others else concepts,
        frozenset(pair for row in rows for pair in pairwise(row) if all(pair)),
        tuple(analyzer.words(text[:QUESTION_LIMIT])[:WORD_LIMIT]),
        tuple(quotations),
    )


def _said_in(text: str, analyzer: Analyzer) -> Iterator[_Typed]:
    """Yield the words that say something, stop words and those to a bot or an archive left out."""
    subject = subject_of(text)
    tokens = (
        token
        for token in analyzer.tokens(text)
        if token.term and subject.start <= token.start < subject.end
    )
    if unspaced.is_unspaced(text):
        yield from _said_without_spaces(text, list(tokens))
        return
    initials = {match.start(): match.end() for match in _INITIALS.finditer(text)}
    until = 0
    for term, start, end in tokens:
        if start in initials:
            until = initials[start]
            word = text[start:until]
            yield _Typed(analyzer.term(_NO_LETTER.sub("", word)), word, start, until)
        if start < until:
            continue
        word = text[start:end]
        if word.lower() not in words.chat_words():
            yield _Typed(term, word[:TERM_LIMIT], start, end, text[start - 1 : start])


def _said_without_spaces(text: str, tokens: Sequence[Token]) -> Iterator[_Typed]:
    """Yield the pairs of letters that say something, each as the row of letters it is from.

    Those with a particle or an ending in them say nothing, but where there are no others.
    """
    names_nothing = bytearray(len(text))
    for span in unspaced.grammar_in(text):
        names_nothing[span.start : span.end] = b"\1" * (span.end - span.start)
    ends = accumulate((token.end for token in tokens), max, initial=0)
    whole = [token for token, end in zip(tokens, ends, strict=False) if token.end > end]
    said = [token for token in whole if not any(names_nothing[token.start : token.end])] or whole
    rows = iter(joined(Span(token.start, token.end) for token in said))
    row = Span(0, 0)
    for term, start, end in said:
        while row.end < end:
            row = next(rows)
        yield _Typed(term, row.of(text)[:TERM_LIMIT], start, end)


def _concepts(
    typed: Sequence[_Typed], figures: Sequence[Written], analyzer: Analyzer, thesaurus: Thesaurus
) -> tuple[Concept, ...]:
    """Return each word once, with what else may express it."""
    words_of: dict[str, str] = {}
    for one in typed:
        words_of.setdefault(one.term, one.word)
    short_forms: dict[str, dict[Expression, float]] = {}
    for phrase, short in thesaurus.abbreviated([one.term for one in typed]):
        for term in phrase:
            short_forms.setdefault(term, {})[(short,)] = ABBREVIATION_WEIGHT
    for pair, compound in _compounds(typed, analyzer):
        for term in pair:
            short_forms.setdefault(term, {})[(compound,)] = COMPOUND_WEIGHT
    for one, others in _in_figures(typed, figures):
        short_forms.setdefault(one.term, {}).update(dict.fromkeys(others, FIGURE_WEIGHT))
    return tuple(
        Concept(word, term, _others(term, words_of, thesaurus) | short_forms.get(term, {}))
        for term, word in list(words_of.items())[:CONCEPT_LIMIT]
    )


def _in_figures(
    typed: Sequence[_Typed], figures: Sequence[Written]
) -> Iterator[tuple[_Typed, list[Expression]]]:
    """Yield the words that figures are written with, each with how else those are written.

    What has the word itself needs nothing else to express it.
    """
    at = 0
    for figure in figures:
        while at < len(typed) and typed[at].start < figure.start:
            at += 1
        for one in typed[at:]:
            if one.start >= figure.end:
                break
            yield one, [other for other in figure.others if one.term not in other]


def _compounds(typed: Sequence[_Typed], analyzer: Analyzer) -> Iterator[tuple[Expression, str]]:
    """Yield two words that stand together, with the term of both written as one."""
    for one, other in pairwise(typed):
        size = len(one.word) + len(other.word)
        if one.end + 1 != other.start or not (one.word + other.word).isalpha():
            continue
        compound = analyzer.term(one.word + other.word)
        if compound not in {"", one.term, other.term} and (
            other.before in _HYPHENS or size >= SHORTEST_COMPOUND
        ):
            yield (one.term, other.term), compound


def _also_read(concept: Concept, others: Sequence[Analyzer]) -> Concept:
    """Return a concept that is expressed by its word in other languages too."""
    terms = dict.fromkeys(filter(None, (other.term(concept.word) for other in others)))
    terms.pop(concept.term, None)
    return replace(
        concept,
        others=dict(concept.others) | {(term,): 1.0 for term in terms},
        readings=tuple(terms),
    )


def _others(term: str, typed: Mapping[str, str], thesaurus: Thesaurus) -> dict[Expression, float]:
    """Return what else may express a term, but for terms that the question has of its own."""
    others: dict[Expression, float] = {
        (synonym,): SYNONYM_WEIGHT for synonym in thesaurus.synonyms(term) if synonym not in typed
    }
    return others | dict.fromkeys(thesaurus.phrases(term), ABBREVIATION_WEIGHT)
