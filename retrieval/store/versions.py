"""New versions of documents: gathered, and written together in few statements."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from retrieval.intake.new_documents import NewDocument
from retrieval.model import Document, State, Status
from retrieval.store import states
from retrieval.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Kept:
    """A document and the number of the last of its versions, which may not be its current one."""

    document: Document
    last_version: int


@dataclass(frozen=True, slots=True)
class Stored:
    """A version that was stored."""

    document: Document
    revision: int
    """The number of the change."""
    passages: range
    """Ids of its passages, in order."""


class NewVersions:
    """Versions that become the current ones of their documents, with their bytes and passages."""

    def __init__(self, document: int, version: int, passage: int, revision: int) -> None:
        """Take the last numbers that are in use."""
        self._document = document
        self._version = version
        self._passage = passage
        self._revision = revision
        self._at = datetime.now(UTC)
        self._sources: list[tuple[object, ...]] = []
        self._extractions: list[tuple[object, ...]] = []
        self._documents: list[tuple[object, ...]] = []
        self._versions: list[tuple[object, ...]] = []
        self._passages: list[tuple[object, ...]] = []
        self._abbreviations: list[tuple[object, ...]] = []

    @classmethod
    async def begun(cls, transaction: Transaction) -> Self:
        """Return none yet, numbered on from what the database holds."""
        row = await transaction.one(
            "SELECT coalesce((SELECT max(id) FROM documents), 0),"
            " coalesce((SELECT max(id) FROM versions), 0),"
            " coalesce((SELECT max(id) FROM passages), 0),"
            " coalesce((SELECT max(revision) FROM documents), 0)"
        )
        return cls(*(row or (0, 0, 0, 0)))

    def put(self, new: NewDocument, space: str | None, older: Kept | None, state: State) -> Stored:
        """Gather one version, in a state: of a new document, or of one that has older ones."""
        if older is None:
            self._document += 1
        document = Document(
            id=older.document.id if older else self._document,
            space=space,
            file=new.file,
            status=state.status,
            version=older.last_version + 1 if older else 1,
            hash=new.hash,
            details=state.details,
            size=len(new.content),
            passages=new.citable,
            added=self._at,
            changed=self._at,
            by_hand=state.by_hand,
            correction=state.correction,
            reason=state.reason,
            hold_until=state.hold_until,
        )
        self._version += 1
        self._revision += 1
        first = self._passage + 1
        self._passage += len(new.passages)
        self._sources.append((new.hash, new.content))
        if new.extraction is not None:
            self._extractions.append((new.hash, new.reader, new.reader_version, new.extraction))
        self._documents.append(self._document_row(document))
        self._versions.append(self._version_row(document, new))
        self._passages.extend(self._passage_rows(first, new))
        self._abbreviations.extend(
            (self._version, short, long, long.partition(" ")[0])
            for short, long in new.abbreviations
        )
        return Stored(document, self._revision, range(first, self._passage + 1))

    async def write(self, transaction: Transaction) -> None:
        """Write all that was gathered."""
        await transaction.run_many(
            "INSERT INTO sources (hash, content) VALUES (?, ?) ON CONFLICT DO NOTHING",
            self._sources,
        )
        await transaction.run_many(
            "INSERT INTO extractions (hash, reader, reader_version, text) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            self._extractions,
        )
        await transaction.run_many(
            "INSERT INTO documents (id, space, file, status, version_id, revision, changed_at,"
            " correction, reason, hold_until)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " status = excluded.status, version_id = excluded.version_id,"
            " revision = excluded.revision, changed_at = excluded.changed_at,"
            " correction = excluded.correction, reason = excluded.reason,"
            " hold_until = excluded.hold_until",
            self._documents,
        )
        await transaction.run_many(
            "INSERT INTO versions (id, document_id, number, hash, size, reader, reader_version,"
            " title, outlet, author, published, url, by_hand, citable, added_at, language,"
            " appeared_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            self._versions,
        )
        await transaction.run_many(
            'INSERT INTO passages (id, version_id, paragraph, start, "end", text, role, receipt,'
            " fingerprint, page) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            self._passages,
        )
        await transaction.run_many(
            "INSERT INTO abbreviations (version_id, short, long, first) VALUES (?, ?, ?, ?)",
            self._abbreviations,
        )

    def _document_row(self, document: Document) -> tuple[object, ...]:
        return (
            document.id,
            document.space,
            document.file,
            document.status,
            self._version,
            self._revision,
            document.changed.isoformat(),
            document.correction,
            document.reason,
            states.moment_text(document.hold_until),
        )

    def _version_row(self, document: Document, new: NewDocument) -> tuple[object, ...]:
        details = document.details
        return (
            self._version,
            document.id,
            document.version,
            new.hash,
            document.size,
            new.reader,
            new.reader_version,
            details.title,
            details.outlet,
            details.author,
            states.day_text(details.published),
            details.url,
            " ".join(sorted(document.by_hand)),
            document.passages,
            document.added.isoformat(),
            document.language,
            document.added.isoformat() if document.status is Status.LIVE else None,
        )

    def _passage_rows(self, first: int, new: NewDocument) -> Iterator[tuple[object, ...]]:
        for number, passage in enumerate(new.passages, first):
            yield (
                number,
                self._version,
                passage.paragraph,
                passage.start,
                passage.end,
                passage.text,
                passage.role,
                passage.receipt,
                passage.fingerprint,
                passage.page,
            )
