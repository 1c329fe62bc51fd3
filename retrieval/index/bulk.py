"""Reading many sources ahead of what stores them: in batches, by other processes where it pays.

Memory stays bounded: a few batches are under way, never more, and each is of a few megabytes.
"""

import asyncio
import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from threading import Thread

import numpy as np

from retrieval.analysis.analyzer import Analyzer
from retrieval.errors import LibraryError
from retrieval.index.indexing import indexed
from retrieval.index.postings.build import table_of
from retrieval.index.postings.table import Collection, IndexedPassage, Table
from retrieval.intake.incoming import Incoming
from retrieval.intake.new_documents import NewDocument
from retrieval.intake.taking_in import take_in
from retrieval.readers import Limits, Readers

BATCH_BYTES = 2 << 20
"""Bytes of sources after which a batch is full: some four thousand passages."""
BATCH_SOURCES = 500
VOCABULARY_KEPT = 1_000_000
"""Terms that a process remembers, at most, from one batch to the next."""
AHEAD = 2
"""Batches that wait, read, for each process that reads."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What several sources hold, for the store and for the index."""

    results: Sequence[NewDocument | LibraryError]
    """What came of each source, in order."""
    table: Table
    """Their citable passages, numbered from 0; a document's number is its place in the results."""


async def read_ahead(
    sources: Iterable[Incoming | LibraryError],
    max_bytes: int,
    analyzer: Analyzer,
    readers: Readers,
) -> AsyncGenerator[Batch, None]:
    """Yield the sources in batches, in their order; errors among them are passed on as they are.

    The iterable is advanced in a thread, so that it may read files. One batch alone is read in
    this process, with its analyzer and readers.
    """
    batches = _batches(sources)
    first = await asyncio.to_thread(next, batches, None)
    second = await asyncio.to_thread(next, batches, None)
    if first is None:
        return
    if second is None:
        yield await asyncio.to_thread(read, first, max_bytes, analyzer, readers, Collection())
        return
    reading = partial(
        _read_in_process,
        max_bytes=max_bytes,
        language=analyzer.language.name,
        limits=readers.limits,
    )
    async with _processes() as (executor, number):
        loop = asyncio.get_running_loop()
        under_way = deque(
            loop.run_in_executor(executor, reading, batch) for batch in (first, second)
        )
        while under_way:
            while len(under_way) < number * (1 + AHEAD):
                batch = await asyncio.to_thread(next, batches, None)
                if batch is None:
                    break
                under_way.append(loop.run_in_executor(executor, reading, batch))
            yield await under_way.popleft()


def _read_in_process(
    batch: Sequence[Incoming | LibraryError], max_bytes: int, language: str, limits: Limits
) -> Batch:
    """Read a batch in a process that does nothing else, with what it remembers of others."""
    analyzer, collection = _tools(language)
    try:
        return read(batch, max_bytes, analyzer, _readers(limits), collection)
    finally:
        collection.clear()
        if len(collection.terms) > VOCABULARY_KEPT:
            _tools.cache_clear()


def read(
    batch: Sequence[Incoming | LibraryError],
    max_bytes: int,
    analyzer: Analyzer,
    readers: Readers,
    collection: Collection,
) -> Batch:
    """Return what the sources of a batch hold; one that cannot be read is the reason why.

    ``collection`` is one without passages.
    """
    results: list[NewDocument | LibraryError] = []
    passages = 0
    for document, source in enumerate(batch):
        new = _read(source, max_bytes, analyzer, readers)
        if not isinstance(new, LibraryError):
            its = (
                IndexedPassage(number, words, one.role, one.fingerprint)
                for number, (one, words) in enumerate(
                    zip(new.passages, new.words, strict=True), passages
                )
            )
            its_analyzer = analyzer.of(new.language)
            texts = [one.text for one in new.passages]
            taken = indexed(
                document, None, new.details.title, its, texts=texts, analyzer=its_analyzer
            )
            collection.add(taken, space=0)
            passages += len(new.passages)
            new = replace(new, words=())  # the table holds them
        results.append(new)
    table = collection.table()
    return Batch(results, table_of([(table, np.ones(len(table), np.bool_))]))


def _read(
    source: Incoming | LibraryError, max_bytes: int, analyzer: Analyzer, readers: Readers
) -> NewDocument | LibraryError:
    if isinstance(source, LibraryError):
        return source
    try:
        return take_in(
            source.content,
            source.filename,
            source.details,
            analyzer,
            max_bytes=max_bytes,
            read=readers.read,
            limits=readers.limits,
        )
    except LibraryError as error:
        return error.with_traceback(None)


def _batches(sources: Iterable[Incoming | LibraryError]) -> Iterator[list[Incoming | LibraryError]]:
    batch: list[Incoming | LibraryError] = []
    size = 0
    for source in sources:
        batch.append(source)
        size += len(source.content) if isinstance(source, Incoming) else 0
        if size >= BATCH_BYTES or len(batch) >= BATCH_SOURCES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


@cache
def _tools(language: str) -> tuple[Analyzer, Collection]:
    """Return what this process reads with, made once: both remember the words they met."""
    return Analyzer(language), Collection()


@cache
def _readers(limits: Limits) -> Readers:
    """Return what this process reads complex formats with; its own processes end when it does."""
    return Readers(limits)


@asynccontextmanager
async def _processes() -> AsyncIterator[tuple[Executor, int]]:
    """Give processes that read, as many as there are cores, and end them.

    What they read at that moment they read to its end, which holds up nobody else.
    """
    number = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    executor = ProcessPoolExecutor(
        number, multiprocessing.get_context("spawn"), initializer=_begin_process
    )
    try:
        yield executor, number or 1
    finally:
        await asyncio.to_thread(executor.shutdown, wait=True, cancel_futures=True)


def _begin_process() -> None:
    """Leave Ctrl-C to the process that began this one, and end when that ends.

    What is read holds no cycles, so that nothing need look for them.
    """
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
