"""What is kept about people: their answers and ratings, and where it is on, the question log.

Everything here can be erased; the audit trail, which is final, is not here.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from retrieval.model import Verdict
from retrieval.store.accepted import forget_accepted
from retrieval.store.answers import forget_old
from retrieval.store.database import Database, Row
from retrieval.store.notebook import forget_noted

GAPS_SHOWN = 30
"""Of a report, those that were met most often."""
READ_AT_ONCE = 1000
"""Questions of the log that are read from the database at a time."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the question log."""

    at: datetime
    platform: str
    space: str | None
    asker: str
    question: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class KeptAbout:
    """How much is kept about one person."""

    answers: int
    """Answers that they were given, with their questions."""
    ratings: int
    """Words on whether an answer helped."""
    asked: int
    """Lines of the question log."""
    noted: int
    """What adapters keep over a restart: which message answers theirs, what a window is for."""
    changes: int
    """Lines of the audit trail, which are final."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A question to which people found nothing, or nothing that helped."""

    question: str
    verdict: Verdict | None
    """Of the last answer to it."""
    times: int
    """How often it was asked in the last 30 days."""
    unhelpful: int
    """How many people said that an answer to it did not help."""
    last: datetime


class People:
    """What is kept about all people."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def log(self, asked: Asked) -> None:
        """Write a line of the question log."""
        async with self._database.transaction() as transaction:
            await transaction.run(
                "INSERT INTO asked (at, platform, space, asker, question, verdict)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    asked.at.isoformat(),
                    asked.platform,
                    asked.space,
                    asked.asker,
                    asked.question,
                    asked.verdict,
                ),
            )

    async def logged(self) -> AsyncIterator[Asked]:
        """Yield the lines of the question log, oldest first."""
        last = 0
        while rows := await self._database.all(
            "SELECT * FROM asked WHERE id > ? ORDER BY id LIMIT ?", (last, READ_AT_ONCE)
        ):
            for row in rows:
                yield _asked_from(row)
            last = rows[-1]["id"]

    async def forget(self, days: int) -> None:
        """Erase the lines of the question log that are older, and all else that had its time."""
        now = datetime.now(UTC)
        oldest, tomorrow = now - timedelta(days=days), now + timedelta(days=1)
        async with self._database.transaction() as transaction:
            await forget_old(transaction)
            await forget_accepted(transaction)
            await forget_noted(transaction)
            await transaction.run(
                "DELETE FROM asked WHERE at < ? OR at > ?",
                (oldest.isoformat(), tomorrow.isoformat()),
            )

    async def kept_about(self, person: str, platform: str) -> KeptAbout:
        """Return how much is kept about a person of a platform."""
        row = await self._database.one(
            "SELECT (SELECT count(*) FROM answers WHERE asker = :person),"
            " (SELECT count(*) FROM ratings WHERE rater = :person),"
            " (SELECT count(*) FROM asked WHERE asker = :person AND platform = :platform),"
            " (SELECT count(*) FROM notebook WHERE asker = :person AND platform = :platform),"
            " (SELECT count(*) FROM changes WHERE actor_id = :person AND platform = :platform)",
            {"person": person, "platform": platform},
        )
        return KeptAbout(*(row or (0, 0, 0, 0, 0)))

    async def erase(self, person: str, platform: str) -> None:
        """Erase all that is kept about a person of a platform, the audit trail aside."""
        async with self._database.transaction() as transaction:
            await transaction.run("DELETE FROM answers WHERE asker = ?", (person,))
            await transaction.run("DELETE FROM ratings WHERE rater = ?", (person,))
            for table in ("asked", "accepted", "notebook"):
                await transaction.run(
                    f"DELETE FROM {table} WHERE asker = ? AND platform = ?",  # noqa: S608 - ours
                    (person, platform),
                )

    async def gaps(self, space: str | None) -> list[Gap]:
        """Return the questions of a space without an answer, or without one that helped.

        A question that was answered when it was last asked, and that nobody called unhelpful, is
        none. Wordings that differ in case and outer white space only are one question.
        """
        rows = await self._database.all(
            "SELECT question, verdict, max(at) AS last, count(*) AS times,"
            " sum((SELECT count(*) FROM ratings r WHERE r.answer = a.id AND NOT helpful))"
            " AS unhelpful"
            " FROM answers a WHERE coalesce(space, '') = coalesce(?, '')"
            " GROUP BY lower(trim(question)) HAVING verdict = ? OR unhelpful > 0"
            " ORDER BY unhelpful + times DESC, last DESC LIMIT ?",
            (space, Verdict.NOT_FOUND, GAPS_SHOWN),
        )
        return [
            Gap(
                row["question"],
                Verdict(row["verdict"]) if row["verdict"] else None,
                row["times"],
                row["unhelpful"],
                datetime.fromisoformat(row["last"]),
            )
            for row in rows
        ]


def _asked_from(row: Row) -> Asked:
    return Asked(
        datetime.fromisoformat(row["at"]),
        row["platform"],
        row["space"],
        row["asker"],
        row["question"],
        Verdict(row["verdict"]),
    )
