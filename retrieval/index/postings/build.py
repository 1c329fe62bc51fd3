"""Segments made of what is live in tables: of a shelf's, and of other segments'.

The words of 40 million places need not be sorted at once: postings are made for a block of
passages at a time, and put where they belong by how often each term occurred before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.index.postings.segment import Segment, impacts_of
from retrieval.index.postings.table import (
    NO_TERM,
    Bytes,
    Flags,
    Floats,
    Hashes,
    Ints,
    Longs,
    Table,
    is_first,
    runs,
    starts_of,
)

MOST_FREQUENT = 1 << 16
"""A term that stands more often in one passage counts as often as this."""
BLOCK = 1 << 16
"""Passages whose words are sorted at a time."""

Part = tuple[Table, Flags]
"""A table and which of its passages are live."""


@dataclass(frozen=True, slots=True)
class Weighting:
    """BM25's parameters and the average length under which impacts are computed."""

    k1: float
    b: float
    average: float


def segment_of(parts: Sequence[Part], weighting: Weighting) -> Segment:
    """Return the live passages of several tables as one segment."""
    table = table_of(parts)
    blocks = [_block(table, first) for first in range(0, len(table), BLOCK)]
    bounds, slots, impacts = _postings(blocks, table, weighting)
    return Segment(
        **{field.name: getattr(table, field.name) for field in fields(Table)},
        bounds=bounds,
        slots=slots,
        impacts=impacts,
        most=_most(bounds, impacts),
        average=np.array([weighting.average]),
    )


def table_of(parts: Sequence[Part]) -> Table:
    """Return the live passages of several tables as one, in the order of their ids.

    Words that they have no longer are left out; words and terms are in the order of their hashes.
    """
    order = np.argsort(_live(parts, "passages"), kind="stable")
    sizes = np.concatenate([np.diff(table.starts)[live] for table, live in parts])
    places = slice(None) if _ascends(order) else runs(starts_of(sizes)[order], sizes[order])
    used = [_used(table, live) for table, live in parts]
    hashes, letters, letter_starts, term_rows = _terms(parts, used)
    word_forms, word_terms, word_rows = _words(parts, used, term_rows)
    documents, spaces, firsts, titles, title_starts = _runs_of(parts, word_rows, order)
    return Table(
        passages=_live(parts, "passages")[order],
        fingerprints=_live(parts, "fingerprints")[order],
        roles=_live(parts, "roles")[order],
        lengths=_live(parts, "lengths")[order],
        starts=starts_of(sizes[order]),
        forward=np.concatenate(
            [
                rows[table.forward[_places(table, live)]]
                for (table, live), rows in zip(parts, word_rows, strict=True)
            ]
        )[places],
        breaks=np.concatenate([table.breaks[_places(table, live)] for table, live in parts])[
            places
        ],
        documents=documents,
        spaces=spaces,
        firsts=firsts,
        titles=titles,
        title_starts=title_starts,
        word_forms=word_forms,
        word_terms=word_terms,
        hashes=hashes,
        letters=letters,
        letter_starts=letter_starts,
    )


def _live(parts: Sequence[Part], name: str) -> NDArray[Any]:
    return np.concatenate([getattr(table, name)[live] for table, live in parts])


def _ascends(order: Longs) -> bool:
    return bool((np.diff(order) > 0).all())


def _places(table: Table, live: Flags) -> Flags | slice:
    """Return which places of words are of live passages."""
    return slice(None) if live.all() else np.repeat(live, np.diff(table.starts))


def _used(table: Table, live: Flags) -> Flags:
    """Return which words of a table stand in a live passage or in the title of one."""
    used = np.zeros(len(table.word_forms), np.bool_)
    used[table.forward[_places(table, live)]] = True
    if len(live):
        has_live = np.logical_or.reduceat(live, table.firsts[:-1])
        used[table.titles[np.repeat(has_live, np.diff(table.title_starts))]] = True
    return used


def _terms(parts: Sequence[Part], used: Sequence[Flags]) -> tuple[Hashes, Bytes, Longs, list[Ints]]:
    """Return the terms of used words in the order of their hashes, and each old one's new row.

    The last of the new rows is NO_TERM, which so stands at the place NO_TERM.
    """
    tables = [table for table, _ in parts]
    rows = [
        np.unique(terms[terms != NO_TERM])
        for terms in (table.word_terms[flags] for table, flags in zip(tables, used, strict=True))
    ]
    chosen = list(zip(tables, rows, strict=True))
    hashes, firsts, new = np.unique(
        np.concatenate([table.hashes[its] for table, its in chosen]),
        return_index=True,
        return_inverse=True,
    )
    starts = np.concatenate([table.letter_starts[its] for table, its in chosen])[firsts]
    sizes = np.concatenate([np.diff(table.letter_starts)[its] for table, its in chosen])[firsts]
    owners = np.repeat(np.arange(len(tables)), list(map(len, rows)))[firsts]
    offsets = starts_of([len(table.letters) for table in tables])
    letters = np.concatenate([table.letters for table in tables])
    kept = letters[runs(starts + offsets[owners], sizes)]
    return hashes, kept, starts_of(sizes), _scattered(new, rows, [len(t.hashes) for t in tables])


def _words(
    parts: Sequence[Part], used: Sequence[Flags], term_rows: Sequence[Ints]
) -> tuple[Hashes, Ints, list[Ints]]:
    """Return used words in the order of their forms' hashes, and the new row of each old one."""
    tables = [table for table, _ in parts]
    chosen = list(zip(tables, used, term_rows, strict=True))
    forms = np.concatenate([table.word_forms[flags] for table, flags, _ in chosen])
    terms = np.concatenate([rows[table.word_terms[flags]] for table, flags, rows in chosen])
    order = np.lexsort((terms, forms))
    forms, terms = forms[order], terms[order]
    is_new = is_first(forms) | is_first(terms)
    new = np.empty(len(order), np.int32)
    new[order] = np.cumsum(is_new) - 1
    rows = [np.flatnonzero(flags) for flags in used]
    return forms[is_new], terms[is_new], _scattered(new, rows, list(map(len, used)))


def _scattered(new: NDArray[Any], rows: Sequence[NDArray[Any]], sizes: Sequence[int]) -> list[Ints]:
    """Return, for each table, the new row at the place of each old one; NO_TERM elsewhere."""
    scattered = []
    for its_new, its_rows, size in zip(_split(new, rows), rows, sizes, strict=True):
        at = np.full(size + 1, NO_TERM, np.int32)
        at[its_rows] = its_new
        scattered.append(at)
    return scattered


def _split(new: NDArray[Any], rows: Sequence[NDArray[Any]]) -> list[NDArray[Any]]:
    return np.split(new, np.cumsum(list(map(len, rows)))[:-1])


def _runs_of(
    parts: Sequence[Part], word_rows: Sequence[Ints], order: Longs
) -> tuple[Longs, Ints, Longs, Ints, Longs]:
    """Return documents, spaces, first slots and titles of the runs of live passages."""
    tables = [table for table, _ in parts]
    before = starts_of([len(table.documents) for table in tables])
    run_of = np.concatenate(
        [
            (np.repeat(np.arange(len(table.documents)), np.diff(table.firsts)) + offset)[live]
            for (table, live), offset in zip(parts, before, strict=False)
        ]
    )[order]
    documents = np.concatenate([table.documents for table in tables])
    firsts = np.flatnonzero(is_first(documents[run_of]))
    kept = run_of[firsts]
    sizes = np.concatenate([np.diff(table.title_starts) for table in tables])
    titles = np.concatenate(
        [rows[table.titles] for table, rows in zip(tables, word_rows, strict=True)]
    )
    return (
        documents[kept],
        np.concatenate([table.spaces for table in tables])[kept],
        np.append(firsts, len(run_of)),
        titles[runs(starts_of(sizes)[kept], sizes[kept])],
        starts_of(sizes[kept]),
    )


def _postings(
    blocks: Sequence[tuple[Ints, Ints, Ints]], table: Table, weighting: Weighting
) -> tuple[Longs, Ints, Floats]:
    """Return where each term's postings begin, their slots and their impacts."""
    terms = len(table.hashes)
    counts = np.zeros(terms, np.int64)
    for rows, _, _ in blocks:
        counts += np.bincount(rows, minlength=terms)
    bounds = starts_of(counts)
    slots = np.empty(int(bounds[-1]), np.int32)
    impacts = np.empty(len(slots), np.float32)
    ends = bounds[:-1].copy()
    for rows, its_slots, frequencies in blocks:
        its_counts = np.bincount(rows, minlength=terms)
        places = runs(ends, its_counts)
        ends += its_counts
        slots[places] = its_slots
        impacts[places] = impacts_of(
            frequencies, table.lengths[its_slots], weighting.average, weighting.k1, weighting.b
        )
    return bounds, slots, impacts


def _block(table: Table, first: int) -> tuple[Ints, Ints, Ints]:
    """Return rows, slots and frequencies of the terms of a block's passages, by row and slot."""
    end = min(first + BLOCK, len(table))
    rows = table.word_terms[table.forward[table.starts[first] : table.starts[end]]]
    slots = np.repeat(np.arange(end - first), np.diff(table.starts[first : end + 1]))
    keys = (rows.astype(np.int64) * BLOCK + slots)[rows != NO_TERM]
    keys.sort()
    at = np.flatnonzero(is_first(keys))
    frequencies = np.minimum(np.diff(np.append(at, len(keys))), MOST_FREQUENT)
    kept = keys[at]
    return (
        (kept // BLOCK).astype(np.int32),
        (kept % BLOCK + first).astype(np.int32),
        frequencies.astype(np.int32),
    )


def _most(bounds: Longs, impacts: Floats) -> Floats:
    most = np.zeros(len(bounds) - 1, np.float32)
    held = np.flatnonzero(np.diff(bounds))
    if len(held):
        most[held] = np.maximum.reduceat(impacts, bounds[held])
    return most
