"""The index follows the database, whoever is faster."""

from pathlib import Path

from retrieval import Incoming
from retrieval.analysis.analyzer import Analyzer
from retrieval.index import bulk
from retrieval.index.live_index import LiveIndex
from retrieval.index.postings.table import Collection
from retrieval.intake.new_documents import NewDocument
from retrieval.library import OPERATOR
from retrieval.readers import Readers
from retrieval.store.database import Database
from retrieval.store.documents import Documents
from retrieval.store.moderation import Moderation
from retrieval.store.passages import Passages
from retrieval.store.trail import Trail
from retrieval.store.versions import Stored

TEXT = b"The mayor swam.\n\nThe harbor froze."


def read(name: str) -> tuple[bulk.Batch, list[NewDocument]]:
    """Return a batch of one document, and the document."""
    batch = bulk.read([Incoming(TEXT, name)], 1000, Analyzer(), Readers(), Collection())
    return batch, [one for one in batch.results if isinstance(one, NewDocument)]


async def test_what_a_question_has_had_read_is_not_taken_in_again(tmp_path: Path) -> None:
    async with Database.open(tmp_path / "news.db") as database:
        documents, moderation = Documents(database), Moderation(database)
        live = LiveIndex(database.path, documents, Passages(database), Trail(database), Analyzer())
        await live.start()
        batch, first = read("a.txt")
        added = await moderation.add(first, None, OPERATOR)
        assert (await live.current()).corpus_size == 2
        await live.take(batch, [one for one in added if isinstance(one, Stored)], None)
        _, second = read("b.txt")
        await moderation.add(second, None, OPERATOR)
        assert (await live.current()).corpus_size == 4
        await live.close()
