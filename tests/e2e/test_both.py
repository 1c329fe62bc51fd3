"""One bot on Slack and Discord at once: what befalls one platform is not felt on the other."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from pydantic import SecretStr

from bot.adapters import slack_adapter
from bot.adapters.platform import PlatformAway, PlatformProblem
from bot.settings import Settings
from tests.e2e.bot_process import PATIENCE, BotProcess, free_port
from tests.e2e.both import Asked, Both
from tests.e2e.slack.fake import Fault

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "Who is the president of NOBLE?"
AGAIN = "You ask faster than Newsdesk may answer; ask again in"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def both() -> AsyncIterator[Both]:
    """Return both platforms, with a few channels each."""
    both = Both(channels=4)
    await both.start()
    yield both
    await both.stop()


@pytest.fixture(autouse=True)
def alone(both: Both) -> None:
    """Forget the bot of the test before."""
    both.discord.gateway.sessions.clear()
    both.asked.clear()


async def started(both: Both, folder: Path, **settings: str) -> BotProcess:
    return await BotProcess(folder, **{**both.settings, **settings}).start()


async def answered(both: Both, *names: str) -> list[Asked]:
    """Ask on some platforms, and wait until each question is answered."""
    before = len(both.asked)
    for name in names:
        await {"slack": both.ask_on_slack, "discord": both.ask_on_discord}[name](0, QUESTION)
    await both.settled(PATIENCE)
    asked = both.asked[before:]
    assert all(len(one.answers) == 1 for one in asked)
    return asked


async def test_while_slack_fails_discord_is_answered_and_slack_is_tried_again(
    both: Both, tmp_path: Path
) -> None:
    error = {"ok": False, "error": "internal_error"}
    both.slack.faults.append(Fault("auth.test", answer=error, times=2))
    bot = await started(both, tmp_path)
    await both.discord.connected()
    await answered(both, "discord")
    await both.slack.transport.ready()
    await answered(both, "slack", "discord")
    status, said = await bot.stop()
    assert status == 0
    assert said.count("slack fell and is started anew in ") == 2
    assert "Slack cannot answer at this moment" in said
    assert "slack is connected." in said


async def test_while_slack_is_away_discord_is_answered(both: Both, tmp_path: Path) -> None:
    bot = await started(both, tmp_path, NEWSDESK_SLACK_API_URL="http://127.0.0.1:9/api/")
    await both.discord.connected()
    await answered(both, "discord")
    while "platform fell" not in bot.log.read_text("utf-8"):  # noqa: ASYNC110 - of a process
        await asyncio.sleep(0.05)
    status, said = await bot.stop()
    assert status == 0
    assert "Slack cannot be reached: check the network and NEWSDESK_SLACK_API_URL." in said


async def test_a_wrong_token_of_one_platform_leaves_the_other(both: Both, tmp_path: Path) -> None:
    bot = await started(both, tmp_path, DISCORD_TOKEN="wrong")  # noqa: S106 - none at all
    await both.slack.transport.ready()
    await answered(both, "slack")
    status, said = await bot.stop()
    assert status == 0
    assert "discord is given up: Discord does not take the token in DISCORD_TOKEN" in said


async def test_a_second_run_on_the_same_database_is_refused_and_the_first_goes_on(
    both: Both, tmp_path: Path
) -> None:
    bot = await started(both, tmp_path)
    await both.connected()
    status, said = await (await started(both, tmp_path)).end()
    assert status == 1
    assert "Another newsdesk run answers on discord from this database already" in said
    await answered(both, "slack", "discord")
    assert (await bot.stop())[0] == 0


async def test_whoever_watches_sees_both(both: Both, tmp_path: Path) -> None:
    port = free_port()
    bot = await started(both, tmp_path, NEWSDESK_WATCH_PORT=str(port))
    await both.connected()
    await answered(both, "slack", "discord")
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as visitor:
        async with visitor.get("/readyz") as page:
            platforms = (await page.json())["platforms"]
            assert (page.status, platforms) == (200, {"slack": True, "discord": True})
        async with visitor.get("/metrics") as page:
            figures = (await page.text()).splitlines()
    for platform in ("slack", "discord"):
        assert f'newsdesk_platform_up{{platform="{platform}"}} 1.0' in figures
        assert f'newsdesk_questions_total{{platform="{platform}",verdict="found"}} 1.0' in figures
    assert (await bot.stop())[0] == 0


async def test_systemd_hears_of_a_bot_that_serves_and_lives(both: Both, tmp_path: Path) -> None:
    name = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(name)
        bot = await started(both, tmp_path, NOTIFY_SOCKET=name, WATCHDOG_USEC="600000000")
        await both.connected()
        assert [systemd.recv(100), systemd.recv(100)] == [b"READY=1", b"WATCHDOG=1"]
        assert (await bot.stop())[0] == 0
        assert systemd.recv(100) == b"STOPPING=1"


async def test_who_asks_too_often_is_told_so_privately_on_both(both: Both, tmp_path: Path) -> None:
    bot = await started(both, tmp_path, NEWSDESK_PERSON_LIMIT="1")
    await both.connected()
    await answered(both, "slack", "discord")
    posted = [len(messages) for messages in both.messages(0)]
    await both.ask_on_slack(0, QUESTION)
    await both.ask_on_discord(0, QUESTION)
    async with asyncio.timeout(PATIENCE):
        while not all(AGAIN in text for text in both.told_privately(0)):  # noqa: ASYNC110 - as people look
            await asyncio.sleep(0.02)
    assert [len(messages) for messages in both.messages(0)] == [one + 1 for one in posted]
    assert (await bot.stop())[0] == 0


async def test_a_port_that_is_taken_is_named(both: Both, tmp_path: Path) -> None:
    taken = str(both.discord.port)
    status, said = await (await started(both, tmp_path, NEWSDESK_WATCH_PORT=taken)).end()
    assert status == 1
    assert f"Nothing can listen on 127.0.0.1:{taken}" in said


# newsdesk check


def slack_settings(both: Both) -> Settings:
    own = both.settings
    return Settings(
        SLACK_BOT_TOKEN=SecretStr(own["SLACK_BOT_TOKEN"]),
        SLACK_APP_TOKEN=SecretStr(own["SLACK_APP_TOKEN"]),
        slack_api_url=own["NEWSDESK_SLACK_API_URL"],
    )


async def test_the_check_says_as_whom_slack_knows_the_bot(both: Both) -> None:
    said = await slack_adapter.check(slack_settings(both))
    assert said == "The tokens are those of U0NEWSDESK in T0NEWSROOM, with every scope."


async def test_the_check_names_the_scope_that_is_missing(both: Both) -> None:
    both.slack.scopes.remove("files:read")
    with pytest.raises(PlatformProblem, match="lacks the scope files:read"):
        await slack_adapter.check(slack_settings(both))
    both.slack.scopes.add("files:read")


async def test_the_check_says_that_slack_is_away(both: Both) -> None:
    settings = slack_settings(both).model_copy(update={"slack_api_url": "http://127.0.0.1:9/api/"})
    with pytest.raises(PlatformAway, match="Slack cannot be reached"):
        await slack_adapter.check(settings)
