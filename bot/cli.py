"""The command line: ``newsdesk WORD …``, made from the registry, with the terminal's own words.

Exit status: 0 done, 1 could not be done (one sentence on standard error), 2 wrong use.
"""

import asyncio
import sys
from collections.abc import Callable
from dataclasses import replace as changed
from pathlib import Path
from typing import Any

import click

from bot.adapters.console_adapter import (
    WELCOME,
    ConsoleAdapter,
    console_request,
    local_file,
)
from bot.app import App, seed_files
from bot.commands.moderation import ONE_TITLE, details_of
from bot.importing import documents_in, files_at
from bot.messages import (
    Add,
    Ask,
    Command,
    ListDocuments,
    Listing,
    Problem,
    Remove,
    Replace,
    Request,
    Source,
    SourceFile,
)
from bot.registry import REGISTRY, Argument, Entry, Kind
from bot.terminal import (
    Report,
    finish,
    lines_of_input,
    printer_for,
    progress,
    run,
    typed_lines,
    write_file,
)

WITH_JSON = {"why", "list", "show", "status", "verify", "history"}
"""Words of the registry whose replies are also given as JSON."""
WORDED_BELOW = {"ask", "more", "source", "add", "replace", "remove"}
"""Words of the registry that take files or streams here, or that only a conversation has."""

Function = Callable[..., None]


def _named(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Refuse the name of nothing: it would be neither shared nor a space."""
    del context, parameter
    if value is not None and not value.strip():
        raise click.BadParameter("Name a space, or leave the option out for what is shared.")
    return value


def _common(function: Function) -> Function:
    """Give a command the options that all have."""
    database = click.option("--db", type=click.Path(path_type=Path), help="The database file.")
    space = click.option(
        "--space", callback=_named, help="A Slack workspace or Discord guild; default: shared."
    )
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
    printer = printer_for(as_json=as_json)

    async def work(app: App) -> None:
        for one in [question] if question is not None else lines_of_input():
            reply = await app.desk.carry_out(Ask(one, limit), console_request(space=space))
            if question is not None:
                finish(reply, printer)
            elif isinstance(reply, Problem) and as_json:
                printer.show_object({"question": one, "problem": reply.text})
            else:
                printer.show_question(one)
                printer.show(reply)

    run(context, db, work, make=True)


@newsdesk.command()
@_common
def chat(context: click.Context, space: str | None, db: Path | None) -> None:
    """Talk to the bot in this terminal; no token is needed."""

    async def work(app: App) -> None:
        typed = sys.stdin.isatty()
        if typed:
            click.echo(WELCOME)
        lines = typed_lines() if typed else lines_of_input()
        await ConsoleAdapter(app.desk, printer_for(), space).run(lines)

    run(context, db, work, make=True)


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
    printer = printer_for(as_json=as_json)

    files = files_at(paths)
    if details["title"] and (len(files) > 1 or any(file.is_export for file in files)):
        raise click.UsageError(ONE_TITLE)

    async def work(app: App) -> None:
        report = Report(printer, as_json=as_json)
        with progress(sum(file.size for file in files)) as read:
            incoming = documents_in(files, details_of(Add(**details)), app.library.max_bytes, read)
            async for reply in app.desk.add_all(incoming, console_request(space=space)):
                report.show(reply)
        report.finish()

    run(context, db, work, make=True)


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
    if seeds and space:
        raise click.UsageError("The seeds are shared by all spaces; leave --space out.")
    printer = printer_for(as_json=as_json)

    async def work(app: App) -> None:
        live = {document.file for document in await app.library.documents()}
        named = [seed.name for seed in seed_files() if seed.name in live] if seeds else [file or ""]
        for name in named:
            finish(await app.desk.carry_out(Remove(name), console_request(space=space)), printer)

    run(context, db, work, make=False)


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
            await asyncio.to_thread(write_file, output, reply.content)
        elif isinstance(reply, SourceFile) and not sys.stdout.isatty():
            sys.stdout.buffer.write(reply.content)
        else:
            finish(reply, printer_for())

    run(context, db, work, make=False)


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
        printer = printer_for(as_json=as_json)
        reply = await app.desk.carry_out(command, request)
        finish(reply, printer)
        if as_json and command == ListDocuments() and isinstance(reply, Listing):
            for page in range(2, reply.pages + 1):  # a program wants them all
                finish(await app.desk.carry_out(ListDocuments(page), request), printer)

    run(context, db, work, make=False)
