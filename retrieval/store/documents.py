"""Documents in their current versions: what a space may see, and what changed since when."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from retrieval.analysis.analyzer import folded_words
from retrieval.documents.listing import DocumentPage, ListFilter, Sort
from retrieval.errors import NoSuchDocument
from retrieval.model import Coverage, Details, Document, Status
from retrieval.questions.query import DocumentFilter
from retrieval.store import states
from retrieval.store.database import Database, Row

COLUMNS = """
    d.id AS document_id, d.space, d.file, d.status, d.changed_at, d.correction, d.reason,
    d.hold_until, v.id AS version_id, v.number, v.hash, v.title, v.outlet, v.author, v.published,
    v.url, v.by_hand, v.size, v.citable, v.added_at, v.language
"""
"""The columns that ``document_from`` reads, of documents ``d`` and versions ``v``."""

VISIBLE = "(d.space IS NULL OR d.space = :space)"
"""What a space may see; with no space, the shared documents only."""

OF_STATUS = (
    f"d.status = :status AND CASE :status WHEN 'live' THEN {VISIBLE} ELSE d.space IS :space END"
)
"""What a space may list; of what answers no more, or not yet, its own only."""
_UNDATED = "((:since IS NOT NULL OR :until IS NOT NULL) AND v.published IS NULL)"
_ORDERS = {
    Sort.PUBLISHED: "v.published IS NULL, v.published DESC, d.file, d.space IS NULL",
    Sort.ADDED: "v.id DESC",
    Sort.NAME: "d.file, d.space IS NULL",
}
CURRENT = f"SELECT {COLUMNS} FROM documents d JOIN versions v ON v.id = d.version_id"  # noqa: S608
"""Every document in its current version."""


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
            published=states.day(row["published"]),
            url=row["url"],
            language=row["language"],
        ),
        size=row["size"],
        passages=row["citable"],
        added=datetime.fromisoformat(row["added_at"]),
        changed=datetime.fromisoformat(row["changed_at"]),
        by_hand=frozenset(row["by_hand"].split()),
        correction=row["correction"],
        reason=row["reason"],
        hold_until=states.moment(row["hold_until"]),
    )


@dataclass(frozen=True, slots=True)
class Selection:
    """The documents that a filter lets through."""

    ids: tuple[int, ...]
    undated: int
    """How many others it would let through if they were dated."""


def like(text: str) -> str:
    r"""Return a text as it stands in a pattern of SQL, with \ as the escape character."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


class Documents:
    """The documents of all spaces."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def visible(self, file: str, space: str | None, *, held: bool = False) -> Document:
        """Return the live document of a name: the space's own, or else the shared one.

        With ``held`` the space's own is returned where it is under embargo too.
        """
        row = await self._database.one(
            f"{CURRENT} WHERE d.file = :file AND (d.status = 'live' AND {VISIBLE}"
            " OR :held AND d.status = 'held' AND d.space IS :space) ORDER BY d.space IS NULL",
            {"file": file, "space": space, "held": held},
        )
        if row is None:
            raise no_such(file)
        return document_from(row)

    async def all_visible(self, space: str | None) -> list[Document]:
        """Return the live documents that the space may see, newest first, undated ones last."""
        rows = await self._database.all(
            f"{CURRENT} WHERE d.status = 'live' AND {VISIBLE}"
            " ORDER BY v.published IS NULL, v.published DESC, d.file, d.space IS NULL",
            {"space": space},
        )
        return [document_from(row) for row in rows]

    async def matching(self, wanted: DocumentFilter, space: str | None) -> Selection:
        """Return the documents that the space may see and a filter lets through."""
        where, values = await self._conditions(wanted, space)
        rows = await self._database.all(
            f"SELECT {_UNDATED} AS undated, count(*) AS number, group_concat(d.id) AS ids"  # noqa: S608
            f" FROM documents d JOIN versions v ON v.id = d.version_id WHERE {where}"
            " GROUP BY undated",
            values,
        )
        ids, undated = [], 0
        for row in rows:
            if row["undated"]:
                undated = row["number"]
            else:
                ids = [int(one) for one in row["ids"].split(",")]
        return Selection(tuple(ids), undated)

    async def page(
        self, wanted: ListFilter, space: str | None, *, start: int, number: int
    ) -> DocumentPage:
        """Return some of the documents that a list is of, and how many there are in all.

        Those that answer no more, or not yet, are the space's own only.
        """
        where, values = await self._conditions(wanted.documents, space, wanted.status)
        values |= {"start": start, "number": number}
        values["title"] = f"%{like(wanted.title)}%"
        where += " AND coalesce(v.title, d.file) LIKE :title ESCAPE '\\'"
        of = f"FROM documents d JOIN versions v ON v.id = d.version_id WHERE {where}"
        rows = await self._database.all(
            f"SELECT {COLUMNS} {of} AND NOT {_UNDATED} ORDER BY {_ORDERS[wanted.sort]}"
            " LIMIT :number OFFSET :start",
            values,
        )
        counts = await self._database.one(
            f"SELECT count(*), coalesce(sum({_UNDATED}), 0) {of}",
            values,
        )
        total, undated = counts or (0, 0)
        return DocumentPage(tuple(map(document_from, rows)), total - undated, undated)

    async def _conditions(
        self, wanted: DocumentFilter, space: str | None, status: Status = Status.LIVE
    ) -> tuple[str, dict[str, Any]]:
        """Return what a filter asks of documents ``d`` and versions ``v``, undated ones let in."""
        where = (
            f"{OF_STATUS}"  # noqa: S608
            " AND (:outlets IS NULL OR v.outlet IN (SELECT value FROM json_each(:outlets)))"
            " AND (:authors IS NULL OR v.author IN (SELECT value FROM json_each(:authors)))"
            " AND (:files IS NULL OR d.file IN (SELECT value FROM json_each(:files)))"
            " AND (v.published IS NULL OR v.published"
            " BETWEEN coalesce(:since, '') AND coalesce(:until, '9999'))"
        )
        seen: dict[str, Any] = {"space": space, "status": status}
        filters = {
            "outlets": await self._values_like("outlet", wanted.outlets, seen),
            "authors": await self._values_like("author", wanted.authors, seen),
            "files": await self._files_like(wanted.files, seen),
            "since": states.day_text(wanted.since),
            "until": states.day_text(wanted.until),
        }
        return where, seen | filters

    async def _values_like(
        self, column: str, wanted: Sequence[str], seen: dict[str, Any]
    ) -> str | None:
        """Return as JSON the outlets or authors that have wanted words in a row; None for all."""
        if not wanted:
            return None
        rows = await self._database.all(
            f"SELECT DISTINCT v.{column} FROM documents d JOIN versions v ON v.id = d.version_id"  # noqa: S608
            f" WHERE {OF_STATUS} AND v.{column} IS NOT NULL",
            seen,
        )
        phrases = [f" {' '.join(folded_words(one))} " for one in wanted]
        values = {row[0]: f" {' '.join(folded_words(row[0]))} " for row in rows}
        return json.dumps(
            [value for value, words in values.items() if any(one in words for one in phrases)]
        )

    async def _files_like(self, wanted: Sequence[str], seen: dict[str, Any]) -> str | None:
        """Return as JSON the files of these names, or else those that have them in their names."""
        if not wanted:
            return None
        rows = await self._database.all(
            f"SELECT d.file FROM documents d WHERE {OF_STATUS}",  # noqa: S608
            seen,
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

    async def languages(self, space: str | None) -> list[str]:
        """Return the ISO 639-1 codes of what the space may see, as far as they are known."""
        rows = await self._database.all(
            "SELECT DISTINCT v.language FROM documents d JOIN versions v ON v.id = d.version_id"  # noqa: S608
            f" WHERE d.status = 'live' AND {VISIBLE} AND v.language IS NOT NULL ORDER BY 1",
            {"space": space},
        )
        return [row["language"] for row in rows]

    async def source(self, document: Document) -> bytes:
        """Return the bytes of a document's version as they were received."""
        row = await self._database.one(
            "SELECT content FROM sources WHERE hash = ?", (document.hash,)
        )
        return bytes(row["content"]) if row else b""

    async def extraction(self, document: Document) -> str | None:
        """Return the text that was taken out of a version; None where its bytes are the text."""
        row = await self._database.one(
            "SELECT e.text FROM versions v JOIN extractions e ON e.hash = v.hash"
            " AND e.reader = v.reader AND e.reader_version = v.reader_version"
            " WHERE v.document_id = ? AND v.number = ?",
            (document.id, document.version),
        )
        return str(row["text"]) if row else None

    async def changed_between(
        self, revision: int, before: int | None, limit: int
    ) -> list[tuple[int, int, Document | None]]:
        """Return the first documents changed after a revision and before another.

        Each with its revision and its id, and None for one that was purged. They come in the
        order of change; ``before`` is None for all that follow.
        """
        rows = await self._database.all(
            f"SELECT d.revision, d.id, {COLUMNS} FROM documents d"  # noqa: S608
            " LEFT JOIN versions v ON v.id = d.version_id"
            " WHERE d.revision > :revision AND (:before IS NULL OR d.revision < :before)"
            " ORDER BY d.revision LIMIT :limit",
            {"revision": revision, "before": before, "limit": limit},
        )
        return [
            (row["revision"], row["id"], document_from(row) if row["version_id"] else None)
            for row in rows
        ]

    async def revision(self) -> int:
        """Return the number of the last change to any document."""
        row = await self._database.one("SELECT coalesce(max(revision), 0) FROM documents")
        return int(row[0]) if row else 0


def no_such(file: str) -> NoSuchDocument:
    """Return the error for a name under which nothing stands."""
    return NoSuchDocument(f"There is no document {file} here; list shows those that there are.")
