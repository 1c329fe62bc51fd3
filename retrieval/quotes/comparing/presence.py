"""Whether a quotation is present at all where its words were aligned, or only shares some words.

It decides between “words differ” and “not in this coverage”, never between the other verdicts.
"""

from collections.abc import Iterable, Sequence

from retrieval.analysis.analyzer import Analyzer
from retrieval.quotes.comparing.alignment import Alignment
from retrieval.quotes.comparing.contractions import affirmed, written_out
from retrieval.quotes.comparing.judging import changes
from retrieval.quotes.comparing.meaning import has_negation, slips_in
from retrieval.quotes.model import Step, Tag
from retrieval.quotes.wording import Quotation, Wording

FEW = 3
"""Words of a quotation of which none may be another: any three stand somewhere. It may have lost
what negates them: with that they stand nowhere by chance."""
SOME = 5
"""Words of a quotation of which one may be another."""
SHARE = 0.6
"""Of a longer quotation, what must stand there,"""
DENSITY = 0.5
"""and of the words that stand there, how many must be its own; what it leaves out aside."""
STOP_WEIGHT = 0.3
"""What a stop word counts beside another."""
HELD = 0.8
"""Share of a quotation that its pieces must hold,"""
MORE = 0.1
"""and how much more of it than any one place does."""
OWN = 0.6
"""Share of a piece's words that the best place does not have in their order."""


def is_present(alignment: Alignment, analyzer: Analyzer) -> bool:
    """Say whether a source has the quotation, in these or in other words."""
    given = alignment.quotation.wording
    changed = list(changes(alignment))
    if not changed:
        return True
    if len(given.words) <= FEW:
        return all(_lost_only_negation(step, given, alignment.source) for step in changed)
    if len(given.words) <= SOME:
        return sum(_size(step, alignment.source) for step in changed) <= 1
    slipped = [slip for step in changed for slip in slips_in(given, step, alignment.source)]
    ours, theirs = {our for our, _ in slipped}, {their for _, their in slipped}
    same = [at for step in alignment.steps if step.tag is Tag.EQUAL for at in step.given]
    lost = [at for step in changed for at in step.given if at not in ours]
    strange = [at for step in changed for at in step.found if at not in theirs]
    held = _weight(given, same, analyzer) + _weight(alignment.source, theirs, analyzer)
    return held >= SHARE * (held + _weight(given, lost, analyzer)) and held >= DENSITY * (
        held + _weight(alignment.source, strange, analyzer)
    )


def _lost_only_negation(step: Step, given: Wording, source: Wording) -> bool:
    """Say whether words are the source’s but for what negates them there."""
    ours = given.slice(step.given.start, step.given.stop)
    theirs = source.slice(step.found.start, step.found.stop)
    return has_negation(source, step.found) and written_out(ours) == affirmed(theirs)


def _size(step: Step, source: Wording) -> int:
    """Return how many words are others; what negates a word goes with it: “n’est pas” for “est”."""
    found = [at for at in step.found if not has_negation(source, range(at, at + 1))]
    return max(len(step.given), len(found), 1)


def _weight(text: Wording, its: Iterable[int], analyzer: Analyzer) -> float:
    terms = (analyzer.term(text.slice(at, at + 1)) for at in its)
    return sum(1.0 if term else STOP_WEIGHT for term in terms)


def stands_better_in_pieces(
    quotation: Quotation, pieces: Sequence[range], best: Alignment | None
) -> bool:
    """Say whether pieces from several places explain a quotation better than the best place."""
    size = len(quotation.wording.words)
    held = sum(map(len, pieces))
    if len(pieces) <= 1 or held < HELD * size:
        return False
    if best is None:
        return True
    same = {at for step in best.steps if step.tag is Tag.EQUAL for at in step.given}
    lacking = any(len(set(piece) - same) >= OWN * len(piece) for piece in pieces)
    return lacking and held >= len(same) + MORE * size
