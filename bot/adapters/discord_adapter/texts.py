"""From Discord's messages to what they say, and to the words of a question."""

from collections.abc import Iterator
from datetime import UTC, datetime

import discord
import regex

_REFERENCE = regex.compile(r"<(?:@[!&]?\d+|#\d+|id:\w+|a?:\w+:\d+)>")
"""Somebody, a role, a channel, a page of the server, or an emoji of its own; all but the last as it
is mentioned. discord.com/developers/docs/reference#message-formatting."""
_MOMENT = regex.compile(r"<t:(-?\d+)(?::\w)?>")
_COMMAND = regex.compile(r"</([^<>:]+):\d+>")


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
