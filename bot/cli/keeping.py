"""Words for the operator alone: a backup, and the question log."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.app import App
from bot.cli.options import database_option
from bot.rendering.segments import safe
from bot.settings import read_settings
from bot.terminal import named_database, printer_for, reporting, run
from retrieval import back_up


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.pass_context
@database_option
def backup(context: click.Context, path: Path, db: Path | None) -> None:
    """Copy the database to PATH, a new file or a folder, while it is in use; check the copy."""
    with reporting():
        database = named_database(context, db, read_settings()).db
        name = f"newsdesk-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}.db"
        copy = path / name if path.is_dir() else path
        back_up(database, copy)
    click.echo(f"{safe(str(copy))}: {copy.stat().st_size:,} bytes, checked.", file=sys.stdout)


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
