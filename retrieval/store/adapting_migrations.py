"""The tables of the adapters: what they accepted, and what they keep over a restart."""

from typing import Final

ADAPTING: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "0017 requests that were accepted and are not answered yet",
        (
            """
            CREATE TABLE accepted (
                platform TEXT NOT NULL,
                id TEXT NOT NULL,
                asker TEXT NOT NULL,
                at TEXT NOT NULL,
                payload TEXT NOT NULL,
                is_begun INTEGER NOT NULL DEFAULT 0 CHECK (is_begun IN (0, 1)),
                PRIMARY KEY (platform, id)
            ) STRICT
            """,
        ),
    ),
    (
        "0018 what adapters keep over a restart",
        (
            """
            CREATE TABLE notebook (
                platform TEXT NOT NULL,
                key TEXT NOT NULL,
                value TEXT NOT NULL,
                until TEXT NOT NULL,
                asker TEXT NOT NULL DEFAULT '',
                PRIMARY KEY (platform, key)
            ) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX notebook_by_age ON notebook (until)",
            "CREATE INDEX notebook_by_asker ON notebook (asker)",
        ),
    ),
)
