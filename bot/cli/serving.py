"""``newsdesk run``: the bot on Slack and Discord."""

import asyncio
import signal
from pathlib import Path

import click

from bot.app import App
from bot.cli.options import database_option
from bot.running import serve_until
from bot.terminal import run


@click.command("run")
@click.pass_context
@database_option
def serve(context: click.Context, db: Path | None) -> None:
    """Run the bot on Slack and Discord, on each when its tokens are set, until it is stopped."""

    async def work(app: App) -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        await serve_until(stop, app.platforms)

    run(context, db, work, make=True)
