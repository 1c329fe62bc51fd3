"""Scopes: which passages a question may draw on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.analysis.analyzer import Phrase
from retrieval.index.postings.parts import Part
from retrieval.index.postings.table import Flags, Ints, is_first

AT_ONCE = 1 << 13
"""Passages whose words are looked through at a time: a phrase of stop words may be in any."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What the passages must have that a question may draw on."""

    space: str | None = None
    """They are shared or of this space."""
    documents: Collection[int] | None = None
    """They stand in these documents; in any, where it is None."""
    phrases: Sequence[Phrase] = ()
    """They hold each of these, word for word."""
    excluded: Collection[str] = ()
    """They hold none of these terms,"""
    excluded_phrases: Sequence[Phrase] = ()
    """and none of these phrases."""

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the space is asked of the passages."""
        wanted = self.phrases or self.excluded or self.excluded_phrases
        return self.documents is not None or bool(wanted)


def allowed(part: Part, scope: Scope, space: int) -> Flags | None:
    """Return which slots are in a scope, None where all are; ``space`` is the number of its space.

    The answer may be kept by the part and is not to be changed.
    """
    seen = part.seen_by(space)
    if not scope.is_narrow:
        return seen
    flags = part.live.copy() if seen is None else seen.copy()
    if scope.documents is not None:
        flags &= _of_documents(part, scope.documents)
    for term in scope.excluded:
        row = part.row(term)
        if row is not None:
            flags[part.postings(row).slots] = False
    for phrase in scope.excluded_phrases:
        flags[holding(part, phrase, _that_may_hold(part, phrase, flags))] = False
    for phrase in scope.phrases:
        _keep(flags, holding(part, phrase, _that_may_hold(part, phrase, flags)))
    return flags


def _of_documents(part: Part, documents: Collection[int]) -> Flags:
    wanted = np.fromiter(documents, np.int64, len(documents))
    runs = np.isin(part.table.documents, wanted)
    return np.repeat(runs, np.diff(part.table.firsts))


def _keep(flags: Flags, slots: Ints) -> None:
    """Leave only those of the flags that are of these slots."""
    kept = slots[flags[slots]]
    flags[:] = False
    flags[kept] = True


def _that_may_hold(part: Part, phrase: Phrase, flags: Flags) -> Ints:
    """Return the slots with these flags that hold, for each word of a phrase, one of its terms.

    Where a phrase is made of stop words only, this is all of them.
    """
    slots = None
    for form in phrase:
        terms = {int(part.table.word_terms[row]) for row in part.form_rows(form)}
        if not terms:
            return np.empty(0, np.int32)
        if min(terms) >= 0:
            holders = np.unique(np.concatenate([part.postings(row).slots for row in terms]))
            slots = holders if slots is None else np.intersect1d(slots, holders, assume_unique=True)
    if slots is None:
        return np.flatnonzero(flags).astype(np.int32)
    held: Ints = slots[flags[slots]].astype(np.int32)
    return held


def holding(part: Part, phrase: Phrase, slots: Ints) -> Ints:
    """Return which of some passages hold a phrase, word for word.

    Words without a form do not stand in the text, and so in no phrase.
    """
    rows = [np.array(part.form_rows(form) if form else (), np.int32) for form in phrase]
    if not all(map(len, rows)) or not len(slots):
        return slots[:0]
    if len(slots) > AT_ONCE:
        blocks = np.array_split(slots, len(slots) // AT_ONCE + 1)
        return np.concatenate([holding(part, phrase, block) for block in blocks])
    words, sizes = part.words_of(slots)
    ends = np.cumsum(sizes)
    begins = np.flatnonzero(np.isin(words, rows[0]))
    owners = np.searchsorted(ends, begins, "right")
    inside = begins + len(phrase) <= ends[owners]
    begins, owners = begins[inside], owners[inside]
    for offset, one in enumerate(rows[1:], 1):
        here = np.isin(words[begins + offset], one)
        begins, owners = begins[here], owners[here]
        if not len(begins):
            break
    found: Ints = slots[owners[is_first(owners)]]
    return found
