"""What reads complex formats is ready before the first source comes, where somebody asks for it."""

import asyncio
from contextlib import closing
from pathlib import Path

import pytest

from retrieval import Library, Limits, UnreadableSource
from retrieval.readers import Readers
from retrieval.readers.isolation import IsolatedReader
from tests import sources

TEXT = "The council doubled the harbor budget on Tuesday."
TELLS_WHAT_IT_READS = (
    "import os, sys\n"
    "from retrieval.readers.protocol import send, receive\n"
    "while asked := receive(sys.stdin.buffer):\n"
    "    said = f\"{os.getpid()} {asked[0]['file']}\"\n"
    "    send(sys.stdout.buffer, {'problem': said, 'limit': None})\n"
)


def process_of(reader: IsolatedReader) -> object:
    """Return the process that reads the next source, None where none has begun."""
    process = reader._free.get()  # noqa: SLF001 - what is warm can be seen nowhere else
    reader._free.put(process)  # noqa: SLF001 - the same
    return process


def test_the_process_that_was_warmed_up_reads_the_first_source() -> None:
    with closing(IsolatedReader(Limits(), ("-c", TELLS_WHAT_IT_READS))) as reader:
        assert process_of(reader) is None
        reader.warm_up()
        warm = process_of(reader)
        assert warm is not None
        reader.warm_up()
        assert process_of(reader) is warm


def test_a_process_that_cannot_be_warmed_up_hurts_nobody() -> None:
    with closing(IsolatedReader(Limits(), ("-c", "import os; os.abort()"))) as reader:
        reader.warm_up()


def test_what_is_warm_reads_as_what_is_cold() -> None:
    with closing(Readers()) as readers:
        readers.warm_up()
        assert readers.read(sources.pdf([TEXT]), "a.pdf").text == TEXT


async def test_what_comes_after_the_end_is_refused_and_holds_up_no_thread() -> None:
    readers = Readers()
    readers.close()
    with pytest.raises(UnreadableSource, match="stopped before it read this"):
        async with asyncio.timeout(10):
            await asyncio.to_thread(readers.read, sources.pdf([TEXT]), "a.pdf")


async def test_a_library_is_warmed_up_beside_all_else(tmp_path: Path) -> None:
    async with Library.open(tmp_path / "news.db") as library:
        await library.warm_up()
        document = (await library.add(sources.pdf([TEXT]), "a.pdf")).document
        assert await library.text(document) == TEXT
