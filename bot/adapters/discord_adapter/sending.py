"""What every message to Discord has in common: how it is rendered, and what may keep it away."""

import asyncio
import io
import logging
import secrets
from typing import Any

import aiohttp
import discord
from discord import ui

from bot.messages import Reply
from bot.rendering.discord_views import Post, to_post

log = logging.getLogger("newsdesk")
Interaction = discord.Interaction[discord.AutoShardedClient]

TOO_LARGE = "The file is larger than Discord takes here ({} MiB); ask the operator for it."
FAILED = "Something went wrong on our side; the operator finds it in the log under {}."
SENDING = (discord.DiscordException, aiohttp.ClientError, OSError)
"""What sending to Discord may raise."""


async def rendered(reply: Reply, *, shareable: bool = False, asked_by: str = "") -> Post:
    """Render in a thread: a long document must not hold up what waits to be acknowledged."""
    return await asyncio.to_thread(to_post, reply, shareable=shareable, asked_by=asked_by)


def for_sending(post: Post, file_limit: int) -> dict[str, Any]:
    """Return a message as discord.py's senders take it, once: a file is read in sending it.

    The view is stopped before it is sent: its buttons are answered by their ids, whichever process
    sent them, and discord.py would otherwise remember every message for ever.
    """
    if any(len(content) > file_limit for _, content in post.files):
        return {"content": TOO_LARGE.format(file_limit // 2**20)}
    shown: dict[str, Any] = {
        "files": [discord.File(io.BytesIO(content), name) for name, content in post.files]
    }
    if post.content:
        shown["content"] = post.content
    if post.items:
        view = ui.LayoutView(timeout=None)
        for item in post.items:
            view.add_item(item)
        view.stop()
        shown["view"] = view
    return shown


def for_edit(post: Post, file_limit: int) -> dict[str, Any]:
    """Return a message as discord.py's editors take it, in the place of whatever was there."""
    arguments = for_sending(post, file_limit)
    return {
        "content": arguments.get("content"),
        "view": arguments.get("view"),
        "attachments": arguments.get("files", []),
    }


def logged(error: Exception) -> str:
    """Log why an answer could not be given; return the sentence with its reference."""
    reference = secrets.token_hex(4)
    log.error("an answer could not be given on Discord, reference %s", reference, exc_info=error)
    return FAILED.format(reference)
