"""The verdict on a quotation beside one source: it follows from which words differ, and how."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from retrieval.quotes.comparing.alignment import Alignment
from retrieval.quotes.comparing.eliding import hides_negation
from retrieval.quotes.comparing.meaning import Names, has_negation, is_critical
from retrieval.quotes.interruptions import is_interruption
from retrieval.quotes.model import QuoteVerdict, Step, Tag
from retrieval.quotes.wording import Wording, wording_of

PIECE = 4
"""Words of a piece, at least, on either side of words that were passed over in silence and hold the
end of one sentence and the beginning of another; of a whole sentence it may be fewer."""

_SENTENCE_END = regex.compile(r"[.!?…][\"'”’)\]]*\s")
_SENTENCE_STOPS = 2
"""Ends of sentences in what is passed over, that of the words before it with it, at least."""
_ASKED = regex.compile(r"[^\p{L}\p{N}\s]*")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a quotation is beside one source."""

    verdict: QuoteVerdict
    is_critical: bool
    changed: int
    """How many words are others."""


def judged(alignment: Alignment) -> Judgement:
    """Return the verdict on a quotation beside a source."""
    given, source = alignment.quotation.wording, alignment.source
    is_elided = any(_is_marked(step, alignment) for step in alignment.steps)
    is_elided = is_elided or bool(alignment.quotation.inserted)
    others = list(changes(alignment))
    if not is_elided and not others:
        return Judgement(_exactness(alignment), is_critical=False, changed=0)
    critical = is_elided and hides_negation(alignment)
    changed = sum(max(len(step.given), len(step.found)) for step in others)
    if not others:
        return Judgement(QuoteVerdict.ELIDED, critical, changed)
    passed = [step for step in others if _passes_over_sentence(step, alignment)]
    names = Names([wording_of(given.text), wording_of(source.text)])
    critical = (
        critical
        or any(has_negation(source, step.found) for step in passed)
        or any(is_critical(given, step, source, names) for step in others if step not in passed)
    )
    verdict = QuoteVerdict.STITCHED if passed else QuoteVerdict.DIFFERS
    return Judgement(verdict, critical, changed)


def changes(alignment: Alignment) -> Iterator[Step]:
    """Yield where the words are others and the quotation does not say so.

    The words of an interruption (“…,” he said. “…”) are not of the quotation, on either side.
    """
    given, source = alignment.quotation.wording, alignment.source
    for step in alignment.steps:
        is_equal = step.tag is Tag.EQUAL or _is_marked(step, alignment)
        if not is_equal and not _is_interruption(step, given, source):
            yield step


def _is_marked(step: Step, alignment: Alignment) -> bool:
    """Say whether the quotation itself says that it leaves these words out."""
    return step.tag is Tag.INSERT and step.given.start in alignment.quotation.gaps


def _is_interruption(step: Step, given: Wording, source: Wording) -> bool:
    """Say whether words stand between two parts of a quotation, as “…,” he said. “…” has it."""
    match step.tag:
        case Tag.INSERT:
            return is_interruption(source, step.found)
        case Tag.DELETE:
            return is_interruption(given, step.given)
        case _:
            return False


def _passes_over_sentence(step: Step, alignment: Alignment) -> bool:
    """Say whether a quotation goes from one sentence to a later one and does not say so."""
    if step.tag is not Tag.INSERT:
        return False
    source = alignment.source
    ends = [_stops(source, at) for at in range(step.found.start - 1, step.found.stop)]
    if sum(ends) < _SENTENCE_STOPS:
        return False
    return (ends[0] and ends[-1]) or _stands_between_pieces(step, alignment)


def _stops(text: Wording, at: int) -> bool:
    """Say whether a word is the last of a sentence, and of no quotation within one."""
    return text.ends_sentence(at) and _SENTENCE_END.match(text.between(at + 1)) is not None


def _stands_between_pieces(step: Step, alignment: Alignment) -> bool:
    """Say whether enough of a quotation stands before some words and behind them."""
    around = [one for one in alignment.steps if one.tag is Tag.EQUAL]
    before = sum(len(one.given) for one in around if one.given.stop <= step.given.start)
    behind = sum(len(one.given) for one in around if one.given.start >= step.given.stop)
    return min(before, behind) >= PIECE


def _exactness(alignment: Alignment) -> QuoteVerdict:
    """Return exact where all characters are the same, but for white space and the outer marks."""
    given, source = alignment.quotation.wording, alignment.source
    end, found = len(given.words), alignment.found
    same = _folded(given.slice(0, end)) == _folded(source.slice(found.start, found.stop))
    if (
        same
        and not alignment.quotation.is_edited
        and _asked(given, end) == _asked(source, found.stop)
    ):
        return QuoteVerdict.EXACT
    return QuoteVerdict.PUNCTUATION


def _folded(text: str) -> str:
    return " ".join(text.split())


def _asked(text: Wording, end: int) -> str:
    """Return the mark of a question or an exclamation right behind a word."""
    marks = _ASKED.match(text.text, text.words[end - 1].end)
    return "".join(mark for mark in (marks[0] if marks else "") if mark in "?!")
