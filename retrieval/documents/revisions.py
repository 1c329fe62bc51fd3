"""Revisions: which paragraphs of one version became which of another, and what is new or gone.

Paragraphs that say the same words are found by their longest common order; between them, those
are taken for one another that share most of their words.
"""

from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import Indel, LCSseq, Opcode

from retrieval.model import Passage, Revision, Role

ALIKE = 0.5
"""Share of their words from which two paragraphs are one, rewritten; below, they are two."""
COMPARED = 40_000
"""Pairs of paragraphs that are compared in one place, at most; in more, none is a rewriting."""


def revisions_of(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[Revision, ...]:
    """Return what was added, removed and changed between two versions, in order.

    Furniture is left out, and so is what stands there unchanged, moved by others or not.
    """
    pairs = _pairs(*([one for one in its if one.role is not Role.FURNITURE] for its in (old, new)))
    return tuple(
        pair
        for pair in pairs
        if not (pair.before and pair.after and pair.before.text == pair.after.text)
    )


def now_of(cited: Passage, old: Sequence[Passage], new: Sequence[Passage]) -> Passage | None:
    """Return what stands in a new version where a passage of an old one stood, None if nothing."""
    found = (pair.after for pair in _pairs(old, new) if pair.before and pair.before.id == cited.id)
    return next(found, None)


def _pairs(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Revision]:
    """Yield each paragraph of both versions once, with the one that it became."""
    blocks = LCSseq.opcodes([one.fingerprint for one in old], [one.fingerprint for one in new])
    for block in _joined(blocks):
        before = old[block.src_start : block.src_end]
        after = new[block.dest_start : block.dest_end]
        if block.tag == "equal":
            yield from (Revision(one, other) for one, other in zip(before, after, strict=True))
        else:
            yield from _rewritten(before, after)


def _joined(blocks: Iterable[Opcode]) -> Iterator[Opcode]:
    """Yield the blocks, with what is deleted and inserted in one place as one."""
    open_block: Opcode | None = None
    for block in blocks:
        if block.tag == "equal":
            if open_block:
                yield open_block
            open_block = None
            yield block
        elif open_block is None:
            open_block = block
        else:
            open_block = Opcode(
                "replace",
                open_block.src_start,
                block.src_end,
                open_block.dest_start,
                block.dest_end,
            )
    if open_block:
        yield open_block


def _rewritten(before: Sequence[Passage], after: Sequence[Passage]) -> Iterator[Revision]:
    """Yield the paragraphs of one place, those that are alike as one that was rewritten."""
    at = 0
    for one, index in zip(before, _matches(before, after), strict=True):
        if index is None:
            yield Revision(one, None)
            continue
        yield from (Revision(None, other) for other in after[at:index])
        yield Revision(one, after[index])
        at = index + 1
    yield from (Revision(None, other) for other in after[at:])


def _matches(before: Sequence[Passage], after: Sequence[Passage]) -> Sequence[int | None]:
    """Return for each paragraph the place of the one that it became; the places ascend.

    Of all ways to pair them in order, the one whose pairs are most alike together.
    """
    if not before or not after or len(before) * len(after) > COMPARED:
        return [None] * len(before)
    words = [one.text.split() for one in after]
    alike = [
        [
            Indel.normalized_similarity(one.text.split(), other, score_cutoff=ALIKE)
            for other in words
        ]
        for one in before
    ]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for row in reversed(range(len(before))):
        for column in reversed(range(len(after))):
            paired = alike[row][column] + best[row + 1][column + 1] if alike[row][column] else 0.0
            best[row][column] = max(paired, best[row + 1][column], best[row][column + 1])
    return _path(alike, best)


def _path(alike: Sequence[Sequence[float]], best: Sequence[Sequence[float]]) -> list[int | None]:
    """Return the pairs whose sum is the best one."""
    matches: list[int | None] = [None] * len(alike)
    row = column = 0
    while row < len(alike) and column < len(alike[0]):
        if best[row][column] == best[row + 1][column]:
            row += 1
        elif best[row][column] == best[row][column + 1]:
            column += 1
        else:
            matches[row] = column
            row, column = row + 1, column + 1
    return matches
