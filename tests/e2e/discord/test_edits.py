"""Questions that are edited or deleted, also after a restart; and other bots that ask."""

import pytest

from tests.e2e.bot_process import BotProcess
from tests.e2e.discord.conftest import ALLOWED_BOT, Newsroom
from tests.e2e.discord.fake import Json, text_of

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]


async def ask(newsroom: Newsroom, text: str) -> tuple[Json, Json]:
    """Mention the bot; return the message and the reply."""
    said = f"{newsroom.mention} {text}"
    message = await newsroom.discord.say(newsroom.reporter, newsroom.news, said)
    return message, await newsroom.discord.reply_to(message)


async def restart(newsroom: Newsroom, bot: BotProcess) -> None:
    await bot.stop()
    newsroom.discord.gateway.sessions.clear()
    await bot.start()
    await newsroom.discord.connected()


@pytest.mark.parametrize("restarted", [False, True], ids=["at once", "after a restart"])
async def test_an_edited_question_is_answered_in_the_place_of_its_first_answer(
    newsroom: Newsroom, bot: BotProcess, *, restarted: bool
) -> None:
    discord, messages = newsroom.discord, newsroom.discord.world.messages[newsroom.news["id"]]
    message, reply = await ask(newsroom, "help ask")
    if restarted:
        await restart(newsroom, bot)
    before = len(messages)
    await discord.edit(message, f"{newsroom.mention} help list")
    await discord.until(lambda: "List the documents" in text_of(reply))
    edits = len(discord.rest.edits)
    await discord.edit(message, f"{newsroom.mention}  help list ")
    await ask(newsroom, "help ask")
    assert len(discord.rest.edits) == edits
    assert len(messages) == before + 2


async def test_an_edited_question_whose_answer_somebody_deleted_is_answered_below(
    newsroom: Newsroom,
) -> None:
    message, reply = await ask(newsroom, "help ask")
    messages = newsroom.discord.world.messages[newsroom.news["id"]]
    messages.remove(reply)
    await newsroom.discord.edit(message, f"{newsroom.mention} help list")
    assert "List the documents" in text_of(await newsroom.discord.reply_to(message))
    [refused] = newsroom.discord.violations
    assert "Unknown Message" in refused
    newsroom.discord.violations.clear()


async def test_what_discord_itself_adds_to_a_message_is_no_edit(newsroom: Newsroom) -> None:
    message, _ = await ask(newsroom, "help ask")
    messages = newsroom.discord.world.messages[newsroom.news["id"]]
    before = len(messages)
    await newsroom.discord.gateway.send_message(message, newsroom.news, "MESSAGE_UPDATE")
    await ask(newsroom, "help ask")
    assert len(messages) == before + 2


async def test_a_mention_that_is_edited_in_is_answered(newsroom: Newsroom) -> None:
    message = await newsroom.discord.say(newsroom.reporter, newsroom.news, "Who knows?")
    await newsroom.discord.edit(message, f"{newsroom.mention} help ask")
    assert "Ask the coverage" in text_of(await newsroom.discord.reply_to(message))


async def test_an_edit_that_asks_for_what_is_private_takes_the_public_answer_back(
    newsroom: Newsroom,
) -> None:
    message, reply = await ask(newsroom, "help ask")
    messages = newsroom.discord.world.messages[newsroom.news["id"]]
    await newsroom.discord.edit(message, f"{newsroom.mention} privacy")
    await newsroom.discord.until(lambda: reply not in messages)


async def test_an_edit_that_asks_for_a_file_gets_it_below(newsroom: Newsroom) -> None:
    message, reply = await ask(newsroom, "help ask")
    messages = newsroom.discord.world.messages[newsroom.news["id"]]
    source = "003_d3053dbbe095c25c.txt"
    await newsroom.discord.edit(message, f"{newsroom.mention} source {source}")
    await newsroom.discord.until(lambda: reply not in messages)
    assert source in str((await newsroom.discord.reply_to(message))["attachments"])


@pytest.mark.parametrize("restarted", [False, True], ids=["at once", "after a restart"])
async def test_a_question_that_is_deleted_takes_its_answer_with_it(
    newsroom: Newsroom, bot: BotProcess, *, restarted: bool
) -> None:
    message, reply = await ask(newsroom, "help ask")
    if restarted:
        await restart(newsroom, bot)
    messages = newsroom.discord.world.messages[newsroom.news["id"]]
    await newsroom.discord.delete(message)
    await newsroom.discord.until(lambda: reply not in messages)


async def test_questions_that_are_deleted_together_take_their_answers_with_them(
    newsroom: Newsroom,
) -> None:
    first, answer = await ask(newsroom, "help ask")
    second, gone = await ask(newsroom, "help list")
    messages = newsroom.discord.world.messages[newsroom.news["id"]]
    await newsroom.discord.delete_all(first, second, gone)
    await newsroom.discord.until(lambda: answer not in messages)


async def test_a_window_that_was_opened_before_a_restart_works(
    newsroom: Newsroom, bot: BotProcess
) -> None:
    discord = newsroom.discord
    used = await discord.use(newsroom.chief, newsroom.news, "doc add", title="Ferries " * 20)
    await discord.until(lambda: used.window)
    await restart(newsroom, bot)
    submitted = await discord.submit(used, "ferries", "The ferry line to the islands reopens.")
    said = text_of(await discord.answer(submitted)).replace("\\", "")
    assert "title: Ferries Ferries" in said


async def test_a_window_of_which_nothing_is_known_says_so(newsroom: Newsroom) -> None:
    discord = newsroom.discord
    used = await discord.use(newsroom.chief, newsroom.news, "doc add", title="Ferries")
    window = await discord.until(lambda: used.window)
    window["custom_id"] = "window:add:0000"
    submitted = await discord.submit(used, "ferries", "The ferry line reopens.")
    assert "window is too old" in text_of(await discord.answer(submitted))


async def test_another_bot_is_answered_where_it_is_allowed_and_not_for_ever(
    newsroom: Newsroom,
) -> None:
    discord, world = newsroom.discord, newsroom.discord.world
    other = world.people[newsroom.allowed["id"]]
    assert other["id"] == ALLOWED_BOT
    said = [
        await discord.say(other, newsroom.news, f"{newsroom.mention} help ask") for _ in range(25)
    ]
    await discord.reply_to(said[19])
    await ask(newsroom, "help ask")
    answered = {
        one["message_reference"]["message_id"]
        for one in world.messages[newsroom.news["id"]]
        if one.get("message_reference")
    }
    assert [one["id"] in answered for one in said] == [True] * 20 + [False] * 5
