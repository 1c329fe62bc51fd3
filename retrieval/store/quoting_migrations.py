"""The tables of the quote desk: who said what, and which wordings are near to one another.

They are derived from the passages and can be made again at any time.
"""

from typing import Final

QUOTING: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "0009 quotations with their speakers, by version",
        (
            """
            CREATE TABLE sayings (
                version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
                number INTEGER NOT NULL,
                speaker TEXT NOT NULL,
                last_name TEXT NOT NULL,
                quote TEXT NOT NULL,
                paragraph INTEGER NOT NULL,
                last_paragraph INTEGER NOT NULL,
                evidence TEXT NOT NULL,
                rule TEXT NOT NULL,
                sure INTEGER NOT NULL CHECK (sure IN (0, 1)),
                PRIMARY KEY (version_id, number)
            ) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX sayings_by_name ON sayings (last_name)",
        ),
    ),
    (
        "0010 wordings that are near to one another, by fingerprint",
        (
            """
            CREATE TABLE sketches (
                hash INTEGER NOT NULL,
                fingerprint INTEGER NOT NULL,
                PRIMARY KEY (hash, fingerprint)
            ) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE near (
                one INTEGER NOT NULL,
                other INTEGER NOT NULL,
                PRIMARY KEY (one, other)
            ) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE followed (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                revision INTEGER NOT NULL
            ) STRICT
            """,
            "INSERT INTO followed (id, revision) VALUES (1, 0)",
        ),
    ),
)

READ_ANEW: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "0019 speakers by the first of their two surnames, and by their offices",
        (
            "DELETE FROM sayings",
            "ALTER TABLE sayings ADD COLUMN first_surname TEXT",
            """
            CREATE INDEX sayings_by_first_surname ON sayings (first_surname)
            WHERE first_surname IS NOT NULL
            """,
            """
            CREATE TABLE speaker_offices (
                version_id INTEGER NOT NULL,
                number INTEGER NOT NULL,
                office TEXT NOT NULL,
                PRIMARY KEY (version_id, number, office),
                FOREIGN KEY (version_id, number) REFERENCES sayings (version_id, number)
                    ON DELETE CASCADE
            ) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX speakers_by_office ON speaker_offices (office)",
            "UPDATE followed SET revision = 0",
        ),
    ),
    (
        "0020 quotations by the marks of their language, and speakers by French pronouns",
        ("DELETE FROM sayings", "UPDATE followed SET revision = 0"),
    ),
    (
        "0021 quotations in the language that a document was set right to",
        ("DELETE FROM sayings", "UPDATE followed SET revision = 0"),
    ),
)
"""Whoever follows the documents reads all of them again."""
