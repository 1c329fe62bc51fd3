"""Outages of a platform: the network is cut, or everything is answered with 500, for a while.

Nothing that was acknowledged is lost, nothing is answered twice, and it comes back by itself. The
outages are short whenever the tests run; those of a minute are

    NEWSDESK_OUTAGE=60 pytest --no-cov tests/e2e/test_outages.py
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.e2e.bot_process import BotProcess, free_port
from tests.e2e.both import Both
from tests.e2e.slack.conftest import address, slack_settings

SECONDS = float(os.environ.get("NEWSDESK_OUTAGE", "3"))
UNTIL_ANSWERED = 3 * SECONDS + 60
"""Seconds after an outage in which all is answered: clients come back more and more seldom."""
QUESTION = "Who is the president of NOBLE?"
AT_ONCE = 3
"""Questions in one channel just before an outage: Slack takes one answer a second."""


@asynccontextmanager
async def newsroom(folder: Path, port: int = 0) -> AsyncIterator[Both]:
    """Return both platforms with a bot that answers; with a port, Slack in HTTP mode."""
    both = Both(channels=4)
    both.slack.sockets.patience = UNTIL_ANSWERED
    both.slack.retry_after = [0.0, SECONDS / 2, SECONDS, SECONDS]
    await both.start(address(port))
    settings = {**both.settings, **(slack_settings(both.slack, port) if port else {})}
    if port:
        settings["SLACK_APP_TOKEN"] = ""
    bot = await BotProcess(folder, **settings).start()
    await both.connected()
    try:
        yield both
        assert (await bot.stop())[0] == 0
    finally:
        await both.stop()


async def ask_on_both(both: Both, number: int) -> None:
    await both.ask_on_slack(number, QUESTION)
    await both.ask_on_discord(number, QUESTION)


async def answered_once(both: Both) -> None:
    """Wait until every question is answered, and see that each was answered once."""
    await both.settled(UNTIL_ANSWERED)
    await asyncio.sleep(1.5)  # for an answer too many
    assert [(one.platform, len(one.answers)) for one in both.asked if len(one.answers) != 1] == []


async def test_while_the_network_is_cut_nothing_is_lost(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as both:
        for _ in range(AT_ONCE):
            await ask_on_both(both, 0)
        await both.slack.until(lambda: any(one.answers for one in both.asked))
        await asyncio.gather(both.slack.cut_off(), both.discord.cut_off())
        await ask_on_both(both, 1)
        await asyncio.sleep(SECONDS)
        await asyncio.gather(both.slack.mend(), both.discord.mend())
        await answered_once(both)
        await ask_on_both(both, 2)
        await answered_once(both)


@pytest.mark.parametrize("transport", ["socket mode", "http"])
async def test_while_everything_is_answered_with_500_nothing_is_lost(
    tmp_path: Path, transport: str
) -> None:
    async with newsroom(tmp_path, free_port() if transport == "http" else 0) as both:
        both.slack.is_in_trouble = both.discord.rest.is_in_trouble = True
        for number in (0, 0, 1):
            await ask_on_both(both, number)
        await asyncio.sleep(SECONDS)
        assert [one for one in both.asked if one.answers] == []
        both.slack.is_in_trouble = both.discord.rest.is_in_trouble = False
        await answered_once(both)
