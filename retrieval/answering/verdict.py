"""The verdict: how sure it is that the best passage answers, and the sentence that says why.

The confidence is a logistic function of what the best passage holds of the question. Its weights
were fitted on judged questions over news, encyclopedic and forum text, half of which was taken
out, and rounded; they mean the same on any corpus, for all evidence is a share of idf. Where found
begins is set on the coverage at hand (``calibration``).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from retrieval.model import Verdict, Weighed
from retrieval.questions.answer_types import AnswerType

FOUND_AT = 0.5
WEAK_AT = 0.24
MANY_CONCEPTS = 12
"""Concepts beyond which a question cannot become more specific."""

QUOTED_ALONE = 0.95
"""Confidence in a passage that has a quotation of nothing but stop words, word for word."""

BIAS = -3.3
HELD_WEIGHT = 2.0
SENTENCE_WEIGHT = 1.5
WORDING_WEIGHT = 2.0
NAMES_WEIGHT = -8.0
FIGURES_WEIGHT = -6.5
UNHEARD_WEIGHT = -0.7
SILENT_WEIGHT = -1.25
QUOTED_WEIGHT = 2.0
CONCEPTS_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the verdict rests on; shares are of the question's whole idf, from 0 to 1."""

    concepts: int
    """Concepts of the question."""
    held: float = 0.0
    """Share that the best passage and its document's title hold."""
    sentence: float = 0.0
    """Share that the passage's best sentence holds."""
    wording: float = 0.0
    """Share of the question, stop words too, that a sentence has just as it was typed."""
    names: float = 0.0
    """Share of names that neither holds; those that occur elsewhere count for half."""
    figures: float = 0.0
    """Share of figures that neither holds."""
    unheard: float = 0.0
    """Share of words that occur nowhere, and for which nothing that occurs may stand."""
    silent: bool = False
    """Whether the question asks something about those whom it names, and neither holds any of it:
    “What did Roe say about the bridge?” and a passage in which Roe speaks of taxes."""
    unsaid: tuple[str, ...] = ()
    """Words of the question that occur in the coverage and that neither holds."""
    titled: tuple[str, ...] = ()
    """Names of the question that its document's title has and the passage itself has not."""
    quoted: bool = False
    """Whether the passage has a quotation of the question, word for word."""
    lacking: AnswerType | None = None
    """The kind of thing asked for, where the passage states none."""
    missing: tuple[str, ...] = ()
    """Words of the question that occur nowhere."""
    repairs: Mapping[str, str] | None = None
    """Words that were read as others."""
    nothing_there: bool = False
    """Whether the coverage is empty."""
    bar: float = 0.0
    """What matches have on this coverage for nothing, in log odds."""


def parts_of(evidence: Evidence) -> list[Weighed]:
    """Return what speaks for and against the match, by how much; their sum is its log odds."""
    concepts = min(evidence.concepts, MANY_CONCEPTS) / MANY_CONCEPTS
    parts = [
        ("to begin with", BIAS),
        ("what the passage and its title hold of the question", HELD_WEIGHT * evidence.held),
        ("what its best sentence holds", SENTENCE_WEIGHT * evidence.sentence),
        ("what that has just as it was typed", WORDING_WEIGHT * evidence.wording),
        ("names that it does not hold", NAMES_WEIGHT * evidence.names),
        ("figures that it does not hold", FIGURES_WEIGHT * evidence.figures),
        ("words that occur nowhere", UNHEARD_WEIGHT * evidence.unheard),
        ("nothing of what is asked about", SILENT_WEIGHT * evidence.silent),
        ("quoted words that it has exactly so", QUOTED_WEIGHT * evidence.quoted),
        ("how specific the question is", CONCEPTS_WEIGHT * concepts),
        ("what matches have here for nothing", -evidence.bar),
    ]
    if evidence.lacking:
        parts.append((f"no {evidence.lacking.name} in it", evidence.lacking.weight_of_lack))
    return [Weighed(name, value) for name, value in parts if value]


def confidence_of(evidence: Evidence) -> float:
    """Return how sure the match is, from 0 (nothing matched) to 1."""
    if not evidence.held:
        return QUOTED_ALONE if evidence.quoted else 0.0
    return 1 / (1 + math.exp(-log_odds(evidence)))


def log_odds(evidence: Evidence) -> float:
    """Return the log odds of the match where a passage holds something of the question."""
    return sum(part.value for part in parts_of(evidence))


def verdict_of(confidence: float) -> Verdict:
    """Return the grade of a confidence."""
    if confidence >= FOUND_AT:
        return Verdict.FOUND
    return Verdict.WEAK if confidence >= WEAK_AT else Verdict.NOT_FOUND


def names_nothing(evidence: Evidence) -> bool:
    """Say whether a question has no word to look for, such as a greeting or a filter alone."""
    return not (evidence.concepts or evidence.quoted or evidence.nothing_there)


def reason_for(verdict: Verdict, evidence: Evidence) -> str:
    """Return the sentence that says what the verdict rests on."""
    if evidence.nothing_there:
        return "The coverage is empty: a moderator adds documents with add."
    if names_nothing(evidence):
        return "The question names nothing to look for; name a person, a place or a thing."
    said = {
        Verdict.FOUND: "The first passage holds most of what the question names",
        Verdict.WEAK: "The nearest passage holds only a part of what the question names",
        Verdict.NOT_FOUND: "No passage holds enough of what the question names",
    }[verdict]
    return "; ".join([said, *_particulars(verdict, evidence)]) + "."


def _particulars(verdict: Verdict, evidence: Evidence) -> list[str]:
    repairs = evidence.repairs or {}
    particulars = [f"“{typed}” is read as “{read}”" for typed, read in repairs.items()]
    if verdict is not Verdict.FOUND and evidence.lacking:
        particulars.append(f"the nearest one states no {evidence.lacking.name}")
    if verdict is not Verdict.NOT_FOUND and evidence.unsaid:
        unsaid = [f"“{word}”" for word in evidence.unsaid]
        particulars.append(f"neither it nor its title has {_listed(unsaid, 'or')}")
    if verdict is not Verdict.NOT_FOUND and evidence.titled:
        titled = [f"“{word}”" for word in evidence.titled]
        particulars.append(f"{_listed(titled)} {_stands(titled)} only in its title")
    nowhere = [f"“{word}”" for word in evidence.missing if word not in repairs]
    if nowhere:
        occur = "occurs" if len(nowhere) == 1 else "occur"
        particulars.append(f"{_listed(nowhere)} {occur} nowhere in the coverage")
    return particulars


def _stands(words: list[str]) -> str:
    return "stands" if len(words) == 1 else "stand"


def _listed(words: list[str], link: str = "and") -> str:
    *most, last = words
    return f"{', '.join(most)} {link} {last}" if most else last
