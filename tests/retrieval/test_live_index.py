"""The index follows the database, whoever is faster."""

from pathlib import Path

from retrieval import Incoming, bulk
from retrieval.analysis import Analyzer
from retrieval.intake import NewDocument
from retrieval.library import OPERATOR
from retrieval.live_index import LiveIndex
from retrieval.postings.table import Collection
from retrieval.store.database import Database
from retrieval.store.documents import Documents
from retrieval.store.passages import Passages
from retrieval.store.trail import Trail
from retrieval.store.versions import Stored

TEXT = b"The mayor swam.\n\nThe harbor froze."


async def test_what_a_question_has_had_read_is_not_taken_in_again(tmp_path: Path) -> None:
    analyzer = Analyzer()
    batch = bulk.read([Incoming(TEXT, "a.txt")], 1000, analyzer, Collection())
    news = [one for one in batch.results if isinstance(one, NewDocument)]
    async with Database.open(tmp_path / "news.db") as database:
        documents = Documents(database)
        live = LiveIndex(database.path, documents, Passages(database), Trail(database), analyzer)
        await live.start()
        added = await documents.add(news, None, OPERATOR)
        assert (await live.current()).corpus_size == 2
        await live.take(batch, [one for one in added if isinstance(one, Stored)], None)
        assert (await live.current()).corpus_size == 2
        await live.close()
