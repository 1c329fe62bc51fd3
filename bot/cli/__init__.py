"""The command line: ``newsdesk WORD …``, made from the registry, with the terminal's own words.

Exit status: 0 done, 1 could not be done (one sentence on standard error), 2 wrong use.
"""

from pathlib import Path

import click

from bot.cli.asking import ask, chat
from bot.cli.documents import add, remove, replace, source
from bot.cli.erasing import purge, reindex
from bot.cli.evaluating import evaluate
from bot.cli.keeping import backup, check, questions
from bot.cli.quoting import checkdraft, quote, said
from bot.cli.serving import serve
from bot.cli.verifying import verify
from bot.cli.words import command_of
from bot.registry import REGISTRY

OF_A_CONVERSATION = {"more", "share", "helpful", "unhelpful"}
"""Words of the registry that mean nothing outside of a conversation."""
OWN = (
    *(ask, chat, serve, add, replace, remove, source, evaluate, backup, questions),
    *(purge, reindex, check),
    *(quote, said, verify, checkdraft),
)
"""Commands that take files or streams here, or that are the terminal's alone."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="newsdesk")
@click.option("--db", type=click.Path(path_type=Path), help="The database file (NEWSDESK_DB).")
@click.pass_context
def newsdesk(context: click.Context, db: Path | None) -> None:
    """Answer questions with cited passages from the coverage, word for word."""
    context.obj = db


for _command in OWN:
    newsdesk.add_command(_command)
for _entry in REGISTRY:
    if _entry.word not in {*newsdesk.commands, *OF_A_CONVERSATION}:
        newsdesk.add_command(command_of(_entry))


def main() -> None:
    """Run the command line."""
    newsdesk(prog_name="newsdesk")
