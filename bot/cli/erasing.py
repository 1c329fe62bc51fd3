"""What only the operator does, and only here: erase a document for good, rebuild the index."""

from pathlib import Path

import click

from bot.app import App
from bot.cli.options import common, database_option
from bot.rendering.plain_text.line import count
from bot.rendering.segments import safe
from bot.terminal import run
from retrieval import Purged

WARNING = (
    "This erases {} with all its versions for good; nothing brings it back. The history keeps its "
    "name, the hash of its bytes, and who changed it when."
)


@click.command()
@click.argument("file")
@click.option("--yes", is_flag=True, help="Do not ask whether it is meant.")
@common
def purge(
    context: click.Context, file: str, space: str | None, db: Path | None, *, yes: bool
) -> None:
    """Erase the document FILE with all its versions for good, whatever its status."""
    if not yes:
        click.echo(safe(WARNING.format(file)), err=True)
        click.confirm("Erase it?", abort=True, err=True)

    async def work(app: App) -> None:
        click.echo(safe(_said(await app.library.purge(file, space))))

    run(context, db, work, make=False)


def _said(purged: Purged) -> str:
    """Return what was erased, and what was not."""
    if not purged.versions:
        return f"{purged.file} was purged before; the database is written anew."
    said = f"{purged.file} is purged: {count(purged.versions, 'version')} erased for good."
    if purged.elsewhere:
        left = count(purged.elsewhere, "other document")
        said += f" The same bytes stand in {left}; purge each of them too where they must go."
    return f"{said} Backups and a running bot's memory are not erased: restart it."


@click.command()
@click.pass_context
@database_option
def reindex(context: click.Context, db: Path | None) -> None:
    """Build the search index anew from the database."""

    async def work(app: App) -> None:
        click.echo(f"Indexed {count(await app.library.reindex(), 'passage')}.")

    run(context, db, work, make=False)
