"""Killed at any moment: what was acknowledged is there, and nothing by halves.

A few kills are tried whenever the tests run; the long run is

    NEWSDESK_KILLS=200 pytest --no-cov tests/retrieval/faults/test_kills.py

A failure names its seed; with NEWSDESK_SEED the same changes and moments are drawn again.
"""

import os
import random
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

from retrieval import Library
from retrieval.index.saved_index import SavedIndex
from tests.retrieval.faults.clerks import (
    SPACE,
    answers,
    check_the_file,
    clerk,
    index_of,
    own_word,
    passages_of,
    rows,
    story,
    told,
)

KILLS = int(os.environ.get("NEWSDESK_KILLS", "6"))
SEED = int(os.environ.get("NEWSDESK_SEED") or random.randrange(1_000_000))
LONGEST = 0.5
"""Seconds, at most, until a clerk is killed; it makes some 150 changes in a second."""
MOMENTS = 1000
"""Touches of the saved index, at most, at which a clerk dies; a save makes about a hundred."""
PLANNED = 1000
"""Changes that a clerk is told to make: more than it gets to."""
FILES = 16


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a clerk is told to do to one document."""

    word: str
    file: str
    text: str = ""

    @property
    def line(self) -> str:
        """Return the change as a clerk reads it."""
        space = SPACE if self.file.startswith(SPACE) else None
        return told(self.word, self.file, space, *([self.text] if self.text else []))


@dataclass(frozen=True, slots=True)
class Version:
    """The newest text of a file, and whether it answers."""

    text: str
    live: bool


State = Mapping[str, Version]
"""What the library should hold, by file name."""


def after(state: State, change: Change) -> State:
    """Return what the library holds once a change is made."""
    text = change.text or state[change.file].text
    return {**state, change.file: Version(text, live=change.word != "remove")}


def live(state: State) -> dict[str, str]:
    return {file: version.text for file, version in state.items() if version.live}


def plan(state: State, numbers: Iterator[int], chance: random.Random) -> Iterator[Change | None]:
    """Yield changes that can be made one after the other; None is to close and open again."""
    while True:
        change = next_change(state, numbers, chance) if chance.random() < 0.9 else None
        state = after(state, change) if change else state
        yield change


def next_change(state: State, numbers: Iterator[int], chance: random.Random) -> Change:
    number = chance.randrange(FILES)
    file = f"{SPACE}/{number}.txt" if number % 2 else f"{number}.txt"
    if file not in state:
        return Change("add", file, story(next(numbers)))
    words = ["replace", "replace", "remove"] if state[file].live else ["add", "restore"]
    word = chance.choice(words)
    return Change(word, file, story(next(numbers)) if word in {"add", "replace"} else "")


def lines_of(planned: Sequence[Change | None]) -> str:
    return "".join(change.line if change else told("close") for change in planned)


class Newsroom:
    """A library whose clerks are killed, and what it should hold by what they acknowledged."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path = path
        self.state: State = {}
        self.trail: list[tuple[str, str]] = []
        """All changes that were made, by word and file."""
        self.gone: set[str] = set()
        """Passages that must not answer: those that were live, or might have been, of late."""
        self._numbers = count()
        self._chance = random.Random(seed)

    def run_and_kill(self) -> Change | None:
        """Let a clerk work until it is killed; return the change that it may have been at."""
        planned = list(islice(plan(self.state, self._numbers, self._chance), PLANNED))
        tasks = self.path.with_name("tasks")
        tasks.write_text(lines_of(planned))
        done = self._done_when_killed(tasks)
        self.gone = set()
        for change in filter(None, planned[:done]):
            self.make(change)
        return planned[done]

    def _done_when_killed(self, tasks: Path) -> int:
        """Return how many tasks were acknowledged."""
        at_a_touch = [str(self._chance.randint(1, MOMENTS))] if self._chance.random() < 0.5 else []
        with tasks.open() as file, clerk(self.path, *at_a_touch, tasks=file) as one:
            if not at_a_touch:
                time.sleep(self._chance.uniform(0, LONGEST))
                one.program.kill()
            replies = one.hear_the_rest()
        assert one.program.returncode == -signal.SIGKILL
        assert set(replies) <= {"done"}
        return len(replies)

    def make(self, change: Change) -> None:
        """Take note of a change that was made."""
        if change.file in self.state:
            self.gone.update(passages_of(self.state[change.file].text))
        self.state = after(self.state, change)
        self.trail.append((change.word, change.file))

    async def settle(self, doubtful: Change | None) -> None:
        """Find out whether the change that nobody acknowledged was made."""
        async with Library.open(self.path) as library:
            made = sum([len(await library.history(space=one, limit=-1)) for one in (None, SPACE)])
        if doubtful and made > len(self.trail):
            self.make(doubtful)
        elif doubtful and doubtful.text:
            self.gone.update(passages_of(doubtful.text))


async def check_the_library(newsroom: Newsroom) -> None:
    """Check that what should answer does, by every passage, and that nothing else does."""
    texts = live(newsroom.state)
    passages = {passage for text in texts.values() for passage in passages_of(text)}
    async with Library.open(newsroom.path) as library:
        documents = await library.documents(SPACE)
        assert {one.file: (await library.source(one)).decode() for one in documents} == texts
        assert passages == {
            passage.text for one in documents for passage in await library.passages(one)
        }
        for passage in passages:
            hits = await library.search(own_word(passage), space=SPACE)
            assert [hit.passage.text for hit in hits] == [passage]
        for word in map(own_word, newsroom.gone - passages):
            findings = await library.find(word, space=SPACE)
            assert (findings.hits, findings.missing) == ((), (word,))


async def check_the_index(path: Path) -> None:
    """Check that it scores as one that is built from the database alone."""
    found = await answers(path)
    with without_index(path):
        assert await answers(path) == found


@contextmanager
def without_index(path: Path) -> Iterator[None]:
    """Put the saved index, where there is one, out of the way for a while."""
    folder, aside = index_of(path), path.with_name("aside")
    if folder.exists():
        folder.rename(aside)
    yield
    if aside.exists():
        aside.rename(folder)


@contextmanager
def naming(seed: int, kill: int) -> Iterator[None]:
    """Say in a failure how to draw the same again."""
    try:
        yield
    except Exception as error:
        error.add_note(f"This was kill {kill} with NEWSDESK_SEED={seed}.")
        raise


async def test_after_kill_9_all_that_was_acknowledged_is_there_and_nothing_by_halves(
    tmp_path: Path,
) -> None:
    newsroom = Newsroom(tmp_path / "newsdesk.db", SEED)
    for kill in range(1, KILLS + 1):
        with naming(SEED, kill):
            doubtful = newsroom.run_and_kill()
            await newsroom.settle(doubtful)
            check_the_file(newsroom.path)
            made = rows(newsroom.path, "SELECT action, file FROM changes ORDER BY id")
            assert made == newsroom.trail
            await check_the_library(newsroom)
            await check_the_index(newsroom.path)
    check_that_nothing_lies_about(newsroom.path)


def check_that_nothing_lies_about(path: Path) -> None:
    """Check that the next save clears away what the killed ones left."""
    with clerk(path) as one:
        assert one.tell("add", "last.txt", None, "\n\n".join(map(story, range(10)))) == "done"
    manifest = SavedIndex(path).manifest()
    assert manifest is not None
    files = {one.name for one in index_of(path).iterdir()} - {"lock"}
    assert files == {"manifest.json", *(one.folder for one in manifest.segments)}
