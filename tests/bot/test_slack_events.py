"""What Slack's events ask, and what is written down of them."""

import json

import pytest

from bot.adapters.slack_adapter.events import Question, asking_in, deleted_in, kept_of, to_question
from tests.e2e.slack.fake import Json

BOT = "U0BOT"
MESSAGE: Json = {
    "type": "message",
    "channel": "D1",
    "channel_type": "im",
    "user": "U1",
    "ts": "1.0",
    "text": "Who is it?",
}


def asked(event: Json) -> Question | None:
    """Return what an event asks, None where that is nothing."""
    asking = asking_in(event)
    return to_question(asking, {"event_id": "Ev1"}, BOT) if asking else None


@pytest.mark.parametrize("subtype", [None, "file_share", "me_message", "thread_broadcast"])
def test_what_people_write_asks_something(subtype: str | None) -> None:
    question = asked({**MESSAGE, "subtype": subtype})
    assert question is not None
    assert question.text == "Who is it?"


@pytest.mark.parametrize(
    "event",
    [
        {**MESSAGE, "subtype": "channel_join"},
        {**MESSAGE, "channel_type": "channel"},
        {**MESSAGE, "subtype": "message_deleted", "deleted_ts": "1.0", "user": None},
        {
            "type": "message",  # as message_replied comes, which has no subtype in the Events API
            "channel": "D1",
            "channel_type": "im",
            "ts": "2.0",
            "message": {**MESSAGE, "thread_ts": "1.0", "reply_count": 1},
        },
    ],
)
def test_what_slack_itself_tells_asks_nothing(event: Json) -> None:
    assert asked(event) is None


def test_a_deletion_is_known_in_both_of_its_forms() -> None:
    stone = {"subtype": "tombstone", "ts": "1.0", "text": "This message was deleted."}
    changed = {"subtype": "message_changed", "message": stone, "previous_message": MESSAGE}
    deleted = {"subtype": "message_deleted", "deleted_ts": "1.0"}
    assert deleted_in(changed) == deleted_in(deleted) == "1.0"
    assert deleted_in({**deleted, "previous_message": MESSAGE}) == "1.0"
    assert deleted_in({**deleted, "previous_message": stone}) == ""
    assert deleted_in(MESSAGE) == ""


def test_of_a_draft_nothing_is_written_down_wherever_it_stands() -> None:
    said = "The mayor resigns."
    draft = {
        **MESSAGE,
        "text": f"checkdraft “{said}”",
        "blocks": [{"type": "rich_text", "elements": [said]}],
        "attachments": [{"text": said}],
    }
    edited = {
        "type": "message",
        "subtype": "message_changed",
        "channel": "D1",
        "channel_type": "im",
        "event_ts": "2.0",
        "message": draft,
        "previous_message": {**draft, "text": f"checkdraft {said}"},
    }
    for event in (draft, edited):
        asking, question = asking_in(event), asked(event)
        assert asking is not None
        assert question is not None
        kept = kept_of(event, asking, question)
        assert said not in json.dumps(kept, ensure_ascii=False)
        assert asked(kept) is not None
