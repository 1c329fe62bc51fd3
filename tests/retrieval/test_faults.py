"""When things break: the process is killed, the saved index is damaged, the disk is full.

A few kills are tried whenever the tests run; the long run is

    NEWSDESK_KILLS=200 pytest --no-cov tests/retrieval/test_faults.py

A failure names its seed; with NEWSDESK_SEED the same changes and moments are drawn again.
"""

import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import IO

import pytest

from retrieval import Findings, Library
from retrieval.index.saved_index import SavedIndex
from tests.conftest import ROOT

KILLS = int(os.environ.get("NEWSDESK_KILLS", "6"))
SEED = int(os.environ.get("NEWSDESK_SEED") or random.randrange(1_000_000))
LONGEST = 0.5
"""Seconds, at most, until a clerk is killed; it makes some 150 changes in a second."""
MOMENTS = 1000
"""Touches of the saved index, at most, at which a clerk dies; a save makes about a hundred."""
PLANNED = 1000
"""Changes that a clerk is told to make: more than it gets to."""

FILES = 16
SPACE = "T1"
SUBJECTS = ("harbor", "budget", "police", "school", "mayor", "bridge", "market", "winter", "strike")
QUESTIONS = (
    "What did the council hear on the harbor?",
    "budget of the police",
    "Who spoke on the school, the bridge and the market?",
    "winter strike",
)


def told(word: str, *arguments: object) -> str:
    """Return a line as a clerk reads it."""
    return json.dumps([word, *arguments]) + "\n"


@dataclass(frozen=True, slots=True)
class Clerk:
    """A process that keeps a library; see ``clerk.py`` for the words that it knows."""

    program: "subprocess.Popen[str]"

    def tell(self, word: str, *arguments: object) -> object:
        """Tell it to do something and return what it says when that is done."""
        assert self.program.stdin is not None
        self.program.stdin.write(told(word, *arguments))
        self.program.stdin.flush()
        return self.hear()

    def hear(self) -> object:
        """Return the next thing that it says."""
        assert self.program.stdout is not None
        return json.loads(self.program.stdout.readline())

    def hear_the_rest(self) -> list[object]:
        """Return all that it says until it ends."""
        assert self.program.stdout is not None
        return [json.loads(line) for line in self.program.stdout.readlines()]


@contextmanager
def clerk(
    path: Path, *moment: str, under: Sequence[str] = (), tasks: IO[str] | int = subprocess.PIPE
) -> Iterator[Clerk]:
    """Employ a clerk until there is nothing more to tell it, or until it is killed."""
    command = [*under, sys.executable, "-m", "tests.retrieval.clerk", str(path), *moment]
    program = subprocess.Popen(command, stdin=tasks, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    with program:
        try:
            one = Clerk(program)
            assert one.hear() == "ready"
            yield one
            program.communicate()
        finally:
            program.kill()
    assert program.returncode in {0, -signal.SIGKILL}


def story(number: int) -> str:
    """Return a document of a few passages, each with a word of its own."""
    chance = random.Random(number)
    return "\n\n".join(
        f"The council heard mark{number}x{line} on {', '.join(chance.choices(SUBJECTS, k=size))}."
        for line, size in enumerate(chance.choices(range(1, 15), k=chance.randint(3, 8)))
    )


def passages_of(text: str) -> list[str]:
    return text.split("\n\n")


def own_word(passage: str) -> str:
    return passage.split()[3]


# Changes, and what they leave


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


async def answers(path: Path) -> list[Findings]:
    """Return all that the library says to our questions, scores included."""
    async with Library.open(path) as library:
        return [
            await library.find(question, limit=30, space=space)
            for question in QUESTIONS
            for space in (SPACE, None)
        ]


# Killed at any moment


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


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    """Return what SQLite alone reads from the file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def check_the_file(path: Path) -> None:
    """Check that the database is sound and holds no half of anything."""
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert rows(path, "PRAGMA foreign_key_check") == []
    assert rows(path, HALVES) == []


HALVES = """
    SELECT id FROM versions v
    WHERE citable <> (SELECT count(*) FROM passages WHERE version_id = v.id)
    UNION ALL SELECT hash FROM sources WHERE hash NOT IN (SELECT hash FROM versions)
    UNION ALL SELECT id FROM documents WHERE version_id IS NULL OR revision < 1
    UNION ALL SELECT version_id FROM passages WHERE version_id NOT IN (SELECT id FROM versions)
"""


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


def index_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.index")


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


# Damaged


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with a saved index of several segments, some of their passages dead."""
    path = tmp_path_factory.mktemp("filled") / "newsdesk.db"
    with clerk(path) as one:
        for number in range(40):
            space = SPACE if number % 2 else None
            assert one.tell("add", f"{number}.txt", space, story(number)) == "done"
        for number in (4, 8):  # by the second removal, nothing is left to be merged
            assert one.tell("close") == "done"
            assert one.tell("remove", f"{number}.txt", None) == "done"
    manifest = SavedIndex(path).manifest()
    assert manifest is not None
    assert len(manifest.segments) > 1
    assert any(segment.dead for segment in manifest.segments)
    return path


def files_of(path: Path) -> list[Path]:
    """Return the manifest of the saved index and the files of one of its segments."""
    folder = index_of(path)
    return [folder / "manifest.json", *sorted(next(folder.glob("segment-*")).iterdir())]


@contextmanager
def put_back(file: Path) -> Iterator[bytes]:
    """Give a file the content that it has now again, whatever is done to it."""
    content = file.read_bytes()
    try:
        yield content
    finally:
        file.write_bytes(content)


def cut_off(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def cut_off_the_last(file: Path) -> None:
    os.truncate(file, file.stat().st_size - 1)


def empty(file: Path) -> None:
    os.truncate(file, 0)


def lose(file: Path) -> None:
    file.unlink()


def add_to(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\0")


def alter_the_middle(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def alter_the_last(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-1] ^= 0x80
    file.write_bytes(content)


@pytest.mark.parametrize(
    "damage",
    [cut_off, cut_off_the_last, empty, lose, add_to, alter_the_middle, alter_the_last],
)
async def test_an_index_with_any_of_its_files_damaged_answers_as_before(
    filled: Path, damage: Callable[[Path], None]
) -> None:
    before = await answers(filled)
    for file in files_of(filled):
        with put_back(file):
            damage(file)
            assert await answers(filled) == before, file.name


async def test_a_manifest_with_any_of_its_figures_altered_answers_as_before(filled: Path) -> None:
    before = await answers(filled)
    file = index_of(filled) / "manifest.json"
    with put_back(file) as content:
        for figure in re.finditer(rb"\b\d{1,4}\b", content):  # the revision, dead slots, spaces
            other = b"%d" % (int(figure[0]) + 1)
            file.write_bytes(content[: figure.start()] + other + content[figure.end() :])
            assert await answers(filled) == before, file.read_text()


def test_a_file_that_numpy_cannot_make_out_is_passed_over_where_sums_are_checked_later(
    filled: Path,
) -> None:
    saved = SavedIndex(filled)
    manifest = saved.manifest()
    assert manifest is not None
    segment = manifest.segments[0]
    file = index_of(filled) / segment.folder / "slots.npy"
    with put_back(file) as content:
        for broken in (b"", content[:64], content[:-1], content.replace(b"}", b"(", 1)):
            file.write_bytes(broken)
            assert saved.load(segment) is None
    assert saved.load(segment) is not None


# Full

HARBOR = "The harbor froze over."
MAYOR = "The mayor swam to the island."
LONG = "\n\n".join(f"The mayor swam lap {lap} around the island." for lap in range(10_000))
"""More than SQLite keeps in memory: it reaches the disk before the transaction ends."""
FULL = "is on a disk that is full; make room and try again. Nothing was changed."
LIMITED = "cannot be read or written; check that its disk has room and is sound."


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """A disk of two megabytes, which only what runs ``under`` these words can see."""

    folder: Path
    under: Sequence[str]


@pytest.fixture
def small_disk(tmp_path: Path) -> SmallDisk:
    """Return a small disk, mounted in a namespace of its own: root or user namespaces allow it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = f"mount -t tmpfs -o size=2m none '{folder}' && exec \"$@\""
    refusals = []
    for namespaces in ("-rm", "-m") if shutil.which("unshare") else ():
        under = ("unshare", namespaces, "sh", "-c", mount, "sh")
        tried = subprocess.run((*under, "true"), capture_output=True, text=True, check=False)
        if tried.returncode == 0:
            return SmallDisk(folder, under)
        refusals.append(tried.stderr.strip())
    pytest.skip(f"no disk can be mounted here: {'; '.join(refusals) or 'there is no unshare'}")


@pytest.mark.parametrize("text", [MAYOR, LONG], ids=["short", "long"])
async def test_a_full_disk_is_said_in_one_sentence_and_changes_nothing(
    small_disk: SmallDisk, tmp_path: Path, text: str
) -> None:
    path = small_disk.folder / "newsdesk.db"
    refusal = f"{path} {FULL}"
    with clerk(path, under=small_disk.under) as one:
        assert one.tell("add", "harbor.txt", None, HARBOR) == "done"
        assert one.tell("fill", ".") == "No space left on device"
        assert one.tell("add", "mayor.txt", None, text) == refusal
        assert one.tell("replace", "harbor.txt", None, text) == refusal
        assert one.tell("remove", "harbor.txt", None) == refusal
        assert one.tell("ask", "Where did the mayor swim?") == []
        assert one.tell("ask", "What about the harbor?") == [HARBOR]
        assert one.tell("copy", str(tmp_path / "full")) == "done"
        assert one.tell("make_room", ".") == "done"
        assert one.tell("add", "mayor.txt", None, MAYOR) == "done"
        assert one.tell("ask", "Where did the mayor swim?") == [MAYOR]
        assert one.tell("copy", str(tmp_path / "after")) == "done"
    await check_that_it_holds(tmp_path / "full" / "newsdesk.db", [("add", "harbor.txt")])
    await check_that_it_holds(
        tmp_path / "after" / "newsdesk.db", [("add", "harbor.txt"), ("add", "mayor.txt")]
    )


async def check_that_it_holds(path: Path, changes: Sequence[tuple[str, str]]) -> None:
    """Check that a library is sound, and that it was changed so and holds what was added."""
    check_the_file(path)
    assert rows(path, "SELECT action, file FROM changes ORDER BY id") == changes
    async with Library.open(path) as library:
        files = [document.file for document in await library.documents()]
        assert files == [file for _, file in changes]


async def test_a_library_on_a_full_disk_can_be_closed_and_opened_again(
    small_disk: SmallDisk,
) -> None:
    with clerk(small_disk.folder / "newsdesk.db", under=small_disk.under) as one:
        assert one.tell("add", "harbor.txt", None, HARBOR) == "done"
        assert one.tell("fill", ".") == "No space left on device"
        assert one.tell("close") == "done"
        assert one.tell("ask", "What about the harbor?") == [HARBOR]


async def test_a_limit_on_the_size_of_files_is_said_in_one_sentence_and_changes_nothing(
    tmp_path: Path,
) -> None:
    path = tmp_path / "newsdesk.db"
    with clerk(path) as one:
        assert one.tell("add", "harbor.txt", None, HARBOR) == "done"
        assert one.tell("limit_files", path.stat().st_size) == "done"
        for word, file in (("add", "mayor.txt"), ("replace", "harbor.txt")):
            assert one.tell(word, file, None, LONG) == f"{path} {LIMITED}"
        assert one.tell("ask", "Where did the mayor swim?") == []
        assert one.tell("ask", "What about the harbor?") == [HARBOR]
        assert one.tell("limit_files", -1) == "done"
        assert one.tell("add", "mayor.txt", None, MAYOR) == "done"
        assert one.tell("ask", "Where did the mayor swim?") == [MAYOR]
    await check_that_it_holds(path, [("add", "harbor.txt"), ("add", "mayor.txt")])


async def test_an_index_for_which_there_is_no_room_stops_nothing(
    small_disk: SmallDisk, tmp_path: Path
) -> None:
    path = tmp_path / "newsdesk.db"
    index_of(path).symlink_to(small_disk.folder)
    stories = [story(number) for number in range(60)]
    with clerk(path, under=small_disk.under) as one:
        assert one.tell("fill", index_of(path).name) == "No space left on device"
        for number, text in enumerate(stories):
            assert one.tell("add", f"{number}.txt", None, text) == "done"
            if number % 10 == 9:
                assert one.tell("close") == "done"
        for passage in [passage for text in stories for passage in passages_of(text)]:
            assert one.tell("ask", own_word(passage)) == [passage]
        assert one.tell("files_in", index_of(path).name) == ["ballast"]
        assert one.tell("make_room", index_of(path).name) == "done"
        assert one.tell("remove", "0.txt", None) == "done"
        assert one.tell("close") == "done"
        assert "manifest.json" in str(one.tell("files_in", index_of(path).name))
