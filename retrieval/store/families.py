"""Wordings that are near to one another, by fingerprint: what they are found by, and the pairs.

A fingerprint is 16 hex digits everywhere else and a signed 64-bit number here, as SQLite has them.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from retrieval.store.database import Database, Transaction

TOO_COMMON = 64
"""Wordings with one shingle, from which it is a phrase of the trade and says nothing."""
TEXTS_AT_ONCE = 500


class Families:
    """The wordings of all documents."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def followed(self) -> int:
        """Return the number of the last change that is in these tables."""
        row = await self._database.one("SELECT revision FROM followed")
        return int(row["revision"]) if row else 0

    async def near_to(self, fingerprints: Iterable[str]) -> dict[str, list[str]]:
        """Return the wordings that are near to some, by these."""
        rows = await self._database.all(
            "SELECT one, other FROM near WHERE one IN (SELECT value FROM json_each(?))",
            (json.dumps(list(map(number_of, fingerprints))),),
        )
        near: defaultdict[str, list[str]] = defaultdict(list)
        for row in rows:
            near[_fingerprint_of(row["one"])].append(_fingerprint_of(row["other"]))
        return dict(near)

    async def with_shingles(self, hashes: Iterable[int]) -> dict[int, list[str]]:
        """Return the wordings whose sketches hold shingles, by these; common ones have none."""
        rows = await self._database.all(
            "SELECT w.value AS hash, (SELECT json_group_array(fingerprint) FROM"
            " (SELECT fingerprint FROM sketches WHERE hash = w.value LIMIT ?)) AS found"
            " FROM json_each(?) w",
            (TOO_COMMON + 1, json.dumps(list(hashes))),
        )
        found = {row["hash"]: json.loads(row["found"]) for row in rows}
        return {
            shingle: list(map(_fingerprint_of, its))
            for shingle, its in found.items()
            if 0 < len(its) <= TOO_COMMON
        }

    async def texts(self, fingerprints: Sequence[str]) -> dict[str, str]:
        """Return a text for each wording, of any version of any document."""
        texts: dict[str, str] = {}
        for first in range(0, len(fingerprints), TEXTS_AT_ONCE):
            rows = await self._database.all(
                "SELECT w.value AS fingerprint,"
                " (SELECT text FROM passages WHERE fingerprint = w.value LIMIT 1) AS text"
                " FROM json_each(?) w",
                (json.dumps(fingerprints[first : first + TEXTS_AT_ONCE]),),
            )
            texts.update({row["fingerprint"]: row["text"] for row in rows if row["text"]})
        return texts


async def advance(transaction: Transaction, before: int, after: int) -> bool:
    """Say whether nobody else has followed meanwhile, and note how far this goes."""
    row = await transaction.one("SELECT revision FROM followed")
    if row is None or row["revision"] != before:
        return False
    await transaction.run("UPDATE followed SET revision = ?", (after,))
    return True


async def write(
    transaction: Transaction,
    sketches: Mapping[str, Sequence[int]],
    pairs: Iterable[tuple[str, str]],
) -> None:
    """Write what wordings are found by, and which are near to one another."""
    rows = sorted((hash_, number_of(one)) for one, its in sketches.items() for hash_ in its)
    await transaction.run_many(
        "INSERT OR IGNORE INTO sketches (hash, fingerprint) VALUES (?, ?)", rows
    )
    both = [(number_of(one), number_of(other)) for one, other in pairs]
    await transaction.run_many(
        "INSERT OR IGNORE INTO near (one, other) VALUES (?, ?)",
        [*both, *((other, one) for one, other in both)],
    )


async def forget(transaction: Transaction, fingerprints: Iterable[str]) -> None:
    """Erase what wordings are found by, where no passage has them any more."""
    its = json.dumps(sorted(set(fingerprints)))
    rows = await transaction.all(
        "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT fingerprint FROM passages)",
        (its,),
    )
    gone = json.dumps([number_of(row["value"]) for row in rows])
    for table, column in (("sketches", "fingerprint"), ("near", "one"), ("near", "other")):
        await transaction.run(
            f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))",  # noqa: S608
            (gone,),
        )


def links_of(near: Mapping[str, Sequence[str]], family: Iterable[str]) -> tuple[str, ...]:
    """Return fingerprints with all that are near to one of them, their own first."""
    its = tuple(family)
    return tuple(dict.fromkeys([*its, *(one for link in its for one in near.get(link, ()))]))


def number_of(fingerprint: str) -> int:
    """Return a fingerprint as a signed number of 64 bits."""
    number = int(fingerprint, 16)
    return number - (1 << 64) if number >> 63 else number


def _fingerprint_of(number: int) -> str:
    return f"{number & (1 << 64) - 1:016x}"
