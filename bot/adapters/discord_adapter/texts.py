"""From Discord's messages to what they say, and to the words of a question."""

from collections.abc import Iterator
from datetime import UTC, datetime

import discord
import regex

from bot.messages import Ask, Problem
from bot.registry import BY_COMMAND

ANSWERED = {discord.MessageType.default, discord.MessageType.reply}
MENTIONED_ROLE = (
    "You mentioned my role, and what is said to a role I cannot read: mention me by my name, the "
    "one with the picture, or use /ask."
)

_REFERENCE = regex.compile(r"<(?:@[!&]?\d+|#\d+|id:\w+|a?:\w+:\d+)>")
"""Somebody, a role, a channel, a page of the server, or an emoji of its own; all but the last as it
is mentioned. discord.com/developers/docs/reference#message-formatting."""
_MOMENT = regex.compile(r"<t:(-?\d+)(?::\w)?>")
_COMMAND = regex.compile(r"</([^<>:]+):\d+>")


def said_to(message: discord.Message, bot: int) -> str | Problem | None:
    """Return what a message says to the bot of an id, None where it is not for it."""
    if message.type not in ANSWERED:
        return None
    if message.guild is None:
        return _asked_in(message)
    if regex.search(rf"<@!?{bot}>", message.content):
        return to_asked(message.content)
    roles = message.role_mentions
    is_to_role = any(role.tags and role.tags.bot_id == bot for role in roles)
    return Problem(MENTIONED_ROLE) if is_to_role else None


def _asked_in(message: discord.Message) -> str:
    """Return what a direct message asks: its own words, else to look for those that it forwards."""
    if message.content.strip():
        return to_asked(message.content)
    forwarded = to_asked(shown_by(message))
    return f"{BY_COMMAND[Ask].word} {forwarded}" if forwarded else ""


def to_asked(content: str) -> str:
    """Return the words of a question: neither emoji nor mentions, and moments as dates."""
    words = _COMMAND.sub(r"/\1", _REFERENCE.sub(" ", content))
    return _MOMENT.sub(_date_of, words).strip()


def shown_by(message: discord.Message) -> str:
    """Return what a message says; where it has no words of its own, what it shows.

    That is a message which it forwards, or what a bot or a feed puts into embeds.
    """
    return message.content.strip() or "\n\n".join(_shown(message))


def forwarded_by(message: discord.Message) -> list[discord.Attachment]:
    """Return the files of the messages that a message forwards."""
    return [file for one in message.message_snapshots for file in one.attachments]


def _shown(message: discord.Message) -> Iterator[str]:
    both: list[discord.Message | discord.MessageSnapshot] = [message, *message.message_snapshots]
    for one in both:
        texts = [one.content.strip()]
        for embed in one.embeds:
            texts += [embed.title or "", embed.description or ""]
        yield from filter(None, texts)


def _date_of(match: "regex.Match[str]") -> str:
    try:
        return datetime.fromtimestamp(int(match[1]), UTC).date().isoformat()
    except (OverflowError, ValueError, OSError):  # no time that there is
        return " "
