"""Files of this machine into the coverage and out of it."""

import asyncio
import sys
from dataclasses import replace as changed
from pathlib import Path

import click

from bot.adapters.console_adapter import console_request, local_file
from bot.app import App, seed_files
from bot.cli.options import EXISTING_FILE, PATH_OR_ADDRESS, common, with_details, with_json
from bot.cli.words import carry_out
from bot.commands.moderation import OUT, details_of, hold_of
from bot.commands.sources import ONE_TITLE
from bot.importing import documents_in, files_at
from bot.messages import Add, Remove, Replace, Source, SourceFile
from bot.terminal import Report, finish, printer_for, progress, run, write_file


@click.command()
@click.argument("paths", nargs=-1, required=True, type=PATH_OR_ADDRESS)
@click.option("--as", "name", default="", help="The document's name, if not the file's.")
@with_details
@with_json
@common
def add(
    context: click.Context,
    paths: tuple[Path | str, ...],
    name: str,
    space: str | None,
    db: Path | None,
    *,
    as_json: bool,
    **details: str,
) -> None:
    """Add files, whole folders, archives, exports, and pages of the web by their addresses."""
    report = Report(printer_for(as_json=as_json), as_json=as_json)
    files, command = files_at([path for path in paths if isinstance(path, Path)]), Add(**details)
    addresses = [path for path in paths if isinstance(path, str)]
    several = len(files) + len(addresses) > 1 or any(file.holds_several for file in files)
    is_one = len(files) == 1 and not several
    if command.title not in {"", OUT} and several:
        raise click.UsageError(ONE_TITLE)
    if name and not is_one:
        raise click.UsageError("One name goes with one file; add the files one by one.")

    async def one(app: App) -> None:
        attachment = local_file(files[0].path, name or files[0].name)
        request = changed(console_request(space=space), attachments=(attachment,))
        report.show(await app.desk.carry_out(command, request))
        report.finish()

    async def many(app: App) -> None:
        request, hold_until = console_request(space=space), hold_of(command)
        for address in addresses:
            report.show(await app.desk.carry_out(changed(command, address=address), request))
        with progress(sum(file.size for file in files)) as read:
            incoming = documents_in(
                files, details_of(command), app.library.max_bytes, read, app.library.limits
            )
            async for reply in app.desk.add_all(incoming, request, hold_until=hold_until):
                report.show(reply)
        report.finish()

    run(context, db, one if is_one else many, make=True)


@click.command()
@click.argument("path", type=EXISTING_FILE)
@click.option("--as", "name", default="", help="The document's name, if not the file's.")
@with_details
@with_json
@common
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
    carry_out(context, db, Replace(name, **details), request, as_json=as_json)


@click.command()
@click.argument("file", required=False)
@click.option("--seeds", is_flag=True, help="Take the seed documents out.")
@with_json
@common
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


@click.command()
@click.argument("file")
@click.option("--output", type=click.Path(path_type=Path), help="Where to write it.")
@common
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
