"""Documents and their versions: what stands, what stood, and every change on the trail."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from retrieval.analysis import folded_words
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
from retrieval.query import DocumentFilter
from retrieval.store import trail
from retrieval.store.database import Database, Row, Transaction
from retrieval.store.versions import NewVersions, Stored

COLUMNS = """
    d.id AS document_id, d.space, d.file, d.status, d.changed_at, v.id AS version_id, v.number,
    v.hash, v.title, v.outlet, v.author, v.published, v.size, v.citable, v.added_at
"""
"""The columns that ``document_from`` reads, of documents ``d`` and versions ``v``."""

VISIBLE = "(d.space IS NULL OR d.space = :space)"
"""What a space may see; with no space, the shared documents only."""

_CURRENT = f"SELECT {COLUMNS} FROM documents d JOIN versions v ON v.id = d.version_id"  # noqa: S608


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


@dataclass(frozen=True, slots=True)
class Selection:
    """The documents that a filter lets through."""

    ids: tuple[int, ...]
    undated: int
    """How many others it would let through if they were dated."""


class Documents:
    """The documents of all spaces."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, news: Sequence[NewDocument], space: str | None, actor: Actor
    ) -> list[Stored | Outcome | NameTaken]:
        """Store new documents together, and return in their order what came of each.

        An Outcome where the same bytes stood there already, NameTaken where others did.
        """
        async with self._database.transaction() as transaction:
            standing = await _standing(transaction, {new.file for new in news}, space)
            versions = await NewVersions.begun(transaction)
            results: list[Stored | Outcome | NameTaken] = []
            for new in news:
                older = standing.get(new.file)
                if older and older.status is Status.LIVE:
                    results.append(_already_there(older, new))
                else:
                    stored = versions.put(new, space, older)
                    standing[new.file] = stored.document
                    results.append(stored)
            await versions.write(transaction)
            documents = [one.document for one in results if isinstance(one, Stored)]
            await trail.write(
                transaction, [_change(Action.ADD, one, actor, before=None) for one in documents]
            )
        return results

    async def replace(self, new: NewDocument, space: str | None, actor: Actor) -> Outcome:
        """Store a new version of a live document; the older ones are kept."""
        async with self._database.transaction() as transaction:
            old = await _live(transaction, new.file, space)
            if old.hash == new.hash and old.details == new.details:
                return Outcome(old, changed=False)
            versions = await NewVersions.begun(transaction)
            document = versions.put(new, space, old).document
            await versions.write(transaction)
            await trail.write(transaction, [_change(Action.REPLACE, document, actor, before=old)])
        return Outcome(document, changed=True)

    async def remove(self, file: str, space: str | None, actor: Actor) -> Outcome:
        """Let a live document answer no more; its versions are kept."""
        async with self._database.transaction() as transaction:
            old = await _live(transaction, file, space)
            document = await _touched(transaction, old, Status.REMOVED)
            await trail.write(transaction, [_change(Action.REMOVE, document, actor, before=old)])
        return Outcome(document, changed=True)

    async def restore(self, file: str, space: str | None, actor: Actor) -> Outcome:
        """Let a removed document answer again."""
        async with self._database.transaction() as transaction:
            old = await _of_name(transaction, file, space)
            if old is None:
                raise _no_such(file)
            if old.status is Status.LIVE:
                return Outcome(old, changed=False)
            document = await _touched(transaction, old, Status.LIVE)
            await trail.write(transaction, [_change(Action.RESTORE, document, actor, before=None)])
        return Outcome(document, changed=True)

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

    async def matching(self, wanted: DocumentFilter, space: str | None) -> Selection:
        """Return the documents that the space may see and a filter lets through."""
        outlets = await self._values_like("outlet", wanted.outlets, space)
        authors = await self._values_like("author", wanted.authors, space)
        files = await self._files_like(wanted.files, space)
        rows = await self._database.all(
            "SELECT (:since IS NOT NULL OR :until IS NOT NULL) AND v.published IS NULL AS undated,"  # noqa: S608
            " count(*) AS number, group_concat(d.id) AS ids"
            " FROM documents d JOIN versions v ON v.id = d.version_id"
            f" WHERE d.status = 'live' AND {VISIBLE}"
            " AND (:outlets IS NULL OR v.outlet IN (SELECT value FROM json_each(:outlets)))"
            " AND (:authors IS NULL OR v.author IN (SELECT value FROM json_each(:authors)))"
            " AND (:files IS NULL OR d.file IN (SELECT value FROM json_each(:files)))"
            " AND (v.published IS NULL OR v.published"
            " BETWEEN coalesce(:since, '') AND coalesce(:until, '9999')) GROUP BY undated",
            {
                "space": space,
                "outlets": outlets,
                "authors": authors,
                "files": files,
                "since": wanted.since.isoformat() if wanted.since else None,
                "until": wanted.until.isoformat() if wanted.until else None,
            },
        )
        ids, undated = [], 0
        for row in rows:
            if row["undated"]:
                undated = row["number"]
            else:
                ids = [int(one) for one in row["ids"].split(",")]
        return Selection(tuple(ids), undated)

    async def _values_like(
        self, column: str, wanted: Sequence[str], space: str | None
    ) -> str | None:
        """Return as JSON the outlets or authors that have wanted words in a row; None for all."""
        if not wanted:
            return None
        rows = await self._database.all(
            f"SELECT DISTINCT v.{column} FROM documents d JOIN versions v ON v.id = d.version_id"  # noqa: S608
            f" WHERE d.status = 'live' AND {VISIBLE} AND v.{column} IS NOT NULL",
            {"space": space},
        )
        phrases = [f" {' '.join(folded_words(one))} " for one in wanted]
        values = {row[0]: f" {' '.join(folded_words(row[0]))} " for row in rows}
        return json.dumps(
            [value for value, words in values.items() if any(one in words for one in phrases)]
        )

    async def _files_like(self, wanted: Sequence[str], space: str | None) -> str | None:
        """Return as JSON the files of these names, or else those that have them in their names."""
        if not wanted:
            return None
        rows = await self._database.all(
            f"SELECT d.file FROM documents d WHERE d.status = 'live' AND {VISIBLE}",  # noqa: S608
            {"space": space},
        )
        files = {row["file"]: row["file"].casefold() for row in rows}
        found: list[str] = []
        for one in (name.casefold() for name in wanted):
            named = [
                file
                for file, name in files.items()
                if one
                in {name, name.rpartition("/")[2], name.rpartition("/")[2].rpartition(".")[0]}
            ]
            found += named or [file for file, name in files.items() if one in name]
        return json.dumps(found)

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

    async def changed_between(
        self, revision: int, before: int | None, limit: int
    ) -> list[tuple[int, Document]]:
        """Return the first documents changed after a revision and before another, with theirs.

        They come in the order of change; ``before`` is None for all that follow.
        """
        rows = await self._database.all(
            f"SELECT d.revision, {COLUMNS} FROM documents d"  # noqa: S608
            " JOIN versions v ON v.id = d.version_id"
            " WHERE d.revision > :revision AND (:before IS NULL OR d.revision < :before)"
            " ORDER BY d.revision LIMIT :limit",
            {"revision": revision, "before": before, "limit": limit},
        )
        return [(row["revision"], document_from(row)) for row in rows]

    async def revision(self) -> int:
        """Return the number of the last change to any document."""
        row = await self._database.one("SELECT coalesce(max(revision), 0) FROM documents")
        return int(row[0]) if row else 0


async def _standing(
    transaction: Transaction, files: Collection[str], space: str | None
) -> dict[str, Document]:
    """Return the documents of these names, removed ones included, by name."""
    rows = await transaction.all(
        f"{_CURRENT} WHERE coalesce(d.space, '') = coalesce(:space, '')"  # noqa: S608
        " AND d.file IN (SELECT value FROM json_each(:files))",
        {"space": space, "files": json.dumps(list(files))},
    )
    return {row["file"]: document_from(row) for row in rows}


async def _of_name(transaction: Transaction, file: str, space: str | None) -> Document | None:
    return (await _standing(transaction, [file], space)).get(file)


async def _live(transaction: Transaction, file: str, space: str | None) -> Document:
    document = await _of_name(transaction, file, space)
    if document is None or document.status is not Status.LIVE:
        raise _no_such(file)
    return document


def _no_such(file: str) -> NoSuchDocument:
    return NoSuchDocument(f"There is no document {file} here; list shows those that there are.")


def _already_there(old: Document, new: NewDocument) -> Outcome | NameTaken:
    if old.hash == new.hash:
        return Outcome(old, changed=False)
    return NameTaken(
        f"There is another document named {new.file}; "
        f"use replace to put this one in its place, or give this one another name."
    )


async def _touched(transaction: Transaction, document: Document, status: Status) -> Document:
    """Give a document a status and the next revision, and return it so."""
    changed = datetime.now(UTC)
    await transaction.run(
        "UPDATE documents SET status = ?, changed_at = ?,"
        " revision = (SELECT max(revision) + 1 FROM documents) WHERE id = ?",
        (status, changed.isoformat(), document.id),
    )
    return replace(document, status=status, changed=changed)


def _change(action: Action, document: Document, actor: Actor, *, before: Document | None) -> Change:
    """Return the line of the trail for what was done to a document, as it stands now."""
    return Change(
        at=document.changed,
        actor=actor,
        space=document.space,
        action=action,
        file=document.file,
        before=before.hash if before else None,
        after=document.hash if document.status is Status.LIVE else None,
    )
