"""What was in the air when the bot was killed: answered after a restart, once, or told of."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.ledger import INTERRUPTED, LEFT_HALF
from bot.adapters.links import Links
from bot.app import seed_files
from bot.desk import Desk
from retrieval import Library, Waiting
from tests.e2e.bot_process import BotProcess
from tests.e2e.both import Both
from tests.e2e.discord.fake import text_of
from tests.e2e.slack.fake import Fault
from tests.e2e.slack.fake.world import BOT

QUESTION = "Who is the president of NOBLE?"
SAID = "Perry Tarrant"
AN_AGE = timedelta(minutes=20)
FOR_EVER = timedelta(hours=5)


@asynccontextmanager
async def platforms() -> AsyncIterator[Both]:
    """Return both platforms, without a bot."""
    both = Both(channels=2)
    await both.start()
    try:
        yield both
    finally:
        await both.stop()


@asynccontextmanager
async def bot_on(both: Both, folder: Path) -> AsyncIterator[BotProcess]:
    """Run a bot until the block ends."""
    bot = await BotProcess(folder, **both.settings).start()
    await both.connected()
    yield bot
    assert (await bot.stop())[0] == 0


async def killed(both: Both, bot: BotProcess) -> None:
    """Kill a bot, and let the platforms see that it is gone."""
    await bot.kill()
    await both.slack.until(lambda: not both.slack.sockets.open)
    both.discord.gateway.sessions.clear()


async def left(folder: Path, *waiting: Waiting) -> None:
    """Make a database as a bot leaves it that was killed while these requests waited."""
    async with Library.open(folder / "newsdesk.db") as library:
        for seed in seed_files():
            await library.add(seed.read_bytes(), seed.name)
        for one in waiting:
            await library.accepted.keep(one)
            if one.is_begun:
                await library.accepted.mark(one.platform, one.id, is_begun=True)


async def nothing_left(folder: Path) -> None:
    """Wait until nobody waits any more: Discord's guilds may take two seconds to come."""
    async with Library.open(folder / "newsdesk.db") as library, asyncio.timeout(20):
        while await library.accepted.left("slack") + await library.accepted.left("discord"):  # noqa: ASYNC110 - of a process
            await asyncio.sleep(0.05)


async def asked_twice(both: Both) -> None:
    """Ask on Slack, and within a second of the answer once more: that one has to wait."""
    await both.connected()
    await both.ask_on_slack(0, QUESTION)
    await both.settled(20)
    await both.ask_on_slack(0, QUESTION)
    await both.slack.until(lambda: all(one.done() for one in both.telling))


async def each_is_answered_once(both: Both) -> None:
    """Wait until both questions are answered, and see that nobody was told to ask again."""
    await both.settled(20)
    assert [len(one.answers) for one in both.asked] == [1, 1]
    assert both.slack.world.whispers == []


async def test_slack_gets_each_answer_once_and_is_told_of_the_one_in_doubt(tmp_path: Path) -> None:
    async with platforms() as both:
        slack = both.slack
        slack.faults.append(Fault("chat.postMessage", seconds=60))
        bot = await BotProcess(tmp_path, **both.settings).start()
        await both.connected()
        await both.ask_on_slack(0, QUESTION)
        await slack.until(lambda: slack.calls["chat.postMessage"])
        await both.ask_on_slack(0, QUESTION)  # waits for its turn behind the first
        await slack.until(lambda: all(one.done() for one in both.telling))
        await killed(both, bot)
        async with bot_on(both, tmp_path):
            sent, waiting = both.asked
            await slack.until(lambda: waiting.answers)
            user, channel = both.slack_place(0)
            [told] = [await slack.whisper(user, channel)]
            assert told["text"] == INTERRUPTED.text
            await asyncio.sleep(1.5)  # for an answer too many
            assert (len(sent.answers), len(waiting.answers)) == (0, 1)
            await nothing_left(tmp_path)


async def test_a_reply_that_waits_until_slack_takes_one_in_the_channel_is_in_no_doubt(
    tmp_path: Path,
) -> None:
    async with platforms() as both:
        bot = await BotProcess(tmp_path, **both.settings).start()
        await asked_twice(both)
        await asyncio.sleep(0.3)  # less than Slack's second
        await killed(both, bot)
        async with bot_on(both, tmp_path):
            await each_is_answered_once(both)
            await nothing_left(tmp_path)


async def test_a_reply_that_waits_until_slack_is_there_again_is_in_no_doubt(tmp_path: Path) -> None:
    async with platforms() as both:
        bot = await BotProcess(tmp_path, **both.settings).start()
        await asked_twice(both)
        await both.slack.cut_off()
        await asyncio.sleep(1.5)  # until it was tried and could not be sent
        await bot.kill()
        both.discord.gateway.sessions.clear()
        await both.slack.mend()
        async with bot_on(both, tmp_path):
            await each_is_answered_once(both)
            await nothing_left(tmp_path)


async def test_a_bot_that_may_ask_gets_its_answer_and_is_told_of_no_other(tmp_path: Path) -> None:
    async with platforms() as both:
        slack, settings = both.slack, {"NEWSDESK_SLACK_BOTS": "B1WIRE"}
        user, channel = both.slack_place(0)
        slack.faults.append(Fault("chat.postMessage", seconds=60))
        bot = await BotProcess(tmp_path, **both.settings, **settings).start()
        await both.connected()
        wire = {"bot_id": "B1WIRE", "subtype": "bot_message", "user": None}
        sent, waiting = (slack.write(user, channel, f"<@{BOT}> {QUESTION}") for _ in range(2))
        assert (await slack.tell_bot(sent, **wire)).acknowledged
        await slack.until(lambda: slack.calls["chat.postMessage"])
        assert (await slack.tell_bot(waiting, **wire)).acknowledged  # behind the first
        await killed(both, bot)
        bot = await BotProcess(tmp_path, **both.settings, **settings).start()
        await both.connected()
        await slack.reply(waiting)
        await nothing_left(tmp_path)
        assert (await bot.stop())[0] == 0
        assert slack.replies(sent) == slack.world.whispers == []


async def test_discord_gets_the_answer_that_it_had_not_got(tmp_path: Path) -> None:
    async with platforms() as both:
        discord = both.discord
        discord.rest.is_in_trouble = False
        bot = await BotProcess(tmp_path, **both.settings).start()
        await both.connected()
        discord.rest.is_in_trouble = True  # so that the answer waits
        await both.ask_on_discord(0, QUESTION)
        await both.slack.until(lambda: discord.rest.troubled)
        await killed(both, bot)
        discord.rest.is_in_trouble = False
        async with bot_on(both, tmp_path):
            await both.settled(20)
            await asyncio.sleep(0.5)
            assert [len(one.answers) for one in both.asked] == [1]
            await nothing_left(tmp_path)


@pytest.mark.parametrize("age", [timedelta(), AN_AGE, FOR_EVER], ids=["fresh", "old", "stale"])
async def test_what_was_asked_on_discord_is_answered_told_of_or_forgotten_by_its_age(
    tmp_path: Path, age: timedelta
) -> None:
    async with platforms() as both:
        person, channel = both.discord_place(0)
        said = await both.discord.say(person, channel, f"<@{both.bot_id}> {QUESTION}")
        payload = {"guild": int(both.guild["id"]), "channel": int(channel["id"])}
        payload["message"] = int(said["id"])
        gone = {**payload, "message": 1}
        await left(
            tmp_path,
            waiting("discord", "1", person["id"], gone),
            waiting("discord", said["id"], person["id"], payload, age=age),
        )
        async with bot_on(both, tmp_path):
            if age == timedelta():
                reply = await both.discord.reply_to(said)
                assert SAID in text_of(reply)
            elif age == AN_AGE:
                await both.discord.until(lambda: INTERRUPTED.text in both.told_privately(0)[1])
            else:
                await both.ask_on_discord(1, QUESTION)
                await both.settled(20)
                assert both.told_privately(0)[1] == ""
            await nothing_left(tmp_path)


@pytest.mark.parametrize(
    ("text", "age", "is_begun", "says"),
    [
        (QUESTION, timedelta(), False, SAID),
        (QUESTION, timedelta(), True, INTERRUPTED.text),
        (QUESTION, AN_AGE, False, INTERRUPTED.text),
        ("undo story.txt", timedelta(), False, LEFT_HALF.text),
        ("checkdraft", timedelta(), False, INTERRUPTED.text),
    ],
    ids=["fresh", "begun", "old", "change", "draft"],
)
async def test_a_slash_command_that_was_acknowledged_is_answered_or_told_of(
    tmp_path: Path, text: str, age: timedelta, *, is_begun: bool, says: str
) -> None:
    async with platforms() as both:
        user, channel = both.slack_place(0)
        url = both.slack.hook_for(user, channel)
        command = {"user_id": user, "channel_id": channel, "text": text, "response_url": url}
        one = waiting("slack", "T1", user, {"command": command}, age=age, is_begun=is_begun)
        await left(tmp_path, one)
        async with bot_on(both, tmp_path):
            assert says in json.dumps(await both.slack.whisper(user, channel), ensure_ascii=False)
            await nothing_left(tmp_path)


async def test_what_slack_delivers_again_besides_is_answered_once(tmp_path: Path) -> None:
    async with platforms() as both:
        user, channel = both.slack_place(0)
        message = both.slack.write(user, channel, f"<@{BOT}> {QUESTION}")
        event = {**message, "type": "app_mention", "event_ts": message["ts"]}
        payload = {"event": event, "body": {"event_id": "EvAGAIN"}}
        await left(tmp_path, waiting("slack", "EvAGAIN", user, payload))
        async with bot_on(both, tmp_path):
            await both.slack.event(event, "EvAGAIN")
            await both.slack.reply(message)
            await both.ask_on_slack(0, QUESTION)
            await both.settled(20)
            assert len(both.slack.replies(message)) == 1
            await nothing_left(tmp_path)


@pytest.mark.parametrize("platform", ["slack", "discord"])
@pytest.mark.parametrize(
    ("text", "is_begun"),
    [(QUESTION, True), ("undo story.txt", False)],
    ids=["question", "change"],
)
async def test_what_was_answered_and_only_not_taken_out_is_not_spoken_of_again(
    tmp_path: Path, platform: str, text: str, *, is_begun: bool
) -> None:
    async with platforms() as both:
        if platform == "slack":
            user, channel = both.slack_place(0)
            said = both.slack.write(user, channel, f"<@{BOT}> {text}")
            event = {**said, "type": "app_mention", "event_ts": said["ts"]}
            payload: dict[str, Any] = {"event": event, "body": {"event_id": "Ev1"}}
            request, question = "Ev1", f"{channel} {said['ts']}"
        else:
            person, place = both.discord_place(0)
            said = await both.discord.say(person, place, f"<@{both.bot_id}> {text}")
            user, request = person["id"], said["id"]
            payload = {"guild": int(both.guild["id"]), "channel": int(place["id"])}
            payload["message"], question = int(request), request
        await left(tmp_path, waiting(platform, request, user, payload, is_begun=is_begun))
        async with Library.open(tmp_path / "newsdesk.db") as library:
            await Links(Desk(library, {}), platform).keep(question, text, user, "C1", "1")
        async with bot_on(both, tmp_path):
            await nothing_left(tmp_path)
            await both.ask_on_slack(1, QUESTION)
            await both.ask_on_discord(1, QUESTION)
            await both.settled(20)
        assert both.slack.world.whispers == []
        assert both.told_privately(0)[1] == ""
        assert [len(one.answers) for one in both.asked] == [1, 1]
        if platform == "slack":
            assert both.slack.replies(said) == []
        else:
            messages = both.discord.world.messages[place["id"]]
            assert messages == [said]


def waiting(
    platform: str,
    request: str,
    asker: str,
    payload: dict[str, Any],
    *,
    age: timedelta = timedelta(),
    is_begun: bool = False,
) -> Waiting:
    at = datetime.now(UTC) - age
    return Waiting(platform, request, asker, json.dumps(payload), at, is_begun)
