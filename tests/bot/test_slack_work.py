"""What is being answered on Slack is finished before the bot leaves, as far as there is time."""

import asyncio

import pytest

from bot.adapters.slack_adapter import SlackAdapter, clients_of
from bot.adapters.slack_adapter.listeners import Work
from bot.settings import Settings
from tests.newsroom import Chat


async def test_what_is_done_in_time_is_waited_for() -> None:
    answered: list[str] = []

    async def answer() -> None:
        await asyncio.sleep(0)
        answered.append("at once")

    work = Work()
    work.begin(answer())
    await work.finish(10)
    await work.finish(0)
    assert answered == ["at once"]


async def test_what_is_done_in_time_gives_nothing_else_more_time() -> None:
    answered: list[str] = []

    async def answer(seconds: float) -> None:
        await asyncio.sleep(seconds)
        answered.append(f"after {seconds} s")

    work = Work()
    for seconds in (0.01, 0.3):
        work.begin(answer(seconds))
    await work.finish(0.2)
    assert answered == ["after 0.01 s"]


class Broken:
    """A way in which events come that cannot be closed."""

    async def open(self) -> None:
        """Do nothing."""

    async def is_there(self) -> bool:
        """Say so."""
        return True

    async def pause(self) -> None:
        """Fail."""
        raise ConnectionError("it is gone")

    async def close(self) -> None:
        """Do nothing."""


async def test_the_session_is_closed_also_where_the_connection_cannot_be(chat: Chat) -> None:
    adapter, clients = SlackAdapter(Settings(), chat.desk), clients_of(Settings())
    adapter._clients, adapter._transport = clients, Broken()  # noqa: SLF001 - as if connected
    with pytest.raises(ConnectionError):
        await adapter.close()
    assert clients.session.closed
