"""The names of documents, and of those who published and wrote them."""

from retrieval.model import Status
from retrieval.store.database import Database
from retrieval.store.documents import OF_STATUS, like

_LISTED = f" FROM documents d JOIN versions v ON v.id = d.version_id WHERE {OF_STATUS}"


class Names:
    """The names of files, outlets and authors, the newest versions' first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def files(
        self, typed: str, space: str | None, status: Status, limit: int
    ) -> dict[str, str | None]:
        """Return files with their titles: those whose names begin so, then those that hold it.

        A title may hold it too. Of the file's own case and that of ASCII letters is made nothing.
        """
        found: dict[str, str | None] = {}
        for pattern in (f"{like(typed)}%", f"%{like(typed)}%"):
            rows = await self._database.all(
                f"SELECT d.file, v.title {_LISTED} AND (d.file LIKE :pattern ESCAPE '\\'"
                " OR v.title LIKE :pattern ESCAPE '\\')"
                " ORDER BY d.version_id DESC, d.space IS NULL LIMIT :limit",
                {"space": space, "status": status, "pattern": pattern, "limit": limit},
            )
            for row in rows:
                found.setdefault(row["file"], row["title"])
            if len(found) >= limit:
                break
        return dict(list(found.items())[:limit])

    async def of(self, column: str, space: str | None, status: Status) -> list[str]:
        """Return all outlets or authors, ``column`` being either word, the newest first."""
        rows = await self._database.all(
            f"SELECT v.{column} {_LISTED} AND v.{column} IS NOT NULL"
            f" GROUP BY v.{column} ORDER BY max(v.id) DESC",
            {"space": space, "status": status},
        )
        return [row[0] for row in rows]
