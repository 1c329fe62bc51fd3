"""From Discord's objects to requests."""

import discord

from bot.messages import Attachment, Progress, Request, Sender

PLATFORM = "discord"


def to_request(
    interaction: discord.Interaction[discord.Client],
    *attachments: Attachment,
    progress: Progress | None = None,
) -> Request:
    """Return the request of somebody who used a command, a menu or a button."""
    sender = _sender(interaction.user, manages=interaction.permissions.manage_guild)
    place, space = str(interaction.channel_id or 0), _space(interaction.guild_id)
    return Request(sender, PLATFORM, "", space, place, attachments, progress)


def request_of(message: discord.Message, text: str, progress: Progress) -> Request:
    """Return the request of somebody who wrote a message."""
    author = message.author
    manages = isinstance(author, discord.Member) and author.guild_permissions.manage_guild
    space = _space(message.guild.id if message.guild else None)
    files = tuple(attached(attachment) for attachment in message.attachments)
    sender, place = _sender(author, manages=manages), str(message.channel.id)
    return Request(sender, PLATFORM, text, space, place, files, progress)


def attached(attachment: discord.Attachment) -> Attachment:
    """Return a file that is fetched from Discord when it is wanted."""
    return Attachment(attachment.filename, attachment.size, attachment.read)


def typed(name: str, text: str) -> Attachment:
    """Return a text that somebody typed as a file of that name."""
    content = text.encode("utf-8", "replace")

    async def fetch() -> bytes:
        return content

    return Attachment(name, len(content), fetch)


def _space(guild: int | None) -> str | None:
    return None if guild is None else str(guild)


def _sender(user: discord.User | discord.Member, *, manages: bool) -> Sender:
    roles = user.roles if isinstance(user, discord.Member) else []
    named = {role.name for role in roles if not role.is_default()}
    return Sender(
        str(user.id),
        user.display_name,
        frozenset(named | {str(role.id) for role in roles}),
        manages,
    )
