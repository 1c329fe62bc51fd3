"""Words for the operator alone: a check, a backup, and the question log."""

import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from bot.app import App
from bot.checking import findings_on
from bot.cli.options import database_option
from bot.rendering.segments import safe
from bot.settings import read_settings
from bot.terminal import Failure, named_database, printer_for, reporting, run
from retrieval import back_up


@click.command()
@click.argument("path")
@click.pass_context
@database_option
def backup(context: click.Context, path: str, db: Path | None) -> None:
    """Copy the database to PATH, a new file or a folder, while it is in use; check the copy."""
    with reporting():
        database = named_database(context, db, read_settings()).db
        copy = _place_of(path)
        back_up(database, copy)
    click.echo(f"{safe(str(copy))}: {copy.stat().st_size:,} bytes, checked.", file=sys.stdout)


def _place_of(path: str) -> Path:
    """Return the file of a copy: in a folder, one that is named by its time.

    What ends with a slash is a folder, and is made where it is not there: a file of that name
    would be in the way of the next copy.
    """
    place = Path(path)
    if path.endswith(os.sep):
        try:
            place.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise Failure(f"{place} cannot be made; name a folder that is there.") from error
    name = f"newsdesk-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}.db"
    return place / name if place.is_dir() else place


@click.command()
@click.pass_context
@database_option
def check(context: click.Context, db: Path | None) -> None:
    """Check settings, files, database and clock: one line each, well or with what to mend."""
    with reporting():
        settings = named_database(context, db, read_settings())
        findings = asyncio.run(findings_on(settings, os.environ))
    console = Console(highlight=False, soft_wrap=True)
    for finding in findings:
        mark = ("well", "bold green") if finding.is_well else ("mend", "bold red")
        console.print(Text.assemble(mark, f"  {finding.what}: {safe(finding.said)}"))
    ill = sum(not finding.is_well for finding in findings)
    if ill:
        raise Failure(f"{ill} of {len(findings)} things need mending; see above.")


@click.command()
@click.pass_context
@database_option
def questions(context: click.Context, db: Path | None) -> None:
    """Print the question log, one JSON object a line; NEWSDESK_QUESTION_LOG_DAYS turns it on."""

    async def work(app: App) -> None:
        printer = printer_for()
        async for asked in app.library.people.logged():
            printer.show_object(
                {
                    "at": asked.at.isoformat(),
                    "platform": asked.platform,
                    "space": asked.space,
                    "by_id": asked.asker,
                    "question": asked.question,
                    "verdict": asked.verdict,
                }
            )

    run(context, db, work, make=False)
