"""Ask one question, many, or in a conversation."""

import sys
from pathlib import Path

import click

from bot import parsing
from bot.adapters.console_adapter import WELCOME, ConsoleAdapter
from bot.app import App
from bot.cli.each_line import answer_each
from bot.cli.options import common, with_filters, with_json
from bot.messages import Ask
from bot.terminal import lines_of_input, printer_for, run, typed_lines


@click.command()
@click.argument("question", nargs=-1)
@click.option("--limit", type=click.IntRange(1, 50), default=3, show_default=True)
@click.option("--explain", is_flag=True, help="Say what the answer rests on, too.")
@with_filters
@with_json
@common
def ask(
    context: click.Context,
    question: tuple[str, ...],
    limit: int,
    space: str | None,
    db: Path | None,
    *,
    explain: bool,
    as_json: bool,
    **filters: str,
) -> None:
    """Ask the coverage QUESTION; without it, each line of standard input is one."""
    printer = printer_for(as_json=as_json)

    async def work(app: App) -> None:
        def to_ask(text: str) -> Ask:
            return Ask(parsing.with_filters(text, filters), limit, explain)

        typed = " ".join(question) if question else None
        await answer_each(
            app, printer, typed, to_ask, name="question", space=space, as_json=as_json
        )

    run(context, db, work, make=True)


@click.command()
@common
def chat(context: click.Context, space: str | None, db: Path | None) -> None:
    """Talk to the bot in this terminal; no token is needed."""

    async def work(app: App) -> None:
        typed = sys.stdin.isatty()
        if typed:
            click.echo(WELCOME)
        lines = typed_lines() if typed else lines_of_input()
        await ConsoleAdapter(app.desk, printer_for(), space).run(lines)

    run(context, db, work, make=True)
