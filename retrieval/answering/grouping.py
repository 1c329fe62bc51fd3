"""Grouping: ranked passages that say the same are one entry, and the best of them stands for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.analysis.leaning import only_asks
from retrieval.answering.ranking import Candidate
from retrieval.documents.copies import Wording, are_near
from retrieval.model import Document, Weighed
from retrieval.questions.answer_types import type_lacking
from retrieval.questions.dated import years_in
from retrieval.questions.question import Question
from retrieval.store.passages import Placed

NEARLY_AS_GOOD = 0.6
"""Share of the best score from which a passage matches well enough to come first by its date."""

LACKING_FACTOR = 0.9
"""By what the score of a passage is multiplied that states no such thing as is asked for: +1.2
points of success@1 on the held-out questions over the seeds, +.3 on the others, level elsewhere."""

ASKING_FACTOR = 0.5
"""The same for a line that only asks, as an interviewer does: its answer stands below."""

YEAR_FACTOR = 0.7
"""The same where a year is asked for that it does not name, and it was published in another."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate and its score."""

    candidate: Candidate
    score: float
    family: tuple[str, ...] = ()
    """Fingerprints of the candidates that say the same or nearly so, its own first."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A ranked candidate, where it stands, and who says the same."""

    ranked: Ranked
    placed: Placed
    copies: Sequence[Placed]


def grouped(ranked: Sequence[Ranked], limit: int) -> list[Ranked]:
    """Return the best candidates, each with the family of those that say the same or nearly so."""
    groups: list[tuple[Ranked, Wording, dict[str, None]]] = []
    for one in ranked:
        held = one.candidate.held
        fingerprint, wording = f"{held.fingerprint:016x}", Wording.of(held.forms)
        for _, its_wording, family in groups:
            if fingerprint in family or are_near(its_wording, wording):
                family[fingerprint] = None
                break
        else:
            if len(groups) < limit:
                groups.append((one, wording, {fingerprint: None}))
    return [replace(best, family=tuple(family)) for best, _, family in groups]


def answers_first(best: Sequence[Resolved], question: Question) -> list[Resolved]:
    """Return them by their scores, those lowered that seem to be no answer.

    “How much did it cost?” is answered by the sum two lines below the passage that has its words.
    """
    lowered = [
        replace(one, ranked=replace(one.ranked, score=by.value * one.ranked.score))
        if (by := lowering(one.placed.passage.text, one.placed.document, question))
        else one
        for one in best
    ]
    return sorted(lowered, key=lambda one: -one.ranked.score)


def lowering(passage: str, document: Document, question: Question) -> Weighed | None:
    """Return why a passage seems to be no answer and its score's factor, None where it may be."""
    if only_asks(passage):
        return Weighed("it only asks", ASKING_FACTOR)
    if lacking := type_lacking(question.text, passage):
        return Weighed(f"no {lacking.name} in it", LACKING_FACTOR)
    published = document.details.published
    years = {one.word for one in years_in(question)}
    if years and published and not any(one in f"{passage} {published.year}" for one in years):
        return Weighed("it is of another year", YEAR_FACTOR)
    return None


def newest_first(best: Sequence[Resolved]) -> list[Resolved]:
    """Return those that match well by their date, undated ones last; behind them all others."""
    bar = NEARLY_AS_GOOD * max((one.ranked.score for one in best), default=0.0)
    good = [one for one in best if one.ranked.score >= bar]
    others = [one for one in best if one.ranked.score < bar]
    return [*sorted(good, key=_age), *others]


def _age(one: Resolved) -> int:
    """Return a number that is less for what is newer."""
    published = one.placed.document.details.published
    return -published.toordinal() if published else 0
