"""A bot on the fake Slack, one of each for the tests of a module."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.e2e.bot_process import BotProcess, free_port
from tests.e2e.slack.fake import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, Slack
from tests.e2e.slack.fake.world import EDITORS

CONNECTED = "slack is connected.\n"
"""What a bot says that had no trouble."""


def slack_settings(slack: Slack, port: int = 0) -> dict[str, str]:
    """Return the settings of a bot on the fake Slack; with a port it is in HTTP mode."""
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
) -> AsyncIterator[Slack]:
    """Return a Slack in which a bot answers, in either transport."""
    port = free_port() if request.param == "http" else 0
    # tests measure no time; the benchmark does
    slack = await Slack(acknowledged_within=30.0).start(address(port))
    bot = await BotProcess(tmp_path_factory.mktemp("slack"), **slack_settings(slack, port)).start()
    await slack.transport.ready()
    yield slack
    status, said = await bot.stop()
    await slack.stop()
    assert (status, said, slack.refused) == (0, CONNECTED, [])
