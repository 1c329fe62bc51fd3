"""A disk that may only be read, as the kernel leaves one after errors: a sentence, and no harm."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.retrieval.faults.clerks import check_the_file, clerk

HARBOR = "The harbor froze over."
MAYOR = "The mayor swam to the island."
OPEN = """
import asyncio, sys
from retrieval import DatabaseUnusable, Library
async def use():
    async with Library.open(sys.argv[1]) as library:
        print([hit.passage.text for hit in await library.search("harbor")])
try:
    asyncio.run(use())
except DatabaseUnusable as error:
    print(error)
"""
READ_ONLY = "mount --bind '{0}' '{0}' && mount -o remount,bind,ro '{0}' && exec \"$@\""


def opened(path: Path, *under: str) -> str:
    """Return what comes of opening a library, in a process of its own."""
    done = subprocess.run(
        [*under, sys.executable, "-c", OPEN, str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return done.stdout.strip()


def test_on_a_disk_that_may_only_be_read_questions_are_answered_or_a_sentence_says_why(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    under = ("unshare", "-rm", "sh", "-c", READ_ONLY.format(folder), "sh")
    if shutil.which("unshare") is None or subprocess.run([*under, "true"], check=False).returncode:
        pytest.skip("a read-only disk is NOT TRIED: there is no unshare here that may mount")
    path = folder / "newsdesk.db"
    with clerk(path) as one:
        assert one.tell("add", "harbor.txt", None, HARBOR) == "done"
    assert opened(path, *under) == (
        f"{path} cannot be opened; check that its folder exists and may be written."
    )
    with clerk(path) as one:
        assert one.tell("add", "mayor.txt", None, MAYOR) == "done"
        one.program.kill()  # so that what was written ahead stays, without which nothing is read
    with clerk(path, under=under) as one:
        refusal = f"{path} may not be written; check the permissions of it and its folder."
        assert one.tell("ask", "What about the harbor?") == [HARBOR]
        assert one.tell("ask", "Where did the mayor swim?") == [MAYOR]
        assert one.tell("add", "ferry.txt", None, "The ferry sank.") == refusal
        assert one.tell("remove", "harbor.txt", None) == refusal
    with clerk(path) as one:
        assert one.tell("add", "ferry.txt", None, "The ferry sank.") == "done"
        assert one.tell("ask", "What about the harbor?") == [HARBOR]
    check_the_file(path)
