"""The abbreviations that documents define: found by the short form or by the first word."""

import json
from collections.abc import Iterable

from retrieval.store.database import Database
from retrieval.store.documents import VISIBLE

READ_AT_ONCE = 200


class Abbreviations:
    """The abbreviations of all documents."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def among(self, words: Iterable[str], space: str | None) -> list[tuple[str, str]]:
        """Return the short and long forms, folded, that some of a question's words may stand for.

        Those of live documents that the space may see; the words are folded too.
        """
        rows = await self._database.all(
            "SELECT DISTINCT a.short, a.long FROM abbreviations a"  # noqa: S608
            " JOIN documents d ON d.version_id = a.version_id"
            f" WHERE d.status = 'live' AND {VISIBLE}"
            " AND (a.short IN (SELECT value FROM json_each(:words))"
            " OR a.first IN (SELECT value FROM json_each(:words))) LIMIT :limit",
            {"words": json.dumps(list(words)), "space": space, "limit": READ_AT_ONCE},
        )
        return [(row["short"], row["long"]) for row in rows]
