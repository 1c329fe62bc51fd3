"""How a command runs in the terminal: the app opened, replies printed, failures as sentences."""

import asyncio
import importlib
import io
import logging
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import track

from bot.adapters.console_adapter import Printer, failed, is_file
from bot.app import App, open_app
from bot.messages import Problem, Reply
from bot.rendering.segments import safe
from bot.settings import Settings, SettingsProblem, default_log, read_settings
from retrieval import LibraryError

PROMPT = "newsdesk> "

T = TypeVar("T")
Work = Callable[[App], Awaitable[None]]


class Failure(click.ClickException):
    """Ends the program with status 1 and one sentence on standard error."""

    def show(self, file: Any = None) -> None:  # noqa: ANN401 - click's own signature
        """Print the sentence and nothing else."""
        click.echo(safe(self.message), err=True, file=file)


def run(context: click.Context, db: Path | None, work: Work, *, make: bool) -> None:
    """Open the app and do the work; what the library refuses ends the program with its sentence."""

    async def opened() -> None:
        settings = read_settings()
        if path := db or context.find_root().obj:
            settings = settings.model_copy(update={"db": path})
        _keep_log(settings)
        is_new = make and sys.stderr.isatty() and not is_file(settings.db)
        async with open_app(settings, make=make) as app:
            if is_new:  # a slip in --db would otherwise answer from the seeds without a word
                click.echo(f"Made a new database: {safe(str(settings.db))}", err=True)
            await work(app)

    try:
        asyncio.run(opened())
    except (LibraryError, SettingsProblem) as error:
        raise Failure(str(error)) from error


def _keep_log(settings: Settings) -> None:
    """Keep tracebacks in a file: people get sentences."""
    with suppress(OSError):
        if settings.log == default_log():
            settings.log.parent.mkdir(parents=True, exist_ok=True)
    logging.raiseExceptions = False  # a log that cannot be written stops nobody
    handler = logging.FileHandler(settings.log, encoding="utf-8", delay=True)
    logging.basicConfig(
        handlers=[handler], format="%(asctime)s %(levelname)s %(message)s", force=True
    )


def finish(reply: Reply, printer: Printer) -> None:
    """Print a reply; where something could not be done, end the program with its sentence."""
    if isinstance(reply, Problem):
        raise Failure(reply.text)
    if problems := failed(reply):
        raise Failure(" ".join(problems))
    printer.show(reply)


def show_result(reply: Reply, printer: Printer, *, as_json: bool) -> None:
    """Print what became of one file: what failed on standard error, with or without JSON."""
    if not failed(reply) or as_json:
        printer.show(reply)
    for sentence in failed(reply):
        click.echo(safe(sentence), err=True)


def with_progress(items: Sequence[T]) -> Iterable[T]:
    """Show a bar where somebody watches many files being added."""
    console = Console(stderr=True)
    if len(items) > 1 and console.is_terminal:
        return track(items, "Adding", console=console)
    return items


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
    """Yield the lines that somebody types at the prompt, until the end of input."""
    with suppress(ImportError):  # some systems have none; lines are then typed without editing
        importlib.import_module("readline")
    while True:
        try:
            yield input(PROMPT)
        except EOFError:
            click.echo()
            return
