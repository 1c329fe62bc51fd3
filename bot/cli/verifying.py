"""``newsdesk verify``: a receipt held against the database, or against a source file alone."""

from pathlib import Path

import click

from bot.adapters.console_adapter import console_request
from bot.cli.options import EXISTING_FILE, common, with_json
from bot.cli.words import carry_out
from bot.messages import Verify
from bot.registry import BY_WORD
from bot.rendering.json_objects.quotes import source_object
from bot.rendering.segments import safe
from bot.terminal import Failure, printer_for
from retrieval import LibraryError, verify_in_source


@click.command(help=BY_WORD["verify"].help)
@click.argument("receipt")
@click.option(
    "--source",
    type=EXISTING_FILE,
    help="The document's file as it was received; no database is needed then.",
)
@with_json
@common
def verify(
    context: click.Context,
    receipt: str,
    source: Path | None,
    space: str | None,
    db: Path | None,
    *,
    as_json: bool,
) -> None:
    """Say what a receipt stands for."""
    if source is None:
        carry_out(context, db, Verify(receipt), console_request(space=space), as_json=as_json)
    else:
        _verify_in(source, receipt, as_json=as_json)


def _verify_in(source: Path, receipt: str, *, as_json: bool) -> None:
    """Hold a receipt against a file; that the file has no such passage is an answer too."""
    try:
        found = verify_in_source(receipt, source.read_bytes(), source.name)
    except LibraryError as error:
        raise Failure(str(error)) from error
    except OSError as error:
        raise Failure(f"{source} cannot be read; check that you may read it.") from error
    if as_json:
        printer_for(as_json=True).show_object(source_object(receipt, source.name, found))
    elif found:
        click.echo(f"Unchanged: {safe(source.name)} ¶{found.paragraph} says so, word for word.")
        click.echo(f"    {safe(found.text)}")
    else:
        click.echo(f"Unknown: no passage of {safe(source.name)} has the receipt {safe(receipt)}.")
