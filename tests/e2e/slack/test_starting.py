"""Starting, stopping and starting anew on Slack; what is wrong is one sentence at the start."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.platform import PlatformAway, PlatformProblem
from bot.adapters.slack_adapter import SlackAdapter
from bot.adapters.slack_adapter.transports import FreshSocketModeClient
from bot.app import open_app
from bot.settings import Settings
from tests.e2e.bot_process import BotProcess, free_port
from tests.e2e.slack.conftest import CONNECTED, address, slack_settings
from tests.e2e.slack.fake import APP_TOKEN, BOT_TOKEN, Fault, Json, Slack, shown
from tests.e2e.slack.fake.world import BOT, BOT_ID, EDITOR, REPORTER, TEAM, File

SESSIONS = f"<@{BOT}> What did Sessions say about officers who break the law?"


@pytest_asyncio.fixture
async def empty_slack() -> AsyncIterator[Slack]:
    """Return a Slack without a bot, for Socket Mode."""
    slack = await Slack(acknowledged_within=30.0).start()
    yield slack
    await slack.stop()


@asynccontextmanager
async def bot_on(slack: Slack, folder: Path, **more: str) -> AsyncIterator[BotProcess]:
    """Run a bot until the block ends."""
    before = slack.sockets.connected
    bot = await BotProcess(folder, **{**slack_settings(slack), **more}).start()
    await slack.until(lambda: slack.sockets.connected > before)
    yield bot
    assert await bot.stop() == (0, CONNECTED)


async def test_buttons_work_and_nothing_is_answered_again_after_a_restart(
    empty_slack: Slack, tmp_path: Path
) -> None:
    slack = empty_slack
    async with bot_on(slack, tmp_path):
        message = await slack.say(REPORTER, slack.world.channel(), SESSIONS)
        answer = await slack.reply(message)
    async with bot_on(slack, tmp_path):
        slack.transport.loses_next_ack = True  # so that the bot sees a redelivery
        message.pop("delivery")
        await slack.sockets.send("events_api", event_of(message), 1, "timeout")
        await slack.press(EDITOR, answer, "More")
        assert "[4]" in shown(await slack.whisper(EDITOR, message["channel"]))
        marker = await slack.say(REPORTER, message["channel"], f"<@{BOT}> status")
        await slack.reply(marker)
    assert len(slack.replies(message)) == 1


def event_of(message: Json) -> Json:
    return {
        "type": "event_callback",
        "team_id": "T0NEWSROOM",
        "event_id": "Ev0AGAIN",
        "event": {**message, "type": "app_mention"},
    }


async def test_an_edited_question_is_answered_in_its_place_also_after_a_restart(
    empty_slack: Slack, tmp_path: Path
) -> None:
    slack = empty_slack
    async with bot_on(slack, tmp_path):
        message = await slack.say(REPORTER, slack.world.channel(), f"<@{BOT}> help ask")
        answer = await slack.reply(message)
        direct = await slack.say(REPORTER, slack.world.direct(REPORTER), "help ask")
        await slack.reply(direct)
    async with bot_on(slack, tmp_path):
        same = {**message, "edited": {"user": REPORTER, "ts": "2.0"}}
        await slack.tell_bot(same)
        await slack.tell_bot(
            {**same, "text": f"<@{BOT}> help list", "edited": {"user": REPORTER, "ts": "3.0"}}
        )
        await slack.until(lambda: "List the documents" in shown(answer))
        assert slack.calls["chat.update"] == 1
        await slack.delete(direct)
        await slack.until(lambda: not slack.replies(direct))
    assert len(slack.replies(message)) == 1


async def test_windows_that_were_opened_before_a_restart_work(
    empty_slack: Slack, tmp_path: Path
) -> None:
    slack = empty_slack
    channel = slack.world.channel()
    file = File(slack.world.new_id("F"), "keeper.txt", b"The lighthouse keeper Quill retired.")
    async with bot_on(slack, tmp_path):
        with_text = slack.write(REPORTER, channel, "The ferry and its crew were rescued.")
        await slack.shortcut(EDITOR, with_text, "add_to_coverage")
        of_text = await slack.window()
        with_file = slack.write(REPORTER, channel, "See this", files=(file,))
        await slack.shortcut(EDITOR, with_file, "add_to_coverage")
        of_file = await slack.until(lambda: len(slack.world.windows) > 1 and last_window(slack))
        await slack.slash(EDITOR, channel, "edit 000_d569821d20d73420.txt")
        typed = await slack.until(lambda: len(slack.world.windows) > 2 and last_window(slack))
    async with bot_on(slack, tmp_path):
        for window, says in [
            (of_text, f"slack-{channel}-{with_text['ts']}.txt: added"),
            (of_file, "keeper.txt: added"),
            (typed, "only the operator changes"),
        ]:
            await slack.submit(EDITOR, window, title="From before")
            await slack.until(lambda: says in shown(slack.world.windows[window["id"]]))  # noqa: B023 - at once


async def test_the_home_is_one_request_and_a_refusal_is_shown_there_once(
    empty_slack: Slack, tmp_path: Path
) -> None:
    slack = empty_slack
    async with bot_on(slack, tmp_path, NEWSDESK_PERSON_LIMIT="2"):
        for _ in range(2):
            slack.world.homes.pop(REPORTER, None)
            await slack.open_home(REPORTER)
            home = await slack.until(lambda: slack.world.homes.get(REPORTER))
            assert "ask QUESTION" in shown(home)
            assert "faster" not in shown(home)
        slack.world.homes.pop(REPORTER)
        await slack.open_home(REPORTER)
        home = await slack.until(lambda: slack.world.homes.get(REPORTER))
        assert shown(home).count("You ask faster than Newsdesk may answer") == 1


def last_window(slack: Slack) -> Json:
    return list(slack.world.windows.values())[-1]


@pytest.mark.parametrize("name", ["B1WIRE", "A1WIRE", "U1WIRE"])
async def test_another_bot_is_answered_where_it_is_allowed_and_not_for_ever(
    empty_slack: Slack, tmp_path: Path, name: str
) -> None:
    slack = empty_slack
    wire = {"bot_id": "B1WIRE", "app_id": "A1WIRE", "user": "U1WIRE"}
    async with bot_on(slack, tmp_path, NEWSDESK_SLACK_BOTS=name):
        said = [
            slack.write(REPORTER, slack.world.channel(), f"<@{BOT}> help ask") for _ in range(25)
        ]
        for message in said[:20]:
            await slack.tell_bot(message, **wire)
        await slack.until(lambda: all(slack.replies(message) for message in said[:20]))
        for message in said[20:]:
            await slack.tell_bot(message, **wire)
        own = slack.write(REPORTER, slack.world.channel(), f"<@{BOT}> help ask")
        await slack.tell_bot(own, bot_id=BOT_ID, user=BOT)
        other = slack.write(REPORTER, slack.world.channel(), f"<@{BOT}> help ask")
        await slack.tell_bot(other, bot_id="B2OTHER", user="U2OTHER")
        await slack.reply(await slack.say(REPORTER, slack.world.channel(), f"<@{BOT}> help ask"))
    assert [bool(slack.replies(message)) for message in said] == [True] * 20 + [False] * 5
    assert slack.replies(own) == slack.replies(other) == []


async def test_what_is_for_the_asker_alone_is_not_told_to_a_bot(
    empty_slack: Slack, tmp_path: Path
) -> None:
    slack = empty_slack
    async with bot_on(slack, tmp_path, NEWSDESK_SLACK_BOTS="B1WIRE"):
        message = slack.write(REPORTER, slack.world.channel(), f"<@{BOT}> privacy")
        more = {"bot_id": "B1WIRE", "subtype": "bot_message", "user": None}
        await slack.tell_bot(message, **more)
        asked = slack.write(REPORTER, message["channel"], SESSIONS)
        await slack.tell_bot(asked, **more)
        await slack.reply(asked)
    assert slack.replies(message) == slack.world.whispers == slack.refused == []


async def test_a_question_that_was_never_acknowledged_is_answered_after_a_crash(
    empty_slack: Slack, tmp_path: Path
) -> None:
    slack = empty_slack
    slack.retry_after = [0.0]
    bot = await BotProcess(tmp_path, **slack_settings(slack)).start()
    await slack.transport.ready()
    await bot.kill()
    await slack.until(lambda: not slack.sockets.open)
    message = slack.write(REPORTER, slack.world.channel(), SESSIONS)
    told = asyncio.create_task(slack.tell_bot(message))
    async with bot_on(slack, tmp_path):
        assert (await told).acknowledged
        await slack.reply(message)


async def test_what_is_being_answered_is_finished_before_the_bot_stops(
    empty_slack: Slack, tmp_path: Path
) -> None:
    slack = empty_slack
    channel = slack.world.channel()
    said = [slack.write(REPORTER, channel, SESSIONS) for _ in range(3)]
    async with bot_on(slack, tmp_path):
        told = await asyncio.gather(*map(slack.tell_bot, said))
    assert all(one.acknowledged for one in told)
    assert [len(slack.replies(message)) for message in said] == [1, 1, 1]


async def test_shared_channels_are_answered_where_the_operator_lets_them(
    empty_slack: Slack, tmp_path: Path
) -> None:
    slack = empty_slack
    channel = slack.world.channel(is_ext_shared=True)
    async with bot_on(slack, tmp_path, NEWSDESK_SLACK_SHARED_CHANNELS="on"):
        await slack.reply(await slack.say(REPORTER, channel, SESSIONS))
        await slack.slash(REPORTER, channel, "What did Sessions say?")
        await slack.press(REPORTER, await slack.whisper(REPORTER, channel), "Share")
        await slack.until(lambda: len(slack.posted(channel)) == 2)


async def test_in_an_organization_its_people_are_answered_and_those_of_others_are_not(
    empty_slack: Slack, tmp_path: Path
) -> None:
    slack = empty_slack
    slack.world.org = "E1PAPERS"
    slack.world.people[EDITOR] |= {"team_id": "T2SISTER", "enterprise_user": {"teams": [TEAM]}}
    async with bot_on(slack, tmp_path):
        message = slack.write(REPORTER, slack.world.channel(), SESSIONS)
        await slack.tell_bot(message, user_team="E1PAPERS", source_team="E1PAPERS")
        assert await slack.reply(message)
        channel = slack.world.channel()
        other = slack.write(REPORTER, channel, SESSIONS)
        await slack.tell_bot(other, user_team="E9OTHERS", source_team="E9OTHERS")
        assert "only people of the workspace" in shown(await slack.whisper(REPORTER, channel))
        await slack.open_home(EDITOR)
        home = await slack.until(lambda: slack.world.homes.get(EDITOR))
        assert "5 documents" in shown(home)


async def test_tokens_are_in_no_log(empty_slack: Slack, tmp_path: Path) -> None:
    slack = empty_slack
    async with bot_on(slack, tmp_path) as bot:
        refusal = {"ok": False, "error": "is_archived"}
        slack.faults.append(Fault("chat.postMessage", answer=refusal))
        await slack.say(REPORTER, slack.world.channel(), SESSIONS)
        slack.sockets.refuses = 1
        slack.sockets.cut()
        await slack.until(lambda: slack.sockets.connected == 2)
    log = bot.log.read_text(encoding="utf-8")
    assert "is_archived" in log
    assert "officers who break the law" not in log
    for secret in (BOT_TOKEN, APP_TOKEN, "ticket="):
        assert secret not in log


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN is missing"),
        ({"SLACK_APP_TOKEN": ""}, "SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)"),
        ({"SLACK_BOT_TOKEN": "xoxb-old"}, "does not accept SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": APP_TOKEN}, "SLACK_BOT_TOKEN is another kind of token"),
        ({"SLACK_APP_TOKEN": "xapp-old"}, "does not accept SLACK_APP_TOKEN"),
        ({"SLACK_APP_TOKEN": BOT_TOKEN}, "SLACK_APP_TOKEN is another kind of token"),
        ({"NEWSDESK_SLACK_API_URL": "nonsense"}, "NEWSDESK_SLACK_API_URL"),
    ],
)
async def test_what_is_wrong_with_the_settings_is_one_sentence(
    empty_slack: Slack, tmp_path: Path, settings: dict[str, str], says: str
) -> None:
    assert says in await refusal_to_start(empty_slack, tmp_path, **settings)


async def refusal_to_start(slack: Slack, folder: Path, **settings: str) -> str:
    """Return the one sentence with which a bot does not start."""
    settings = {**slack_settings(slack), "NEWSDESK_SEEDS": "off", **settings}
    status, said = await (await BotProcess(folder, **settings).start()).end()
    [sentence] = said.splitlines()
    assert (status, sentence[-1]) == (1, ".")
    return sentence


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("auth.test", {"ok": False, "error": "internal_error"}),
        ("apps.connections.open", {"ok": False, "error": "service_unavailable"}),
    ],
)
async def test_a_slack_that_cannot_answer_now_is_asked_again(
    empty_slack: Slack, tmp_path: Path, method: str, fault: Json
) -> None:
    empty_slack.faults.append(Fault(method, answer=fault))
    bot = await BotProcess(tmp_path, **slack_settings(empty_slack)).start()
    await empty_slack.transport.ready()
    status, said = await bot.stop()
    fell, connected = said.splitlines()
    assert "slack fell and is started anew" in fell
    assert "Slack cannot answer at this moment" in fell
    assert (status, f"{connected}\n") == (0, CONNECTED)


async def test_who_the_bot_is_is_not_asked_again_with_the_first_question(
    empty_slack: Slack, tmp_path: Path
) -> None:
    """Where Slack were in trouble then, the question would be acknowledged and lost."""
    slack = empty_slack
    async with bot_on(slack, tmp_path):
        slack.faults.append(Fault("auth.test", status=500, times=100))
        await slack.reply(await slack.say(REPORTER, slack.world.channel(), SESSIONS))


async def test_where_too_many_wait_in_one_channel_the_others_are_told_privately(
    empty_slack: Slack, tmp_path: Path
) -> None:
    slack = empty_slack
    async with bot_on(slack, tmp_path, NEWSDESK_WAITING="1"):
        channel = slack.world.channel()
        said = [slack.write(REPORTER, channel, SESSIONS) for _ in range(6)]
        await asyncio.gather(*map(slack.tell_bot, said))
        whispers = await slack.until(
            lambda: (
                (told := slack.whispers(REPORTER, channel))
                and sum(bool(slack.replies(one)) for one in said) + len(told) == len(said)
                and told
            )
        )
    assert all("Too many people ask at this moment" in shown(one) for one in whispers)
    assert len(said) - len(whispers) >= 2  # the one that is answered, and the one that waits


def settings_for(slack: Slack, folder: Path) -> Settings:
    """Return the settings of a bot in this process."""
    environment = slack_settings(slack)
    tokens = {
        "slack_bot_token": SecretStr(environment["SLACK_BOT_TOKEN"]),
        "slack_app_token": SecretStr(environment["SLACK_APP_TOKEN"]),
        "slack_api_url": environment["NEWSDESK_SLACK_API_URL"],
    }
    return Settings(db=folder / "newsdesk.db", seeds=False).model_copy(update=tokens)


class Impatient(SlackAdapter):
    """An adapter that looks often whether Slack is there."""

    look = 0.05


async def test_a_slack_that_is_lost_for_long_is_heard_of_and_can_be_connected_anew(
    empty_slack: Slack, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL + 1)
    settings = settings_for(empty_slack, tmp_path)
    async with open_app(settings, make=True) as app:
        adapter = Impatient(settings, app.desk)
        await adapter.connect()
        empty_slack.sockets.refuses = 1_000
        empty_slack.sockets.cut()
        with pytest.raises(PlatformAway, match="lost"):
            await adapter.serve()
        await adapter.close()
        nowhere = settings.model_copy(update={"slack_api_url": "http://127.0.0.1:9/"})
        lost = Impatient(nowhere, app.desk)
        with pytest.raises(PlatformAway, match="cannot be reached"):
            await lost.connect()
        await lost.close()
        empty_slack.sockets.refuses = 0
        await adapter.connect()
        serving = asyncio.create_task(adapter.serve())
        await empty_slack.transport.ready()
        await adapter.close()
        await serving


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive"])
async def test_a_token_that_is_revoked_under_way_is_found_though_the_connection_stands(
    empty_slack: Slack, tmp_path: Path, error: str
) -> None:
    settings = settings_for(empty_slack, tmp_path)
    async with open_app(settings, make=True) as app:
        adapter = Impatient(settings, app.desk)
        await adapter.connect()
        trouble = {"ok": False, "error": "internal_error"}  # which passes, and ends nothing
        empty_slack.faults.append(Fault("auth.test", answer=trouble))
        empty_slack.faults.append(Fault("auth.test", answer={"ok": False, "error": error}))
        with pytest.raises(PlatformProblem, match="does not accept SLACK_BOT_TOKEN"):
            await adapter.serve()
        assert empty_slack.calls["auth.test"] == 3
        await adapter.close()


async def test_a_missing_scope_is_named(empty_slack: Slack, tmp_path: Path) -> None:
    empty_slack.scopes -= {"users:read", "files:write"}
    sentence = await refusal_to_start(empty_slack, tmp_path)
    assert "lacks the scopes files:write, users:read" in sentence


@pytest.mark.parametrize(
    ("method", "answer", "says"),
    [
        ("auth.test", {"ok": True, "user_id": "U1", "team_id": "T1"}, "the token of a person"),
        ("auth.test", {"ok": False, "error": "access_denied"}, "“access_denied”"),
        (
            "auth.test",
            {"ok": True, "user_id": "U1", "bot_id": "B1", "is_enterprise_install": True},
            "a whole organization",
        ),
        ("apps.connections.open", {"ok": False, "error": "missing_scope"}, "connections:write"),
    ],
)
async def test_what_slack_says_against_a_token_is_named(
    empty_slack: Slack, tmp_path: Path, method: str, answer: Json, says: str
) -> None:
    empty_slack.faults.append(Fault(method, answer=answer))
    assert says in await refusal_to_start(empty_slack, tmp_path)


async def test_a_port_that_is_taken_is_named(empty_slack: Slack, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = slack_settings(empty_slack, taken.getsockname()[1])
        sentence = await refusal_to_start(empty_slack, tmp_path, **settings, SLACK_APP_TOKEN="")
    assert "NEWSDESK_SLACK_PORT" in sentence


async def test_a_question_in_http_mode_is_finished_before_the_bot_stops(tmp_path: Path) -> None:
    port = free_port()
    slack = await Slack(acknowledged_within=30.0).start(address(port))
    bot = await BotProcess(tmp_path, **slack_settings(slack, port)).start()
    await slack.transport.ready()
    channel = slack.world.channel()
    said = [await slack.say(REPORTER, channel, SESSIONS) for _ in range(2)]
    assert await bot.stop() == (0, CONNECTED)
    await slack.stop()
    assert [len(slack.replies(message)) for message in said] == [1, 1]


async def test_an_address_that_leads_nowhere_is_given_up_for_a_fresh_one(
    empty_slack: Slack, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    web = AsyncWebClient(BOT_TOKEN, base_url=f"{empty_slack.url}api/")
    client = FreshSocketModeClient(APP_TOKEN, web_client=web, ping_interval=0.05)
    client.patience = 0.5
    client.wss_uri = f"{empty_slack.url.replace('http', 'ws')}link?ticket=used"
    await client.connect()
    assert empty_slack.sockets.connected == 1
    await client.close()  # type: ignore[no-untyped-call]  # slack_sdk leaves it so
