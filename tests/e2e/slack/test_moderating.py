"""Moderating on Slack: by word, by window, by shortcut, and who may not."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.e2e.slack.fake import Fault, Json, Slack, shown
from tests.e2e.slack.fake.world import ADMIN, BOT, EDITOR, REPORTER, File

pytestmark = pytest.mark.asyncio(loop_scope="module")

REFUSED = "Only moderators may use"
LATER = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%d")


def story(slack: Slack, name: str, text: str = "", **more: Any) -> File:  # noqa: ANN401
    """Return a file that nobody has sent yet."""
    content = text or f"{name} tells of the lighthouse keeper Quill.\n"
    return File(slack.world.new_id("F"), name, content.encode(), **more)


async def tell(slack: Slack, user: str, text: str, *files: File) -> Json:
    """Mention the bot in a channel of its own; return its reply."""
    said = await slack.say(user, slack.world.channel(), f"<@{BOT}> {text}", files=files)
    return await slack.reply(said)


async def told_alone(slack: Slack, user: str, text: str, *files: File) -> Json:
    """Mention the bot in a channel of its own; return what it tells only the one who did."""
    direct, channel = slack.world.direct(user), slack.world.channel()
    before = len(slack.posted(direct))
    await slack.say(user, channel, f"<@{BOT}> {text}", files=files)
    pointer = await slack.whisper(user, channel)
    assert shown(pointer) == "The answer is for you alone; it is in your direct messages."
    assert slack.posted(channel) == []
    [told] = slack.posted(direct)[before:]
    return told


async def done(slack: Slack, says: str) -> str:
    """Wait until a window shows a text; return all that it shows."""
    windows = slack.world.windows.values
    [found] = await slack.until(lambda: [one for one in windows() if says in shown(one)])
    del slack.world.windows[found["id"]]
    return shown(found)


async def test_a_moderator_adds_replaces_removes_and_restores_a_document(
    slack: Slack,
) -> None:
    added = await tell(slack, EDITOR, "add outlet:Gazette", story(slack, "keeper.txt"))
    assert "keeper.txt: added (version 1)." in shown(added)
    assert "outlet: Gazette" in shown(added)
    assert "lighthouse keeper Quill" in shown(await tell(slack, REPORTER, "Who is Quill?"))
    other = story(slack, "keeper.txt", "Quill the keeper has retired.\n")
    replaced = await tell(slack, ADMIN, "replace this please", other)
    assert "keeper.txt: replaced (version 2)." in shown(replaced)
    assert "keeper.txt: removed" in shown(await tell(slack, EDITOR, "remove keeper.txt"))
    assert "keeper.txt: restored" in shown(await tell(slack, EDITOR, "restore keeper.txt"))
    history = shown(await told_alone(slack, EDITOR, "history keeper.txt"))
    assert "by Eddie Ito on slack" in history
    assert "by Ada Admin on slack" in history


async def test_what_is_for_the_asker_alone_is_told_in_direct_messages(
    slack: Slack,
) -> None:
    draft = "“We will hold any officer responsible who violates the law,” he said."
    assert "violates" in shown(await told_alone(slack, REPORTER, f"checkdraft {draft}"))
    file = story(slack, "draft.txt", draft)
    assert "violates" in shown(await told_alone(slack, REPORTER, "checkdraft", file))
    assert "last 30 days" in shown(await told_alone(slack, EDITOR, "report"))
    for text, files, says in [
        (f"add hold_until:{LATER}", (story(slack, "scoop.txt"),), "scoop.txt: added"),
        ("list status:held", (), "scoop.txt"),
        ("show scoop.txt", (), "lighthouse keeper"),
        ('edit scoop.txt title:"The Scoop"', (), "The Scoop"),
        ("remove scoop.txt", (), "scoop.txt: removed"),
    ]:
        assert says in shown(await told_alone(slack, EDITOR, text, *files))


async def test_one_sentence_for_the_asker_alone_is_shown_to_them_in_the_channel(
    slack: Slack,
) -> None:
    channel = slack.world.channel()
    await slack.say(REPORTER, channel, f"<@{BOT}> privacy")
    assert "about you" in shown(await slack.whisper(REPORTER, channel))
    file = File(slack.world.new_id("F"), "scoop.png", b"\x89PNG\r\n\x1a\n\x00\x00")
    await slack.say(REPORTER, channel, f"<@{BOT}> checkdraft", files=(file,))
    assert "scoop.png" in shown(await slack.whisper(REPORTER, channel, 2))
    assert slack.posted(channel) == []


async def test_the_file_of_a_document_under_embargo_goes_to_direct_messages(
    slack: Slack,
) -> None:
    await told_alone(slack, EDITOR, f"add hold_until:{LATER}", story(slack, "later.txt"))
    channel = slack.world.channel()
    await slack.say(EDITOR, channel, f"<@{BOT}> source later.txt")
    assert "direct messages" in shown(await slack.whisper(EDITOR, channel))
    [file] = [one for one in slack.world.files.values() if one.name == "later.txt" and one.channel]
    assert file.channel == slack.world.direct(EDITOR)


async def test_that_a_name_is_taken_by_what_is_held_is_said_to_the_moderator_alone(
    slack: Slack,
) -> None:
    await told_alone(slack, EDITOR, f"add hold_until:{LATER}", story(slack, "taken.txt"))
    told = await told_alone(slack, EDITOR, "add", story(slack, "taken.txt", "Other words.\n"))
    assert "another document named taken.txt" in shown(told)


async def test_who_cannot_be_written_to_is_shown_it_in_the_channel(slack: Slack) -> None:
    refusal = {"ok": False, "error": "messages_tab_disabled"}
    slack.faults.append(Fault("chat.postMessage", answer=refusal))
    channel = slack.world.channel()
    await slack.say(REPORTER, channel, f"<@{BOT}> checkdraft “We cannot succeed without you.”")
    assert "We cannot succeed" in shown(await slack.whisper(REPORTER, channel))
    assert slack.posted(channel) == []


async def test_an_edit_that_asks_for_what_is_private_takes_the_public_answer_back(
    slack: Slack,
) -> None:
    message = await slack.say(REPORTER, slack.world.channel(), f"<@{BOT}> help ask")
    await slack.reply(message)
    edited = {**message, "text": f"<@{BOT}> privacy", "edited": {"user": REPORTER, "ts": "2.0"}}
    await slack.tell_bot(edited)
    assert "about you" in shown(await slack.whisper(REPORTER, message["channel"]))
    assert slack.replies(message) == []
    again = {**message, "text": f"<@{BOT}> help list", "edited": {"user": REPORTER, "ts": "3.0"}}
    await slack.tell_bot(again)
    assert "List the documents" in shown(await slack.reply(message))


@pytest.mark.parametrize("by", ["mention", "window"])
async def test_bulk_work_shows_how_far_it_is_and_at_last_what_came_of_it(
    slack: Slack, by: str
) -> None:
    slack.faults.append(Fault("files.info", seconds=1.0, times=4))
    files = tuple(story(slack, f"{by}-{number}.txt") for number in range(4))
    if by == "mention":
        reply = await tell(slack, EDITOR, "add", *files)
        assert "4 files: 4 added" in shown(reply)
        signs = [one["status"] for one in slack.world.statuses if is_below(one, reply)]
        assert signs[0] == "is searching the coverage …"
        assert signs[1].endswith("of 4 done …")
        assert signs[-1] == ""
        return
    await slack.slash(EDITOR, slack.world.channel(), "add")
    window = await slack.window()
    await slack.submit(EDITOR, window, files)
    await slack.until(lambda: "of 4 done …" in shown(slack.world.windows[window["id"]]))
    await done(slack, "4 files: 4 added")


def is_below(status: Json, reply: Json) -> bool:
    place = {"channel_id": reply["channel"], "thread_ts": reply["thread_ts"]}
    return status.items() >= place.items()


async def test_a_file_in_a_direct_message_is_added(slack: Slack) -> None:
    channel = slack.world.direct(EDITOR)
    said = await slack.say(EDITOR, channel, "add", files=(story(slack, "direct.txt"),))
    assert "direct.txt: added" in shown(await slack.reply(said))


async def test_nobody_else_changes_anything_and_the_refusal_is_private(
    slack: Slack,
) -> None:
    channel = slack.world.channel()
    await slack.say(REPORTER, channel, f"<@{BOT}> add", files=(story(slack, "mine.txt"),))
    assert f"{REFUSED} add" in shown(await slack.whisper(REPORTER, channel))
    await slack.slash(REPORTER, channel, "remove 000_d569821d20d73420.txt")
    assert f"{REFUSED} remove" in shown(await slack.whisper(REPORTER, channel, 2))
    message = slack.write(EDITOR, channel, "Something new.")
    await slack.shortcut(REPORTER, message, "add_to_coverage")
    assert f"{REFUSED} add" in shown(await slack.whisper(REPORTER, channel, 3))
    assert slack.posted(channel) == []
    history = shown(await told_alone(slack, EDITOR, "history"))
    assert history.count("by Robin Roe") == 3
    assert "mine.txt" not in shown(await tell(slack, REPORTER, "list"))


async def test_where_slack_does_not_say_who_somebody_is_they_may_change_nothing(
    slack: Slack,
) -> None:
    slack.world.people["U7NEW"] = {**slack.world.people[REPORTER], "id": "U7NEW"}
    slack.faults.append(Fault("users.info", answer={"ok": False, "error": "fatal_error"}, times=2))
    channel = slack.world.channel("U7NEW")
    await slack.say("U7NEW", channel, f"<@{BOT}> remove keeper.txt")
    assert REFUSED in shown(await slack.whisper("U7NEW", channel))


@pytest.mark.parametrize(
    "refused", [None, {"ok": False, "error": "fatal_error"}], ids=["shown", "refused by Slack"]
)
async def test_it_is_seen_that_the_bot_is_working_where_that_takes_a_moment(
    slack: Slack, refused: Json | None
) -> None:
    slack.faults.append(Fault("files.info", seconds=1.5))
    if refused:
        slack.faults.append(Fault("assistant.threads.setStatus", answer=refused, times=2))
    reply = await tell(slack, EDITOR, "add", story(slack, f"long-{bool(refused)}.txt"))
    assert "added" in shown(reply)
    place = {"channel_id": reply["channel"], "thread_ts": reply["thread_ts"]}
    signs = [one["status"] for one in slack.world.statuses if one.items() >= place.items()]
    assert signs == ([] if refused else ["is searching the coverage …", ""])


async def test_a_window_asks_for_the_file_and_its_details(slack: Slack) -> None:
    await slack.slash(EDITOR, slack.world.channel(), 'add outlet:"The Gazette"')
    window = await slack.window()
    await slack.submit(
        EDITOR, window, (story(slack, "tide.txt"),), title="Tide", published="2024-05-06"
    )
    assert "title: Tide · outlet: The Gazette" in await done(slack, "tide.txt: added")
    assert "2024-05-06" in shown(await tell(slack, REPORTER, "show tide.txt"))


async def test_who_gets_no_window_is_told_so(slack: Slack) -> None:
    refusal = {"ok": False, "error": "expired_trigger_id"}
    slack.faults.append(Fault("views.open", answer=refusal, times=3))
    channel = slack.world.channel()
    await slack.slash(EDITOR, channel, "add")
    assert "did not open the window" in shown(await slack.whisper(EDITOR, channel))
    message = slack.write(REPORTER, channel, "The ferry and its crew were rescued.")
    await slack.shortcut(EDITOR, message, "add_to_coverage")
    assert "did not open the window" in shown(await slack.whisper(EDITOR, channel, 2))
    direct = slack.world.direct(ADMIN)
    before = len(slack.posted(direct))
    await slack.open_home(ADMIN)
    await slack.until(lambda: slack.world.homes.get(ADMIN))
    await slack.press_at_home(ADMIN, "Add")
    [told] = await slack.until(lambda: slack.posted(direct)[before:])
    assert "did not open the window" in shown(told)


async def test_a_word_that_says_nothing_without_its_details_asks_for_them(
    slack: Slack,
) -> None:
    await tell(slack, EDITOR, "add", story(slack, "plain.txt"))
    await slack.slash(EDITOR, slack.world.channel(), "edit plain.txt")
    window = await slack.window()
    assert "Hold until" in shown(window)
    await slack.submit(EDITOR, window, title="A Plain Tale")
    await done(slack, "plain.txt: edited")
    assert "A Plain Tale" in shown(await tell(slack, REPORTER, "list"))


async def test_an_address_needs_no_window(slack: Slack) -> None:
    channel = slack.world.channel()
    await slack.slash(EDITOR, channel, "add http://127.0.0.1:9/story")
    assert "127.0.0.1 is not on the public web" in shown(await slack.whisper(EDITOR, channel))
    assert slack.world.windows == {}


async def test_a_word_with_choices_offers_them(slack: Slack) -> None:
    await slack.open_home(ADMIN)
    await slack.until(lambda: slack.world.homes.get(ADMIN))
    await slack.press_at_home(ADMIN, "Report")
    window = await slack.window()
    [choice] = [block for block in window["blocks"] if block["type"] == "input"]
    assert [one["value"] for one in choice["element"]["options"]] == ["gaps"]
    await slack.submit(ADMIN, window, what="gaps")
    await slack.until(lambda: shown(slack.world.windows[window["id"]]) != shown(window))
    slack.world.windows.clear()


async def test_the_pages_of_the_history_are_a_button_apart(slack: Slack) -> None:
    channel = slack.world.channel()
    history = {"channel": channel, "ts": "1.0", "blocks": []}
    held = 'history {"file": "keeper.txt"}'
    row = {"action_id": "newsdesk:0", "type": "button", "text": {"text": "Newer"}, "value": held}
    slack.write(EDITOR, channel, "history")
    await slack.press(EDITOR, {**history, "blocks": [{"elements": [row]}]}, "Newer")
    assert "keeper.txt" in shown(await slack.whisper(EDITOR, channel))


async def test_a_date_that_cannot_be_read_is_said_in_the_window(slack: Slack) -> None:
    await slack.slash(EDITOR, slack.world.channel(), "add")
    window = await slack.window()
    wrong = {"published": "someday", "hold_until": "2017-08-01"}
    sent = await slack.submit(EDITOR, window, (story(slack, "day.txt"),), **wrong)
    assert sent.response["response_action"] == "errors"
    assert "someday" in sent.response["errors"]["published"]
    assert "is past" in sent.response["errors"]["hold_until"]
    await slack.submit(EDITOR, window, (story(slack, "day.txt"),), published="2024-05-06")
    await done(slack, "day.txt: added")


async def test_what_takes_longer_is_shown_in_the_window_later(slack: Slack) -> None:
    await slack.slash(EDITOR, slack.world.channel(), "add")
    slack.faults.append(Fault("files.info", seconds=1.5))
    await slack.submit(EDITOR, await slack.window(), (story(slack, "slow.txt"),))
    assert "One moment" in shown(await slack.window())
    await done(slack, "slow.txt: added")


async def test_what_became_of_it_is_said_also_where_the_window_was_closed(
    slack: Slack,
) -> None:
    await slack.slash(EDITOR, slack.world.channel(), "replace")
    window = slack.world.windows.pop((await slack.window())["id"])
    slack.faults.append(Fault("files.info", seconds=1.5))
    channel = slack.world.direct(EDITOR)
    before = len(slack.posted(channel))
    await slack.submit(EDITOR, window, (story(slack, "gone.txt"),))
    posted = await slack.until(lambda: slack.posted(channel)[before:])
    assert "no document gone.txt" in shown(posted[-1])
    assert [refused["error"] for refused in slack.refused] == ["not_found"]
    slack.refused.clear()


async def test_the_text_of_a_message_can_be_added(slack: Slack) -> None:
    channel = slack.world.channel()
    message = slack.write(REPORTER, channel, "The ferry &amp; its *crew* were rescued by Quentin.")
    await slack.shortcut(EDITOR, message, "add_to_coverage")
    window = await slack.window()
    assert "files" not in [block.get("block_id") for block in window["blocks"]]
    await slack.submit(EDITOR, window, title="Ferry")
    await done(slack, f"slack-{channel}-{message['ts']}.txt: added")
    answer = shown(await tell(slack, REPORTER, "Who rescued the ferry?"))
    assert "The ferry & its *crew* were rescued by Quentin." in answer


async def test_the_files_of_a_message_can_be_added(slack: Slack) -> None:
    file = story(slack, "attached.txt")
    message = slack.write(REPORTER, slack.world.channel(), "See this", files=(file,))
    await slack.shortcut(EDITOR, message, "add_to_coverage")
    await slack.submit(EDITOR, await slack.window())
    await done(slack, "attached.txt: added")


async def test_a_message_with_nothing_in_it_cannot_be_added(slack: Slack) -> None:
    message = slack.write(REPORTER, slack.world.channel(), "")
    await slack.shortcut(EDITOR, message, "add_to_coverage")
    assert "neither a text nor a file" in shown(await slack.whisper(EDITOR, message["channel"]))


async def test_a_window_from_before_a_restart_says_so(slack: Slack) -> None:
    message = slack.write(REPORTER, slack.world.channel(), "Some text.")
    await slack.shortcut(EDITOR, message, "add_to_coverage")
    window = await slack.window()
    metadata = window["private_metadata"].replace('", "', '", "0', 1)
    await slack.submit(EDITOR, {**window, "private_metadata": metadata})
    await done(slack, "This window is too old")


async def test_the_home_of_a_moderator_opens_the_windows(slack: Slack) -> None:
    await tell(slack, EDITOR, "add", story(slack, "home.txt"))
    await slack.open_home(EDITOR)
    home = await slack.until(lambda: slack.world.homes.get(EDITOR))
    assert "For moderators" in shown(home)
    await slack.press_at_home(EDITOR, "Remove")
    await slack.submit(EDITOR, await slack.window(), file="home.txt")
    await done(slack, "home.txt: removed")
    slack.world.homes[REPORTER] = home
    channel = slack.world.direct(REPORTER)
    before = len(slack.posted(channel))
    await slack.press_at_home(REPORTER, "Remove")
    posted = await slack.until(lambda: slack.posted(channel)[before:])
    assert REFUSED in shown(posted[-1])


@pytest.mark.parametrize(
    "trouble",
    [{"size": -2}, {"size": 999_999}, {"redirects_to": "/stolen"}],
    ids=["a sign-in page instead", "another size than described", "a redirect"],
)
async def test_a_file_that_does_not_come_as_described_is_not_added(
    slack: Slack, trouble: Json
) -> None:
    reply = await tell(slack, EDITOR, "add", story(slack, "odd.txt", **trouble))
    assert "odd.txt could not be fetched; send it again." in shown(reply)
    assert slack.calls["stolen"] == 0


async def test_the_token_is_sent_to_slack_only(slack: Slack) -> None:
    file = story(slack, "elsewhere.txt", url="http://localhost:1/stolen")
    reply = await tell(slack, EDITOR, "add", file)
    assert "elsewhere.txt could not be fetched" in shown(reply)


async def test_a_file_that_slack_does_not_have_is_to_be_sent_as_one(slack: Slack) -> None:
    reply = await tell(slack, EDITOR, "add", story(slack, "drive.txt", is_external=True))
    assert "drive.txt is not kept on Slack" in shown(reply)
    assert "send it as a file" in shown(reply)


async def test_a_group_that_slack_does_not_know_moderates_nothing(slack: Slack) -> None:
    members = slack.world.groups.pop("S1EDITORS")
    slack.world.people["U8NEW"] = {**slack.world.people[REPORTER], "id": "U8NEW"}
    try:
        channel = slack.world.channel("U8NEW")
        await slack.say("U8NEW", channel, f"<@{BOT}> remove keeper.txt")
        assert REFUSED in shown(await slack.whisper("U8NEW", channel))
    finally:
        slack.world.groups["S1EDITORS"] = members
        slack.refused.clear()
