"""Candidates: the passages that the index finds for a question, scored and ranked."""

from dataclasses import replace

from retrieval.answering.grouping import Ranked
from retrieval.answering.ranking import Candidate, Ranking
from retrieval.answering.seeking import Sought
from retrieval.index.indexing import is_asked_for
from retrieval.index.passage_index import PassageIndex, Scored


def candidates(sought: Sought, index: PassageIndex, ranking: Ranking) -> tuple[list[Ranked], bool]:
    """Return the candidates best first, and whether they hold the phrases that they must hold.

    Equal ones come in the order in which they were stored.
    """
    scored, phrases_stand = _scored(sought, index, ranking.candidates)
    question, weights = sought.question, sought.weights
    held = index.read(
        [one.passage for one in scored], weights.idf, question.quotations, weights.wording
    )
    ranked = []
    for one in scored:
        its = held[one.passage]
        asked_for = is_asked_for(its.role, question.text)
        candidate = Candidate(one.passage, one.score, its, asked_for)
        ranked.append(Ranked(candidate, ranking.score(candidate, question, weights)))
    return sorted(ranked, key=lambda one: (-one.score, one.candidate.passage)), phrases_stand


def _scored(sought: Sought, index: PassageIndex, number: int) -> tuple[list[Scored], bool]:
    """Return passages that score, and whether they hold the phrases that they must hold.

    Where no passage does, the nearest ones are still worth seeing.
    """
    scope = sought.scope
    if scope.phrases and not sought.question.concepts:
        return index.first_of(scope, number), True
    scored = index.search(sought.weights.factors, scope, number)
    if scored or not scope.phrases:
        return scored, True
    without = replace(scope, phrases=())
    return index.search(sought.weights.factors, without, number), False
