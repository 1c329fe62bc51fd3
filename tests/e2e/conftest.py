"""A bot on a loopback Slack, one of each for the tests of a module."""

import socket
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.e2e.bot_process import BotProcess
from tests.e2e.slack.loopback import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, LoopbackSlack
from tests.e2e.slack.workspace import EDITORS

CONNECTED = "slack is connected.\n"
"""What a bot says that had no trouble."""


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def slack_settings(slack: LoopbackSlack, port: int = 0) -> dict[str, str]:
    """Return the settings of a bot on a loopback Slack; with a port it is in HTTP mode."""
    own = {"SLACK_APP_TOKEN": APP_TOKEN}
    if port:
        own = {"SLACK_SIGNING_SECRET": SIGNING_SECRET, "NEWSDESK_SLACK_PORT": str(port)}
    return {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "NEWSDESK_SLACK_API_URL": f"{slack.url}api/",
        "NEWSDESK_SLACK_MODERATORS": EDITORS,
        "NEWSDESK_PERSON_LIMIT": "0",
        "NEWSDESK_SPACE_LIMIT": "0",
        "NEWSDESK_WAITING": "1000",
        **own,
    }


def address(port: int) -> str:
    """Return where a bot in HTTP mode takes events; nowhere for Socket Mode."""
    return f"http://127.0.0.1:{port}/slack/events" if port else ""


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["socket mode", "http"])
async def slack(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[LoopbackSlack]:
    """Return a Slack in which a bot answers, in either transport."""
    port = free_port() if request.param == "http" else 0
    slack = await LoopbackSlack().start(address(port))
    bot = await BotProcess(tmp_path_factory.mktemp("slack"), **slack_settings(slack, port)).start()
    await slack.transport.ready()
    yield slack
    status, said = await bot.stop()
    await slack.stop()
    assert (status, said, slack.refused) == (0, CONNECTED, [])
