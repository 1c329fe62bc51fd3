"""Measure what questions, adds and starts cost at any size, beside other engines in the same run.

pip install -e ".[bench]" && python tests/benchmarks/scale.py 20000 200000 1000000 --plot cost.png
"""

import os
import platform
import sqlite3
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import click
from rich.console import Console

from tests.benchmarks import report
from tests.benchmarks.corpus import made, read, size_of, written
from tests.benchmarks.engines import CONTENDERS, Contender
from tests.benchmarks.measuring import WARM_UP, Run, measure

SIZES = (20_000, 200_000, 1_000_000)
"""Passages, where nobody says otherwise."""
WIDTH = 130
"""Columns of the tables, wherever they are printed to."""

_existing = click.Path(exists=True, dir_okay=False, path_type=Path)
_picture = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("sizes", type=click.IntRange(min=100), nargs=-1)
@click.option("--corpus", "export", type=_existing, help="A .jsonl export; default: made text.")
@click.option("--plot", type=_picture, help="Where to draw cost against size, .png.")
@click.option("--questions", default=1000, show_default=True, type=click.IntRange(min=1))
@click.option(
    "--documents", default=1000, show_default=True, type=click.IntRange(min=2), help="To add."
)
@click.option(
    "--engine", "names", multiple=True, type=click.Choice([one.name for one in CONTENDERS])
)
def main(
    *,
    sizes: tuple[int, ...],
    export: Path | None,
    plot: Path | None,
    questions: int,
    documents: int,
    names: tuple[str, ...],
) -> None:
    """Print what each engine costs at SIZES passages; of an export, at all it has.

    All is kept in the folder for temporary files (TMPDIR), so that must be on the disk that is
    meant. Each engine has one thread and a process of its own.
    """
    console = Console(width=WIDTH)
    contenders = _installed(names or tuple(one.name for one in CONTENDERS), console)
    console.print(_versions(contenders), soft_wrap=True)
    sizes = sizes or ((size_of(export, documents),) if export else SIZES)
    runs = []
    for size in sizes:
        fitting = _fitting(contenders, size, console)
        with tempfile.TemporaryDirectory(prefix="newsdesk-bench-") as folder:
            try:
                corpus = written(
                    read(export) if export else made(),
                    size,
                    Path(folder),
                    questions=questions + WARM_UP,
                    documents=documents,
                )
            except ValueError as error:
                raise click.UsageError(f"At a size of {size:,}, {error}.") from error
            runs.append(measure(corpus, fitting, _say))
        report.show(runs[-1], console)
    _draw(runs, plot, console)


def _installed(names: Sequence[str], console: Console) -> list[Contender]:
    chosen = [one for one in CONTENDERS if one.name in names]
    for one in chosen:
        if not one.is_installed():
            console.print(f"{one.name} is left out: it is not installed (extra bench)")
    return [one for one in chosen if one.is_installed()]


def _fitting(contenders: Sequence[Contender], size: int, console: Console) -> list[Contender]:
    for one in contenders:
        if one.largest and size > one.largest:
            console.print(
                f"{one.name} is left out at {size:,}: it is too slow beyond {one.largest:,}"
            )
    return [one for one in contenders if not one.largest or size <= one.largest]


def _versions(contenders: Sequence[Contender]) -> str:
    """Return what is compared, on what, and how busy others keep it."""
    packages = ["numpy", "rank-bm25", *(name for one in contenders for name in one.needs)]
    named = [f"{name} {version(name)}" for name in packages]
    python, sqlite = platform.python_version(), sqlite3.sqlite_version
    machine = f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
    return ", ".join([f"Python {python}", f"SQLite {sqlite}", *named, machine])


def _say(what: str) -> None:
    click.echo(f"… {what}", err=True)


def _draw(runs: Sequence[Run], path: Path | None, console: Console) -> None:
    """Draw cost against size: as text where there are sizes to compare, as a picture if wanted."""
    if not (find_spec("plotille") and find_spec("matplotlib")):
        console.print("\nNo plots are drawn: what draws them is not installed (extra bench)")
        return
    from tests.benchmarks import plots  # noqa: PLC0415 - only where the extra is installed

    if len(runs) > 1:
        click.echo(plots.in_text(runs))
    if path:
        plots.save(runs, path)


if __name__ == "__main__":
    main()
