"""The passages that an index holds, as columns: what they are, and their words in order.

Passages have slots, from 0, in a segment in the order of their ids; passages of one document that
follow one another are a run. Words and terms have rows. ``forward`` goes from a slot to the rows of
its words; the postings of a ``Segment`` go from the row of a term to slots.
"""

import hashlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.analysis.analyzer import TERM, Word
from retrieval.model import Role

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
Hashes = NDArray[np.uint64]

ROLES = tuple(Role)
"""A role's number is its place here."""
NO_TERM = -1
"""In the place of a term's row, for a stop word."""


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage as the index takes it in."""

    id: int
    sentences: Sequence[Sequence[Word]]
    role: Role = Role.TEXT
    fingerprint: str = "0"
    """Hex digits, at most 16: equal for passages that say the same words."""

    @property
    def length(self) -> int:
        """How many terms it has."""
        return sum(map(bool, map(TERM, chain.from_iterable(self.sentences))))


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document as the index takes it in."""

    id: int
    space: str | None
    passages: Sequence[IndexedPassage]
    title: Sequence[Word] = ()


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Table:
    """Columns over n passages in R runs, with W words, V terms and T places of words."""

    passages: Longs
    """Ids, ascending in a segment; shape (n,)."""
    fingerprints: Hashes
    """Shape (n,)."""
    roles: Bytes
    """Numbers of the roles; shape (n,)."""
    lengths: Ints
    """Terms of each passage; shape (n,)."""
    starts: Longs
    """Where each passage begins in ``forward``, and the end; shape (n + 1,)."""
    forward: Ints
    """Rows of words; shape (T,)."""
    breaks: Flags
    """Whether a sentence begins there; shape (T,)."""
    documents: Longs
    """The document of each run; shape (R,)."""
    spaces: Ints
    """The space of each run, by its number in the index, 0 if shared; shape (R,)."""
    firsts: Longs
    """The first slot of each run, and the end; shape (R + 1,)."""
    titles: Ints
    """Rows of the words of the runs' titles, one title behind the other."""
    title_starts: Longs
    """Where each run's title begins, and the end; shape (R + 1,)."""
    word_forms: Hashes
    """Hash of each word's form, ascending in a segment; shape (W,)."""
    word_terms: Ints
    """Row of each word's term, or NO_TERM; shape (W,)."""
    hashes: Hashes
    """Hash of each term, ascending in a segment; shape (V,)."""
    letters: Bytes
    """The terms in UTF-8, row by row."""
    letter_starts: Longs
    """Where each term's letters begin, and the end; shape (V + 1,)."""

    def __len__(self) -> int:
        return len(self.passages)

    def term(self, row: int) -> str:
        """Return the term of a row."""
        start, end = self.letter_starts[row], self.letter_starts[row + 1]
        return self.letters[start:end].tobytes().decode()


class Collection:
    """Columns that grow, a document at a time."""

    def __init__(self) -> None:
        self.terms: dict[str, int] = {}
        """The row of each term."""
        self._words: dict[Word, int] = {}
        self._word_forms = array("Q")
        self._word_terms = array("i")
        self._hashes = array("Q")
        self._letters = bytearray()
        self._letter_starts = array("q", [0])
        self.clear()

    def clear(self) -> None:
        """Forget the passages, and keep the words: what comes next has mostly the same."""
        self._passages = array("q")
        self._fingerprints = array("Q")
        self._roles = array("B")
        self._lengths = array("i")
        self._starts = array("q", [0])
        self._forward = array("i")
        self._breaks = array("B")
        self._documents = array("q")
        self._spaces = array("i")
        self._firsts = array("q", [0])
        self._titles = array("i")
        self._title_starts = array("q", [0])

    def __len__(self) -> int:
        return len(self._passages)

    @property
    def runs(self) -> int:
        """How many runs of passages there are."""
        return len(self._documents)

    def add(self, document: IndexedDocument, space: int) -> None:
        """Put a document's passages behind the others."""
        for passage in document.passages:
            for sentence in passage.sentences:
                self._forward.extend(self._rows(sentence))
                self._breaks.extend(b"\1" + bytes(len(sentence) - 1) if sentence else b"")
            self._passages.append(passage.id)
            self._fingerprints.append(int(passage.fingerprint, 16))
            self._roles.append(ROLES.index(passage.role))
            self._lengths.append(passage.length)
            self._starts.append(len(self._forward))
        if document.passages:
            self._documents.append(document.id)
            self._spaces.append(space)
            self._firsts.append(len(self._passages))
            self._titles.extend(self._rows(document.title))
            self._title_starts.append(len(self._titles))

    def _rows(self, words: Sequence[Word]) -> list[int]:
        row_of = self._words.__getitem__
        try:
            return list(map(row_of, words))
        except KeyError:
            for word in words:
                if word not in self._words:
                    self._add_row(word)
            return list(map(row_of, words))

    def _add_row(self, word: Word) -> None:
        self._words[word] = len(self._words)
        form, term = word
        self._word_forms.append(hash_of(form))
        self._word_terms.append(self._term_row(term) if term else NO_TERM)

    def _term_row(self, term: str) -> int:
        if term not in self.terms:
            self.terms[term] = len(self.terms)
            self._hashes.append(hash_of(term))
            self._letters += term.encode()
            self._letter_starts.append(len(self._letters))
        return self.terms[term]

    def terms_of(self, slot: int) -> list[int]:
        """Return the rows of a passage's terms, in the order of the text."""
        words = self._forward[self._starts[slot] : self._starts[slot + 1]]
        return [row for row in map(self._word_terms.__getitem__, words) if row != NO_TERM]

    def table(self) -> Table:
        """Return the columns as they are now."""
        return Table(
            passages=np.array(self._passages),
            fingerprints=np.array(self._fingerprints),
            roles=np.array(self._roles),
            lengths=np.array(self._lengths),
            starts=np.array(self._starts),
            forward=np.array(self._forward),
            breaks=np.array(self._breaks).astype(np.bool_),
            documents=np.array(self._documents),
            spaces=np.array(self._spaces),
            firsts=np.array(self._firsts),
            titles=np.array(self._titles),
            title_starts=np.array(self._title_starts),
            word_forms=np.array(self._word_forms),
            word_terms=np.array(self._word_terms),
            hashes=np.array(self._hashes),
            letters=np.frombuffer(bytes(self._letters), np.uint8),
            letter_starts=np.array(self._letter_starts),
        )


@lru_cache(maxsize=1 << 16)
def hash_of(text: str) -> int:
    """Return 64 bits for a form or a term, the same in every process."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


NO_FORM = hash_of("")
"""The form of words under which a passage is found and that do not stand in it."""


def starts_of(sizes: NDArray[Any] | Sequence[int]) -> Longs:
    """Return where each of several runs begins, one behind the other, and the end."""
    starts = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts


def runs(starts: NDArray[Any], sizes: NDArray[Any]) -> Longs:
    """Return the indices of several runs, one behind the other."""
    places = np.repeat(starts + sizes - np.cumsum(sizes), sizes)
    places += np.arange(len(places))
    return places


def is_first(values: NDArray[Any]) -> Flags:
    """Return for each value whether it differs from the one before it."""
    flags = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=flags[1:])
    return flags
