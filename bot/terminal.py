"""How a command runs in the terminal: the app opened, replies printed, failures as sentences."""

import asyncio
import importlib
import io
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import DownloadColumn, Progress

from bot.adapters.console_adapter import Printer, failed, is_file
from bot.adapters.platform import PlatformProblem
from bot.app import App, open_app
from bot.messages import Changed, Problem, Reply
from bot.observing.logs import keep_log
from bot.rendering.segments import safe
from bot.settings import Settings, SettingsProblem, read_settings
from retrieval import LibraryError

PROMPT = "newsdesk> "
RESULTS = ("added", "already there", "not added")
SHOWN_SINGLY = 20
"""Documents of a load that are shown one by one; of the others, only those that failed."""

Work = Callable[[App], Awaitable[None]]


class Failure(click.ClickException):
    """Ends the program with status 1 and one sentence on standard error."""

    def show(self, file: Any = None) -> None:  # noqa: ANN401 - click's own signature
        """Print the sentence and nothing else."""
        click.echo(safe(self.message), err=True, file=file)


def run(context: click.Context, db: Path | None, work: Work, *, make: bool) -> None:
    """Open the app and do the work; what the library refuses ends the program with its sentence."""

    async def opened() -> None:
        settings = named_database(context, db, read_settings())
        keep_log(settings)
        is_new = make and sys.stderr.isatty() and not is_file(settings.db)
        async with open_app(settings, make=make) as app:
            if is_new:  # a slip in --db would otherwise answer from the seeds without a word
                click.echo(f"Made a new database: {safe(str(settings.db))}", err=True)
            await work(app)

    with reporting():
        asyncio.run(opened())


def named_database(context: click.Context, db: Path | None, settings: Settings) -> Settings:
    """Return the settings with the database that the command line names, where it does."""
    path = db or context.find_root().obj
    return settings.model_copy(update={"db": path}) if path else settings


@contextmanager
def reporting() -> Iterator[None]:
    """End the program with status 1 and the sentence of what could not be done."""
    try:
        yield
    except (LibraryError, SettingsProblem, PlatformProblem) as error:
        raise Failure(str(error)) from error


def finish(reply: Reply, printer: Printer) -> None:
    """Print a reply; where something could not be done, end the program with its sentence."""
    if isinstance(reply, Problem):
        raise Failure(reply.text)
    if problems := failed(reply):
        if isinstance(reply, Changed) and reply.outcomes:  # some of it could be done
            printer.show(replace(reply, problems=()))
        raise Failure(" ".join(problems))
    printer.show(reply)


@contextmanager
def progress(total: int) -> Iterator[Callable[[int], None]]:
    """Show how many bytes of ``total`` are read, where somebody watches; give what counts them."""
    console = Console(stderr=True)
    columns = (*Progress.get_default_columns(), DownloadColumn())
    with Progress(
        *columns,
        console=console,
        disable=not console.is_terminal,
        redirect_stdout=sys.stdout.isatty(),  # a pipe gets its lines itself
    ) as bar:
        task = bar.add_task("Adding", total=total)
        yield lambda read: bar.advance(task, read)


class Report:
    """What became of many documents: the first ones and the problems one by one, then counts."""

    def __init__(self, printer: Printer, *, as_json: bool) -> None:
        self._printer = printer
        self._as_json = as_json
        self._counts: Counter[str] = Counter()

    def show(self, reply: Reply) -> None:
        """Print what became of one document: what failed on standard error, with or without JSON.

        After the first ones only what failed is printed, and with JSON everything.
        """
        problems = failed(reply)
        if self._as_json or not (problems or self._counts.total() >= SHOWN_SINGLY):
            self._printer.show(reply)
        for sentence in problems:
            click.echo(safe(sentence), err=True)
        self._counts["not added"] += len(problems)
        if isinstance(reply, Changed):
            for outcome in reply.outcomes:
                self._counts["added" if outcome.changed else "already there"] += 1

    def finish(self) -> None:
        """Print the counts of many, and end the program with status 1 where something failed."""
        total = self._counts.total()
        if not total:
            raise Failure("There is no file to add below the paths that were given.")
        if total > SHOWN_SINGLY and not self._as_json:
            counts = [f"{self._counts[what]:,} {what}" for what in RESULTS if self._counts[what]]
            click.echo(f"{total:,} documents: {', '.join(counts)}.")
        not_added = self._counts["not added"]
        if not_added and total > 1:
            raise Failure(f"{not_added:,} of {total:,} could not be added; see above.")
        if not_added:
            raise click.exceptions.Exit(1)


def write_file(path: Path, content: bytes) -> None:
    """Write a file; end the program with a sentence where the system does not let us."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Failure(f"{path} cannot be written; name a file in a folder that exists.") from error


def printer_for(*, as_json: bool = False) -> Printer:
    """Return what prints replies on standard output."""
    return Printer(Console(), as_json=as_json)


def lines_of_input() -> Iterator[str]:
    """Yield the lines of standard input; bytes in another encoding spoil their own line only."""
    lines = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
    return (line.rstrip("\r\n") for line in lines)


def typed_lines() -> Iterator[str]:
    """Yield the lines that somebody types at the prompt, until the end of input.

    Bytes in another encoding spoil their own line only.
    """
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    with suppress(ImportError):  # some systems have none; lines are then typed without editing
        importlib.import_module("readline")
    while True:
        try:
            yield input(PROMPT)
        except EOFError:
            click.echo()
            return
