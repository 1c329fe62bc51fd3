"""Commands, menus, windows and buttons: acknowledged at once, and answered to who used them.

Only what is shared is for everybody, and a button's file, which goes where the answer is.
"""

import logging
from contextlib import suppress

import discord

from bot.adapters.discord_adapter.sending import (
    SENDING,
    Interaction,
    for_edit,
    for_sending,
    logged,
    rendered,
)
from bot.adapters.discord_adapter.trouble import is_passing, was_never_sent
from bot.adapters.patience import patiently
from bot.messages import Answer, Ask, Command, Problem, Reply, Share, Source

log = logging.getLogger("newsdesk")

GONE = {10062, 40060}
"""Unknown interaction: three seconds are over; and: it has been acknowledged already."""
CLOSED = {50083, 160005}
"""The thread is archived; and: it is locked. docs.discord.com, opcodes and status codes."""
THREAD_CLOSED = (
    "This thread is archived or locked; once somebody who may opens it again, I can write here."
)


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


async def show_progress(interaction: Interaction, progress: str) -> None:
    """Show how far the work is, where “thinking” stands; below a button there is no such place."""
    if interaction.type is not discord.InteractionType.component:
        await interaction.edit_original_response(content=progress)


async def answer(interaction: Interaction, asked: Command | Problem, reply: Reply) -> None:
    """Show the reply to a command, a menu or a button."""
    is_private = _is_private(interaction, asked)
    is_below = interaction.type is discord.InteractionType.component
    if isinstance(reply, Problem) and not is_private and interaction.guild_id is not None:
        if not is_below:
            await interaction.delete_original_response()  # it was to be seen by everybody
        is_private = is_below = True
    is_shared = isinstance(asked, Share) and isinstance(reply, Answer)
    post = await rendered(
        reply,
        shareable=is_private and isinstance(asked, Ask),
        asked_by=interaction.user.display_name if is_shared else "",
    )
    limit = interaction.filesize_limit

    async def send() -> None:
        if is_below:
            await interaction.followup.send(**for_sending(post, limit), ephemeral=is_private)
        else:
            await interaction.edit_original_response(**for_edit(post, limit))

    await patiently(send, was_never_sent if is_below else is_passing)


async def say_failed(interaction: discord.Interaction[discord.Client], error: Exception) -> None:
    """Log why an interaction could not be answered, and say so where that can be."""
    is_closed = isinstance(error, discord.HTTPException) and error.code in CLOSED
    said = THREAD_CLOSED if is_closed else logged(error)
    with suppress(*SENDING):
        if interaction.response.is_done():
            await interaction.followup.send(said, ephemeral=True)
        else:
            await interaction.response.send_message(said, ephemeral=True)


def _is_private(interaction: Interaction, asked: Command | Problem) -> bool:
    if interaction.guild_id is None:
        return False
    if isinstance(asked, Source) and interaction.message:
        return interaction.message.flags.ephemeral
    return not isinstance(asked, Share)
