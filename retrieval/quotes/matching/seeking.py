"""Candidates for a quotation: the passages that hold its rarest words, of the whole and of parts.

A long quotation may be put together from many places, so each stretch of it is looked for too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from retrieval.analysis.analyzer import Analyzer
from retrieval.index.passage_index import PassageIndex
from retrieval.index.postings.scope import Scope
from retrieval.quotes.wording import Quotation, Word

RAREST = 10
"""Terms of a stretch that are looked for; the others are in too many passages to help."""
STRETCH = 14
"""Words of a stretch."""
STRETCHES = 8
"""Stretches that are looked for at most, spread over the quotation."""
FOUND = 400
"""Passages that are found at most; of those that say the same words one is looked at."""
WHOLE = 60
"""Passages that are looked at for the whole quotation,"""
EACH = 12
"""and for each stretch."""
AROUND = 1
"""Passages before and behind a candidate that are looked at too: quotations go over paragraphs."""
EVERYWHERE = 500
"""Passages that hold a phrase of stop words and are looked at, at most."""
Terms = tuple[str, ...]
"""What a word is found by, in one language and another."""


def candidates(
    quotation: Quotation, index: PassageIndex, analyzers: Sequence[Analyzer], space: str | None
) -> list[int]:
    """Return the ids of passages that a space may see and that may hold the quotation.

    ``analyzers`` are of the languages in which those passages may be.
    """
    scope = Scope(space)
    surfaces = [_surface(quotation, word) for word in quotation.wording.words]
    terms = [_terms_of(surface, analyzers) for surface in surfaces]
    idf = index.idf_of({term for its in terms for term in its})
    if not idf:
        phrase = tuple(quotation.wording.forms)
        found = index.first_of(Scope(space, phrases=(phrase,)), EVERYWHERE)
        return [one.passage for one in found]
    passages: dict[int, None] = {}
    for stretch, limit in _stretches(terms, quotation.gaps):
        if concepts := _rarest_of(stretch, idf):
            scored = index.search(concepts, scope, FOUND)
            different = index.distinct([one.passage for one in scored])
            passages.update(dict.fromkeys(different[:limit]))
    return list(passages)


def _terms_of(surface: str, analyzers: Sequence[Analyzer]) -> Terms:
    """Return the terms of a word in each language, none where it is a stop word in one of them."""
    terms = dict.fromkeys(one.term(surface) for one in analyzers)
    return () if "" in terms else tuple(terms)


def _rarest_of(
    words: Iterable[Terms], idf: Mapping[str, float]
) -> list[Mapping[tuple[str, ...], float]]:
    """Return the rarest of some words, each as a concept that any of its terms is found by."""
    different = {its for its in words if its}
    in_order = sorted(different, key=lambda its: (-min(idf[term] for term in its), its))
    return [{(term,): 1.0 for term in its} for its in in_order[:RAREST]]


def rarest(
    terms: Iterable[str], idf: Mapping[str, float], number: int
) -> list[Mapping[tuple[str, ...], float]]:
    """Return the rarest of some terms, each as a concept of the index; empty terms are none."""
    in_order = sorted({one for one in terms if one}, key=lambda one: (-idf[one], one))
    return [{(term,): 1.0} for term in in_order[:number]]


def _surface(quotation: Quotation, word: Word) -> str:
    return quotation.wording.text[word.start : word.end]


def _stretches(
    terms: Sequence[Terms], gaps: frozenset[int]
) -> Iterator[tuple[Sequence[Terms], int]]:
    """Yield the terms of the whole and of its stretches, each with how many to look at."""
    yield terms, WHOLE
    bounds = [0, *sorted(gaps), len(terms)]
    stretches = [
        terms[at : min(at + STRETCH, end)]
        for start, end in pairwise(bounds)
        for at in range(start, end, STRETCH)
    ]
    if len(stretches) > 1:
        step = max(len(stretches) / STRETCHES, 1)
        chosen = dict.fromkeys(int(at * step) for at in range(STRETCHES))
        yield from ((stretches[at], EACH) for at in chosen if at < len(stretches))
