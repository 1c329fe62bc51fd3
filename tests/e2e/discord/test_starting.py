"""Starting on Discord: what keeps the bot from it is one sentence; and ending."""

import asyncio
import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.adapters.discord_adapter import check
from bot.adapters.platform import PlatformAway, PlatformProblem
from bot.settings import Settings
from tests.e2e.bot_process import BotProcess
from tests.e2e.discord.conftest import Newsroom
from tests.e2e.discord.fake import Json, text_of
from tests.e2e.discord.fake.world import ATTACH_FILES, EVERYBODY, VIEW

pytestmark = pytest.mark.asyncio(loop_scope="module")

LIMITED = {"message": "You are being rate limited.", "retry_after": 0.5, "global": False}
REVOKED = "Discord does not take the token in DISCORD_TOKEN"
WRONG_TOKEN, WRONG_INTENTS = 4004, 4014
"""With what Discord closes a connection; docs.discord.com, gateway close codes."""
INTENTS = "Discord refuses the intents guilds, guild messages and direct"


def log_of(bot: BotProcess) -> str:
    return bot.log.read_text(encoding="utf-8") if bot.log.exists() else ""


@pytest.mark.parametrize("token", ["wrong", "two\nlines", "ünïcode"])
async def test_a_wrong_token_is_one_sentence(
    newsroom: Newsroom, tmp_path: Path, token: str
) -> None:
    settings = {**newsroom.settings, "DISCORD_TOKEN": token}
    status, said = await (await BotProcess(tmp_path, **settings).start()).end()
    assert status == 1
    [sentence] = said.splitlines()
    assert REVOKED in sentence
    assert token not in said


@pytest.mark.parametrize(("code", "sentence"), [(WRONG_TOKEN, REVOKED), (WRONG_INTENTS, INTENTS)])
async def test_what_the_gateway_refuses_is_one_sentence(
    newsroom: Newsroom, tmp_path: Path, code: int, sentence: str
) -> None:
    newsroom.discord.gateway.close_with = code
    status, said = await (await BotProcess(tmp_path, **newsroom.settings).start()).end()
    newsroom.discord.gateway.close_with = None
    assert status == 1
    assert sentence in said


async def test_a_token_that_is_revoked_under_way_ends_the_bot_with_a_sentence(
    newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway = newsroom.discord.gateway
    gateway.sessions.clear()
    bot = await BotProcess(tmp_path, **newsroom.settings).start()
    await newsroom.discord.connected()
    monkeypatch.setattr(gateway, "close_with", WRONG_TOKEN)
    await gateway.drop(WRONG_TOKEN)
    status, said = await bot.end()
    assert status == 1
    assert REVOKED in said


async def test_where_discord_is_away_the_bot_says_so_and_waits(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    discord = newsroom.discord
    await discord.stop()
    bot = await BotProcess(tmp_path, **newsroom.settings).start()
    while "platform fell" not in log_of(bot):  # noqa: ASYNC110 - a process has no event
        await asyncio.sleep(0.05)
    await discord.start()
    await discord.connected()
    _, said = await bot.stop()
    assert "Discord cannot be reached at http" in said


async def test_commands_are_told_again_only_when_they_changed(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    discord = newsroom.discord
    told = []
    changes: list[Json] = [{}, {"description": "Something else"}, {"options": []}]
    for change in changes:
        discord.rest.commands[1] |= change
        discord.gateway.sessions.clear()
        bot = await BotProcess(tmp_path, **newsroom.settings).start()
        await discord.connected()
        told.append(discord.rest.syncs)
        await bot.stop()
    first = told[0]
    assert told == [first, first + 1, first + 2]


async def test_where_the_commands_cannot_be_told_the_bot_answers_nevertheless(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    discord = newsroom.discord
    discord.gateway.sessions.clear()
    discord.fail_next("GET", "/commands$", 400, {"code": 0, "message": "?"})
    bot = await BotProcess(tmp_path, **newsroom.settings).start()
    await discord.connected()
    message = await discord.say(newsroom.reporter, newsroom.news, f"{newsroom.mention} help")
    assert "/ask" in text_of(await discord.reply_to(message))
    await bot.stop()
    assert "could not be told to Discord" in log_of(bot)


async def test_many_guilds_are_spread_over_shards(newsroom: Newsroom, tmp_path: Path) -> None:
    """The fake sends every event to both shards, so that one of the two must be passed over."""
    discord = newsroom.discord
    discord.gateway.sessions.clear()
    discord.gateway.shards = 2
    bot = await BotProcess(tmp_path, **newsroom.settings).start()
    await discord.until(lambda: len(discord.gateway.sessions) == 2)
    assert [one.shard for one in discord.gateway.sessions] == [[0, 2], [1, 2]]
    used = await discord.use(newsroom.reporter, newsroom.news, "help")
    await discord.answer(used)
    assert (await bot.stop())[0] == 0
    discord.gateway.shards = 1
    assert len(used.messages) == 1
    assert discord.violations == []


async def test_what_is_being_answered_is_finished_before_the_bot_ends(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    discord = newsroom.discord
    discord.gateway.sessions.clear()
    bot = await BotProcess(tmp_path, **newsroom.settings).start()
    await discord.connected()
    limited = {"message": "wait", "retry_after": 1.0, "global": False}
    discord.fail_next("PATCH", r"^/webhooks/", 429, limited, Via="1.1 google")
    used = await discord.use(newsroom.reporter, newsroom.news, "help")
    await discord.until(lambda: not discord.rest.faults)
    assert (await bot.stop())[0] == 0
    assert "/ask" in text_of(await discord.answer(used))
    assert discord.violations == []


async def test_the_gateway_of_the_settings_is_used(newsroom: Newsroom, tmp_path: Path) -> None:
    discord = newsroom.discord
    discord.gateway.sessions.clear()
    url, discord.gateway.url = discord.gateway.url, "ws://127.0.0.1:9/"
    settings = {**newsroom.settings, "NEWSDESK_DISCORD_GATEWAY_URL": url}
    bot = await BotProcess(tmp_path, **settings).start()
    await discord.connected()
    discord.gateway.url = url
    await bot.stop()


async def test_where_too_many_wait_in_one_channel_the_others_are_told_in_direct_messages(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    discord, news = newsroom.discord, newsroom.news
    discord.gateway.sessions.clear()
    discord.fail_next("POST", f"^/channels/{news['id']}/messages", 429, LIMITED, Via="1.1 google")
    bot = await BotProcess(tmp_path, **newsroom.settings, NEWSDESK_WAITING="1").start()
    await discord.connected()
    direct = discord.world.messages[newsroom.direct["id"]]
    before = len(direct)
    said = [
        await discord.say(newsroom.reporter, news, f"{newsroom.mention} Who leads NOBLE?")
        for _ in range(6)
    ]
    ids = {one["id"] for one in said}

    def all_are_told() -> list[str] | None:
        replies = [
            one
            for one in discord.world.messages[news["id"]]
            if one.get("message_reference", {}).get("message_id") in ids
        ]
        told = [text_of(one) for one in direct[before:]]
        return told if len(replies) + len(told) == len(said) else None

    told = await discord.until(all_are_told)
    assert 1 <= len(told) <= 4  # the one that is answered, and the one that waits, are answered
    assert all("Too many people ask at this moment" in one for one in told)
    assert (await bot.stop())[0] == 0


async def test_the_check_says_as_whom_discord_knows_the_bot_and_where(newsroom: Newsroom) -> None:
    name = newsroom.discord.world.bot["username"]
    said = await check(settings_of(newsroom))
    assert re.fullmatch(rf"The token is that of {name}\S*, in \d+ servers?\.", said)


async def test_the_check_says_which_right_the_bot_lacks_in_a_server(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    [everyone, *_] = newsroom.guild["roles"]
    monkeypatch.setitem(everyone, "permissions", str(EVERYBODY & ~(VIEW | ATTACH_FILES)))
    said = "In The Paper the bot may not view channels, attach files: invite it with the address"
    with pytest.raises(PlatformProblem, match=said):
        await check(settings_of(newsroom))


async def test_the_check_says_that_the_bot_is_in_no_server_yet(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newsroom.discord.world, "guilds", {})
    with pytest.raises(PlatformProblem, match="in no server yet; invite it"):
        await check(settings_of(newsroom))


async def test_the_check_says_what_is_wrong_with_the_token(newsroom: Newsroom) -> None:
    with pytest.raises(PlatformProblem, match="does not take the token in DISCORD_TOKEN"):
        await check(settings_of(newsroom, DISCORD_TOKEN="wrong"))  # noqa: S106 - none at all


async def test_the_check_says_that_discord_is_away(newsroom: Newsroom) -> None:
    nowhere = {"NEWSDESK_DISCORD_API_URL": "http://127.0.0.1:9/api/v10"}
    with pytest.raises(PlatformAway, match="cannot be reached at http://127"):
        await check(settings_of(newsroom, **nowhere))


async def test_the_check_says_that_discord_answers_with_an_error(newsroom: Newsroom) -> None:
    newsroom.discord.fail_next("GET", "/users/@me$", 403)
    with pytest.raises(
        PlatformAway, match=r"answers at http://127\S+ with an error \(status 403\)"
    ):
        await check(settings_of(newsroom))


async def test_a_discord_that_answers_with_an_error_is_tried_again(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    discord = newsroom.discord
    discord.gateway.sessions.clear()
    discord.fail_next("GET", "/users/@me$", 403)  # as its guard against floods does
    bot = await BotProcess(tmp_path, **newsroom.settings).start()
    await discord.connected()
    status, said = await bot.stop()
    assert status == 0
    assert "discord fell and is started anew" in said
    assert "with an error (status 403)" in said


def settings_of(newsroom: Newsroom, **others: str) -> Settings:
    own = {**newsroom.discord.settings, **others}
    return Settings(
        DISCORD_TOKEN=SecretStr(own["DISCORD_TOKEN"]),
        discord_api_url=own["NEWSDESK_DISCORD_API_URL"],
    )
