"""Replies as Discord messages, within its limits whatever the documents hold.

They are components (version 2) and not embeds: buttons stand between the passages that they
belong to, nobody's settings hide them, and the right to embed links is not needed. The price is
4,000 characters for a message instead of 6,000; what has no room is one button away or attached.

``to_post`` is the way in. Replies that have no form of their own are shown as the terminal's lines
are, so that a new one appears by itself.
"""

import discord

from bot.messages import (
    Answer,
    Changed,
    HelpText,
    History,
    Listing,
    Problem,
    Reply,
    SourceFile,
    Surroundings,
)
from bot.rendering.discord_views.answers import answer_post
from bot.rendering.discord_views.buttons import to_command
from bot.rendering.discord_views.documents import (
    history_post,
    listing_post,
    source_post,
    surroundings_post,
)
from bot.rendering.discord_views.helping import GROUP, help_post, path_of
from bot.rendering.discord_views.lines import lines_post
from bot.rendering.discord_views.post import Post
from bot.rendering.plain_text import to_lines

__all__ = ["GROUP", "Post", "path_of", "to_command", "to_post"]


def to_post(reply: Reply, *, shareable: bool = False, asked_by: str = "") -> Post:  # noqa: PLR0911 - one line per reply
    """Return a reply as a message.

    ``shareable`` gives an answer the button that shows it to everybody; ``asked_by`` names who
    asked, where the question is not to be seen otherwise.
    """
    match reply:
        case Answer():
            return answer_post(reply, shareable=shareable, asked_by=asked_by)
        case Listing():
            return listing_post(reply)
        case Surroundings():
            return surroundings_post(reply)
        case History():
            return history_post(reply)
        case SourceFile():
            return source_post(reply)
        case HelpText():
            return help_post(reply)
        case _:
            return lines_post(to_lines(reply), colour=_colour(reply))


def _colour(reply: Reply) -> discord.Colour:
    match reply:
        case Problem():
            return discord.Colour.red()
        case Changed():
            return discord.Colour.red() if reply.problems else discord.Colour.green()
        case _:
            return discord.Colour.blurple()
