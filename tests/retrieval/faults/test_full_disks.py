"""A disk that is full, and a limit on the size of files: one sentence, and nothing is changed."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from retrieval import Library
from tests.conftest import ROOT
from tests.retrieval.faults.clerks import (
    check_the_file,
    clerk,
    index_of,
    own_word,
    passages_of,
    rows,
    story,
)

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


BACKUP = """
import sys
from pathlib import Path
from retrieval import DatabaseUnusable, back_up
try:
    back_up(Path(sys.argv[1]), Path(sys.argv[2]) / "copy.db")
except DatabaseUnusable as error:
    print(error)
print(sorted(path.name for path in Path(sys.argv[2]).iterdir()))
"""


def test_a_backup_to_a_full_disk_says_so_and_leaves_nothing(
    small_disk: SmallDisk, tmp_path: Path
) -> None:
    path = tmp_path / "newsdesk.db"
    with clerk(path) as one:
        assert one.tell("add", "mayor.txt", None, LONG) == "done"
    assert path.stat().st_size > 2_000_000
    done = subprocess.run(
        [*small_disk.under, sys.executable, "-c", BACKUP, str(path), str(small_disk.folder)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert done.stdout == f"{small_disk.folder / 'copy.db.part'} {FULL}\n[]\n"
