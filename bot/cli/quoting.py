"""The quote desk in the terminal."""

from dataclasses import replace
from pathlib import Path

import click

from bot import parsing
from bot.adapters.console_adapter import console_request, local_file
from bot.app import App
from bot.cli.each_line import answer_each
from bot.cli.options import EXISTING_FILE, common, with_filters, with_json
from bot.cli.words import carry_out
from bot.messages import CheckDraft, Quote, Said
from bot.registry import BY_WORD
from bot.terminal import printer_for, run


@click.command(help=f"{BY_WORD['quote'].help} Without QUOTE, each line of standard input is one.")
@click.argument("quote", nargs=-1)
@click.option("--speaker", default="", help="Who is said to have said it.")
@with_json
@common
def quote(
    context: click.Context,
    quote: tuple[str, ...],
    speaker: str,
    space: str | None,
    db: Path | None,
    *,
    as_json: bool,
) -> None:
    """Check one quotation, or one a line."""
    printer = printer_for(as_json=as_json)

    async def work(app: App) -> None:
        def to_quote(text: str) -> Quote:
            return Quote(text, speaker)

        typed = " ".join(quote) if quote else None
        await answer_each(app, printer, typed, to_quote, name="quote", space=space, as_json=as_json)

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
