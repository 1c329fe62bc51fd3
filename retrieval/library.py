"""The library: the one way in, with the store and the index kept in step behind it."""

import asyncio
import logging
import secrets
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Self

from retrieval.analysis.analyzer import Analyzer
from retrieval.analysis.languages import ENGLISH
from retrieval.answering import verification
from retrieval.answering.calibration import Calibration
from retrieval.answering.completing import Completed, Completer, Completion
from retrieval.answering.explaining import explanation_of
from retrieval.answering.finder import Finder
from retrieval.answering.ranking import Ranking
from retrieval.documents.holding import to_come
from retrieval.documents.listing import DocumentPage, ListFilter
from retrieval.documents.revisions import now_of, revisions_of
from retrieval.documents.transitions import Edit
from retrieval.errors import DatabaseUnusable, LibraryError
from retrieval.index.bulk import read_ahead
from retrieval.index.live_index import LiveIndex
from retrieval.intake.details import cleaned, cleaned_note
from retrieval.intake.incoming import DEFAULT_MAX_BYTES, Incoming, check_size
from retrieval.intake.names import file_name
from retrieval.intake.new_documents import NewDocument
from retrieval.intake.taking_in import take_in
from retrieval.intake.unpacking import unpacked
from retrieval.model import (
    NO_DETAILS,
    Action,
    Actor,
    Change,
    Coverage,
    Details,
    Document,
    Explanation,
    Findings,
    Hit,
    Outcome,
    Passage,
    Revision,
    Role,
    Status,
    Understood,
    Undone,
    Verification,
    Vitals,
)
from retrieval.quotes.desk import QuoteDesk
from retrieval.quotes.drafts import DraftCheck, DraftDesk
from retrieval.quotes.families import Family, FamilyDesk
from retrieval.quotes.following import Follower, Progress
from retrieval.quotes.model import QuoteCheck
from retrieval.quotes.saying import Said, SaidDesk
from retrieval.quotes.speakers import Speakers
from retrieval.readers import DEFAULT_LIMITS, Limits, Readers, text_of
from retrieval.readers.isolation import PROCESSES
from retrieval.readers.recognition import is_text
from retrieval.store.abbreviations import Abbreviations
from retrieval.store.accepted import Accepted
from retrieval.store.answers import Answers
from retrieval.store.bars import Bars
from retrieval.store.database import Database
from retrieval.store.documents import Documents
from retrieval.store.families import Families
from retrieval.store.moderation import Moderation
from retrieval.store.names import Names
from retrieval.store.passages import Passages
from retrieval.store.people import People
from retrieval.store.purging import Purged, Purging
from retrieval.store.sayings import Sayings
from retrieval.store.trail import Trail
from retrieval.store.upkeep import Upkeep
from retrieval.store.versions import Stored

log = logging.getLogger("newsdesk")

OPERATOR = Actor(id="operator", name="operator", platform="console")
"""Whoever runs the program, where nobody else is named."""
DEFAULT_RANKING = Ranking()


class Library:
    """Documents that can be asked, added, replaced, removed, restored and verified.

    ``space`` names the Slack workspace or Discord guild for which something is done; with None it
    is done for the shared documents only.
    """

    def __init__(
        self,
        database: Database,
        *,
        max_bytes: int,
        limits: Limits,
        ranking: Ranking,
        language: str,
    ) -> None:
        self.max_bytes = max_bytes
        """Size of one source at most."""
        self.limits = limits
        """What reading one source may cost."""
        self._readers = Readers(limits)
        self._reading = ThreadPoolExecutor(PROCESSES, "reading")
        self._ranking = ranking
        self._documents = Documents(database)
        self._moderation = Moderation(database)
        self._purging = Purging(database)
        self._passages = Passages(database)
        self._trail = Trail(database)
        self._completer = Completer(Names(database))
        self.answers = Answers(database)
        """What the buttons under answers need."""
        self.people = People(database)
        """What is kept about people."""
        self.accepted = Accepted(database)
        """What was accepted and is not answered yet."""
        self._upkeep = Upkeep(database)
        self.path = database.path
        self._analyzer = Analyzer(language)
        self._index = LiveIndex(
            database.path, self._documents, self._passages, self._trail, self._analyzer
        )
        bars, families = Bars(database), Families(database)
        self._finder = Finder(
            index=self._index,
            documents=self._documents,
            passages=self._passages,
            abbreviations=Abbreviations(database),
            analyzer=self._analyzer,
            ranking=ranking,
            bars=bars,
            families=families,
        )
        self._calibration = Calibration(self._finder, self._passages, bars)
        self._follower = Follower(database, self._documents, self._passages, self._index)
        sayings = Sayings(database)
        self._family_desk = FamilyDesk(families, self._passages, self._follower)
        self._said = SaidDesk(self._documents, sayings, self._follower, self._analyzer)
        self._quotes = QuoteDesk(
            index=self._index,
            coverage=self._finder.coverage,
            passages=self._passages,
            speakers=Speakers(sayings, self._passages, self._follower),
            families=families,
            analyzer=self._analyzer,
        )
        self._drafts = DraftDesk(
            quotes=self._quotes,
            index=self._index,
            documents=self._documents,
            passages=self._passages,
            readers=self._readers,
            analyzer=self._analyzer,
        )

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        path: str | Path,
        *,
        max_bytes: int = DEFAULT_MAX_BYTES,
        limits: Limits = DEFAULT_LIMITS,
        ranking: Ranking = DEFAULT_RANKING,
        language: str = ENGLISH,
    ) -> AsyncIterator[Self]:
        """Open the library at ``path``, empty where there is none yet.

        ``language``, a name in LANGUAGES, is that of texts and questions that do not show another.

        Another ranking than the default is for measuring what its parts are worth.

        Raises DatabaseUnusable where the file is no library or cannot be used.
        """
        async with Database.open(Path(path)) as database:
            library = cls(
                database, max_bytes=max_bytes, limits=limits, ranking=ranking, language=language
            )
            try:
                await library._index.start()
                await library._follower.start()
                yield library
            finally:
                await library._follower.close()
                await library._calibration.close()
                await library._index.close()
                await asyncio.to_thread(library._end_reading)

    async def warm_up(self) -> None:
        """Let what reads complex formats load its libraries, a second or two, beside all else."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._reading, self._readers.warm_up)

    def check_size(self, size: int, filename: str) -> None:
        """Raise SourceTooLarge where a source of ``size`` bytes would be refused."""
        check_size(size, filename, self.max_bytes)

    async def add(
        self,
        content: bytes,
        filename: str,
        space: str | None = None,
        *,
        details: Details = NO_DETAILS,
        hold_until: datetime | None = None,
        actor: Actor = OPERATOR,
    ) -> Outcome:
        """Add a document; it is searchable when this returns, or nothing has changed.

        With ``hold_until`` only moderators know of it until then; it appears by itself.

        Raises UnreadableSource, SourceTooLarge, BadDetail, or NameTaken where the space has a
        document of this name with other bytes; with the same bytes nothing is changed.
        """
        new = await self._take_in(content, filename, details)
        [result] = await self._moderation.add([new], space, actor, _hold(hold_until))
        return await self._understood(await self._indexed(_outcome(result)))

    async def add_all(
        self,
        sources: Iterable[Incoming | LibraryError],
        space: str | None = None,
        *,
        hold_until: datetime | None = None,
        actor: Actor = OPERATOR,
    ) -> AsyncGenerator[Outcome | LibraryError, None]:
        """Add many documents; yield what came of each, in their order, once it is durable.

        A source that cannot be added stops no other, and an error in the place of one is passed
        on. All is searchable at the end; whoever asks meanwhile finds what was yielded.
        """
        hold = _hold(hold_until)
        actor = replace(actor, message=actor.message or secrets.token_hex(8))
        reading = read_ahead(sources, self.max_bytes, self._analyzer, self._readers)
        async for batch in reading:
            news = [one for one in batch.results if not isinstance(one, LibraryError)]
            added = iter(await self._moderation.add(news, space, actor, hold))
            results = [
                one if isinstance(one, LibraryError) else next(added) for one in batch.results
            ]
            stored = [one if isinstance(one, Stored) else None for one in results]
            if not hold:
                await self._index.take(batch, stored, space)
            for result in results:
                yield _result(result)
        await self._index.current()
        await self._index.settle()
        await self._follower.keep_up()
        await self._calibration.settle(space, await self.coverage(space))

    async def unpacked(
        self, content: bytes, filename: str
    ) -> AsyncGenerator[Incoming | LibraryError, None]:
        """Yield the sources that an archive holds, and why one cannot be had in its place.

        A source that is no archive is yielded as it is.
        """
        sources = unpacked(Incoming(content, filename), self.max_bytes, self.limits)
        while (source := await asyncio.to_thread(next, sources, None)) is not None:
            yield source

    async def replace(
        self,
        content: bytes,
        filename: str,
        space: str | None = None,
        *,
        details: Details = NO_DETAILS,
        hold_until: datetime | None = None,
        lifts_hold: bool = False,
        actor: Actor = OPERATOR,
    ) -> Outcome:
        """Put a new version in a document's place; the older ones are kept and never answer.

        Details, a correction and an embargo that a person gave earlier stay, the embargo unless
        ``lifts_hold`` ends it. The same bytes with other details are a new version too; with the
        same nothing is changed.

        Raises as add does, and NoSuchDocument where there is nothing to replace.
        """
        new = await self._take_in(content, filename, details)
        outcome, old = await self._moderation.replace(
            new, space, actor, _hold(hold_until), lifts_hold=lifts_hold
        )
        outcome = await self._understood(await self._indexed(outcome))
        if not outcome.changed:
            return outcome
        return replace(outcome, revisions=await self.revisions(old, outcome.document))

    async def edit(
        self,
        filename: str,
        space: str | None = None,
        *,
        details: Details = NO_DETAILS,
        hold_until: datetime | None = None,
        lifts_hold: bool = False,
        actor: Actor = OPERATOR,
    ) -> Outcome:
        """Set right what was understood of a document; it stays the same version.

        ``details`` are set, those that they deny become unknown, and all others stay.
        ``hold_until`` holds it under an embargo, ``lifts_hold`` ends one.
        """
        edit = Edit(cleaned(details), _hold(hold_until), lifts_hold)
        file = file_name(filename)
        return await self._indexed(await self._moderation.edit(file, space, actor, edit))

    async def correct(
        self,
        filename: str,
        note: str | None,
        space: str | None = None,
        *,
        actor: Actor = OPERATOR,
    ) -> Outcome:
        """Let every citation of a document show a note; with None it shows none any more."""
        file = file_name(filename)
        text = cleaned_note(note) if note else None
        return await self._indexed(await self._moderation.correct(file, space, actor, text))

    async def retract(
        self, filename: str, reason: str, space: str | None = None, *, actor: Actor = OPERATOR
    ) -> Outcome:
        """Let a document answer no more; its receipts say who withdrew it, when and why."""
        file, text = file_name(filename), cleaned_note(reason)
        return await self._indexed(await self._moderation.retract(file, space, actor, text))

    async def remove(
        self, filename: str, space: str | None = None, *, actor: Actor = OPERATOR
    ) -> Outcome:
        """Let a document answer no more; raise NoSuchDocument where there is none."""
        file = file_name(filename)
        return await self._indexed(await self._moderation.remove(file, space, actor))

    async def restore(
        self, filename: str, space: str | None = None, *, actor: Actor = OPERATOR
    ) -> Outcome:
        """Let a document that was removed or retracted answer again.

        Raises NoSuchDocument where there is none.
        """
        file = file_name(filename)
        return await self._indexed(await self._moderation.restore(file, space, actor))

    async def undo(
        self, filename: str | None = None, space: str | None = None, *, actor: Actor = OPERATOR
    ) -> Undone:
        """Take back what one message changed last in the space, or the last change of a document.

        That is a change too: the next undo takes it back in turn. Raises NothingToUndo.
        """
        file = file_name(filename) if filename else None
        undone = await self._moderation.undo(space, file, actor)
        await self._keep_up()
        return undone

    async def purge(
        self, filename: str, space: str | None = None, *, actor: Actor = OPERATOR
    ) -> Purged:
        """Erase a document with all its versions for good, from the database and the saved index.

        The trail keeps that it was there, its name and the hash of its bytes, and no word of it.
        Raises NoSuchDocument, or DatabaseUnusable where another process is in the way.
        """
        purged = await self._purging.purge(file_name(filename), space, actor)
        await self._index.forget()
        await self._purging.rewrite()
        return purged

    async def reindex(self) -> int:
        """Build the index anew from the database; return how many passages are in it."""
        return await self._index.rebuild()

    async def find(self, question: str, limit: int = 3, space: str | None = None) -> Findings:
        """Return the best ``limit`` passages for a question and how sure the match is."""
        await self._let_appear()
        findings = await self._finder.find(question, limit, space)
        await self._calibration.begin_if_due(space, findings.coverage)
        return findings

    async def explain(self, question: str, limit: int = 3, space: str | None = None) -> Explanation:
        """Return what find does, and what it rests on: words, scores and evidence."""
        await self._let_appear()
        answered = await self._finder.answered(question, limit, space)
        return explanation_of(answered, self._ranking)

    async def search(self, question: str, limit: int = 10, space: str | None = None) -> list[Hit]:
        """Return the best ``limit`` passages for a question, best first."""
        return list((await self.find(question, limit, space)).hits)

    async def check_quote(
        self, quote: str, space: str | None = None, *, speaker: str = ""
    ) -> QuoteCheck:
        """Return what the coverage says of a quotation, word by word, and of who said it.

        Raises BadQuotation where the text holds no word, or more of them than can be compared.
        """
        return await self._quotes.check(quote, speaker, space)

    async def said(self, person: str, topic: str = "", space: str | None = None) -> Said:
        """Return what documents quote of a person, about a topic where one is named.

        Both may hold filters of the query language. Raises BadFilter where one cannot be read,
        BadQuotation where nobody is named.
        """
        return await self._said.said(person, topic, space)

    async def family(self, verification: Verification, space: str | None = None) -> Family:
        """Return a cited passage with its near copies, and with those who quote the same."""
        quoted = await self._quotes.quoting(verification, space)
        return await self._family_desk.family(verification, quoted, space)

    async def check_draft(self, content: bytes, name: str, space: str | None = None) -> DraftCheck:
        """Return what the coverage says of a draft's quotations and figures; nothing is kept.

        Raises UnreadableSource where the bytes are no text.
        """
        return await self._drafts.check(content, name, space)

    async def reading(self) -> Progress:
        """Return how far the coverage of all spaces is read for quotations and copies."""
        return await self._follower.progress()

    async def documents(self, space: str | None = None) -> list[Document]:
        """Return the documents that the space may see, newest first."""
        await self._let_appear()
        return await self._documents.all_visible(space)

    async def page(
        self, wanted: ListFilter, space: str | None = None, *, start: int = 0, number: int = 20
    ) -> DocumentPage:
        """Return ``number`` of the documents that a list is of, from the ``start``th on, from 0.

        Those of another status than live are for moderators: they are the space's own only.
        """
        await self._let_appear()
        return await self._documents.page(wanted, space, start=start, number=number)

    async def document(
        self, filename: str, space: str | None = None, *, held: bool = False
    ) -> Document:
        """Return a document that the space may see; raise NoSuchDocument where there is none.

        With ``held``, which is for moderators, the space's own under embargo are among them.
        """
        await self._let_appear()
        return await self._documents.visible(file_name(filename), space, held=held)

    async def completions(
        self,
        kind: Completed | str,
        typed: str,
        space: str | None = None,
        *,
        status: Status = Status.LIVE,
    ) -> list[Completion]:
        """Return at most 25 files, outlets or authors that may be meant by what is typed so far.

        ``kind`` is “file”, “outlet” or “author”. Those that begin so come first, then those that
        hold it, each newest first; a file is found by its title too. Of another ``status`` than
        live, which is for moderators, the space's own only.
        """
        await self._let_appear()
        return await self._completer.complete(Completed(kind), typed, space, status)

    async def passages(self, document: Document) -> list[Passage]:
        """Return all passages of a document, in order, furniture included."""
        return await self._passages.of(document)

    async def source(self, document: Document) -> bytes:
        """Return a document's bytes as they were received."""
        return await self._documents.source(document)

    async def extraction(self, document: Document) -> str | None:
        """Return the text that was taken out of a document; None where its bytes are the text."""
        return await self._documents.extraction(document)

    async def text(self, document: Document) -> str:
        """Return a document's text, in which the offsets of its passages count."""
        extraction = await self._documents.extraction(document)
        if extraction is not None:
            return extraction
        return text_of(await self.source(document), document.file)

    async def coverage(self, space: str | None = None) -> Coverage:
        """Return how much the space may see, and how fresh it is."""
        await self._let_appear()
        return await self._documents.coverage(space)

    async def vitals(self) -> Vitals:
        """Return how the library is, over all spaces."""
        documents, passages, newest = await self._upkeep.count()
        behind = await self._documents.revision() - self._index.revision
        _, at = await self._trail.last()
        return Vitals(
            documents=documents,
            passages=passages,
            newest=newest,
            indexed=self._index.passages,
            behind=behind,
            database_bytes=self._upkeep.size(),
            changed=datetime.fromisoformat(at) if at else None,
        )

    async def verify(self, receipt: str, space: str | None = None) -> Verification | None:
        """Return what a receipt stands for and what became of it, None where it is unknown.

        Raises BadReceipt where the text is no receipt, or the beginning of several.
        """
        await self._let_appear()
        return await verification.verify(
            receipt, space, self._documents, self._passages, self._trail
        )

    async def neighbour(self, verified: Verification, *, step: int) -> Passage | None:
        """Return the passage before (-1) or after (+1) a cited one, None at the document's end."""
        return await self._passages.next_to(verified.document, verified.passage, step=step)

    async def revisions(self, old: Document, new: Document) -> tuple[Revision, ...]:
        """Return what changed between two versions of a document, paragraph by paragraph."""
        before, after = await self._passages.of(old), await self._passages.of(new)
        return await asyncio.to_thread(revisions_of, before, after)

    async def standing_now(self, verified: Verification) -> Passage | None:
        """Return what stands today where a cited passage stood, None where nothing does."""
        current = await self.document(verified.document.file, verified.document.space)
        before = await self._passages.of(verified.document)
        after = await self._passages.of(current)
        return await asyncio.to_thread(now_of, verified.passage, before, after)

    async def history(
        self,
        filename: str | None = None,
        space: str | None = None,
        limit: int = 50,
        *,
        before: int | None = None,
        start: int = 0,
    ) -> list[Change]:
        """Return the newest lines of the audit trail of a space, or of one of its documents.

        With ``before``, the id of a line, those that were written before it; of all these
        ``start`` are passed over.
        """
        file = None if filename is None else file_name(filename)
        return await self._trail.read(space, file, limit, before=before, start=start)

    async def changes(self, filename: str | None = None, space: str | None = None) -> int:
        """Return how many lines the audit trail of a space has, or of one of its documents."""
        file = None if filename is None else file_name(filename)
        return await self._trail.count(space, file)

    async def refused(self, what: str, filename: str, space: str | None, actor: Actor) -> None:
        """Write on the trail that somebody was refused a change."""
        await self._trail.write(
            Change(
                at=datetime.now(UTC),
                actor=actor,
                space=space,
                action=Action.REFUSED,
                file=filename,
                before=None,
                after=None,
                note=what,
            )
        )

    async def _let_appear(self) -> None:
        """Let documents appear whose embargo has ended; what cannot be written stops no answer."""
        try:
            await self._moderation.release_due()
        except DatabaseUnusable as error:
            log.warning("an embargo has ended and the document cannot appear: %s", error)

    async def _take_in(self, content: bytes, filename: str, details: Details) -> NewDocument:
        """Read a source in a thread of its own: a large one must not hold up the questions.

        Those that other processes read have their own few threads, for they may take long.
        """
        reading = partial(
            take_in,
            content,
            filename,
            details,
            self._analyzer,
            max_bytes=self.max_bytes,
            read=self._readers.read,
            limits=self.limits,
        )
        threads = None if is_text(content, filename) else self._reading
        return await asyncio.get_running_loop().run_in_executor(threads, reading)

    def _end_reading(self) -> None:
        self._reading.shutdown()
        self._readers.close()

    async def _understood(self, outcome: Outcome) -> Outcome:
        """Return what came of one source with what was made of it."""
        if not outcome.changed:
            return outcome
        document = outcome.document
        passages = await self._passages.of(document)
        near = await self._passages.near_copies(document, passages, document.space)
        furniture = tuple(one for one in passages if one.role is Role.FURNITURE)
        understood = Understood(furniture, tuple(near))
        return replace(outcome, understood=understood)

    async def _indexed(self, outcome: Outcome) -> Outcome:
        await self._keep_up()
        return outcome

    async def _keep_up(self) -> None:
        """Let everything that follows the documents see what was changed."""
        await self._index.current()
        await self._follower.keep_up()


def _hold(until: datetime | None) -> datetime | None:
    return to_come(until) if until else None


def _outcome(result: Stored | Outcome | LibraryError) -> Outcome:
    outcome = _result(result)
    if isinstance(outcome, LibraryError):
        raise outcome
    return outcome


def _result(result: Stored | Outcome | LibraryError) -> Outcome | LibraryError:
    if isinstance(result, Stored):
        return Outcome(result.document, changed=True, understood=None)
    return result
