"""What Discord does when it is not well, and what the bot makes of it."""

import pytest

from tests.e2e.bot_process import BotProcess
from tests.e2e.discord.conftest import Newsroom
from tests.e2e.discord.fake import is_private, text_of

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]

QUESTION = "Who is the president of NOBLE?"
SAID = "President** Perry Tarrant said"
CALLBACK, ORIGINAL, CHANNEL = r"/callback$", r"/@original$", r"^/channels/"
FOLLOW_UP = r"^/webhooks/\d+/[^/]+$"
LIMITED = {"message": "You are being rate limited.", "retry_after": 0.05, "global": False}


async def is_answered(newsroom: Newsroom) -> None:
    """Ask, and see that exactly one answer comes."""
    used = await newsroom.discord.use(newsroom.reporter, newsroom.news, "ask", question=QUESTION)
    assert SAID in text_of(await newsroom.discord.answer(used))
    assert len(used.messages) == 1


@pytest.mark.parametrize(("method", "path"), [("POST", CALLBACK), ("PATCH", ORIGINAL)])
async def test_a_rate_limit_is_waited_for(newsroom: Newsroom, method: str, path: str) -> None:
    newsroom.discord.fail_next(method, path, 429, LIMITED, Via="1.1 google")
    await is_answered(newsroom)


@pytest.mark.parametrize("path", [CHANNEL, ORIGINAL])
async def test_where_cloudflare_takes_nothing_for_a_while_it_is_tried_again(
    newsroom: Newsroom, path: str
) -> None:
    method = "POST" if path == CHANNEL else "PATCH"
    for _ in range(2):
        newsroom.discord.fail_next(method, path, 429, {"message": "error code: 1015"})
    if path == ORIGINAL:
        await is_answered(newsroom)
        return
    message = await newsroom.discord.say(
        newsroom.reporter, newsroom.news, f"{newsroom.mention} {QUESTION}"
    )
    assert SAID in text_of(await newsroom.discord.reply_to(message))


async def test_an_error_of_discords_is_tried_again(newsroom: Newsroom) -> None:
    newsroom.discord.fail_next("POST", CHANNEL, 502)
    message = await newsroom.discord.say(
        newsroom.reporter, newsroom.news, f"{newsroom.mention} {QUESTION}"
    )
    assert SAID in text_of(await newsroom.discord.reply_to(message))


async def test_what_discord_refuses_to_show_is_said(newsroom: Newsroom, bot: BotProcess) -> None:
    newsroom.discord.fail_next("PATCH", ORIGINAL, 400, {"code": 50035, "message": "Invalid"})
    used = await newsroom.discord.use(newsroom.reporter, newsroom.news, "ask", question=QUESTION)
    said = text_of(await newsroom.discord.answer(used))
    assert said.startswith("Something went wrong on our side")
    assert said.rstrip(".").split()[-1] in bot.log.read_text(encoding="utf-8")


@pytest.mark.parametrize("code", [50083, 160005], ids=["archived", "locked"])
async def test_where_a_thread_is_closed_that_is_said(newsroom: Newsroom, code: int) -> None:
    discord, reporter = newsroom.discord, newsroom.reporter
    used = await discord.use(reporter, newsroom.thread, "ask", question=QUESTION)
    answer = await discord.answer(used)
    discord.fail_next("POST", FOLLOW_UP, 400, {"code": code, "message": "closed"})
    pressed = await discord.press(reporter, answer, "Share here")
    said = await discord.answer(pressed)
    assert text_of(said).startswith("This thread is archived or locked")
    assert is_private(said)


async def test_what_discord_refuses_to_show_in_a_channel_is_said_there(
    newsroom: Newsroom,
) -> None:
    newsroom.discord.fail_next("POST", CHANNEL, 400, {"code": 50035, "message": "Invalid"})
    message = await newsroom.discord.say(
        newsroom.reporter, newsroom.news, f"{newsroom.mention} {QUESTION}"
    )
    reply = await newsroom.discord.reply_to(message)
    assert text_of(reply).startswith("Something went wrong on our side")


async def test_an_acknowledgement_that_discord_refuses_harms_nothing(newsroom: Newsroom) -> None:
    newsroom.discord.fail_next("POST", CALLBACK, 403, {"code": 50001, "message": "Missing Access"})
    used = await newsroom.discord.use(newsroom.reporter, newsroom.news, "ask", question=QUESTION)
    said = text_of(await newsroom.discord.answer(used))
    assert said.startswith("Something went wrong on our side")
    await is_answered(newsroom)


async def test_an_interaction_that_discord_has_given_up_harms_nothing(newsroom: Newsroom) -> None:
    gone = {"code": 10062, "message": "Unknown interaction"}
    newsroom.discord.fail_next("POST", CALLBACK, 404, gone)
    used = await newsroom.discord.use(newsroom.reporter, newsroom.news, "ask", question=QUESTION)
    await is_answered(newsroom)
    assert used.messages == []


async def test_what_is_delivered_twice_is_answered_once(newsroom: Newsroom) -> None:
    discord = newsroom.discord
    used = await discord.use(newsroom.reporter, newsroom.news, "ask", question=QUESTION)
    await discord.answer(used)
    await discord.resend(used)
    message = await discord.say(newsroom.reporter, newsroom.news, f"{newsroom.mention} help")
    await discord.reply_to(message)
    before = len(discord.world.messages[newsroom.news["id"]])
    await discord.gateway.send_message(message, newsroom.news)
    await is_answered(newsroom)
    assert len(discord.world.messages[newsroom.news["id"]]) == before
    assert len(used.messages) == 1


@pytest.mark.parametrize(
    ("event", "data"),
    [
        ("MESSAGE_CREATE", {}),
        ("MESSAGE_CREATE", {"id": "x", "channel_id": "1", "author": None}),
        ("INTERACTION_CREATE", {"type": 2}),
        ("INTERACTION_CREATE", None),
        ("GUILD_CREATE", {}),
        ("THREAD_CREATE", {"id": []}),
        ("GUILD_ROLE_UPDATE", "text"),
        ("NEVER_HEARD_OF", {"id": 1}),
    ],
)
async def test_a_malformed_event_is_left_out_and_nothing_else(
    newsroom: Newsroom, event: str, data: object
) -> None:
    identified = newsroom.discord.gateway.identified
    await newsroom.discord.gateway.send(event, data)
    await is_answered(newsroom)
    assert newsroom.discord.gateway.identified == identified


async def test_a_button_or_command_of_another_version_says_so(newsroom: Newsroom) -> None:
    discord = newsroom.discord
    used = await discord.use(newsroom.reporter, newsroom.news, "ask", question=QUESTION)
    answer = await discord.answer(used)
    for one in answer["components"][0]["components"]:
        for button in one.get("components", ()):
            button["custom_id"] = "gone:0:x"
    pressed = await discord.press(newsroom.reporter, answer, "File")
    assert "another version" in text_of(await discord.answer(pressed))
    discord.rest.commands.append({**discord.rest.commands[1], "name": "gone"})
    used = await discord.use(newsroom.reporter, newsroom.news, "gone", question=QUESTION)
    assert "another version" in text_of(await discord.answer(used))


@pytest.mark.parametrize("code", [4000, 1001])
async def test_a_connection_that_breaks_is_resumed_and_nothing_is_lost(
    newsroom: Newsroom, code: int
) -> None:
    discord = newsroom.discord
    resumed, identified = discord.gateway.resumed, discord.gateway.identified
    await discord.gateway.drop(code)
    await is_answered(newsroom)  # asked while the bot is away
    assert (discord.gateway.resumed, discord.gateway.identified) == (resumed + 1, identified)


async def test_the_bot_comes_again_when_discord_asks_it_to(newsroom: Newsroom) -> None:
    resumed = newsroom.discord.gateway.resumed
    await newsroom.discord.gateway.raw({"op": 7, "d": None})
    await newsroom.discord.until(lambda: newsroom.discord.gateway.resumed > resumed)
    await is_answered(newsroom)


async def test_what_cannot_be_read_at_all_starts_the_bot_on_discord_anew(
    newsroom: Newsroom,
) -> None:
    identified = newsroom.discord.gateway.identified
    await newsroom.discord.gateway.raw({"op": 0, "t": "READY", "s": 1, "d": {}})
    await newsroom.discord.until(lambda: newsroom.discord.gateway.identified > identified)
    await is_answered(newsroom)


async def test_discord_goes_away_and_forgets_the_session(newsroom: Newsroom) -> None:
    discord = newsroom.discord
    syncs = discord.rest.syncs
    await discord.stop()
    discord.gateway.sessions.clear()
    await discord.start()
    await discord.connected()
    await is_answered(newsroom)
    assert discord.rest.syncs == syncs
