"""Quotations with their speakers: written once for each version, found by the speaker's name."""

import json
from collections.abc import Sequence
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
    is_by_office: bool = False
    """Whether it was found by the office that the document gives to the speaker."""


class SpeakerNames(NamedTuple):
    """By what a speaker is found, folded."""

    last: str
    first: str
    """The word before the last one of a long name, else empty."""
    offices: frozenset[str]


_Said = tuple[Document, int, SpeakerNames, Saying]
"""A document, the number of a quotation in it, its speaker's names, and the quotation."""


class Sayings:
    """The attributed quotations of all documents."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def by_name(self, surname: str, office: str, space: str | None) -> list[PlacedSaying]:
        """Return what live documents that a space may see quote of people with a name.

        It is their last name, or the first of two surnames, or the office that the document gives
        to them. The newest documents come first; the names are folded.
        """
        rows = await self._database.all(
            "WITH holders AS ("  # noqa: S608
            "  SELECT version_id, number FROM speaker_offices WHERE office = :office"
            " ), named AS ("
            "  SELECT version_id, number FROM sayings WHERE last_name = :name"
            "  UNION SELECT version_id, number FROM sayings WHERE first_surname = :name"
            "  UNION SELECT version_id, number FROM holders"
            " )"
            f" SELECT {COLUMNS}, s.*, (s.version_id, s.number) IN holders AS by_office FROM named n"
            # CROSS: SQLite would go through the quotations of all documents otherwise
            " CROSS JOIN sayings s ON s.version_id = n.version_id AND s.number = n.number"
            " JOIN documents d ON d.version_id = s.version_id"
            " JOIN versions v ON v.id = s.version_id"
            f" WHERE d.status = 'live' AND {VISIBLE}"
            " ORDER BY v.published IS NULL, v.published DESC, d.file, s.number LIMIT :limit",
            {"name": surname, "office": office, "space": space, "limit": READ_AT_ONCE},
        )
        return [
            PlacedSaying(document_from(row), _saying_from(row), bool(row["by_office"]))
            for row in rows
        ]

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
    transaction: Transaction, of: Sequence[tuple[Document, Sequence[tuple[SpeakerNames, Saying]]]]
) -> None:
    """Write the quotations of documents in their versions, each with the speaker's names.

    Those that a version had before go: they were read in the language that it had then.
    """
    await transaction.run_many(
        "DELETE FROM sayings WHERE version_id ="
        " (SELECT id FROM versions WHERE document_id = ? AND number = ?)",
        [(document.id, document.version) for document, _ in of],
    )
    rows = [(document, number, *its) for document, all_ in of for number, its in enumerate(all_)]
    await _write_quotations(transaction, rows)
    await _write_offices(transaction, rows)


async def _write_quotations(transaction: Transaction, rows: Sequence[_Said]) -> None:
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
                names.last,
                names.first or None,
                one.quote,
                one.paragraph,
                one.last_paragraph,
                one.evidence,
                one.rule,
                one.is_sure,
                document.id,
                document.version,
            )
            for document, number, names, one in rows
        ),
    )


async def _write_offices(transaction: Transaction, rows: Sequence[_Said]) -> None:
    await transaction.run_many(
        "INSERT INTO speaker_offices (version_id, number, office)"
        " SELECT id, ?, ? FROM versions WHERE document_id = ? AND number = ?"
        " ON CONFLICT DO NOTHING",
        (
            (number, office, document.id, document.version)
            for document, number, names, _ in rows
            for office in sorted(names.offices)
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
