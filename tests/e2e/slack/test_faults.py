"""What Slack does to a bot, in both transports: it delivers twice, refuses, and is slow."""

import asyncio
import io
import time

import pytest

from tests.e2e.slack.fake import Fault, Json, Slack, shown
from tests.e2e.slack.fake.delivery import Requests, Sockets
from tests.e2e.slack.fake.world import BOT, EDITOR, REPORTER, File

pytestmark = pytest.mark.asyncio(loop_scope="module")

SESSIONS = f"<@{BOT}> What did Sessions say about officers who break the law?"
NOBLE = f"<@{BOT}> Who is the president of NOBLE?"


async def answered_once(slack: Slack, message: Json, *, after: int = 1) -> None:
    """Assert that a message has one answer: what comes next in its channel comes after it."""
    await slack.reply(message, after)
    marker = await slack.say(REPORTER, message["channel"], f"<@{BOT}> status")
    await slack.reply(marker)
    assert len(slack.replies(message)) == after


async def test_a_redelivery_after_a_lost_acknowledgement_is_not_answered_again(
    slack: Slack,
) -> None:
    slack.transport.loses_next_ack = True
    message = await slack.say(REPORTER, slack.world.channel(), SESSIONS)
    assert message["delivery"].attempts == 2
    assert message["delivery"].acknowledged
    await answered_once(slack, message)


async def test_an_event_that_comes_twice_is_answered_once(slack: Slack) -> None:
    message = slack.write(REPORTER, slack.world.channel(), SESSIONS)
    event = {**message, "type": "app_mention"}
    await asyncio.gather(*(slack.event(event, "Ev0SAME") for _ in range(3)))
    await answered_once(slack, message)


async def test_a_message_that_comes_in_two_events_is_answered_once(slack: Slack) -> None:
    message = slack.write(REPORTER, slack.world.channel(), SESSIONS)
    told = await slack.event({**message, "channel_type": "channel"})
    await slack.tell_bot(message)
    await slack.tell_bot(message)
    assert told.acknowledged
    await answered_once(slack, message)


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B1OTHER"},
        {"bot_id": "B0NEWSDESK", "user": BOT},
        {"subtype": "channel_join"},
        {"subtype": "assistant_app_thread"},
    ],
)
async def test_what_no_person_says_is_acknowledged_and_ignored(slack: Slack, more: Json) -> None:
    channel = slack.world.direct(EDITOR)
    before = len(slack.posted(channel))
    message = slack.write(EDITOR, channel, "status")
    assert (await slack.tell_bot(message, **more)).acknowledged
    await slack.reply(await slack.say(EDITOR, channel, "status"))
    assert len(slack.posted(channel)) == before + 1


async def test_many_questions_in_one_channel_are_answered_in_order_at_slacks_pace(
    slack: Slack,
) -> None:
    channel = slack.world.channel()
    said = [slack.write(REPORTER, channel, f"<@{BOT}> help {word}") for word in ("ask", "list")]
    said.append(slack.write(REPORTER, channel, NOBLE))
    await asyncio.gather(*map(slack.tell_bot, said))
    posted = await slack.until(lambda: slack.posted(channel)[2:] and slack.posted(channel))
    assert [one["thread_ts"] for one in posted] == [one["ts"] for one in said]
    assert slack.refused == []


@pytest.mark.parametrize(
    "fault",
    [
        Fault("chat.postMessage", status=429),
        Fault("chat.postMessage", status=503, answer={"ok": False, "error": "service_unavailable"}),
    ],
    ids=["too many", "unavailable"],
)
async def test_what_slack_refuses_for_now_is_tried_again(slack: Slack, fault: Fault) -> None:
    slack.faults.append(fault)
    message = await slack.say(REPORTER, slack.world.channel(), SESSIONS)
    await slack.reply(message)
    assert fault.times == 0
    assert len(slack.replies(message)) == 1


async def test_blocks_that_slack_refuses_go_as_text(slack: Slack) -> None:
    refusal = {"ok": False, "error": "msg_blocks_too_long"}
    slack.faults.append(Fault("chat.postMessage", answer=refusal))
    answer = await slack.reply(await slack.say(REPORTER, slack.world.channel(), SESSIONS))
    assert answer["blocks"] == []
    assert answer["text"].startswith("Found.")


async def test_a_post_that_slack_refuses_for_good_holds_nobody_up(slack: Slack) -> None:
    channel = slack.world.channel()
    slack.faults.append(Fault("chat.postMessage", answer={"ok": False, "error": "is_archived"}))
    await slack.say(REPORTER, channel, SESSIONS)
    assert await slack.reply(await slack.say(REPORTER, channel, NOBLE))


@pytest.mark.parametrize("error", ["restricted_action", "restricted_action_read_only_channel"])
async def test_where_the_bot_may_not_write_it_tells_whoever_asked(slack: Slack, error: str) -> None:
    channel, direct = slack.world.channel(), slack.world.direct(REPORTER)
    before = len(slack.posted(direct))
    refusal = {"ok": False, "error": error}
    slack.faults.append(Fault("chat.postMessage", answer=refusal))
    await slack.say(REPORTER, channel, SESSIONS)
    assert "may not answer in that channel" in shown(await slack.whisper(REPORTER, channel))
    slack.faults.append(Fault("chat.postMessage", answer=refusal))
    slack.faults.append(Fault("chat.postEphemeral", answer=refusal))
    await slack.say(REPORTER, channel, SESSIONS)
    [told] = await slack.until(lambda: slack.posted(direct)[before:])
    assert "may not answer in that channel" in shown(told)


@pytest.mark.parametrize("error", ["edit_window_closed", "cant_update_message"])
async def test_an_answer_that_cannot_be_edited_any_more_makes_room_for_a_new_one(
    slack: Slack, error: str
) -> None:
    message = await slack.say(REPORTER, slack.world.channel(), SESSIONS)
    first = await slack.reply(message)
    slack.faults.append(Fault("chat.update", answer={"ok": False, "error": error}))
    await slack.tell_bot({**message, "text": NOBLE, "edited": {"user": REPORTER, "ts": "2.0"}})
    [now] = await slack.until(lambda: [one for one in slack.replies(message) if one != first])
    assert "Perry Tarrant" in shown(now)
    assert slack.replies(message) == [now]


async def test_what_is_for_one_alone_is_told_once_though_nothing_can_point_to_it(
    slack: Slack,
) -> None:
    channel, direct = slack.world.channel(), slack.world.direct(REPORTER)
    before, told = len(slack.posted(direct)), slack.calls["chat.postEphemeral"]
    slack.faults += [
        Fault("chat.postEphemeral", answer={"ok": False, "error": "user_not_in_channel"}),
        Fault("chat.postMessage", seconds=0.01),  # takes the answer
        Fault("chat.postMessage", status=503, answer={"ok": False, "error": "service_unavailable"}),
    ]
    await slack.say(
        REPORTER, channel, f"<@{BOT}> checkdraft “We hold that officer to it,” he said."
    )
    await slack.until(lambda: slack.calls["chat.postEphemeral"] > told)
    assert await slack.reply(await slack.say(REPORTER, channel, NOBLE))
    assert len(slack.posted(direct)) == before + 1


async def test_a_file_that_is_long_in_coming_holds_up_no_question_in_its_channel(
    slack: Slack,
) -> None:
    channel = slack.world.channel()
    slack.faults.append(Fault("files.info", seconds=3))
    file = File(slack.world.new_id("F"), "late.txt", b"The ferry is late again.\n")
    added = await slack.say(EDITOR, channel, f"<@{BOT}> add", files=(file,))
    await slack.until(lambda: slack.calls["files.info"])
    assert await slack.reply(await slack.say(REPORTER, channel, NOBLE))
    assert slack.replies(added) == []
    assert "late.txt: added" in shown(await slack.reply(added))


async def test_a_direct_message_that_is_deleted_before_its_answer_gets_none(slack: Slack) -> None:
    direct = slack.world.direct(EDITOR)
    before, asked = len(slack.posted(direct)), slack.calls["files.info"]
    slack.faults.append(Fault("files.info", seconds=1))
    file = File(slack.world.new_id("F"), "regretted.txt", b"The ferry is never late.\n")
    message = await slack.say(EDITOR, direct, "add", files=(file,))
    await slack.until(lambda: slack.calls["files.info"] > asked)
    await slack.delete(message)
    await asyncio.sleep(1.5)  # for an answer too many
    await slack.reply(await slack.say(EDITOR, direct, "status"))
    assert len(slack.posted(direct)) == before + 1


async def test_everything_is_acknowledged_before_it_is_answered(slack: Slack) -> None:
    channels = [slack.world.channel() for _ in range(40)]
    slack.takes_answers.clear()
    sent = await asyncio.gather(
        *(slack.slash(REPORTER, channel, "What did Sessions say?") for channel in channels)
    )
    assert all(one.acknowledged for one in sent)
    slack.takes_answers.set()
    for channel in channels:
        await slack.whisper(REPORTER, channel)


@pytest.mark.parametrize("with_bot", [True, False], ids=["a member", "no member"])
async def test_where_a_response_url_is_used_up_the_reply_goes_another_way(
    slack: Slack, *, with_bot: bool
) -> None:
    channel = slack.world.channel(with_bot=with_bot)
    direct = slack.world.direct(REPORTER)
    before = len(slack.posted(direct))
    url = slack.hook_for(REPORTER, channel)
    slack.world.hooks[url.rpartition("/")[2]]["uses"] = 5
    await slack.slash(REPORTER, channel, "status", response_url=url)
    if with_bot:
        assert "The coverage holds" in shown(await slack.whisper(REPORTER, channel))
    else:
        [posted] = await slack.until(lambda: slack.posted(direct)[before:])
        assert "The coverage holds" in shown(posted)
        slack.refused.clear()


async def test_an_edited_question_is_answered_in_the_place_of_the_first_answer(
    slack: Slack,
) -> None:
    message = await slack.say(REPORTER, slack.world.channel(), SESSIONS)
    answer = await slack.reply(message)
    edited = {**message, "text": NOBLE, "edited": {"user": REPORTER, "ts": "2.0"}}
    await slack.tell_bot(edited)
    await slack.until(lambda: "Perrin" in shown(answer) or "Perry Tarrant" in shown(answer))
    assert answer["parse"] == "none"
    await slack.tell_bot({**edited, "edited": {"user": REPORTER, "ts": "3.0"}})
    await answered_once(slack, message)


async def test_an_edited_direct_message_is_answered_anew_and_a_deleted_one_no_more(
    slack: Slack,
) -> None:
    channel = slack.world.direct(REPORTER)
    message = await slack.say(REPORTER, channel, "help ask")
    answer = await slack.reply(message)
    event = {"type": "message", "channel": channel, "channel_type": "im", "ts": "9.9"}
    changed = {**event, "subtype": "message_changed", "event_ts": "4.0"}
    now = {**message, "text": "help list"}
    del now["delivery"]
    await slack.event({**changed, "message": now, "previous_message": message_of(message)})
    await slack.until(lambda: "List the documents" in shown(answer))
    await slack.event({**changed, "message": now, "previous_message": now, "event_ts": "5.0"})
    await slack.delete(message)
    await slack.until(lambda: not slack.replies(message))
    await slack.delete(message)  # with its last reply, the tombstone goes
    await slack.delete(slack.write(REPORTER, channel, "of which the bot was never told"))


def message_of(message: Json) -> Json:
    return {name: value for name, value in message.items() if name != "delivery"}


@pytest.mark.parametrize("kind", ["events_api", "slash_commands", "interactive"])
async def test_a_request_that_slack_did_not_sign_is_refused(slack: Slack, kind: str) -> None:
    requests = slack.transport
    if not isinstance(requests, Requests):
        pytest.skip("only HTTP has signatures")
    message = slack.write(REPORTER, slack.world.channel(), SESSIONS)
    channel = message["channel"]
    body, content_type = requests.body(kind, forged(slack, kind, message))
    now = requests.signed(body)
    for headers in [
        {},
        {"X-Slack-Signature": now["X-Slack-Signature"]},
        {"X-Slack-Request-Timestamp": now["X-Slack-Request-Timestamp"]},
        requests.signed(body, secret="f" * 32),
        requests.signed(body, at=time.time() - 301),
        requests.signed(body, at=time.time() + 302),
        requests.signed(body + " "),
        {**now, "X-Slack-Signature": "v0="},
        {**now, "X-Slack-Signature": "v0=ä"},
        {**now, "X-Slack-Request-Timestamp": "soon"},
        {**now, "X-Slack-Request-Timestamp": "-1"},
        {**now, "X-Slack-Request-Timestamp": "²"},
    ]:
        status, _ = await requests.post(body, content_type, headers)
        assert status == 401, headers
    marker = await slack.say(REPORTER, channel, f"<@{BOT}> status")
    await slack.reply(marker)
    assert slack.replies(message) == []
    assert slack.whispers(REPORTER, channel) == []


def forged(slack: Slack, kind: str, message: Json) -> Json:
    """Return what Slack would send of an event, a command or a shortcut."""
    team, user = "T0NEWSROOM", message["user"]
    known: Json
    hook = slack.hook_for(user, message["channel"])
    match kind:
        case "events_api":
            event = {**message, "type": "app_mention"}
            known = {"type": "event_callback", "team_id": team, "event_id": "Ev0FORGED"}
            return {**known, "event": event}
        case "slash_commands":
            known = {"command": "/newsdesk", "text": "status", "user_id": user, "team_id": team}
            return {**known, "channel_id": message["channel"], "response_url": hook}
        case _:
            known = {"type": "message_action", "callback_id": "find_in_coverage", "trigger_id": "1"}
            known |= {"channel": {"id": message["channel"]}, "response_url": hook}
            return {**known, "user": {"id": user}, "team": {"id": team}, "message": message}


async def test_a_request_that_is_too_large_is_refused_before_it_is_read(slack: Slack) -> None:
    requests = slack.transport
    if not isinstance(requests, Requests):
        pytest.skip("only HTTP takes requests of anybody")
    body = io.BytesIO(b"x" * (8 << 20))
    async with requests.session.post(requests.url, data=body) as response:
        assert response.status == 413
    await slack.reply(await slack.say(REPORTER, slack.world.channel(), SESSIONS))


@pytest.mark.parametrize(
    "reason", ["warning", "refresh_requested", "link_disabled", "too_many_websockets", "cut"]
)
async def test_a_connection_that_ends_is_replaced(slack: Slack, reason: str) -> None:
    sockets = slack.transport
    if not isinstance(sockets, Sockets):
        pytest.skip("only Socket Mode keeps connections")
    channel = slack.world.channel()
    before = sockets.connected
    if reason == "cut":
        sockets.cut()
    else:
        await sockets.disconnect(reason)
    await slack.until(lambda: sockets.connected > before)
    assert await slack.reply(await slack.say(REPORTER, channel, SESSIONS))


async def test_two_hundred_questions_at_once_are_all_answered_and_none_twice(
    slack: Slack,
) -> None:
    said = [slack.write(REPORTER, slack.world.channel(), SESSIONS) for _ in range(200)]
    told = await asyncio.gather(*map(slack.tell_bot, said))
    assert all(one.acknowledged for one in told)
    await slack.until(lambda: all(slack.replies(message) for message in said))
    assert [len(slack.replies(message)) for message in said] == [1] * 200
