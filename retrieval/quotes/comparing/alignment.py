"""Which words of a quotation are others in a source, word by word.

Nothing here is a likeness in figures: an edit says which words stand for which, and two words are
the same or they are not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from retrieval.quotes.comparing.edges import at_edges
from retrieval.quotes.comparing.meaning import is_same_word, negates
from retrieval.quotes.model import Edit, Step, Tag
from retrieval.quotes.wording import Quotation, Word, Wording, wording_of


@dataclass(frozen=True, slots=True)
class Alignment:
    """A quotation beside a source, from the first of its words that stands there to the last."""

    quotation: Quotation
    source: Wording
    steps: Sequence[Step]

    @property
    def found(self) -> range:
        """The words of the source that it goes over."""
        return range(self.steps[0].found.start, self.steps[-1].found.stop)

    @property
    def edits(self) -> list[Edit]:
        """What is equal and what is not, in words as they are written."""
        given = self.quotation.wording
        return [
            Edit(
                step.tag,
                given.slice(step.given.start, step.given.stop),
                self.source.slice(step.found.start, step.found.stop),
            )
            for step in self.steps
        ]


def edits_between(here: str, there: str) -> list[Edit]:
    """Return what is equal in two texts and what is not, from the beginning to the end."""
    ours, theirs = wording_of(here), wording_of(there)
    steps = _joined(list(_steps(ours, theirs)), frozenset())
    steps = _joined([part for step in steps for part in _checked(step, ours, theirs)], frozenset())
    return Alignment(Quotation(ours, frozenset()), theirs, steps).edits


def aligned(quotation: Quotation, source: Wording, within: range | None = None) -> Alignment | None:
    """Return a quotation beside a source, None where they share no word.

    ``within`` are the words of the source among which it stands; what they have before and behind
    it is left out, unless a sentence lost its negation so.
    """
    given = quotation.wording
    steps = list(_steps(given, source, within))
    if all(step.tag is not Tag.EQUAL for step in steps):
        return None
    while steps[0].tag is Tag.INSERT:
        del steps[0]
    while steps[-1].tag is Tag.INSERT:
        del steps[-1]
    steps = at_edges(_joined(steps, quotation.gaps), quotation, source)
    steps = [part for step in steps for part in _checked(step, given, source)]
    steps = _at_gaps(_joined(steps, quotation.gaps), quotation, source)
    return Alignment(quotation, source, steps)


def _steps(given: Wording, source: Wording, within: range | None = None) -> Iterator[Step]:
    its = within or range(len(source.words))
    for edit in Levenshtein.opcodes(given.forms, source.forms_of(its)):
        yield Step(
            Tag(edit.tag),
            range(edit.src_start, edit.src_end),
            range(its.start + edit.dest_start, its.start + edit.dest_end),
        )


def _checked(step: Step, given: Wording, source: Wording) -> Iterator[Step]:
    """Yield a step in parts: words of one form may be two, and two words one that is written so."""
    if step.tag is Tag.REPLACE and _is_written_apart(step, given, source):
        yield replace(step, tag=Tag.EQUAL)
    elif step.tag is Tag.EQUAL:
        yield from _equal_parts(step, given, source)
    else:
        yield step


def _is_written_apart(step: Step, given: Wording, source: Wording) -> bool:
    """Say whether the words are the same but for where they are put together (any one)."""
    ours = "".join(given.forms_of(step.given))
    theirs = "".join(source.forms_of(step.found))
    is_negated = negates(ours, source.language)  # “now here” is not “nowhere”
    return ours == theirs and (ours == "cannot" or not is_negated)


def _equal_parts(step: Step, given: Wording, source: Wording) -> Iterator[Step]:
    pairs = list(zip(step.given, step.found, strict=True))
    for is_same, group in groupby(
        pairs,
        lambda pair: is_same_word(
            given.slice(pair[0], pair[0] + 1), source.slice(pair[1], pair[1] + 1)
        ),
    ):
        its = list(group)
        yield Step(
            Tag.EQUAL if is_same else Tag.REPLACE,
            range(its[0][0], its[-1][0] + 1),
            range(its[0][1], its[-1][1] + 1),
        )


def _at_gaps(steps: Sequence[Step], quotation: Quotation, source: Wording) -> list[Step]:
    """Return the steps with what the source has more moved to where it was left out.

    “I … I will” beside “I do and I will”: it is the same whether “I do and” or “do and I” is more.
    """
    moved = list(steps)
    for at in range(1, len(moved) - 1):
        before, step, after = moved[at - 1 : at + 2]
        if step.tag is Tag.INSERT and before.tag is after.tag is Tag.EQUAL:
            shift = _shift(step, (len(before.given), len(after.given)), quotation, source)
            moved[at - 1 : at + 2] = _shifted((before, step, after), shift)
    return [step for step in moved if step.given or step.found]


def _shift(step: Step, room: tuple[int, int], quotation: Quotation, source: Wording) -> int:
    """Return by how many words a step is moved: to a gap, else to the beginning of a sentence."""
    shifts = _possible_shifts(step.found, room, source.words)
    to_gap = (one for one in shifts if step.given.start + one in quotation.gaps)
    to_sentence = (one for one in shifts if source.begins_sentence(step.found.start + one))
    return next(to_gap, next(to_sentence, 0))


def _possible_shifts(its: range, room: tuple[int, int], words: Sequence[Word]) -> list[int]:
    """Return by how many words a run can be moved and the rest be as before, nearest first."""
    left = right = 0
    while left < room[0] and words[its.start - left - 1].form == words[its.stop - left - 1].form:
        left += 1
    while right < room[1] and words[its.start + right].form == words[its.stop + right].form:
        right += 1
    return sorted(range(-left, right + 1), key=abs)


def _shifted(steps: tuple[Step, Step, Step], shift: int) -> list[Step]:
    before, step, after = steps
    at = step.given.start + shift
    first, end = step.found.start + shift, step.found.stop + shift
    return [
        Step(Tag.EQUAL, range(before.given.start, at), range(before.found.start, first)),
        Step(Tag.INSERT, range(at, at), range(first, end)),
        Step(Tag.EQUAL, range(at, after.given.stop), range(end, after.found.stop)),
    ]


def _joined(steps: Sequence[Step], gaps: frozenset[int]) -> list[Step]:
    """Return the steps with neighbours put together, but for what is left out at a gap."""
    joined: list[Step] = []
    for step in steps:
        last = joined[-1] if joined else None
        if last and _belong_together(last, step, gaps):
            joined[-1] = _together(last, step)
        else:
            joined.append(step)
    return joined


def _belong_together(one: Step, other: Step, gaps: frozenset[int]) -> bool:
    if one.tag is Tag.EQUAL or other.tag is Tag.EQUAL:
        return one.tag is other.tag
    return not any(step.tag is Tag.INSERT and step.given.start in gaps for step in (one, other))


def _together(one: Step, other: Step) -> Step:
    given = range(one.given.start, other.given.stop)
    found = range(one.found.start, other.found.stop)
    if one.tag is Tag.EQUAL:
        return Step(Tag.EQUAL, given, found)
    tag = Tag.REPLACE if given and found else Tag.DELETE if given else Tag.INSERT
    return Step(tag, given, found)
