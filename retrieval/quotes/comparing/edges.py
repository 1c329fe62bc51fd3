"""The first and the last words of a quotation, where the words beside them in the source count.

A word that is another there stands for the source’s next one: “… it took 90” for “it took
nineteen”. A sentence may stand farther off, where another one is passed over. And one that begins
within a sentence of the source may have lost what negates it: “We knew” for “I do not think we
knew”.
"""

from collections.abc import Sequence
from dataclasses import replace

import regex

from retrieval.quotes.comparing.contractions import is_contraction
from retrieval.quotes.comparing.meaning import has_negation, negates
from retrieval.quotes.model import Step, Tag
from retrieval.quotes.wording import Quotation, Wording

REACH = 8
"""Words before a sentence in which its negation may stand."""

_CLAUSE_END = regex.compile(r"[,;:.!?…—–\"“”„«»\n(]")


def at_edges(steps: Sequence[Step], quotation: Quotation, source: Wording) -> list[Step]:
    """Return the steps with what the source has in the place of the first and the last words."""
    first, *rest = steps
    first = _with_subject(first, quotation.wording, source)
    given = quotation.wording
    opened = [*(_sentence_before(first, given, source) or _opened(first, source)), *rest]
    *front, last = opened
    closed = [*front, *(_sentence_behind(last, given, source) or _closed(last, source))]
    if closed[0].tag is Tag.EQUAL and _is_lifted(quotation.wording, source, closed[0]):
        return [*_lost_negation(closed[0], source), *closed]
    return closed


def _with_subject(step: Step, given: Wording, source: Wording) -> Step:
    """Return what a quotation begins with beside two words: “We’ve” beside “We haven’t”."""
    its, at = step.found, step.found.start
    if step.tag is not Tag.REPLACE or len(its) > 1 or source.begins_sentence(at):
        return step
    is_two = is_contraction(given.slice(step.given.start, step.given.start + 1))
    is_split = is_two and has_negation(source, its)
    return replace(step, found=range(at - 1, its.stop)) if is_split else step


def _sentence_before(step: Step, given: Wording, source: Wording) -> list[Step]:
    """Return a first sentence beside the same one farther ahead, and what is passed over then."""
    if step.tag is not Tag.DELETE:
        return []
    start, number = step.found.start, len(step.given)
    for at in range(start - number, max(-1, start - number - len(given.words)), -1):
        its = range(at, at + number)
        if _are_sentences(step.given, given, its, source):
            behind = range(step.given.stop, step.given.stop)
            equal = Step(Tag.EQUAL, step.given, its)
            return [equal, Step(Tag.INSERT, behind, range(its.stop, start))]
    return []


def _sentence_behind(step: Step, given: Wording, source: Wording) -> list[Step]:
    """Return a last sentence beside the same one farther on, and what is passed over then."""
    if step.tag is not Tag.DELETE:
        return []
    end, number = step.found.stop, len(step.given)
    last = len(source.words) - number
    for at in range(end, min(last, end + len(given.words)) + 1):
        its = range(at, at + number)
        if _are_sentences(step.given, given, its, source):
            before = range(step.given.start, step.given.start)
            insert = Step(Tag.INSERT, before, range(end, at))
            return [insert, Step(Tag.EQUAL, step.given, its)]
    return []


def _are_sentences(ours: range, given: Wording, theirs: range, source: Wording) -> bool:
    """Say whether words of a quotation and of its source are the same, and whole sentences."""
    return given.forms_of(ours) == source.forms_of(theirs) and all(
        text.begins_sentence(its.start) and text.ends_sentence(its.stop - 1)
        for text, its in ((given, ours), (source, theirs))
    )


def _opened(step: Step, source: Wording) -> list[Step]:
    """Return what a quotation begins with beside as many words of the source’s sentence."""
    if step.tag is not Tag.DELETE:
        return [step]
    start = at = step.found.start
    while at > 0 and start - at < len(step.given) and not source.begins_sentence(at):
        at -= 1
    return [Step(Tag.REPLACE, step.given, range(at, start))] if at < start else [step]


def _closed(step: Step, source: Wording) -> list[Step]:
    """Return what a quotation ends with beside as many words of the source’s sentence."""
    if step.tag is not Tag.DELETE:
        return [step]
    end = at = step.found.stop
    while (
        0 < at < len(source.words)
        and at - end < len(step.given)
        and not source.ends_sentence(at - 1)
    ):
        at += 1
    return [Step(Tag.REPLACE, step.given, range(end, at))] if at > end else [step]


def _is_lifted(given: Wording, source: Wording, step: Step) -> bool:
    """Say whether a quotation begins a sentence where its source does not."""
    ours, theirs = given.words[step.given.start], source.words[step.found.start]
    return given.text[ours.start].isupper() and source.text[theirs.start].islower()


def _lost_negation(step: Step, source: Wording) -> list[Step]:
    """Return the words before a sentence from the first that negates in their clause."""
    start = at = step.found.start
    negated = None
    while at > max(0, start - REACH) and not _CLAUSE_END.search(source.between(at)):
        at -= 1
        if negates(source.slice(at, at + 1), source.language):
            negated = at
    if negated is None:
        return []
    at = step.given.start
    return [Step(Tag.INSERT, range(at, at), range(negated, start))]
