"""Slack's events that tell of a message: what it asks, by what it is known again, what is kept."""

from dataclasses import dataclass
from typing import Any

from bot.adapters.ledger import kept_text
from bot.adapters.slack_adapter.places import Place, Visitor
from bot.adapters.slack_adapter.texts import shown_by, to_asked
from bot.messages import Ask, Command
from bot.parsing import to_command
from bot.registry import BY_COMMAND

EDITED = "message_changed"
BOT_MESSAGE = "bot_message"
ASKING = {None, "file_share", "me_message", "thread_broadcast"}
"""Subtypes of messages that people write; all others are Slack's own."""


@dataclass(frozen=True, slots=True)
class Question:
    """A message to the bot."""

    visitor: Visitor
    ts: str
    text: str
    files: tuple[dict[str, Any], ...] = ()
    edited: str = ""
    """When it was edited; empty where it was not."""
    event: str = ""
    """The id of the event that told of it."""
    is_of_bot: bool = False

    @property
    def command(self) -> Command:
        """Return what it asks for."""
        return to_command(self.text, with_files=bool(self.files))

    @property
    def key(self) -> str:
        """Return the id by which the link to its answer is kept."""
        return key_of(self.visitor.place.channel, self.ts)


def asking_in(event: dict[str, Any]) -> dict[str, Any] | None:
    """Return the message of an event by which somebody asks something, None where it is none.

    A mention in a channel comes as a message too; that one is left to the other event.
    """
    if event.get("type") == "message" and event.get("channel_type") != "im":
        return None
    if event.get("subtype") == EDITED:
        edited = {**event["message"], "channel": event["channel"]}
        edited["edited"] = edited.get("edited") or {"ts": event["event_ts"]}
        if edited.get("text") == (event.get("previous_message") or {}).get("text"):
            return None
        event = edited
    kinds = ASKING | {BOT_MESSAGE} if event.get("bot_id") else ASKING
    is_asking = (event.get("user") or event.get("bot_id")) and event.get("subtype") in kinds
    return event if is_asking else None


def deleted_in(event: dict[str, Any]) -> str:
    """Return the ts of the message that an event says is deleted; empty where it says so of none.

    A message with replies, as each has that was answered, is changed into a tombstone, and the
    tombstone is deleted with its last reply (slack-edge #10).
    """
    match event:
        case {"subtype": "message_changed", "message": {"subtype": "tombstone", "ts": str(ts)}}:
            return ts
        case {"subtype": "message_deleted", "previous_message": {"subtype": "tombstone"}}:
            return ""
        case {"subtype": "message_deleted", "deleted_ts": str(ts)}:
            return ts
        case _:
            return ""


def to_question(asking: dict[str, Any], body: dict[str, Any], bot: str) -> Question:
    """Return what a message asks; ``bot`` is the bot's own user."""
    thread = asking.get("thread_ts")
    place = Place(asking["channel"], thread or asking["ts"], has_replies=bool(thread))
    return Question(
        visitor=Visitor(asking.get("user") or asking["bot_id"], place),
        ts=asking["ts"],
        text=_text_of(asking, bot),
        files=tuple(asking.get("files") or ()),
        edited=(asking.get("edited") or {}).get("ts", ""),
        event=str(body.get("event_id", "")),
        is_of_bot=bool(asking.get("bot_id")),
    )


def _text_of(asking: dict[str, Any], bot: str) -> str:
    """Return what a message asks: its own words, else to look for those that it forwards."""
    own = to_asked(asking.get("text") or "", bot)
    forwarded = "" if own else to_asked(shown_by(asking), bot)
    return f"{BY_COMMAND[Ask].word} {forwarded}" if forwarded else own


def key_of(channel: str, ts: str) -> str:
    """Return the id of a message, which is its ts within its channel."""
    return f"{channel} {ts}"


def keys_of(question: Question) -> tuple[str, str]:
    """Return by what an event is known again: its id, and the message that it tells of."""
    message = f"{question.visitor.place.channel} {question.ts} {question.edited}"
    return question.event or message, message


def kept_of(event: dict[str, Any], asking: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return what is written down of an event: of a draft not its text."""
    text = kept_text(question.text, question.command)
    if text == question.text:
        return _slim(event)
    hidden = {"text": text, "attachments": []}  # what is linked to in a draft is quoted below it
    return {**_slim(asking), "channel_type": event.get("channel_type"), **hidden}


def _slim(event: dict[str, Any]) -> dict[str, Any]:
    """Return an event without the blocks, which say what its text says."""
    slim = {name: value for name, value in event.items() if name != "blocks"}
    for name in ("message", "previous_message"):
        if name in slim:
            slim[name] = {key: value for key, value in slim[name].items() if key != "blocks"}
    return slim
