"""Following: what is derived from documents for the quote desk, kept up as they change.

For each new version it says who said what, and which wordings are near to others. One document is
followed at once; what a bulk load brings is followed in the background, while questions go on, and
by the next process where this one ends before.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from retrieval.analysis.analyzer import folded_words
from retrieval.documents.copies import Wording, are_near
from retrieval.errors import DatabaseUnusable
from retrieval.index.live_index import LiveIndex
from retrieval.index.passage_index import PassageIndex
from retrieval.index.postings.table import Hashes, hash_of
from retrieval.model import Document, Passage, Role, Status
from retrieval.quotes.attribution.attributed import Attributed
from retrieval.quotes.attribution.attributing import attributed_in
from retrieval.quotes.attribution.names import first_surname_of, surname_of
from retrieval.quotes.sketches import sketches_of
from retrieval.store import families, sayings
from retrieval.store.database import Database
from retrieval.store.documents import Documents
from retrieval.store.families import Families
from retrieval.store.passages import Passages
from retrieval.store.sayings import Saying, SpeakerNames

log = logging.getLogger("newsdesk")

AT_ONCE = 20
"""Changes up to which whoever made them waits; more are followed in the background."""
BATCH = 50
"""Documents that are followed in one transaction."""
REST = 2.0
"""Seconds before the background begins: a command that only asks has ended by then."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the quote desk has read."""

    followed: int
    """Changes,"""
    changes: int
    """of so many."""

    @property
    def is_done(self) -> bool:
        """Whether all is read."""
        return self.followed >= self.changes


@dataclass(frozen=True, slots=True)
class Derived:
    """What is derived from some documents."""

    sayings: Sequence[tuple[Document, Sequence[tuple[SpeakerNames, Saying]]]]
    sketches: Mapping[str, Sequence[int]]
    wordings: Mapping[str, Wording]


class Follower:
    """Keeps the quote desk's tables in step with the documents."""

    def __init__(
        self, database: Database, documents: Documents, passages: Passages, index: LiveIndex
    ) -> None:
        self._database = database
        self._documents = documents
        self._passages = passages
        self._index = index
        self._families = Families(database)
        self._turn = asyncio.Lock()
        self._background: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Follow in the background what another process has left."""
        if not (await self.progress()).is_done:
            self.begin()

    async def progress(self) -> Progress:
        """Return how far it has read."""
        return Progress(await self._families.followed(), await self._documents.revision())

    async def keep_up(self) -> None:
        """Follow a few changes at once, and many in the background.

        What cannot be written now is followed with the next change.
        """
        progress = await self.progress()
        if progress.changes - progress.followed > AT_ONCE:
            self.begin()
            return
        try:
            while await self._follow():
                pass
        except DatabaseUnusable as error:
            log.warning("quotations and copies are not followed yet: %s", error)

    def begin(self) -> None:
        """Follow all that there is in the background."""
        if self._background is None or self._background.done():
            self._background = asyncio.create_task(self._follow_all())

    async def finish(self) -> None:
        """Follow all that there is, and return when it is done."""
        while await self._follow():
            pass

    async def close(self) -> None:
        """Stop; what is left is followed by the next process."""
        if self._background:
            self._background.cancel()
            await asyncio.gather(self._background, return_exceptions=True)

    async def _follow_all(self) -> None:
        await asyncio.sleep(REST)
        try:
            await self.finish()
        except DatabaseUnusable as error:
            log.warning("quotations and copies are not followed yet: %s", error)

    async def _follow(self) -> bool:
        """Follow the next changes; say whether there were any."""
        async with self._turn:
            before = await self._families.followed()
            changes = await self._documents.changed_between(before, None, BATCH)
            if not changes:
                return False
            live = [one for _, _, one in changes if one and one.status is Status.LIVE]
            passages = await self._passages.of_all(live)
            forms = _forms(await self._index.current(), passages)
            derived = await asyncio.to_thread(_derived, live, passages, forms)
            pairs = await self._near(derived)
            async with self._database.transaction() as transaction:
                if await families.advance(transaction, before, changes[-1][0]):
                    await sayings.write(transaction, derived.sayings)
                    await families.write(transaction, derived.sketches, pairs)
            return True

    async def _near(self, derived: Derived) -> list[tuple[str, str]]:
        """Return which of the new wordings are near to one another, and to older ones."""
        hashes = {one for its in derived.sketches.values() for one in its}
        known = await self._families.with_shingles(hashes)
        candidates = set(_candidates(derived.sketches, known))
        older = {other for _, other in candidates if other not in derived.wordings}
        texts = await self._families.texts(sorted(older))
        return await asyncio.to_thread(_decided, candidates, derived.wordings, texts)


def _forms(index: PassageIndex, passages: Mapping[int, Sequence[Passage]]) -> dict[str, Hashes]:
    """Return the forms of each wording that can be cited, by its fingerprint.

    The index is changed by the thread of the event loop, and read by no other one.
    """
    citable = {
        passage.id: passage.fingerprint
        for its in passages.values()
        for passage in its
        if passage.role is not Role.FURNITURE
    }
    return {citable[one]: forms for one, forms in index.forms(list(citable)) if one in citable}


def _derived(
    documents: Sequence[Document],
    passages: Mapping[int, Sequence[Passage]],
    words: Mapping[str, Hashes],
) -> Derived:
    said = [(one, _with_names(passages[one.id], one.language)) for one in documents]
    sketches = dict(zip(words, sketches_of(list(words.values())), strict=True))
    kept = {one: sketch for one, sketch in sketches.items() if sketch}
    return Derived(said, kept, {one: Wording.of(words[one].tolist()) for one in kept})


def _with_names(
    passages: Sequence[Passage], language: str | None
) -> list[tuple[SpeakerNames, Saying]]:
    return [
        (_names_of(one), _saying(one, passages))
        for one in attributed_in(passages, language or "en")
    ]


def _names_of(one: Attributed) -> SpeakerNames:
    return SpeakerNames(surname_of(one.speaker), first_surname_of(one.speaker), one.offices)


def sayings_in(passages: Sequence[Passage], language: str | None) -> list[Saying]:
    """Return the quotations of a document that have a speaker; the passages are all it has.

    ``language`` is the document’s, None where it does not show it.
    """
    return [_saying(one, passages) for one in attributed_in(passages, language or "en")]


def _saying(one: Attributed, passages: Sequence[Passage]) -> Saying:
    parts = one.quoted.parts
    return Saying(
        speaker=one.speaker,
        quote=one.text,
        paragraph=passages[parts[0].paragraph].paragraph,
        last_paragraph=passages[parts[-1].paragraph].paragraph,
        evidence=one.evidence.of(passages[one.paragraph].text),
        rule=one.rule,
        is_sure=one.is_sure,
    )


def _candidates(
    sketches: Mapping[str, Sequence[int]], known: Mapping[int, Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """Yield pairs of wordings with a shingle in common.

    They are those that there would be had the wordings come one by one: when a shingle has become
    too common, it leads to no other wording.
    """
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for fingerprint, its in sketches.items():
        for shingle in its:
            holders[shingle].append(fingerprint)
    for shingle, its_new in holders.items():
        older = known.get(shingle, ())
        linked = its_new[: families.TOO_COMMON + 1 - len(older)]
        others = {*older, *linked}
        for one in linked:
            yield from ((one, other) for other in others if other != one)


def _decided(
    candidates: Iterable[tuple[str, str]],
    wordings: Mapping[str, Wording],
    texts: Mapping[str, str],
) -> list[tuple[str, str]]:
    """Return the candidates that are near indeed."""
    older = {
        fingerprint: Wording.of(list(map(hash_of, folded_words(text))))
        for fingerprint, text in texts.items()
    }
    known = {**older, **wordings}
    pairs = {(min(one, other), max(one, other)) for one, other in candidates}
    return [
        (one, other)
        for one, other in sorted(pairs)
        if one in known and other in known and are_near(known[one], known[other])
    ]
