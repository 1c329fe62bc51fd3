"""The database's schema as a list of named migrations, applied once each and in order.

Rows of the trail (``changes``) are final: triggers refuse to alter them. A document's row is never
deleted, so that ``documents.revision`` tells any reader what changed since it last looked.
"""

from typing import Final

from retrieval.store.adapting_migrations import ADAPTING
from retrieval.store.moderating_migrations import MODERATING, TOGETHER
from retrieval.store.quoting_migrations import QUOTING, READ_ANEW

APPLICATION_ID: Final = 0x4E657773
"""“News” in ASCII; SQLite keeps it in the file's header, so that other databases are known."""

MIGRATIONS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "0001 documents, versions, passages, trail and answers",
        (
            """
            CREATE TABLE sources (
                hash TEXT PRIMARY KEY,
                content BLOB NOT NULL
            ) STRICT
            """,
            """
            CREATE TABLE documents (
                id INTEGER PRIMARY KEY,
                space TEXT CHECK (space <> ''),
                file TEXT NOT NULL CHECK (file <> ''),
                status TEXT NOT NULL CHECK (status IN ('live', 'removed')),
                version_id INTEGER REFERENCES versions (id) DEFERRABLE INITIALLY DEFERRED,
                revision INTEGER NOT NULL,
                changed_at TEXT NOT NULL
            ) STRICT
            """,
            "CREATE UNIQUE INDEX documents_by_file ON documents (coalesce(space, ''), file)",
            "CREATE UNIQUE INDEX documents_by_revision ON documents (revision)",
            """
            CREATE TABLE versions (
                id INTEGER PRIMARY KEY,
                document_id INTEGER NOT NULL REFERENCES documents (id),
                number INTEGER NOT NULL CHECK (number > 0),
                hash TEXT NOT NULL REFERENCES sources (hash),
                size INTEGER NOT NULL,
                reader TEXT NOT NULL,
                reader_version INTEGER NOT NULL,
                title TEXT,
                outlet TEXT,
                author TEXT,
                published TEXT,
                citable INTEGER NOT NULL,
                added_at TEXT NOT NULL,
                UNIQUE (document_id, number)
            ) STRICT
            """,
            "CREATE INDEX versions_by_hash ON versions (hash)",
            """
            CREATE TABLE passages (
                id INTEGER PRIMARY KEY,
                version_id INTEGER NOT NULL REFERENCES versions (id),
                paragraph INTEGER NOT NULL CHECK (paragraph > 0),
                start INTEGER NOT NULL CHECK (start >= 0),
                "end" INTEGER NOT NULL CHECK ("end" > start),
                text TEXT NOT NULL,
                role TEXT NOT NULL,
                receipt TEXT NOT NULL,
                fingerprint TEXT NOT NULL,
                UNIQUE (version_id, paragraph)
            ) STRICT
            """,
            "CREATE INDEX passages_by_receipt ON passages (receipt)",
            "CREATE INDEX passages_by_fingerprint ON passages (fingerprint)",
            """
            CREATE TABLE changes (
                id INTEGER PRIMARY KEY,
                at TEXT NOT NULL,
                actor_id TEXT NOT NULL,
                actor_name TEXT NOT NULL,
                platform TEXT NOT NULL,
                space TEXT,
                action TEXT NOT NULL,
                file TEXT NOT NULL,
                hash_before TEXT,
                hash_after TEXT,
                note TEXT
            ) STRICT
            """,
            "CREATE INDEX changes_by_file ON changes (coalesce(space, ''), file)",
            """
            CREATE TRIGGER changes_are_not_updated BEFORE UPDATE ON changes
            BEGIN SELECT raise(ABORT, 'the trail is final'); END
            """,
            """
            CREATE TRIGGER changes_are_not_deleted BEFORE DELETE ON changes
            BEGIN SELECT raise(ABORT, 'the trail is final'); END
            """,
            """
            CREATE TRIGGER changes_are_not_replaced BEFORE INSERT ON changes
            WHEN EXISTS (SELECT 1 FROM changes WHERE id = new.id)
            BEGIN SELECT raise(ABORT, 'the trail is final'); END
            """,
            """
            CREATE TABLE answers (
                id TEXT PRIMARY KEY,
                at TEXT NOT NULL,
                space TEXT,
                place TEXT NOT NULL,
                asker TEXT NOT NULL,
                question TEXT NOT NULL,
                receipts TEXT NOT NULL
            ) STRICT
            """,
            "CREATE INDEX answers_by_place ON answers (place, at)",
            "CREATE INDEX answers_by_age ON answers (at)",
        ),
    ),
    (
        "0002 documents are found by their current version",
        # Each new version is looked for among the deferred references of documents.
        ("CREATE INDEX documents_by_version ON documents (version_id)",),
    ),
    (
        "0003 abbreviations that versions define",
        (
            """
            CREATE TABLE abbreviations (
                version_id INTEGER NOT NULL REFERENCES versions (id),
                short TEXT NOT NULL,
                long TEXT NOT NULL,
                first TEXT NOT NULL,
                PRIMARY KEY (version_id, short, long)
            ) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX abbreviations_by_short ON abbreviations (short)",
            "CREATE INDEX abbreviations_by_first ON abbreviations (first)",
        ),
    ),
    (
        "0004 whether answers helped",
        (
            """
            CREATE TABLE ratings (
                answer TEXT NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
                rater TEXT NOT NULL,
                helpful INTEGER NOT NULL CHECK (helpful IN (0, 1)),
                PRIMARY KEY (answer, rater)
            ) STRICT, WITHOUT ROWID
            """,
        ),
    ),
    (
        "0005 the bars for found",
        (
            """
            CREATE TABLE bars (
                space TEXT PRIMARY KEY,
                height REAL NOT NULL,
                passages INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
        ),
    ),
    (
        "0006 languages of versions",
        ("ALTER TABLE versions ADD COLUMN language TEXT",),
    ),
    (
        "0007 texts that readers took out of sources, pages and addresses",
        # A text goes with its reader and version, so that another version's changes nothing that
        # was cited, and it goes when the source's bytes do.
        (
            """
            CREATE TABLE extractions (
                hash TEXT NOT NULL REFERENCES sources (hash) ON DELETE CASCADE,
                reader TEXT NOT NULL,
                reader_version INTEGER NOT NULL,
                text TEXT NOT NULL,
                PRIMARY KEY (hash, reader, reader_version)
            ) STRICT
            """,
            "ALTER TABLE passages ADD COLUMN page INTEGER CHECK (page > 0)",
            "ALTER TABLE versions ADD COLUMN url TEXT",
        ),
    ),
    *MODERATING,
    *QUOTING,
    (
        "0011 what was found for answers",
        ("ALTER TABLE answers ADD COLUMN verdict TEXT",),
    ),
    (
        "0012 the question log",
        (
            """
            CREATE TABLE asked (
                id INTEGER PRIMARY KEY,
                at TEXT NOT NULL,
                platform TEXT NOT NULL,
                space TEXT,
                asker TEXT NOT NULL,
                question TEXT NOT NULL,
                verdict TEXT NOT NULL
            ) STRICT
            """,
            "CREATE INDEX asked_by_age ON asked (at)",
            "CREATE INDEX asked_by_asker ON asked (asker)",
            "CREATE INDEX answers_by_asker ON answers (asker)",
            "CREATE INDEX ratings_by_rater ON ratings (rater)",
        ),
    ),
    (
        "0013 the order of answers, whatever the clock says",
        (
            "ALTER TABLE answers ADD COLUMN turn INTEGER NOT NULL DEFAULT 0",
            "UPDATE answers SET turn = rowid",
            "CREATE INDEX answers_by_turn ON answers (turn)",
        ),
    ),
    *TOGETHER,
    *ADAPTING,
    *READ_ANEW,
)
