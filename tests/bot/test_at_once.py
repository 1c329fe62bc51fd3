"""Two platforms and the command line change the coverage at once: nothing lost, nothing doubled."""

import asyncio
import json
import shutil
import sys
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

from retrieval import Change, Library
from tests.conftest import ROOT
from tests.newsroom import NEWSROOM

ADDED = [f"{number}.txt" for number in range(6)]
"""Files that everybody adds, with the same bytes."""
REPLACED = ["plan.txt", "budget.txt"]
"""Documents that everybody replaces, each time with other bytes."""


def messages_of(platform: str) -> list[dict[str, str]]:
    """Return what somebody on a platform does at once: 21 changes."""
    adds = [{"text": "add", "file": name, "content": f"Report {name}."} for name in ADDED]
    own = [
        {"text": "add", "file": f"{platform}-{number}.txt", "content": f"{platform} has {number}."}
        for number in range(5)
    ]
    replaces = [
        {"text": "replace", "file": name, "content": f"Draft {number} of {name} by {platform}."}
        for number in range(5)
        for name in REPLACED
    ]
    return [*adds, *replaces, *own]


async def colleague(database: Path, platform: str) -> list[str]:
    """Let somebody on a platform send all at once, in a process; return what came of each."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.bot.colleague", database, platform),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate(json.dumps(messages_of(platform)).encode())
    assert process.returncode == 0
    return said.decode().splitlines()


async def command(database: Path, word: str, path: Path) -> str:
    """Run a command of the terminal; return what came of it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "--db", database, word, path),
        *("--space", NEWSROOM, "--json"),
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0
    return str(json.loads(said)["result"])


async def commands(database: Path, folder: Path) -> list[str]:
    """Change documents from the command line, two processes at a time."""
    jobs = []
    for number, (word, name) in enumerate(
        [("add", ADDED[0]), ("replace", REPLACED[0]), ("add", "own.txt"), ("replace", REPLACED[1])]
        * 2
    ):
        path = folder / str(number) / name
        path.parent.mkdir()
        same = f"Report {name}." if word == "add" else f"Draft {number} of the operator's."
        path.write_text(same, encoding="utf-8")
        jobs.append((word, path))
    results = []
    for first in range(0, len(jobs), 2):
        pair = (command(database, word, path) for word, path in jobs[first : first + 2])
        results += await asyncio.gather(*pair)
    return results


async def test_fifty_changes_at_once_are_each_whole_none_lost_and_none_doubled(
    tmp_path: Path, seeded_database: Path
) -> None:
    database = tmp_path / "news.db"
    await asyncio.to_thread(shutil.copy, seeded_database, database)
    async with Library.open(database) as library:
        for name in REPLACED:
            await library.add(b"The first draft.", name, NEWSROOM)
        before = len(await library.history(space=NEWSROOM, limit=1000))
        said = await asyncio.gather(
            colleague(database, "slack"),
            colleague(database, "discord"),
            commands(database, tmp_path),
        )
        results = Counter(result for one in said for result in one)
        assert results.total() == 50
        assert results == {"added": 17, "replaced": 24, "already there": 9}
        trail = (await library.history(space=NEWSROOM, limit=1000))[::-1][before:]
        assert Counter(one.action for one in trail) == {"add": 17, "replace": 24}
        await all_hangs_together(library, trail)


async def all_hangs_together(library: Library, trail: list[Change]) -> None:
    """Check that the trail, the versions, the bytes and the index tell one story."""
    by_file: defaultdict[str, list[Change]] = defaultdict(list)
    for change in await library.history(space=NEWSROOM, limit=1000):
        by_file[change.file].insert(0, change)
    documents = {
        one.file: one for one in await library.documents(NEWSROOM) if one.space == NEWSROOM
    }
    assert set(by_file) == set(documents)
    assert {one.file for one in trail} <= set(documents)
    for file, changes in by_file.items():
        document = documents[file]
        assert document.version == len(changes)
        assert [one.before for one in changes] == [None, *(one.after for one in changes[:-1])]
        assert all(one.state_after == other.state_before for one, other in pairwise(changes))
        assert changes[-1].after == document.hash
        [passage] = await library.passages(document)
        assert (await library.source(document)).decode() == passage.text
        found = await library.search(f'"{passage.text}" in:{file}', 10, NEWSROOM)
        assert [hit.passage.id for hit in found] == [passage.id]
