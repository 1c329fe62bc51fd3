"""Passages: read by number, id, receipt or fingerprint, always with the document they stand in."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from retrieval.model import Document, NearCopy, Passage, Role
from retrieval.store import states
from retrieval.store.database import Database, Row
from retrieval.store.documents import COLUMNS, VISIBLE, document_from

_PASSAGE = 'p.id, p.paragraph, p.start, p."end", p.text, p.role, p.receipt, p.fingerprint, p.page'
_LINES = "FROM changes c WHERE c.document_id = d.id AND json_extract(c.state_after,"
"""The lines of the trail on a document ``d`` that have something in a state."""
_SUPERSEDED = (
    f"SELECT min(c.at) {_LINES} '$.status') = 'live'"
    f" AND c.id > (SELECT max(c.id) {_LINES} '$.version') = v.number)"
)
"""When another version was first seen in a version's place, after it stood for the last time."""
_NEXT = (
    "SELECT n.appeared_at FROM versions n WHERE n.document_id = d.id AND n.number = v.number + 1"
)
"""The same as far as it is known where the trail is from before it had states."""
_STANDING = (
    f"SELECT {COLUMNS}, {_PASSAGE},"  # noqa: S608
    f" CASE WHEN d.version_id <> v.id THEN coalesce(({_SUPERSEDED}), ({_NEXT}), d.changed_at)"
    " END AS superseded_at"
    " FROM passages p"
    " JOIN versions v ON v.id = p.version_id JOIN documents d ON d.id = v.document_id"
)
COPIES_READ = 1_000
"""Passages that are read for one answer, copies included."""
DRAWN_FOR_ONE = 10
"""Lots that are drawn for each passage of a sample: many are replaced, not seen or no body text."""
NEAR_SHARE = 1 / 3
"""Of a document's long paragraphs, from which another that carries them is nearly a copy."""
NEAR_WORDS = 8
"""Words of a paragraph that tells documents apart; shorter ones stand in many."""
NEAR_SHOWN = 5
_LIVE = "d.status = 'live' AND d.version_id = v.id"


@dataclass(frozen=True, slots=True)
class Placed:
    """A passage and the document in the version that it stands in."""

    document: Document
    passage: Passage
    superseded: datetime | None
    """When another version took its place; None for the one that stands."""


class Passages:
    """The passages of all documents and versions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, document: Document) -> list[Passage]:
        """Return all passages of one version of a document, in order, furniture included."""
        rows = await self._database.all(
            f"SELECT {_PASSAGE} FROM passages p JOIN versions v ON v.id = p.version_id"  # noqa: S608
            " WHERE v.document_id = ? AND v.number = ? ORDER BY p.paragraph",
            (document.id, document.version),
        )
        return [_passage_from(row) for row in rows]

    async def of_all(self, documents: Sequence[Document]) -> dict[int, list[Passage]]:
        """Return the passages of several documents, in their versions, by the documents' ids."""
        rows = await self._database.all(
            f"SELECT w.key, {_PASSAGE} FROM json_each(:wanted) w"  # noqa: S608
            " JOIN versions v ON v.document_id = json_extract(w.value, '$[0]')"
            " AND v.number = json_extract(w.value, '$[1]')"
            " JOIN passages p ON p.version_id = v.id ORDER BY p.version_id, p.paragraph",
            {"wanted": json.dumps([(one.id, one.version) for one in documents])},
        )
        passages: dict[int, list[Passage]] = {one.id: [] for one in documents}
        for row in rows:
            passages[documents[row["key"]].id].append(_passage_from(row))
        return passages

    async def with_copies(
        self, ids: Sequence[int], fingerprints: Iterable[str], space: str | None
    ) -> list[Placed]:
        """Return live, citable passages that a space may see, and those that say the same words.

        ``fingerprints`` are theirs. The passages come first, then the copies, oldest first; those
        that are live no more are left out. Of a text that stands everywhere not all are read.
        """
        rows = await self._database.all(
            f"{_STANDING} WHERE {_LIVE} AND {VISIBLE} AND p.role <> 'furniture'"  # noqa: S608
            " AND p.fingerprint IN (SELECT value FROM json_each(:fingerprints))"
            " ORDER BY p.id NOT IN (SELECT value FROM json_each(:ids)), p.id LIMIT :limit",
            {
                "ids": json.dumps(list(ids)),
                "fingerprints": json.dumps(list(fingerprints)),
                "space": space,
                "limit": COPIES_READ,
            },
        )
        return [_placed_from(row) for row in rows]

    async def sample(self, number: int, space: str | None, by_lot: Random) -> list[Placed]:
        """Return at most so many live passages of body text that the space may see, by lot.

        Lots are drawn among the numbers of all passages, so that none are read in vain.
        """
        ends = await self._database.one("SELECT min(id) AS first, max(id) AS last FROM passages")
        if ends is None or ends["first"] is None:
            return []
        numbers = range(ends["first"], ends["last"] + 1)
        drawn = by_lot.sample(numbers, min(len(numbers), number * DRAWN_FOR_ONE))
        rows = await self._database.all(
            f"{_STANDING} JOIN json_each(:drawn) w ON w.value = p.id"
            f" WHERE {_LIVE} AND {VISIBLE} AND p.role = 'text' ORDER BY w.key LIMIT :number",
            {"drawn": json.dumps(drawn), "space": space, "number": number},
        )
        return [_placed_from(row) for row in rows]

    async def near_copies(
        self, document: Document, passages: Sequence[Passage], space: str | None
    ) -> list[NearCopy]:
        """Return the other live documents that carry many of these passages, most first."""
        long = {one.fingerprint for one in passages if _tells_apart(one)}
        rows = await self._database.all(
            "WITH same AS (SELECT p.version_id, p.fingerprint FROM passages p"  # noqa: S608
            " WHERE p.fingerprint IN (SELECT value FROM json_each(:fingerprints))"
            " AND p.version_id NOT IN (SELECT id FROM versions WHERE document_id = :document)"
            " LIMIT :limit)"
            f" SELECT {COLUMNS}, count(DISTINCT s.fingerprint) AS shared FROM same s"
            " JOIN versions v ON v.id = s.version_id JOIN documents d ON d.version_id = v.id"
            f" WHERE d.status = 'live' AND {VISIBLE}"
            " GROUP BY d.id HAVING shared >= :least ORDER BY shared DESC, d.id LIMIT :shown",
            {
                "fingerprints": json.dumps(list(long)),
                "limit": COPIES_READ,
                "document": document.id,
                "space": space,
                "least": max(len(long) * NEAR_SHARE, 1),
                "shown": NEAR_SHOWN,
            },
        )
        return [NearCopy(document_from(row), row["shared"]) for row in rows]

    async def by_ids(self, ids: Sequence[int], space: str | None) -> list[Placed]:
        """Return live passages that a space may see, in the order of their ids in the list."""
        rows = await self._database.all(
            f"{_STANDING} JOIN json_each(:ids) w ON w.value = p.id"
            f" WHERE {_LIVE} AND {VISIBLE} ORDER BY w.key",
            {"ids": json.dumps(list(ids)), "space": space},
        )
        return [_placed_from(row) for row in rows]

    async def by_receipt(self, prefix: str, space: str | None) -> list[Placed]:
        """Return the passages of all versions whose receipt begins so, newest version first.

        What is under an embargo is not among them, nor a version that never appeared. An embargo
        may end while a document is out: no release takes its date away then.
        """
        rows = await self._database.all(
            f"{_STANDING} WHERE {VISIBLE} AND v.appeared_at IS NOT NULL AND d.status <> 'held'"
            " AND (d.hold_until IS NULL OR d.hold_until <= :now)"
            " AND p.receipt >= :low AND p.receipt < :high"
            " ORDER BY d.space IS NULL, d.id, v.number DESC LIMIT 100",
            {
                "space": space,
                "low": prefix,
                "high": prefix + "g",
                "now": states.moment_text(datetime.now(UTC)),
            },
        )
        return [_placed_from(row) for row in rows]

    async def next_to(self, document: Document, passage: Passage, *, step: int) -> Passage | None:
        """Return the citable passage before (-1) or after (+1) one in its document."""
        comparison, order = ("<", "DESC") if step < 0 else (">", "ASC")
        row = await self._database.one(
            f"SELECT {_PASSAGE} FROM passages p JOIN versions v ON v.id = p.version_id"  # noqa: S608
            f" WHERE v.document_id = ? AND v.number = ? AND p.paragraph {comparison} ?"
            f" AND p.role <> 'furniture' ORDER BY p.paragraph {order} LIMIT 1",
            (document.id, document.version, passage.paragraph),
        )
        return _passage_from(row) if row else None

    async def before(self, document: Document, passage: Passage, limit: int) -> list[Passage]:
        """Return the passages before one in its document, in order and at most so many."""
        rows = await self._database.all(
            f"SELECT {_PASSAGE} FROM passages p JOIN versions v ON v.id = p.version_id"  # noqa: S608
            " WHERE v.document_id = ? AND v.number = ? AND p.paragraph < ?"
            " ORDER BY p.paragraph DESC LIMIT ?",
            (document.id, document.version, passage.paragraph, limit),
        )
        return [_passage_from(row) for row in reversed(rows)]


def _tells_apart(passage: Passage) -> bool:
    return passage.role is Role.TEXT and len(passage.text.split()) >= NEAR_WORDS


def _passage_from(row: Row) -> Passage:
    return Passage(
        id=row["id"],
        paragraph=row["paragraph"],
        start=row["start"],
        end=row["end"],
        text=row["text"],
        role=Role(row["role"]),
        receipt=row["receipt"],
        fingerprint=row["fingerprint"],
        page=row["page"],
    )


def _placed_from(row: Row) -> Placed:
    superseded = row["superseded_at"]
    return Placed(
        document_from(row),
        _passage_from(row),
        datetime.fromisoformat(superseded) if superseded else None,
    )
