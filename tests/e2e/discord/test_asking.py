"""Discord from end to end: the real bot as a process of its own, over real HTTP and websockets."""

import re

import pytest

from bot.adapters.discord_adapter.client import PERMISSIONS
from bot.registry import REGISTRY
from tests.conftest import ROOT
from tests.e2e.bot_process import BotProcess
from tests.e2e.discord.conftest import Newsroom
from tests.e2e.discord.fake import Json, files_of, forwarding, is_private, labels, text_of
from tests.e2e.discord.fake.interactions import THINKING
from tests.e2e.discord.fake.world import (
    ATTACH_FILES,
    EVERYBODY,
    READ_HISTORY,
    SEND,
    SEND_IN_THREADS,
    VIEW,
)

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]

MISSING = [
    (VIEW, "news"),
    (SEND, "news"),
    (SEND_IN_THREADS, "thread"),
    (ATTACH_FILES, "news"),
    (READ_HISTORY, "news"),
]
QUESTION = "Who is the president of NOBLE?"
SAID = "President** Perry Tarrant said"


async def test_every_word_is_a_command_that_those_see_who_may_use_it(newsroom: Newsroom) -> None:
    commands = {command["name"]: command for command in newsroom.discord.rest.commands}
    menus = {"Find in coverage", "Check this quote", "Add to coverage"}
    everybody = {entry.word for entry in REGISTRY if not entry.moderators_only}
    assert set(commands) == {"doc"} | everybody | menus
    moderators = {entry.word for entry in REGISTRY if entry.moderators_only}
    assert {option["name"] for option in commands["doc"]["options"]} == moderators
    for hidden in ("doc", "Add to coverage"):
        assert commands[hidden]["default_member_permissions"] == str(1 << 5)
        assert commands[hidden]["contexts"] == [0]
    assert commands["ask"]["contexts"] == [0, 1]
    names = [option["name"] for option in commands["ask"]["options"]]
    assert names == ["question", "in", "from", "by", "since", "until"]


async def test_a_question_is_answered_privately_at_once(newsroom: Newsroom) -> None:
    discord = newsroom.discord
    used = await discord.use(newsroom.reporter, newsroom.news, "ask", question=QUESTION)
    answer = await discord.answer(used)
    assert is_private(answer)
    assert SAID in text_of(answer)
    assert used.acknowledged
    assert used.acknowledged["type"] == THINKING
    assert labels(answer)[:3] == ["Before / After", "File", "Verify"]


async def test_a_question_is_narrowed_by_its_options(newsroom: Newsroom) -> None:
    filters = {"in": "001_69064135e9c191c9.txt", "until": "2016"}
    used = await newsroom.discord.use(
        newsroom.reporter, newsroom.news, "ask", question=QUESTION, **filters
    )
    assert "Not in the coverage." in text_of(await newsroom.discord.answer(used))


@pytest.mark.parametrize("place", ["news", "thread", "post"])
async def test_a_mention_is_answered_where_everybody_sees_it(
    newsroom: Newsroom, place: str
) -> None:
    channel = getattr(newsroom, place)
    message = await newsroom.discord.say(
        newsroom.reporter, channel, f"{newsroom.mention} {QUESTION}"
    )
    reply = await newsroom.discord.reply_to(message)
    assert SAID in text_of(reply)
    assert "Share here" not in labels(reply)
    assert not is_private(reply)


async def test_a_direct_message_is_answered_there_from_the_shared_documents(
    newsroom: Newsroom,
) -> None:
    message = await newsroom.discord.say(newsroom.reporter, newsroom.direct, QUESTION)
    reply = await newsroom.discord.reply_to(message)
    assert SAID in text_of(reply)
    pressed = await newsroom.discord.press(newsroom.reporter, reply, "Before / After")
    assert not is_private(await newsroom.discord.answer(pressed))


async def test_a_message_that_is_forwarded_to_the_bot_is_looked_for(newsroom: Newsroom) -> None:
    discord, reporter = newsroom.discord, newsroom.reporter
    message = await discord.say(reporter, newsroom.direct, "", changes=forwarding(QUESTION))
    assert SAID in text_of(await discord.reply_to(message))
    order = await discord.say(reporter, newsroom.direct, "", changes=forwarding("help"))
    assert "Nothing to look for" in text_of(await discord.reply_to(order))  # it is no command
    picture = await discord.say(reporter, newsroom.direct, "")
    assert "Ask the coverage" in text_of(await discord.reply_to(picture))


@pytest.mark.parametrize(
    "changes",
    [
        forwarding(QUESTION),
        forwarding("", embeds=[{"title": "Orlando", "description": QUESTION}]),
        {"embeds": [{"type": "rich", "description": QUESTION}]},
    ],
    ids=["forwarded", "forwarded from a feed", "a feed's"],
)
async def test_what_a_message_shows_can_be_found_in_the_coverage(
    newsroom: Newsroom, changes: Json
) -> None:
    discord = newsroom.discord
    message = await discord.say(newsroom.chief, newsroom.news, "", changes=changes)
    used = await discord.choose(newsroom.reporter, "Find in coverage", message)
    assert SAID in text_of(await discord.answer(used))


async def test_emoji_and_colleagues_in_a_question_are_no_words_of_it(newsroom: Newsroom) -> None:
    discord, mention = newsroom.discord, newsroom.mention
    asked = f"<:kek:123456> {QUESTION} <a:dance:7> <@{newsroom.editor['id']}> <@&12> <#34>"
    message = await discord.say(newsroom.reporter, newsroom.news, f"{mention} {asked}")
    reply = text_of(await discord.reply_to(message))
    assert SAID in reply
    assert "nowhere" not in reply
    used = await discord.use(newsroom.reporter, newsroom.news, "ask", question=asked)
    assert "nowhere" not in text_of(await discord.answer(used))


async def test_what_is_not_for_the_bot_is_left_alone(newsroom: Newsroom) -> None:
    discord, world = newsroom.discord, newsroom.discord.world
    other = world.person("Otherbot", bot=True)
    world.member(newsroom.guild, other)
    for person, text in [
        (newsroom.reporter, QUESTION),
        (newsroom.reporter, "<@123> hello"),
        (other, f"{newsroom.mention} {QUESTION}"),
        (world.bot, f"{newsroom.mention} {QUESTION}"),
    ]:
        await discord.say(person, newsroom.news, text)
    before = len(world.messages[newsroom.news["id"]])
    message = await discord.say(newsroom.reporter, newsroom.news, f"{newsroom.mention} help")
    await discord.reply_to(message)
    assert len(world.messages[newsroom.news["id"]]) == before + 2


async def test_a_reply_to_an_answer_is_talk_among_colleagues(newsroom: Newsroom) -> None:
    discord, bot = newsroom.discord, newsroom.discord.world.bot
    asked = await discord.say(newsroom.reporter, newsroom.news, f"{newsroom.mention} help")
    answer = await discord.reply_to(asked)
    messages = discord.world.messages[newsroom.news["id"]]
    before = len(messages)
    reply = {"channel_id": answer["channel_id"], "message_id": answer["id"]}
    changes = {"type": 19, "mentions": [bot], "message_reference": reply}
    await discord.say(newsroom.editor, newsroom.news, "Thanks, that helps!", changes=changes)
    said = f"{newsroom.mention} help ask"
    again = await discord.say(newsroom.editor, newsroom.news, said, changes=changes)
    assert "Ask the coverage" in text_of(await discord.reply_to(again))
    assert len(messages) == before + 3


async def test_who_mentions_the_bots_role_is_told_how_to_mention_it(newsroom: Newsroom) -> None:
    role = next(role for role in newsroom.guild["roles"] if role["managed"])
    message = await newsroom.discord.say(
        newsroom.reporter, newsroom.news, f"<@&{role['id']}> {QUESTION}"
    )
    assert "mention me by my name" in text_of(await newsroom.discord.reply_to(message))


async def test_a_mention_takes_the_same_words(newsroom: Newsroom) -> None:
    message = await newsroom.discord.say(
        newsroom.reporter, newsroom.news, f"{newsroom.mention} source 003_d3053dbbe095c25c.txt"
    )
    assert files_of(await newsroom.discord.reply_to(message)) == ["003_d3053dbbe095c25c.txt"]


async def test_the_buttons_of_an_answer(newsroom: Newsroom) -> None:
    discord, reporter = newsroom.discord, newsroom.reporter
    used = await discord.use(reporter, newsroom.news, "ask", question=QUESTION)
    answer = await discord.answer(used)
    more = next(label for label in labels(answer) if label.startswith("More"))
    shown = {}
    for label in ["Before / After", "File", "Verify", more, "Helpful", "Not helpful", "Share here"]:
        shown[label] = await discord.answer(await discord.press(reporter, answer, label))
    assert {label for label, reply in shown.items() if not is_private(reply)} == {"Share here"}
    assert "> In a statement Monday" in text_of(shown["Before / After"])
    assert files_of(shown["File"]) == ["001_69064135e9c191c9.txt"]
    assert text_of(shown["Verify"]).startswith("**Unchanged since")
    assert "[4] " in text_of(shown[more])
    assert text_of(shown["Helpful"]) == "Thank you; it is noted."
    assert text_of(shown["Share here"]).startswith(f"-# Robin asked: {QUESTION}")
    assert SAID in text_of(shown["Share here"])
    public = await discord.press(reporter, shown["Share here"], "File")
    assert not is_private(await discord.answer(public))


async def test_buttons_go_on_working_after_a_restart(newsroom: Newsroom, bot: BotProcess) -> None:
    discord = newsroom.discord
    used = await discord.use(newsroom.reporter, newsroom.news, "ask", question=QUESTION)
    answer = await discord.answer(used)
    syncs = discord.rest.syncs
    await bot.stop()
    discord.gateway.sessions.clear()
    await bot.start()
    await discord.connected()
    pressed = await discord.press(newsroom.reporter, answer, "Before / After")
    assert "> In a statement Monday" in text_of(await discord.answer(pressed))
    assert discord.rest.syncs == syncs


async def test_find_in_coverage_takes_a_message_as_the_question(newsroom: Newsroom) -> None:
    discord = newsroom.discord
    message = await discord.say(newsroom.chief, newsroom.news, QUESTION)
    answer = await discord.answer(
        await discord.choose(newsroom.reporter, "Find in coverage", message)
    )
    assert is_private(answer)
    assert SAID in text_of(answer)
    empty = await discord.say(newsroom.chief, newsroom.news, "")
    used = await discord.choose(newsroom.reporter, "Find in coverage", empty)
    assert text_of(await discord.answer(used)) == "This message has no text to look for."


async def test_check_this_quote_holds_the_quotation_in_a_message_against_the_coverage(
    newsroom: Newsroom,
) -> None:
    discord = newsroom.discord
    said = "He told them “We cannot succeed without you. It’s that simple.” on Monday."
    message = await discord.say(newsroom.chief, newsroom.news, said)
    used = await discord.choose(newsroom.reporter, "Check this quote", message)
    checked = await discord.answer(used)
    assert is_private(checked)
    assert "Exact." in text_of(checked)
    empty = await discord.say(newsroom.chief, newsroom.news, "")
    used = await discord.choose(newsroom.reporter, "Check this quote", empty)
    assert text_of(await discord.answer(used)) == "This message has no text to check."


async def test_many_questions_at_once_are_all_answered_and_none_twice(
    newsroom: Newsroom,
) -> None:
    discord = newsroom.discord
    asked = [
        await discord.use(newsroom.reporter, newsroom.news, "ask", question=f"{QUESTION} {number}")
        for number in range(200)
    ]
    answers = [await discord.answer(used) for used in asked]
    assert all("receipt" in text_of(answer) for answer in answers)
    assert {len(used.messages) for used in asked} == {1}


@pytest.mark.parametrize(("permission", "place"), MISSING)
async def test_where_the_bot_may_not_reply_it_tells_whoever_asked(
    newsroom: Newsroom, permission: int, place: str
) -> None:
    channel = getattr(newsroom, place)
    text = f"{newsroom.mention} source 003_d3053dbbe095c25c.txt"
    messages = newsroom.discord.world.messages[newsroom.direct["id"]]
    before = len(messages)
    channel["denied"] = permission
    await newsroom.discord.say(newsroom.reporter, channel, text)
    await newsroom.discord.until(lambda: len(messages) > before)
    channel["denied"] = 0
    assert f"I may not write in <#{channel['id']}>" in text_of(messages[-1])


async def test_the_invitation_asks_for_the_permissions_that_a_reply_needs_and_no_more() -> None:
    guide = (ROOT / "deploy" / "discord.md").read_text(encoding="utf-8")
    [invited] = re.findall(r"permissions=(\d+)", guide)
    needed = {permission for permission, _ in MISSING}
    assert int(invited) == PERMISSIONS.value == EVERYBODY == sum(needed)
