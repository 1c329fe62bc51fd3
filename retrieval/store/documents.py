"""Documents and their versions: what stands, what stood, and every change on the trail."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from retrieval.errors import NameTaken, NoSuchDocument
from retrieval.intake import NewDocument
from retrieval.model import (
    Action,
    Actor,
    Change,
    Coverage,
    Details,
    Document,
    Outcome,
    Status,
)
from retrieval.store import trail
from retrieval.store.database import Database, Row, Transaction

COLUMNS = """
    d.id AS document_id, d.space, d.file, d.status, d.changed_at, v.id AS version_id, v.number,
    v.hash, v.title, v.outlet, v.author, v.published, v.size, v.citable, v.added_at
"""
"""The columns that ``document_from`` reads, of documents ``d`` and versions ``v``."""

VISIBLE = "(d.space IS NULL OR d.space = :space)"
"""What a space may see; with no space, the shared documents only."""

_CURRENT = f"SELECT {COLUMNS} FROM documents d JOIN versions v ON v.id = d.version_id"  # noqa: S608
_OF_NAME = f"{_CURRENT} WHERE d.file = :file AND coalesce(d.space, '') = coalesce(:space, '')"


def document_from(row: Row) -> Document:
    """Return the document, in one of its versions, that a row of COLUMNS states."""
    return Document(
        id=row["document_id"],
        space=row["space"],
        file=row["file"],
        status=Status(row["status"]),
        version=row["number"],
        hash=row["hash"],
        details=Details(
            title=row["title"],
            outlet=row["outlet"],
            author=row["author"],
            published=date.fromisoformat(row["published"]) if row["published"] else None,
        ),
        size=row["size"],
        passages=row["citable"],
        added=datetime.fromisoformat(row["added_at"]),
        changed=datetime.fromisoformat(row["changed_at"]),
    )


class Documents:
    """The documents of all spaces."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, new: NewDocument, space: str | None, actor: Actor) -> Outcome:
        """Store a new document; raise NameTaken where its name stands for other bytes."""
        async with self._database.transaction() as transaction:
            old = await _of_name(transaction, new.file, space)
            if old is None:
                document_id = await transaction.run(
                    "INSERT INTO documents (space, file, status, revision, changed_at)"
                    " VALUES (?, ?, 'live', -1, '')",
                    (space, new.file),
                )
                number = 1
            elif old.status is Status.LIVE:
                return _already_there(old, new)
            else:
                document_id, number = old.id, await _next_number(transaction, old.id)
            await _put_version(transaction, document_id, number, new)
            return await _closed(transaction, Action.ADD, new.file, space, actor, before=None)

    async def replace(self, new: NewDocument, space: str | None, actor: Actor) -> Outcome:
        """Store a new version of a live document; the older ones are kept."""
        async with self._database.transaction() as transaction:
            old = await _live(transaction, new.file, space)
            if old.hash == new.hash and old.details == new.details:
                return Outcome(old, changed=False)
            number = await _next_number(transaction, old.id)
            await _put_version(transaction, old.id, number, new)
            return await _closed(transaction, Action.REPLACE, new.file, space, actor, before=old)

    async def remove(self, file: str, space: str | None, actor: Actor) -> Outcome:
        """Let a live document answer no more; its versions are kept."""
        async with self._database.transaction() as transaction:
            old = await _live(transaction, file, space)
            await _touch(transaction, old.id, Status.REMOVED)
            return await _closed(transaction, Action.REMOVE, file, space, actor, before=old)

    async def restore(self, file: str, space: str | None, actor: Actor) -> Outcome:
        """Let a removed document answer again."""
        async with self._database.transaction() as transaction:
            old = await _of_name(transaction, file, space)
            if old is None:
                raise _no_such(file)
            if old.status is Status.LIVE:
                return Outcome(old, changed=False)
            await _touch(transaction, old.id, Status.LIVE)
            return await _closed(transaction, Action.RESTORE, file, space, actor, before=None)

    async def visible(self, file: str, space: str | None) -> Document:
        """Return the live document of a name: the space's own, or else the shared one."""
        row = await self._database.one(
            f"{_CURRENT} WHERE d.file = :file AND d.status = 'live' AND {VISIBLE}"
            " ORDER BY d.space IS NULL",
            {"file": file, "space": space},
        )
        if row is None:
            raise _no_such(file)
        return document_from(row)

    async def all_visible(self, space: str | None) -> list[Document]:
        """Return the live documents that the space may see, newest first, undated ones last."""
        rows = await self._database.all(
            f"{_CURRENT} WHERE d.status = 'live' AND {VISIBLE}"
            " ORDER BY v.published IS NULL, v.published DESC, d.file, d.space IS NULL",
            {"space": space},
        )
        return [document_from(row) for row in rows]

    async def coverage(self, space: str | None) -> Coverage:
        """Return what the space may see, counted."""
        row = await self._database.one(
            "SELECT count(*), coalesce(sum(v.citable), 0), max(v.published)"  # noqa: S608
            " FROM documents d JOIN versions v ON v.id = d.version_id"
            f" WHERE d.status = 'live' AND {VISIBLE}",
            {"space": space},
        )
        documents, passages, newest = row or (0, 0, None)
        return Coverage(documents, passages, date.fromisoformat(newest) if newest else None)

    async def source(self, document: Document) -> bytes:
        """Return the bytes of a document's version as they were received."""
        row = await self._database.one(
            "SELECT content FROM sources WHERE hash = ?", (document.hash,)
        )
        return bytes(row["content"]) if row else b""

    async def changed_since(self, revision: int) -> list[tuple[int, Document]]:
        """Return the documents changed after a revision, with theirs, in the order of change."""
        rows = await self._database.all(
            f"SELECT d.revision, {COLUMNS} FROM documents d"  # noqa: S608
            " JOIN versions v ON v.id = d.version_id WHERE d.revision > ? ORDER BY d.revision",
            (revision,),
        )
        return [(row["revision"], document_from(row)) for row in rows]

    async def revision(self) -> int:
        """Return the number of the last change to any document."""
        row = await self._database.one("SELECT coalesce(max(revision), 0) FROM documents")
        return int(row[0]) if row else 0


async def _of_name(transaction: Transaction, file: str, space: str | None) -> Document | None:
    row = await transaction.one(_OF_NAME, {"file": file, "space": space})
    return document_from(row) if row else None


async def _live(transaction: Transaction, file: str, space: str | None) -> Document:
    document = await _of_name(transaction, file, space)
    if document is None or document.status is not Status.LIVE:
        raise _no_such(file)
    return document


def _no_such(file: str) -> NoSuchDocument:
    return NoSuchDocument(f"There is no document {file} here; list shows those that there are.")


def _already_there(old: Document, new: NewDocument) -> Outcome:
    if old.hash == new.hash:
        return Outcome(old, changed=False)
    raise NameTaken(
        f"There is another document named {new.file}; "
        f"use replace to put this one in its place, or give this one another name."
    )


async def _next_number(transaction: Transaction, document_id: int) -> int:
    row = await transaction.one(
        "SELECT max(number) + 1 FROM versions WHERE document_id = ?", (document_id,)
    )
    return int(row[0]) if row else 1


async def _put_version(
    transaction: Transaction, document_id: int, number: int, new: NewDocument
) -> None:
    """Store a version with its bytes and passages, and make it the current one."""
    await transaction.run(
        "INSERT INTO sources (hash, content) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (new.hash, new.content),
    )
    published = new.details.published
    version_id = await transaction.run(
        "INSERT INTO versions (document_id, number, hash, size, reader, reader_version,"
        " title, outlet, author, published, citable, added_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document_id,
            number,
            new.hash,
            len(new.content),
            new.reader,
            new.reader_version,
            new.details.title,
            new.details.outlet,
            new.details.author,
            published.isoformat() if published else None,
            new.citable,
            now(),
        ),
    )
    await transaction.run_many(
        'INSERT INTO passages (version_id, paragraph, start, "end", text, role, receipt,'
        " fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        _passage_rows(version_id, new),
    )
    await transaction.run(
        "UPDATE documents SET version_id = ? WHERE id = ?", (version_id, document_id)
    )
    await _touch(transaction, document_id, Status.LIVE)


def _passage_rows(version_id: int, new: NewDocument) -> Iterator[tuple[int | str, ...]]:
    for passage in new.passages:
        yield (
            version_id,
            passage.paragraph,
            passage.start,
            passage.end,
            passage.text,
            passage.role,
            passage.receipt,
            passage.fingerprint,
        )


async def _touch(transaction: Transaction, document_id: int, status: Status) -> None:
    """Give a document its status and the next revision."""
    await transaction.run(
        "UPDATE documents SET status = ?, changed_at = ?,"
        " revision = (SELECT max(0, max(revision)) + 1 FROM documents) WHERE id = ?",
        (status, now(), document_id),
    )


async def _closed(
    transaction: Transaction,
    action: Action,
    file: str,
    space: str | None,
    actor: Actor,
    *,
    before: Document | None,
) -> Outcome:
    """Write the change on the trail and return what stands now."""
    document = await _of_name(transaction, file, space)
    if document is None:  # pragma: no cover - the caller has just written it
        raise _no_such(file)
    after = document.hash if document.status is Status.LIVE else None
    await trail.write(
        transaction,
        Change(
            at=document.changed,
            actor=actor,
            space=space,
            action=action,
            file=file,
            before=before.hash if before else None,
            after=after,
        ),
    )
    return Outcome(document, changed=True)


def now() -> str:
    """Return the time as the database writes it: ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat()
