"""The quote desk in the terminal."""

from dataclasses import replace
from pathlib import Path

import click

from bot import parsing
from bot.adapters.console_adapter import console_request, local_file
from bot.app import App
from bot.cli.options import EXISTING_FILE, common, with_filters, with_json
from bot.cli.words import carry_out
from bot.messages import CheckDraft, Problem, Quote, Said
from bot.registry import BY_WORD
from bot.terminal import finish, lines_of_input, printer_for, run


@click.command(help=f"{BY_WORD['quote'].help} Without QUOTE, each line of standard input is one.")
@click.argument("quote", required=False)
@click.option("--speaker", default="", help="Who is said to have said it.")
@with_json
@common
def quote(
    context: click.Context,
    quote: str | None,
    speaker: str,
    space: str | None,
    db: Path | None,
    *,
    as_json: bool,
) -> None:
    """Check one quotation, or one a line."""
    printer = printer_for(as_json=as_json)

    async def work(app: App) -> None:
        for one in [quote] if quote is not None else lines_of_input():
            request = console_request(space=space)
            reply = await app.desk.carry_out(Quote(one, speaker), request)
            if quote is not None:
                finish(reply, printer)
            elif isinstance(reply, Problem) and as_json:
                printer.show_object({"quote": one, "problem": reply.text})
            else:
                printer.show_question(one)
                printer.show(reply)

    run(context, db, work, make=False)


@click.command(help=BY_WORD["said"].help)
@click.argument("person")
@click.argument("about", nargs=-1)
@with_filters
@with_json
@common
def said(
    context: click.Context,
    person: str,
    about: tuple[str, ...],
    space: str | None,
    db: Path | None,
    *,
    as_json: bool,
    **filters: str,
) -> None:
    """Show what a person said; the words behind the name may be “about” and a topic."""
    command = Said(parsing.with_filters(" ".join([person, *about]), filters))
    carry_out(context, db, command, console_request(space=space), as_json=as_json)


@click.command(help=BY_WORD["checkdraft"].help)
@click.argument("path", type=EXISTING_FILE)
@with_json
@common
def checkdraft(
    context: click.Context, path: Path, space: str | None, db: Path | None, *, as_json: bool
) -> None:
    """Check the draft at PATH."""
    request = replace(console_request(space=space), attachments=(local_file(path, path.name),))
    carry_out(context, db, CheckDraft(), request, as_json=as_json)
