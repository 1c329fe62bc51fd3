"""Asking on Slack, from every corner of it and in both transports."""

from typing import Any

import pytest

from tests.e2e.slack.fake import Fault, Json, Slack, bold, shown
from tests.e2e.slack.fake.world import ADMIN, BOT, EDITOR, OTHER_TEAM, REPORTER, STRANGER

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "What did Sessions say about officers who break the law?"
SAID = "hold any officer responsible for breaking the law"
FILE = "000_d569821d20d73420.txt"


async def ask(slack: Slack, question: str = QUESTION, user: str = REPORTER) -> Json:
    """Ask with a mention in a channel of its own; return the answer."""
    said = await slack.say(user, slack.world.channel(), f"<@{BOT}> {question}")
    return await slack.reply(said)


async def test_a_mention_is_answered_in_its_thread(slack: Slack) -> None:
    answer = await ask(slack)
    assert SAID in shown(answer)
    assert f"{FILE} ¶7" in shown(answer)
    assert "Searched 5 documents" in shown(answer)
    assert {"Sessions", "officer", "law"} <= set(bold(answer))
    assert answer["text"].startswith("Found. “Speaking to the National Organization")


async def test_a_mention_in_a_thread_is_answered_there(slack: Slack) -> None:
    channel = slack.world.channel()
    story = slack.write(EDITOR, channel, "Who has the Sessions story?")
    said = await slack.say(REPORTER, channel, f"<@{BOT}> {QUESTION}", thread=story["ts"])
    assert (await slack.reply(said))["thread_ts"] == story["ts"]


async def test_a_mention_without_a_question_gets_the_help(slack: Slack) -> None:
    assert "Type a question, or one of these words" in shown(await ask(slack, ""))


async def test_what_is_not_in_the_coverage_is_said(slack: Slack) -> None:
    answer = await ask(slack, "Who is the king of Spain?")
    assert shown(answer).startswith("Not in the coverage.")


async def test_a_direct_message_is_answered_below_it_and_gives_the_thread_its_title(
    slack: Slack,
) -> None:
    channel = slack.world.direct(REPORTER)
    answer = await slack.reply(await slack.say(REPORTER, channel, QUESTION))
    assert SAID in shown(answer)
    title = {"channel_id": channel, "thread_ts": answer["thread_ts"], "title": QUESTION}
    await slack.until(lambda: title in slack.world.titles)


async def test_more_can_be_asked_for_in_a_direct_message_with_a_word(slack: Slack) -> None:
    channel = slack.world.direct(EDITOR)
    await slack.reply(await slack.say(EDITOR, channel, QUESTION))
    more = await slack.reply(await slack.say(EDITOR, channel, "more"))
    assert "[4]" in shown(more)


async def test_whoever_opens_the_conversation_gets_suggestions(slack: Slack) -> None:
    await slack.open_home(REPORTER, "messages")
    channel = slack.world.direct(REPORTER)
    prompts = await slack.until(lambda: slack.world.prompts.get(channel))
    assert [prompt["message"] for prompt in prompts] == ["help", "list", "status"]


async def test_the_slash_command_is_answered_privately_and_can_be_shared(
    slack: Slack,
) -> None:
    channel = slack.world.channel()
    await slack.slash(REPORTER, channel, QUESTION)
    answer = await slack.whisper(REPORTER, channel)
    assert slack.posted(channel) == []
    await slack.press(REPORTER, answer, "Share")
    [shared] = await slack.until(lambda: slack.posted(channel))
    assert SAID in shown(shared)
    assert shown(shared).startswith(f"robin asked: {QUESTION}")


async def test_an_answer_can_be_shared_where_the_bot_is_no_member(slack: Slack) -> None:
    channel = slack.world.channel(with_bot=False)
    await slack.slash(REPORTER, channel, QUESTION)
    await slack.press(REPORTER, await slack.whisper(REPORTER, channel), "Share")
    [shared] = await slack.until(lambda: slack.posted(channel))
    assert SAID in shown(shared)
    [refused] = slack.refused
    assert refused["error"] == "not_in_channel"
    slack.refused.clear()


async def test_a_button_that_is_pressed_twice_shares_once(slack: Slack) -> None:
    channel = slack.world.channel()
    await slack.slash(REPORTER, channel, QUESTION)
    answer = await slack.whisper(REPORTER, channel)
    await slack.press(REPORTER, answer, "Share")
    await slack.press(REPORTER, answer, "Share")
    assert "shared already" in shown(await slack.whisper(REPORTER, channel, 2))
    [shared] = await slack.until(lambda: slack.posted(channel))
    assert SAID in shown(shared)


async def test_nothing_is_shared_where_the_bot_cannot_see_who_is_there(slack: Slack) -> None:
    world = slack.world
    for place in (world.channel(is_private=True, with_bot=False), world.between(REPORTER, EDITOR)):
        await slack.slash(REPORTER, place, QUESTION)
        await slack.press(REPORTER, await slack.whisper(REPORTER, place), "Share")
        assert "I am not in this conversation" in shown(await slack.whisper(REPORTER, place, 2))
        await slack.press(REPORTER, slack.whispers(REPORTER, place)[0], "Share")
        assert "I am not in this conversation" in shown(await slack.whisper(REPORTER, place, 3))
        assert slack.posted(place) == []
    slack.refused.clear()


async def test_what_was_asked_privately_is_shared_in_ones_own_conversation(slack: Slack) -> None:
    direct = slack.world.direct(REPORTER)
    before = len(slack.posted(direct))
    await slack.slash(REPORTER, direct, QUESTION)
    await slack.press(REPORTER, await slack.whisper(REPORTER, direct), "Share")
    [shared] = await slack.until(lambda: slack.posted(direct)[before:])
    assert SAID in shown(shared)


async def test_a_button_below_which_somebody_replied_is_answered_in_the_channel(
    slack: Slack,
) -> None:
    channel = slack.world.channel()
    await slack.slash(REPORTER, channel, QUESTION)
    await slack.press(REPORTER, await slack.whisper(REPORTER, channel), "Share")
    [shared] = await slack.until(lambda: slack.posted(channel))
    slack.write(EDITOR, channel, "Good find.", thread=shared["ts"])
    shared["thread_ts"] = shared["ts"]
    await slack.press(EDITOR, shared, "More")
    assert (await slack.whisper(EDITOR, channel)).get("thread_ts", "") == ""


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("More", "[4]"),
        ("Before / After", "¶6"),
        ("Verify", "Unchanged since"),
        ("Helpful", "Thank you"),
        ("Not helpful", "Thank you"),
    ],
)
async def test_buttons_answer_privately(slack: Slack, label: str, says: str) -> None:
    answer = await ask(slack)
    await slack.press(EDITOR, answer, label)
    whisper = await slack.whisper(EDITOR, answer["channel"])
    assert says in shown(whisper)
    assert whisper["thread_ts"] == answer["thread_ts"]


async def test_the_menu_of_a_further_passage_works_as_its_buttons(slack: Slack) -> None:
    answer = await ask(slack)
    menu = next(block for block in answer["blocks"] if "accessory" in block)
    await slack.press(REPORTER, {**answer, "blocks": [menu]}, "Before / After")
    assert "¶2" in shown(await slack.whisper(REPORTER, answer["channel"]))


async def test_a_button_in_a_direct_message_is_answered_there(slack: Slack) -> None:
    channel = slack.world.direct(ADMIN)
    answer = await slack.reply(await slack.say(ADMIN, channel, QUESTION))
    await slack.press(ADMIN, answer, "More")
    assert "[4]" in shown(await slack.reply(answer, 2))


async def test_the_file_goes_where_the_answer_is(slack: Slack, seeds: Json) -> None:
    answer = await ask(slack)
    await slack.press(REPORTER, answer, "File")
    [file] = await slack.until(lambda: files_in(slack, answer["channel"]))
    assert (file.name, file.content, file.thread) == (FILE, seeds[FILE], answer["thread_ts"])


async def test_a_file_goes_into_no_channel_that_was_shared_since_its_answer(slack: Slack) -> None:
    answer = await ask(slack, user=ADMIN)
    slack.world.channels[answer["channel"]].is_ext_shared = True
    await slack.press(ADMIN, answer, "File")
    assert "direct messages" in shown(await slack.whisper(ADMIN, answer["channel"]))
    assert files_in(slack, slack.world.direct(ADMIN))
    assert files_in(slack, answer["channel"]) == []


async def test_the_file_of_a_private_answer_goes_to_direct_messages(slack: Slack) -> None:
    channel = slack.world.channel()
    await slack.slash(REPORTER, channel, QUESTION)
    await slack.press(REPORTER, await slack.whisper(REPORTER, channel), "File")
    assert "direct messages" in shown(await slack.whisper(REPORTER, channel, 2))
    assert files_in(slack, slack.world.direct(REPORTER))


def files_in(slack: Slack, channel: str) -> list[Any]:
    return [file for file in slack.world.files.values() if file.channel == channel]


async def test_a_file_that_slack_does_not_take_is_said(slack: Slack) -> None:
    answer = await ask(slack)
    refusal = {"ok": False, "error": "storage_limit_reached"}
    slack.faults.append(Fault("files.getUploadURLExternal", answer=refusal))
    await slack.press(REPORTER, answer, "File")
    assert "did not take the file" in shown(await slack.whisper(REPORTER, answer["channel"]))


async def test_the_pages_of_the_list_have_no_buttons_where_there_is_one(
    slack: Slack,
) -> None:
    listing = await ask(slack, "list")
    assert "004_42e15ef78f8e8e44.txt" in shown(listing)
    assert "actions" not in {block["type"] for block in listing["blocks"]}


FORWARDED = {"is_share": True, "is_msg_unfurl": True, "author_id": EDITOR, "text": QUESTION}
"""As Slack attaches a message that somebody forwards."""


async def test_a_message_that_is_forwarded_to_the_bot_is_looked_for(slack: Slack) -> None:
    direct = slack.world.direct(REPORTER)
    message = slack.write(REPORTER, direct, "")
    await slack.tell_bot(message, attachments=[FORWARDED])
    assert SAID in shown(await slack.reply(message))
    order = slack.write(REPORTER, slack.world.channel(), f"<@{BOT}>")
    await slack.tell_bot(order, attachments=[{**FORWARDED, "text": "help"}])
    assert "Nothing to look for" in shown(await slack.reply(order))  # it is no command


async def test_what_a_feed_shows_can_be_found_in_the_coverage(slack: Slack) -> None:
    message = slack.write(REPORTER, slack.world.channel(), "")
    item = {"title": "Sessions in Orlando", "text": QUESTION, "fallback": "news"}
    await slack.shortcut(REPORTER, {**message, "attachments": [item]}, "find_in_coverage")
    assert SAID in shown(await slack.whisper(REPORTER, message["channel"]))


async def test_emoji_and_colleagues_in_a_question_are_no_words_of_it(slack: Slack) -> None:
    answer = await ask(slack, f":wave: {QUESTION} :thinking_face: <@{EDITOR}> <!subteam^S1>")
    assert "occurs nowhere" not in shown(answer)
    assert "occur nowhere" not in shown(answer)
    assert SAID in shown(answer)
    direct = slack.world.direct(REPORTER)
    message = slack.write(REPORTER, direct, QUESTION)
    await slack.tell_bot(message, subtype="me_message")
    assert SAID in shown(await slack.reply(message))


async def test_a_message_can_be_found_in_the_coverage(slack: Slack) -> None:
    message = slack.write(EDITOR, slack.world.channel(), "officers who break the law")
    await slack.shortcut(REPORTER, message, "find_in_coverage")
    answer = await slack.whisper(REPORTER, message["channel"])
    assert SAID in shown(answer)
    assert "Share" in shown(answer)


async def test_a_message_of_a_thread_is_looked_for_there(slack: Slack) -> None:
    story = slack.write(EDITOR, slack.world.channel(), "The story is up.")
    message = slack.write(EDITOR, story["channel"], QUESTION, thread=story["ts"])
    await slack.shortcut(REPORTER, message, "find_in_coverage")
    whisper = await slack.whisper(REPORTER, story["channel"])
    assert SAID in shown(whisper)
    assert whisper["thread_ts"] == story["ts"]
    await slack.press(REPORTER, whisper, "Share")
    assert SAID in shown(await slack.reply(message))


async def test_a_message_of_other_peoples_thread_is_looked_for_privately(slack: Slack) -> None:
    between = slack.world.between(REPORTER, EDITOR)
    message = slack.write(EDITOR, between, QUESTION, thread="1.0")
    await slack.shortcut(REPORTER, message, "find_in_coverage")
    assert SAID in shown(await slack.whisper(REPORTER, between))
    slack.refused.clear()


async def test_the_quotation_in_a_message_can_be_checked(slack: Slack) -> None:
    said = "He told them “We cannot succeed without you. It’s that simple.” on Monday."
    message = slack.write(EDITOR, slack.world.channel(), said)
    await slack.shortcut(REPORTER, message, "check_this_quote")
    assert "Exact." in shown(await slack.whisper(REPORTER, message["channel"]))


@pytest.mark.parametrize("shortcut", ["find_in_coverage", "check_this_quote"])
async def test_a_message_without_text_cannot_be_found_or_checked(
    slack: Slack, shortcut: str
) -> None:
    message = slack.write(EDITOR, slack.world.channel(), "")
    await slack.shortcut(REPORTER, message, shortcut)
    assert "no text" in shown(await slack.whisper(REPORTER, message["channel"]))


async def test_the_home_shows_the_coverage_and_the_help(slack: Slack) -> None:
    await slack.open_home(REPORTER)
    home = await slack.until(lambda: slack.world.homes.get(REPORTER))
    assert "The coverage holds 5 documents" in shown(home)
    assert "004_42e15ef78f8e8e44.txt" in shown(home)
    assert "ask QUESTION" in shown(home)
    assert "For moderators" not in shown(home)


async def test_the_home_of_somebody_of_another_workspace_shows_nothing(slack: Slack) -> None:
    await slack.open_home(STRANGER)
    home = await slack.until(lambda: slack.world.homes.get(STRANGER))
    assert "answers only people of the workspace" in shown(home)
    assert "documents" not in shown(home)


async def test_people_of_another_workspace_are_refused(slack: Slack) -> None:
    channel = slack.world.channel(STRANGER)
    await slack.say(STRANGER, channel, f"<@{BOT}> {QUESTION}")
    await slack.whisper(STRANGER, channel)
    await slack.slash(STRANGER, channel, QUESTION)
    await slack.whisper(STRANGER, channel, 2)
    answer = await ask(slack)
    slack.world.channels[answer["channel"]].members.add(STRANGER)
    await slack.press(STRANGER, answer, "More")
    await slack.whisper(STRANGER, answer["channel"])
    await slack.shortcut(STRANGER, slack.write(REPORTER, channel, QUESTION), "find_in_coverage")
    await slack.whisper(STRANGER, channel, 3)
    whispers = [one for one in slack.world.whispers if one["user"] == STRANGER]
    assert [shown(one) for one in whispers] == [
        "Newsdesk answers only people of the workspace that it belongs to."
    ] * 4
    assert slack.posted(channel) == []


async def test_shared_channels_get_no_answer(slack: Slack) -> None:
    channel = slack.world.channel(is_ext_shared=True)
    await slack.say(REPORTER, channel, f"<@{BOT}> {QUESTION}")
    assert "shared with other workspaces" in shown(await slack.whisper(REPORTER, channel))
    await slack.slash(REPORTER, channel, QUESTION)
    await slack.press(REPORTER, await slack.whisper(REPORTER, channel, 2), "Share")
    assert "shared with other workspaces" in shown(await slack.whisper(REPORTER, channel, 3))
    assert slack.posted(channel) == []


async def test_a_person_from_elsewhere_who_is_named_as_such_is_refused(
    slack: Slack,
) -> None:
    message = slack.write(REPORTER, slack.world.channel(), f"<@{BOT}> {QUESTION}")
    await slack.tell_bot(message, user_team=OTHER_TEAM)
    assert "only people of the workspace" in shown(
        await slack.whisper(REPORTER, message["channel"])
    )


@pytest.mark.parametrize(
    "typed",
    [
        "&lt;!channel&gt; <!here> <@U1REPORTER> what did Sessions say?",
        "what did `Sessions` *say* _about_ ~officers~ &amp;amp; :fire: ```law```?",
        "\u202ewhat did\u200b Sessions\u2066 say\u00ad about\u200f officers?",
        "Sessions " * 4_000,
        "\ud800 Sessions",
        "<https://example.com|what did Sessions say>",
    ],
)
async def test_nothing_that_is_typed_pings_formats_or_fails(slack: Slack, typed: str) -> None:
    answer = await ask(slack, typed)
    for text in (answer["text"], *texts_of_markup(answer["blocks"])):
        assert "<" not in text
    assert shown(answer)


def texts_of_markup(part: Any) -> list[str]:  # noqa: ANN401 - any JSON
    """Return the texts in which Slack would read markup."""
    match part:
        case {"type": "mrkdwn", "text": text}:
            return [text]
        case dict():
            return [text for one in part.values() for text in texts_of_markup(one)]
        case list():
            return [text for one in part for text in texts_of_markup(one)]
        case _:
            return []
