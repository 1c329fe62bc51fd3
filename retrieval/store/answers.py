"""What an answer's buttons need: kept for 30 days, apart from any log, and erasable."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from retrieval.model import Verdict
from retrieval.store.database import Database, Row, Transaction

KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """One answer as it was given: to whom, where, and with which citations."""

    id: str
    space: str | None
    place: str
    """The channel, thread or conversation, as its adapter names it."""
    asker: str
    question: str
    receipts: tuple[str, ...]
    """The citations that were shown, in order."""
    verdict: Verdict | None = None
    """What was found; None for answers from before this was kept."""


class Answers:
    """The answers that were given in the last 30 days."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, answer: KeptAnswer) -> None:
        """Keep an answer, and erase those that are older than 30 days."""
        async with self._database.transaction() as transaction:
            await forget_old(transaction)
            await transaction.run(
                "INSERT INTO answers"
                " (id, at, space, place, asker, question, receipts, verdict, turn)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(turn), 0) + 1 FROM answers))"
                " ON CONFLICT (id) DO UPDATE SET"
                " at = excluded.at, receipts = excluded.receipts, turn = excluded.turn",
                (
                    answer.id,
                    datetime.now(UTC).isoformat(),
                    answer.space,
                    answer.place,
                    answer.asker,
                    answer.question,
                    json.dumps(answer.receipts),
                    answer.verdict,
                ),
            )

    async def find(self, answer_id: str, space: str | None) -> KeptAnswer | None:
        """Return an answer of the space by its id."""
        row = await self._database.one(
            "SELECT * FROM answers WHERE id = ? AND at >= ?"
            " AND coalesce(space, '') = coalesce(?, '')",
            (answer_id, _oldest(), space),
        )
        return _answer_from(row) if row else None

    async def latest(self, place: str, asker: str, space: str | None) -> KeptAnswer | None:
        """Return the last answer that somebody was given in a place."""
        row = await self._database.one(
            "SELECT * FROM answers WHERE place = ? AND asker = ? AND at >= ?"
            " AND coalesce(space, '') = coalesce(?, '') ORDER BY turn DESC LIMIT 1",
            (place, asker, _oldest(), space),
        )
        return _answer_from(row) if row else None

    async def rate(self, answer_id: str, rater: str, *, is_helpful: bool) -> None:
        """Keep whether somebody found an answer helpful, as long as the answer itself."""
        async with self._database.transaction() as transaction:
            await transaction.run(
                "INSERT INTO ratings (answer, rater, helpful) VALUES (?, ?, ?)"
                " ON CONFLICT (answer, rater) DO UPDATE SET helpful = excluded.helpful",
                (answer_id, rater, is_helpful),
            )


async def forget_old(transaction: Transaction) -> None:
    """Erase the answers that are older than 30 days, with their ratings.

    Those of a time to come are from a clock that was wrong: nobody knows how old they are.
    """
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    await transaction.run("DELETE FROM answers WHERE at < ? OR at > ?", (_oldest(), tomorrow))


def _oldest() -> str:
    """Return the time before which answers are kept no more."""
    return (datetime.now(UTC) - KEPT_FOR).isoformat()


def _answer_from(row: Row) -> KeptAnswer:
    return KeptAnswer(
        id=row["id"],
        space=row["space"],
        place=row["place"],
        asker=row["asker"],
        question=row["question"],
        receipts=tuple(json.loads(row["receipts"])),
        verdict=Verdict(row["verdict"]) if row["verdict"] else None,
    )
