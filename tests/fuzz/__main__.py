"""Fuzz all targets in turn, one at a time, and keep what was learned and what was found.

    pip install -e ".[test,fuzz]"
    python -m tests.fuzz [--seconds 3600] [--folder FOLDER] [TARGET…]

In the folder, by default one of the user's cache, each target has its corpus, with which the next
run goes on, and its findings: files that ``python -m tests.fuzz.one TARGET FILE`` does again. A
finding ends the turn of its target and not the run. The targets are in ``targets.py``.
"""

import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

import click
import platformdirs

from tests.fuzz.sources import SAMPLES
from tests.fuzz.targets import TARGETS

TURN = 60
"""Seconds of one target, before it is the next one's turn."""
RUNS = re.compile(rb"^(?:stat::number_of_executed_units:\s*|#)(\d+)", re.MULTILINE)
"""In libFuzzer's report; the last one is how many runs there were."""


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(TARGETS)))
@click.option("--seconds", default=3600.0, show_default=True, help="For all targets together.")
@click.option("--folder", type=click.Path(path_type=Path), help="For what is kept.")
def main(names: Sequence[str], seconds: float, folder: Path | None) -> None:
    """Fuzz the targets, by default all, and print executions and findings of each."""
    folder = (folder or platformdirs.user_cache_path("newsdesk-fuzz")).resolve()
    executions = dict.fromkeys(names or TARGETS, 0)
    until = time.monotonic() + seconds
    for name in cycle(executions):
        left = int(until - time.monotonic())
        if left < 1:
            break
        executions[name] += _take_turn(name, folder / name, min(left, TURN))
        click.echo(_line(name, executions[name], folder), err=True)
    for name, count in executions.items():
        click.echo(_line(name, count, folder))
    if any(any(_findings(folder / name)) for name in executions):
        sys.exit(1)


def _take_turn(name: str, folder: Path, seconds: int) -> int:
    """Fuzz a target for a while; return how many times it was run."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    if name in SAMPLES:
        (corpus / "sample").write_bytes(SAMPLES[name]())
    options = [f"-max_total_time={seconds}", f"-artifact_prefix={folder}/", str(corpus)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.one", name, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        (folder / "last-finding.log").write_bytes(done.stderr)
    counts = RUNS.findall(done.stderr)
    return int(counts[-1]) if counts else 0


def _findings(folder: Path) -> Iterator[Path]:
    kinds = ("crash-*", "timeout-*", "oom-*", "slow-unit-*")
    return (path for kind in kinds for path in folder.glob(kind))


def _line(name: str, count: int, folder: Path) -> str:
    found = len(list(_findings(folder / name)))
    return f"{name:18}{count:>12,} executions  {found} findings"


if __name__ == "__main__":
    main()
