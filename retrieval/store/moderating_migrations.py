"""Migrations for what moderators do with documents besides adding and removing them."""

from typing import Final

MODERATING: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "0008 corrections, retractions and embargoes, with states on the trail",
        (
            # A column's check cannot be changed; a new column takes its place.
            "ALTER TABLE documents RENAME COLUMN status TO former_status",
            """
            ALTER TABLE documents ADD COLUMN status TEXT NOT NULL DEFAULT 'live'
            CHECK (status IN ('live', 'removed', 'retracted', 'held', 'purged'))
            """,
            "UPDATE documents SET status = former_status",
            "ALTER TABLE documents DROP COLUMN former_status",
            "ALTER TABLE documents ADD COLUMN correction TEXT",
            "ALTER TABLE documents ADD COLUMN reason TEXT",
            "ALTER TABLE documents ADD COLUMN hold_until TEXT",
            "CREATE INDEX documents_held ON documents (hold_until) WHERE status = 'held'",
            "ALTER TABLE versions ADD COLUMN by_hand TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE changes ADD COLUMN document_id INTEGER",
            "ALTER TABLE changes ADD COLUMN state_before TEXT",
            "ALTER TABLE changes ADD COLUMN state_after TEXT",
            "CREATE INDEX changes_by_document ON changes (document_id)",
        ),
    ),
)
TOGETHER: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "0014 the message that asked for a change",
        (
            "ALTER TABLE changes ADD COLUMN message TEXT",
            "CREATE INDEX changes_by_message ON changes (message) WHERE message IS NOT NULL",
        ),
    ),
    (
        "0015 the languages of documents on the trail",
        # An undo sets the language too; until now none was ever changed, so that those of the
        # versions are what was so. The trail is closed again with the words that closed it.
        (
            "DROP TRIGGER changes_are_not_updated",
            """
            UPDATE changes SET
            state_before = json_set(state_before, '$.language', (
                SELECT language FROM versions v WHERE v.document_id = changes.document_id
                AND v.number = json_extract(state_before, '$.version')
            )),
            state_after = json_set(state_after, '$.language', (
                SELECT language FROM versions v WHERE v.document_id = changes.document_id
                AND v.number = json_extract(state_after, '$.version')
            ))
            """,
            """
            CREATE TRIGGER changes_are_not_updated BEFORE UPDATE ON changes
            BEGIN SELECT raise(ABORT, 'the trail is final'); END
            """,
        ),
    ),
    (
        "0016 when versions appeared",
        # What was replaced, or taken back by an undo, before its embargo ended never appeared: its
        # receipts stay unknown.
        (
            "ALTER TABLE versions ADD COLUMN appeared_at TEXT",
            """
            UPDATE versions SET appeared_at = added_at WHERE id NOT IN (
                SELECT version_id FROM documents
                WHERE version_id IS NOT NULL AND hold_until IS NOT NULL
            )
            """,
        ),
    ),
)
