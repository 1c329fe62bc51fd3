"""Acknowledging and replying: privately or to everybody, and never with a ping.

Commands are answered privately and mentions publicly. A button's reply is private too, but for
what is shared, and for a file, which goes where the answer is.
"""

import asyncio
import io
import logging
import secrets
from contextlib import suppress
from typing import Any

import aiohttp
import discord
from discord import ui
from discord.utils import DEFAULT_FILE_SIZE_LIMIT_BYTES

from bot.adapters.discord_adapter.trouble import is_left, is_passing, was_never_sent
from bot.adapters.patience import patiently
from bot.messages import Answer, Ask, Command, Problem, Reply, Share, Source
from bot.rendering.discord_views import Post, to_post

log = logging.getLogger("newsdesk")
Interaction = discord.Interaction[discord.AutoShardedClient]

TOO_LARGE = "The file is larger than Discord takes here ({} MiB); ask the operator for it."
NO_RIGHT = (
    "I may not write in <#{}>: somebody who manages the server can allow me to view the channel, "
    "send messages (in threads too), attach files and read its history. /ask works there meanwhile."
)
FAILED = "Something went wrong on our side; the operator finds it in the log under {}."
GONE = {10062, 40060}
"""Unknown interaction: three seconds are over; and: it has been acknowledged already."""
SENDING = (discord.DiscordException, aiohttp.ClientError, OSError)
"""What sending to Discord may raise."""


async def acknowledge(interaction: Interaction, asked: Command | Problem) -> bool:
    """Tell Discord that the answer comes, for a command also who will see it; say whether it will.

    It will not where Discord waits no more, or was told already.
    """
    try:
        if interaction.type is discord.InteractionType.component:
            await interaction.response.defer()
        else:
            is_private = _is_private(interaction, asked)
            await interaction.response.defer(ephemeral=is_private, thinking=True)
    except discord.HTTPException as error:
        if error.code not in GONE:
            raise
        log.warning("an interaction could not be acknowledged (%s)", error.code)
        return False
    return True


async def answer_interaction(
    interaction: Interaction, asked: Command | Problem, reply: Reply
) -> None:
    """Show the reply to a command, a menu or a button."""
    is_private = _is_private(interaction, asked)
    if isinstance(reply, Problem) and not is_private and interaction.guild_id is not None:
        is_private = True
        if interaction.type is not discord.InteractionType.component:
            await interaction.delete_original_response()  # it was to be seen by everybody
    is_shared = isinstance(asked, Share) and isinstance(reply, Answer)
    post = await _rendered(
        reply,
        shareable=is_private and isinstance(asked, Ask),
        asked_by=interaction.user.display_name if is_shared else "",
    )
    await patiently(
        lambda: interaction.followup.send(
            **_arguments(post, interaction.filesize_limit), ephemeral=is_private
        ),
        was_never_sent,
    )


async def say_failed(interaction: discord.Interaction[discord.Client], error: Exception) -> None:
    """Log why an interaction could not be answered, and say so where that can be."""
    said = FAILED.format(_logged(error))
    with suppress(*SENDING):
        if interaction.response.is_done():
            await interaction.followup.send(said, ephemeral=True)
        else:
            await interaction.response.send_message(said, ephemeral=True)


async def answer_message(message: discord.Message, reply: Reply) -> None:
    """Reply to a message, without a ping; where that is forbidden, tell its author why.

    What is its author's alone goes to their direct messages: a reply is seen by everybody. Raises
    what Discord's absence raises where that does not pass.
    """
    if isinstance(reply, Problem) and reply.is_private and message.guild:
        with suppress(*SENDING):  # who takes no direct messages goes without
            await message.author.send(reply.text)
        return
    limit = message.guild.filesize_limit if message.guild else DEFAULT_FILE_SIZE_LIMIT_BYTES
    try:
        post = await _rendered(reply)
        await patiently(lambda: _send(message, _arguments(post, limit)), is_passing)
    except discord.Forbidden:
        with suppress(*SENDING):  # who takes no direct messages goes without
            await message.author.send(NO_RIGHT.format(message.channel.id))
    except Exception as error:
        if is_left(error):
            raise
        said = FAILED.format(_logged(error))
        with suppress(*SENDING):
            await _send(message, {"content": said})


async def _rendered(reply: Reply, *, shareable: bool = False, asked_by: str = "") -> Post:
    """Render in a thread: a long document must not hold up what waits to be acknowledged."""
    return await asyncio.to_thread(to_post, reply, shareable=shareable, asked_by=asked_by)


async def _send(message: discord.Message, shown: dict[str, Any]) -> None:
    """Send a reply; by its nonce Discord takes the same one once, sent again within minutes."""
    reference = message.to_reference(fail_if_not_exists=False)
    await message.channel.send(
        **shown, reference=reference, mention_author=False, nonce=str(message.id)
    )


def _logged(error: Exception) -> str:
    """Log an exception; return the reference under which it stands."""
    reference = secrets.token_hex(4)
    log.error("an answer could not be given on Discord, reference %s", reference, exc_info=error)
    return reference


def _is_private(interaction: Interaction, asked: Command | Problem) -> bool:
    if interaction.guild_id is None:
        return False
    if isinstance(asked, Source) and interaction.message:
        return interaction.message.flags.ephemeral
    return not isinstance(asked, Share)


def _arguments(post: Post, file_limit: int) -> dict[str, Any]:
    """Return a message as discord.py's senders take it.

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
