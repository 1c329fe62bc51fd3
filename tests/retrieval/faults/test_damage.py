"""A saved index that is damaged is passed over, and what is asked is answered as before."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from retrieval.index.saved_index import SavedIndex
from tests.retrieval.faults.clerks import SPACE, answers, clerk, index_of, story


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
