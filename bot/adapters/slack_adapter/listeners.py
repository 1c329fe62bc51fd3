"""What the bot listens to, in both transports: exactly what the manifest subscribes to."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, Final

from slack_bolt.app.async_app import AsyncApp

from bot.adapters.slack_adapter.buttons import ACTIONS, Buttons
from bot.adapters.slack_adapter.home import OPENERS, Home
from bot.adapters.slack_adapter.modals import Modals
from bot.adapters.slack_adapter.questions import Questions
from bot.adapters.slack_adapter.resuming import Resuming
from bot.adapters.slack_adapter.shortcuts import ADD, CHECK, FIND, Shortcuts
from bot.adapters.slack_adapter.slash import COMMAND, Slash
from bot.adapters.slack_adapter.workspace import Workspace
from bot.rendering.slack_blocks.views import MODAL

log = logging.getLogger("newsdesk")

EVENTS: Final = ("app_home_opened", "app_mention", "message.im")
"""Events to subscribe to; one that nobody listens to is delivered again and again."""
MESSAGE_SHORTCUTS: Final = (FIND, CHECK, ADD)

Listener = Callable[..., Awaitable[None]]


class Work:
    """What is being done, so that it can be finished before the bot stops."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def of(self, listener: Listener) -> Listener:
        """Return a listener whose work is known of while it is done."""

        @wraps(listener)
        async def working(**arguments: Any) -> None:  # noqa: ANN401 - whatever bolt hands over
            task = asyncio.current_task()
            if task is not None:
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            await listener(**arguments)

        return working

    def begin(self, doing: Coroutine[Any, Any, None]) -> None:
        """Do something besides that the bot does not wait for until it stops."""
        task = asyncio.create_task(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self, seconds: float) -> None:
        """Wait until nothing is being done, but no longer than that; then end what is left."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while self._tasks and loop.time() < end:
            await asyncio.wait(self._tasks, timeout=end - loop.time())
        if late := set(self._tasks):
            log.warning("%d replies were not finished in time", len(late))
            for task in late:  # the next connection answers what is left
                task.cancel()
            await asyncio.wait(late)


def listen(app: AsyncApp, workspace: Workspace) -> tuple[Work, Resuming]:
    """Let the app answer everything that the bot listens to.

    Return what is being done, and what goes on with what was accepted before.
    """
    work = Work()
    modals = Modals(workspace)
    questions, buttons = Questions(workspace), Buttons(workspace)
    home, shortcuts = Home(workspace, modals), Shortcuts(workspace, modals)
    slash = Slash(workspace, modals)
    app.event("app_mention", middleware=[questions.remember])(work.of(questions.on_mention))
    app.event("message", middleware=[questions.remember])(work.of(questions.on_message))
    app.event("app_home_opened")(work.of(home.on_open))
    app.command(COMMAND)(work.of(slash.on_command))
    app.action(ACTIONS)(work.of(buttons.on_press))
    app.action(OPENERS)(work.of(home.on_press))
    app.view(MODAL)(work.of(modals.on_submit))
    app.message_shortcut(FIND)(work.of(shortcuts.on_find))
    app.message_shortcut(CHECK)(work.of(shortcuts.on_check))
    app.message_shortcut(ADD)(work.of(shortcuts.on_add))
    app.error(_on_error)
    return work, Resuming(workspace, questions, slash)


async def _on_error(error: Exception) -> None:
    """Keep in the log what Slack refused, without what was asked or answered."""
    log.error("something on Slack could not be answered", exc_info=error)
