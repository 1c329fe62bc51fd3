"""``newsdesk run``: the bot on Slack and Discord."""

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import click

from bot.app import App
from bot.cli.options import database_option
from bot.housekeeping import housekeeping
from bot.observing.metrics import CountErrors
from bot.observing.systemd import told
from bot.rendering.segments import safe
from bot.running import Supervisor, alone
from bot.settings import STANDARD_ERROR
from bot.terminal import Failure, run


@click.command("run")
@click.pass_context
@database_option
def serve(context: click.Context, db: Path | None) -> None:
    """Run the bot on Slack and Discord, on each when its tokens are set, until it is stopped."""

    async def work(app: App) -> None:
        supervisor = Supervisor(app.platforms, app.metrics, _teller(app))
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, supervisor.stop)
        logging.getLogger().addHandler(CountErrors(app.metrics))
        with alone(app.library.path, app.platforms):
            keeping = housekeeping(app.library, app.metrics, app.settings.question_log_days)
            async with keeping, _watched(app, supervisor), told(os.environ):
                warming = asyncio.create_task(app.library.warm_up())
                await supervisor.run()
                await warming

    run(context, db, work, make=True)


def _teller(app: App) -> Callable[[str], None]:
    """Return what tells the operator a sentence, where the log does not stand there already."""
    if str(app.settings.log) == STANDARD_ERROR:
        return lambda _: None
    return lambda sentence: click.echo(safe(sentence), err=True)


@asynccontextmanager
async def _watched(app: App, supervisor: Supervisor) -> AsyncIterator[None]:
    """Serve the pages for those who watch the bot, where a port is set."""
    settings = app.settings
    if settings.watch_port is None:
        yield
        return
    from bot.observing.web import watched  # noqa: PLC0415 - slow to import, and only this needs it

    pages = watched(
        settings.watch_host,
        settings.watch_port,
        app.metrics,
        app.library.vitals,
        lambda: supervisor.standing,
    )
    try:
        async with pages:
            yield
    except OSError as error:
        raise Failure(
            f"Nothing can listen on {settings.watch_host}:{settings.watch_port}; "
            "set NEWSDESK_WATCH_PORT to a port that is free."
        ) from error
