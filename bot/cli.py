"""The command line: ``newsdesk WORD …``, made from the registry, with the terminal's own words.

Exit status: 0 done, 1 could not be done (one sentence on standard error), 2 wrong use.
"""

import asyncio
import io
import logging
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace as changed
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import track

from bot.adapters.console_adapter import (
    WELCOME,
    ConsoleAdapter,
    Printer,
    console_request,
    failed,
    local_file,
)
from bot.app import App, open_app, seed_files
from bot.importing import Load, loads
from bot.messages import (
    Add,
    Ask,
    Command,
    Problem,
    Remove,
    Replace,
    Reply,
    Request,
    Source,
    SourceFile,
)
from bot.registry import REGISTRY, Argument, Entry, Kind
from bot.rendering.segments import safe
from bot.settings import Settings, SettingsProblem, default_log, read_settings
from retrieval import LibraryError

PROMPT = "newsdesk> "
WITH_JSON = {"list", "show", "status", "verify", "history"}
"""Words of the registry whose replies are also given as JSON."""
WORDED_BELOW = {"ask", "more", "source", "add", "replace", "remove"}
"""Words of the registry that take files or streams here, or that only a conversation has."""

Work = Callable[[App], Awaitable[None]]
Function = Callable[..., None]


class Failure(click.ClickException):
    """Ends the program with status 1 and one sentence on standard error."""

    def show(self, file: Any = None) -> None:  # noqa: ANN401 - click's own signature
        """Print the sentence and nothing else."""
        click.echo(safe(self.message), err=True, file=file)


def _common(function: Function) -> Function:
    """Give a command the options that all have."""
    database = click.option("--db", type=click.Path(path_type=Path), help="The database file.")
    space = click.option("--space", help="A Slack workspace or Discord guild; default: shared.")
    return click.pass_context(database(space(function)))


def _details(function: Function) -> Function:
    """Give a command the options that say what a text does not state."""
    for name, text in reversed(
        [
            ("--title", "Title of the document; for one file."),
            ("--outlet", "Who published it."),
            ("--author", "Who wrote it."),
            ("--published", "Date of publication, YYYY-MM-DD."),
        ]
    ):
        function = click.option(name, default="", help=text)(function)
    return function


_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")
_existing = click.Path(exists=True, path_type=Path)
_existing_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="newsdesk")
@click.option("--db", type=click.Path(path_type=Path), help="The database file (NEWSDESK_DB).")
@click.pass_context
def newsdesk(context: click.Context, db: Path | None) -> None:
    """Answer questions with cited passages from the coverage, word for word."""
    context.obj = db


@newsdesk.command()
@click.argument("question", required=False)
@click.option("--limit", type=click.IntRange(1, 50), default=3, show_default=True)
@_as_json
@_common
def ask(
    context: click.Context,
    question: str | None,
    limit: int,
    space: str | None,
    db: Path | None,
    *,
    as_json: bool,
) -> None:
    """Ask the coverage QUESTION; without it, each line of standard input is one."""
    printer = _printer(as_json=as_json)

    async def work(app: App) -> None:
        for one in [question] if question is not None else _lines_of_input():
            reply = await app.desk.carry_out(Ask(one, limit), console_request(space=space))
            if question is not None:
                _finish(reply, printer)
            elif isinstance(reply, Problem) and as_json:
                printer.show_object({"question": one, "problem": reply.text})
            else:
                printer.show(reply)

    _run(context, db, work, make=True)


@newsdesk.command()
@_common
def chat(context: click.Context, space: str | None, db: Path | None) -> None:
    """Talk to the bot in this terminal; no token is needed."""

    async def work(app: App) -> None:
        typed = sys.stdin.isatty()
        if typed:
            click.echo(WELCOME)
        lines = _typed_lines() if typed else _lines_of_input()
        await ConsoleAdapter(app.desk, _printer(), space).run(lines)

    _run(context, db, work, make=True)


@newsdesk.command()
@click.argument("paths", nargs=-1, required=True, type=_existing)
@_details
@_as_json
@_common
def add(
    context: click.Context,
    paths: tuple[Path, ...],
    space: str | None,
    db: Path | None,
    *,
    as_json: bool,
    **details: str,
) -> None:
    """Add files, whole folders and .jsonl exports to the coverage."""
    printer = _printer(as_json=as_json)

    async def work(app: App) -> None:
        everything = list(loads(paths, Add(**details)))
        if details["title"] and len(everything) > 1:
            raise click.UsageError("A title goes with one file; add the files one by one.")
        problems = 0
        for load in _with_progress(everything):
            reply = await _load(load, app, space)
            problems += len(failed(reply))
            _show_result(reply, printer, as_json=as_json)
        if problems and len(everything) > 1:
            raise Failure(f"{problems} of {len(everything)} could not be added; see above.")
        if problems:
            raise click.exceptions.Exit(1)

    _run(context, db, work, make=True)


@newsdesk.command()
@click.argument("path", type=_existing_file)
@click.option("--as", "name", default="", help="The document's name, if not the file's.")
@_details
@_as_json
@_common
def replace(
    context: click.Context,
    path: Path,
    name: str,
    space: str | None,
    db: Path | None,
    *,
    as_json: bool,
    **details: str,
) -> None:
    """Put the file at PATH in the place of the document of its name."""
    request = console_request(space=space)
    request = changed(request, attachments=(local_file(path, path.name),))
    _carry_out(context, db, Replace(name, **details), request, as_json=as_json)


@newsdesk.command()
@click.argument("file", required=False)
@click.option("--seeds", is_flag=True, help="Take the seed documents out.")
@_as_json
@_common
def remove(
    context: click.Context,
    file: str | None,
    space: str | None,
    db: Path | None,
    *,
    seeds: bool,
    as_json: bool,
) -> None:
    """Take the document FILE out of the coverage; restore brings it back."""
    if bool(file) == seeds:
        raise click.UsageError("Name one document, or give --seeds.")
    printer = _printer(as_json=as_json)

    async def work(app: App) -> None:
        live = {document.file for document in await app.library.documents()}
        named = [seed.name for seed in seed_files() if seed.name in live] if seeds else [file or ""]
        for name in named:
            _finish(await app.desk.carry_out(Remove(name), console_request(space=space)), printer)

    _run(context, db, work, make=False)


@newsdesk.command()
@click.argument("file")
@click.option("--output", type=click.Path(path_type=Path), help="Where to write it.")
@_common
def source(
    context: click.Context, file: str, output: Path | None, space: str | None, db: Path | None
) -> None:
    """Give the document FILE as it was received: to a pipe, or to the path of --output."""

    async def work(app: App) -> None:
        reply = await app.desk.carry_out(Source(file), console_request(space=space))
        if isinstance(reply, SourceFile) and output:
            await asyncio.to_thread(_write, output, reply.content)
        elif isinstance(reply, SourceFile) and not sys.stdout.isatty():
            sys.stdout.buffer.write(reply.content)
        else:
            _finish(reply, _printer())

    _run(context, db, work, make=False)


def _register(entry: Entry) -> None:
    """Make a command of a word of the registry."""

    def callback(
        context: click.Context,
        space: str | None,
        db: Path | None,
        *,
        as_json: bool = False,
        **values: Any,  # noqa: ANN401 - whatever the entry's arguments hold
    ) -> None:
        given = {name: value for name, value in values.items() if value is not None}
        command = entry.build(**given)
        _carry_out(context, db, command, console_request(space=space), as_json=as_json)

    function: Function = _common(callback)
    if entry.word in WITH_JSON:
        function = _as_json(function)
    for argument in reversed(entry.positional):
        function = _positional(argument)(function)
    newsdesk.command(entry.word, help=entry.help)(function)


def _positional(argument: Argument) -> Callable[[Function], Function]:
    kind = click.INT if argument.kind is Kind.NUMBER else click.STRING
    return click.argument(argument.name, type=kind, required=argument.required)


for _entry in REGISTRY:
    if _entry.word not in WORDED_BELOW:
        _register(_entry)


def main() -> None:
    """Run the command line."""
    newsdesk(prog_name="newsdesk")


def _carry_out(
    context: click.Context,
    db: Path | None,
    command: Command,
    request: Request,
    *,
    as_json: bool,
) -> None:
    async def work(app: App) -> None:
        _finish(await app.desk.carry_out(command, request), _printer(as_json=as_json))

    _run(context, db, work, make=False)


def _run(context: click.Context, db: Path | None, work: Work, *, make: bool) -> None:
    """Open the app and do the work; what the library refuses ends the program with its sentence."""

    async def run() -> None:
        settings = read_settings()
        if path := db or context.find_root().obj:
            settings = settings.model_copy(update={"db": path})
        _keep_log(settings)
        async with open_app(settings, make=make) as app:
            await work(app)

    try:
        asyncio.run(run())
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


def _finish(reply: Reply, printer: Printer) -> None:
    """Print a reply; where something could not be done, end the program with its sentence."""
    if isinstance(reply, Problem):
        raise Failure(reply.text)
    if problems := failed(reply):
        raise Failure(" ".join(problems))
    printer.show(reply)


async def _load(load: Load | Problem, app: App, space: str | None) -> Reply:
    if isinstance(load, Problem):
        return load
    request = changed(console_request(space=space), attachments=(load.attachment,))
    return await app.desk.carry_out(load.command, request)


def _show_result(reply: Reply, printer: Printer, *, as_json: bool) -> None:
    """Print what became of one file: what failed on standard error, with or without JSON."""
    if not failed(reply) or as_json:
        printer.show(reply)
    for sentence in failed(reply):
        click.echo(safe(sentence), err=True)


def _with_progress(items: list[Load | Problem]) -> Iterable[Load | Problem]:
    """Show a bar where somebody watches many files being added."""
    console = Console(stderr=True)
    if len(items) > 1 and console.is_terminal:
        return track(items, "Adding", console=console)
    return items


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Failure(f"{path} cannot be written; name a file in a folder that exists.") from error


def _printer(*, as_json: bool = False) -> Printer:
    return Printer(Console(), as_json=as_json)


def _lines_of_input() -> Iterator[str]:
    """Yield the lines of standard input; bytes in another encoding spoil their own line only."""
    lines = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
    return (line.rstrip("\r\n") for line in lines)


def _typed_lines() -> Iterator[str]:
    while True:
        try:
            yield input(PROMPT)
        except EOFError:
            click.echo()
            return
