"""What a library is made of, put together in one place."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from retrieval.analysis.analyzer import Analyzer
from retrieval.answering.calibration import Calibration
from retrieval.answering.completing import Completer
from retrieval.answering.finder import Finder
from retrieval.answering.ranking import Ranking
from retrieval.index.live_index import LiveIndex
from retrieval.quotes.desk import QuoteDesk
from retrieval.quotes.drafts import DraftDesk
from retrieval.quotes.families import FamilyDesk
from retrieval.quotes.following import Follower
from retrieval.quotes.saying import SaidDesk
from retrieval.quotes.speakers import Speakers
from retrieval.readers import Limits, Readers
from retrieval.readers.isolation import PROCESSES
from retrieval.store.abbreviations import Abbreviations
from retrieval.store.accepted import Accepted
from retrieval.store.answers import Answers
from retrieval.store.bars import Bars
from retrieval.store.database import Database
from retrieval.store.documents import Documents
from retrieval.store.families import Families
from retrieval.store.moderation import Moderation
from retrieval.store.names import Names
from retrieval.store.notebook import Notebook
from retrieval.store.passages import Passages
from retrieval.store.people import People
from retrieval.store.purging import Purging
from retrieval.store.sayings import Sayings
from retrieval.store.trail import Trail
from retrieval.store.upkeep import Upkeep


class Tables:
    """The store, by what is in it."""

    def __init__(self, database: Database) -> None:
        self.abbreviations = Abbreviations(database)
        self.accepted = Accepted(database)
        self.answers = Answers(database)
        self.bars = Bars(database)
        self.documents = Documents(database)
        self.families = Families(database)
        self.moderation = Moderation(database)
        self.names = Names(database)
        self.notebook = Notebook(database)
        self.passages = Passages(database)
        self.people = People(database)
        self.purging = Purging(database)
        self.sayings = Sayings(database)
        self.trail = Trail(database)
        self.upkeep = Upkeep(database)


class Parts:
    """The store, the index, and those who work with both."""

    def __init__(
        self, database: Database, *, limits: Limits, ranking: Ranking, language: str
    ) -> None:
        self.tables = tables = Tables(database)
        documents, passages = tables.documents, tables.passages
        self.analyzer = Analyzer(language)
        self.readers = Readers(limits)
        self.threads = ThreadPoolExecutor(PROCESSES, "reading")
        """For sources that other processes read."""
        self.index = LiveIndex(database.path, documents, passages, tables.trail, self.analyzer)
        self.ranking = ranking
        self.finder = self._finder()
        self.calibration = Calibration(self.finder, passages, tables.bars)
        self.completer = Completer(tables.names)
        self.follower = Follower(database, documents, passages, self.index)
        self.families = FamilyDesk(tables.families, passages, self.follower)
        self.said = SaidDesk(documents, tables.sayings, self.follower, self.analyzer)
        self.quotes = self._quotes()
        self.drafts = self._drafts()

    def _finder(self) -> Finder:
        return Finder(
            index=self.index,
            documents=self.tables.documents,
            passages=self.tables.passages,
            abbreviations=self.tables.abbreviations,
            analyzer=self.analyzer,
            ranking=self.ranking,
            bars=self.tables.bars,
            families=self.tables.families,
        )

    def _quotes(self) -> QuoteDesk:
        return QuoteDesk(
            index=self.index,
            coverage=self.finder.coverage,
            languages=self.finder.languages,
            passages=self.tables.passages,
            speakers=Speakers(self.tables.sayings, self.tables.passages, self.follower),
            families=self.tables.families,
            analyzer=self.analyzer,
        )

    def _drafts(self) -> DraftDesk:
        return DraftDesk(
            quotes=self.quotes,
            index=self.index,
            documents=self.tables.documents,
            passages=self.tables.passages,
            readers=self.readers,
            analyzer=self.analyzer,
        )

    async def start(self) -> None:
        """Bring the index and the quote desk up to date."""
        await self.index.start()
        await self.follower.start()

    async def close(self) -> None:
        """Finish what is under way, or leave it to the next process."""
        await self.follower.close()
        await self.calibration.close()
        await self.index.close()
        await asyncio.to_thread(self._end_reading)

    def _end_reading(self) -> None:
        self.readers.close()  # first: what is being read has nobody who waits for it any more
        self.threads.shutdown(cancel_futures=True)
