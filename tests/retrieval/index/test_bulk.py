"""Many documents added at once: as if one by one, only faster, and no failure stops the others."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from pathlib import Path

import pytest

from retrieval import (
    Findings,
    Incoming,
    Library,
    LibraryError,
    NameTaken,
    Outcome,
    UnreadableSource,
)
from retrieval.index import bulk, keeping, parted_index
from retrieval.index.postings.segment import Segment

QUESTIONS = ("harbor", "Did the mayor of ward7 swim?", "“swam in ward12”", "council chief")


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let twenty documents be many batches, which other processes read."""
    monkeypatch.setattr(bulk, "BATCH_SOURCES", 4)


def story(number: int) -> Incoming:
    text = f"Mayor Swims\n\nThe mayor swam in ward{number}.\n\nThe harbor of ward{number} froze."
    return Incoming(text.encode(), f"{number}.txt")


async def everything(results: AsyncIterator[Outcome | LibraryError]) -> list[str]:
    """Return what came of each document: its name and whether it is new, or what went wrong."""
    return [
        str(one) if isinstance(one, LibraryError) else f"{one.document.file} {one.changed}"
        async for one in results
    ]


async def answers(library: Library, space: str | None = None) -> list[Findings]:
    return [await library.find(question, space=space) for question in QUESTIONS]


def without_ids(findings: list[Findings]) -> list[object]:
    """Return what findings say, but for the numbers and times of the database."""
    return [
        (
            (one.verdict, one.confidence, one.reason, one.missing, one.coverage),
            [(hit.document.file, hit.passage.receipt, hit.score, hit.marks) for hit in one.hits],
        )
        for one in findings
    ]


async def test_they_answer_as_if_they_had_come_one_by_one(tmp_path: Path) -> None:
    async with Library.open(tmp_path / "one.db") as one_by_one:
        for number in range(21):
            await one_by_one.add(story(number).content, f"{number}.txt")
        expected = without_ids(await answers(one_by_one))
    async with Library.open(tmp_path / "all.db") as library:
        came = await everything(library.add_all(map(story, range(21))))
        assert came == [f"{number}.txt True" for number in range(21)]
        assert without_ids(await answers(library)) == expected
    async with Library.open(tmp_path / "all.db") as library:
        assert without_ids(await answers(library)) == expected


async def test_nothing_is_nothing(tmp_path: Path) -> None:
    async with Library.open(tmp_path / "news.db") as library:
        assert await everything(library.add_all([])) == []


async def test_each_is_reported_in_its_place(tmp_path: Path) -> None:
    async with Library.open(tmp_path / "news.db") as library:
        await library.add(story(1).content, "1.txt")
        await library.add(b"Another text.", "2.txt")
        came = await everything(
            library.add_all(
                [
                    story(0),
                    story(1),
                    story(2),
                    UnreadableSource("Line 4 is not JSON."),
                    Incoming(b"", "empty.txt"),
                    Incoming(b"Twice.", "twice.txt"),
                    Incoming(b"Twice.", "twice.txt"),
                    Incoming(b"Thrice.", "twice.txt"),
                    Incoming(b"Text.", "../up.txt"),
                ]
            )
        )
        taken = "There is another document named {}; use replace to put this one in its place, "
        assert came == [
            "0.txt True",
            "1.txt False",
            taken.format("2.txt") + "or give this one another name.",
            "Line 4 is not JSON.",
            "empty.txt is empty; there is nothing to add.",
            "twice.txt True",
            "twice.txt False",
            taken.format("twice.txt") + "or give this one another name.",
            "A document needs a plain file name, such as story.txt.",
        ]
        assert {document.file for document in await library.documents()} == {
            "0.txt",
            "1.txt",
            "2.txt",
            "twice.txt",
        }
        assert (await library.find("Thrice")).missing == ("Thrice",)


async def test_a_removed_document_comes_back_as_its_next_version(tmp_path: Path) -> None:
    async with Library.open(tmp_path / "news.db") as library:
        await library.add(b"The council slept.", "1.txt")
        await library.remove("1.txt")
        [outcome] = [one async for one in library.add_all([story(1)])]
        assert isinstance(outcome, Outcome)
        assert outcome.document.version == 2
        assert [change.action for change in await library.history("1.txt")] == [
            "add",
            "remove",
            "add",
        ]
        assert (await library.find("ward1")).hits
        assert (await library.find("slept")).missing == ("slept",)


async def test_they_are_seen_in_their_space_only(tmp_path: Path) -> None:
    async with Library.open(tmp_path / "news.db") as library:
        await everything(library.add_all(map(story, range(9)), "T1"))
        assert not (await library.find("ward7")).hits
        assert (await library.find("ward7", space="T1")).hits
        assert not (await library.find("ward7", space="T2")).hits


async def test_who_asks_meanwhile_finds_what_was_reported(tmp_path: Path) -> None:
    async with Library.open(tmp_path / "news.db") as library:
        async for outcome in library.add_all(map(story, range(9))):
            assert isinstance(outcome, Outcome)
            word = f"ward{outcome.document.file.removesuffix('.txt')}"
            assert (await library.find(word)).hits[0].document.file == outcome.document.file


async def test_what_others_change_meanwhile_is_found_too(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    async with Library.open(path) as library, Library.open(path) as other:
        number = 0
        async for _ in library.add_all(map(story, range(12))):
            await other.add(f"The chief sat in room{number}.".encode(), f"other-{number}.txt")
            number += 1
        await other.remove("other-3.txt")
        await other.replace(b"The council slept.", "7.txt")
        for both in (library, other):
            assert (await both.find("room11")).hits
            assert (await both.find("room3")).missing == ("room3",)
            assert (await both.find("slept")).hits
            assert (await both.find("ward7")).missing == ("ward7",)
        assert without_ids(await answers(library)) == without_ids(await answers(other))


async def test_what_waited_to_be_indexed_when_it_was_stopped_is_found_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "SAVED_FROM", 1)
    async with Library.open(tmp_path / "news.db") as library:
        await library.add(b"The chief sat in room1.", "chief.txt")
        async with aclosing(library.add_all(map(story, range(12)))) as results:
            reported = [await anext(results), await anext(results)]
    async with Library.open(tmp_path / "news.db") as library:
        assert (await library.find("room1")).hits
        for outcome in reported:
            assert isinstance(outcome, Outcome)
            word = f"ward{outcome.document.file.removesuffix('.txt')}"
            assert (await library.find(word)).hits[0].document.file == outcome.document.file


async def test_who_stops_it_keeps_what_was_reported_and_a_second_run_goes_on(
    tmp_path: Path,
) -> None:
    def until_ctrl_c() -> Iterator[Incoming]:
        yield from map(story, range(10))
        raise asyncio.CancelledError

    reported: list[str] = []

    async def load(library: Library) -> None:
        async for outcome in library.add_all(until_ctrl_c()):
            assert isinstance(outcome, Outcome)
            reported.append(outcome.document.file)

    async with Library.open(tmp_path / "news.db") as library:
        with pytest.raises(asyncio.CancelledError):
            await load(library)
    async with Library.open(tmp_path / "news.db") as library:
        standing = {document.file for document in await library.documents()}
        assert set(reported) <= standing
        came = await everything(library.add_all(map(story, range(10))))
        assert [f"{number}.txt" in standing for number in range(10)] == [
            line.endswith("False") for line in came
        ]
        assert len(await library.documents()) == 10


async def test_names_that_are_taken_are_errors_of_the_library(tmp_path: Path) -> None:
    async with Library.open(tmp_path / "news.db") as library:
        await library.add(b"Text.", "1.txt")
        [refused] = [one async for one in library.add_all([story(1)])]
        assert isinstance(refused, NameTaken)


ENDLESS = """
import asyncio, itertools, signal, sys
from retrieval import Incoming, Library

def documents():
    for number in itertools.count():
        yield Incoming(f"The harbor of ward{number} froze.".encode(), f"{number}.txt")

async def load():
    async with Library.open(sys.argv[1]) as library:
        async for outcome in library.add_all(documents()):
            print(outcome.document.file, flush=True)

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored below a shell's background
    asyncio.run(load())
"""


def killed(script: Path, database: Path, ended_by: signal.Signals) -> list[str]:
    """Return what a load reported until it was killed; wait until its processes are gone too."""
    child = subprocess.Popen(
        [sys.executable, script, database],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert child.stdout
    reported = [child.stdout.readline().strip() for _ in range(700)]
    os.kill(child.pid, ended_by)
    rest, _ = child.communicate()  # it ends when the last process that has the pipe does
    return reported + rest.split()


@pytest.mark.parametrize("ended_by", [signal.SIGINT, signal.SIGKILL])
async def test_a_load_that_is_killed_leaves_what_it_reported_and_no_process(
    tmp_path: Path, ended_by: signal.Signals
) -> None:
    (tmp_path / "load.py").write_text(ENDLESS)
    reported = killed(tmp_path / "load.py", tmp_path / "news.db", ended_by)
    async with Library.open(tmp_path / "news.db") as library:
        standing = {document.file for document in await library.documents()}
        assert standing >= set(reported)
        assert [hit.document.file for hit in await library.search("ward699", 1)] == ["699.txt"]
        assert len(await library.passages(await library.document("699.txt"))) == 1


async def test_a_large_document_that_is_replaced_is_never_gone(library: Library) -> None:
    def version(number: int) -> bytes:
        lines = (f"The harbor of ward{line} froze in {number}." for line in range(1500))
        return "\n".join(lines).encode()

    await library.add(version(2000), "harbor.txt")
    replaced = asyncio.create_task(library.replace(version(2001), "harbor.txt"))
    asked = 0
    while not replaced.done():
        asked += 1
        assert (await library.find("ward7 harbor")).hits
    assert asked > 1
    assert (await replaced).changed


async def test_two_loads_at_once_do_not_disturb_one_another(library: Library) -> None:
    first = library.add_all(map(story, range(4)))
    second = library.add_all(map(story, range(4, 8)))
    came = await asyncio.gather(everything(first), everything(second))
    assert [line for lines in came for line in lines] == [
        f"{number}.txt True" for number in range(8)
    ]
    for number in range(8):
        [hit, *_] = (await library.find(f"ward{number} swam")).hits
        assert hit.document.file == f"{number}.txt"


async def test_questions_and_loads_at_once_index_nothing_twice(tmp_path: Path) -> None:
    async with Library.open(tmp_path / "news.db") as library:
        loads = [
            asyncio.create_task(everything(library.add_all(map(story, range(start, start + 20)))))
            for start in (0, 20)
        ]
        while not all(load.done() for load in loads):
            await library.find("ward7 swam")
        asked_meanwhile = without_ids(await answers(library))
    async with Library.open(tmp_path / "news.db") as library:
        assert without_ids(await answers(library)) == asked_meanwhile


async def test_loads_that_end_together_put_no_passage_in_the_index_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "SAVED_FROM", 1)
    async with Library.open(tmp_path / "news.db") as library:
        for number in range(0, 20, 4):
            loads = (library.add_all([story(one)]) for one in range(number, number + 4))
            await asyncio.gather(*map(everything, loads))
        settled = without_ids(await answers(library))
        await library.reindex()
        assert without_ids(await answers(library)) == settled


async def test_a_load_that_is_stopped_at_its_very_end_leaves_a_library_that_can_be_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settling = asyncio.Event()

    class Tidying(parted_index.Tidying):
        def segment(self) -> Segment:
            loop.call_soon_threadsafe(settling.set)
            return super().segment()

    loop = asyncio.get_running_loop()
    async with Library.open(tmp_path / "news.db") as library:
        for first in range(0, 40, 10):
            await everything(library.add_all(map(story, range(first, first + 10))))
        monkeypatch.setattr(parted_index, "Tidying", Tidying)
        load = asyncio.create_task(everything(library.add_all(map(story, range(40, 50)))))
        await settling.wait()
        load.cancel()
        with pytest.raises(asyncio.CancelledError):
            await load
    async with Library.open(tmp_path / "news.db") as library:
        assert (await library.find("ward49")).hits


async def test_a_load_that_is_stopped_holds_up_nothing_while_its_processes_end(
    library: Library,
) -> None:
    load = library.add_all(map(story, range(200)))
    await anext(load)
    stopping = asyncio.create_task(load.aclose())
    others = 0
    while not stopping.done():
        await asyncio.sleep(0)
        others += 1
    assert others > 100  # a loop that waits for the processes themselves gets to one
