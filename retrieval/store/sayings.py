"""Quotations with their speakers: written once for each version, found by the speaker's name."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from retrieval.model import Document
from retrieval.store.database import Database, Row, Transaction
from retrieval.store.documents import COLUMNS, VISIBLE, document_from

READ_AT_ONCE = 20_000
"""Quotations of one name that are read at most."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A quotation of a document, who said it, and where the document says so."""

    speaker: str
    """As the source names them, without the office."""
    quote: str
    """Verbatim; a line for each paragraph that it goes over."""
    paragraph: int
    last_paragraph: int
    evidence: str
    """The sentence that attributes it."""
    rule: str
    """Why it is the speaker's, in words."""
    is_sure: bool


@dataclass(frozen=True, slots=True)
class PlacedSaying:
    """A quotation and the document that has it."""

    document: Document
    saying: Saying


class Surnames(NamedTuple):
    """By what a speaker is found, folded."""

    last: str
    first: str
    """The word before the last one of a long name, else empty."""


class Sayings:
    """The attributed quotations of all documents."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def by_name(self, surname: str, space: str | None) -> list[PlacedSaying]:
        """Return what live documents that a space may see quote of people with a surname.

        It is their last name, or the first of two surnames. The newest documents come first; the
        name is folded.
        """
        rows = await self._database.all(
            f"SELECT {COLUMNS}, s.* FROM sayings s"  # noqa: S608
            " JOIN documents d ON d.version_id = s.version_id"
            " JOIN versions v ON v.id = s.version_id"
            " WHERE (s.last_name = :name OR s.first_surname = :name)"
            f" AND d.status = 'live' AND {VISIBLE}"
            " ORDER BY v.published IS NULL, v.published DESC, d.file, s.number LIMIT :limit",
            {"name": surname, "space": space, "limit": READ_AT_ONCE},
        )
        return [PlacedSaying(document_from(row), _saying_from(row)) for row in rows]

    async def of_all(self, documents: Sequence[Document]) -> dict[int, list[Saying]]:
        """Return the quotations of documents in their versions, by the documents' ids."""
        rows = await self._database.all(
            "SELECT w.key AS place, s.* FROM json_each(?) w"
            " JOIN versions v ON v.document_id = json_extract(w.value, '$[0]')"
            " AND v.number = json_extract(w.value, '$[1]')"
            " JOIN sayings s ON s.version_id = v.id ORDER BY s.version_id, s.number",
            (json.dumps([(one.id, one.version) for one in documents]),),
        )
        found: dict[int, list[Saying]] = {}
        for row in rows:
            found.setdefault(documents[row["place"]].id, []).append(_saying_from(row))
        return found


async def write(
    transaction: Transaction, of: Iterable[tuple[Document, Sequence[tuple[Surnames, Saying]]]]
) -> None:
    """Write the quotations of documents in their versions, each with the speaker's surnames."""
    await transaction.run_many(
        "INSERT INTO sayings (version_id, number, speaker, last_name, first_surname, quote,"
        " paragraph, last_paragraph, evidence, rule, sure)"
        " SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
        " FROM versions WHERE document_id = ? AND number = ?"
        " ON CONFLICT DO NOTHING",
        (
            (
                number,
                one.speaker,
                surnames.last,
                surnames.first or None,
                one.quote,
                one.paragraph,
                one.last_paragraph,
                one.evidence,
                one.rule,
                one.is_sure,
                document.id,
                document.version,
            )
            for document, sayings in of
            for number, (surnames, one) in enumerate(sayings)
        ),
    )


def _saying_from(row: Row) -> Saying:
    return Saying(
        speaker=row["speaker"],
        quote=row["quote"],
        paragraph=row["paragraph"],
        last_paragraph=row["last_paragraph"],
        evidence=row["evidence"],
        rule=row["rule"],
        is_sure=bool(row["sure"]),
    )
