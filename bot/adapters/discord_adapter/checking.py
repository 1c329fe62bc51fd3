"""What ``newsdesk check`` asks Discord: as whom it knows us, and what we may do in which server."""

from typing import Final

import discord

from bot.adapters.discord_adapter.adapter import token_of, why_not_let_in
from bot.adapters.discord_adapter.client import INTENTS, PERMISSIONS, use_api
from bot.adapters.platform import PlatformProblem
from bot.settings import Settings

LOOKED_AT: Final = 25
"""Servers whose rights are looked at: each takes two requests."""
INVITE: Final = "invite it with the address in deploy/discord.md"


async def check(settings: Settings) -> str:
    """Return as whom Discord knows us, and in how many servers we are.

    Raises PlatformProblem where Discord does not let us in, or a right is missing that the bot
    needs in a server; what a channel denies shows when somebody asks there. The intents that we ask
    for need no grant.
    """
    use_api(settings.discord_api_url)
    async with discord.Client(intents=INTENTS) as client:
        with why_not_let_in(settings.discord_api_url):
            await client.login(token_of(settings))
            servers = [server async for server in client.fetch_guilds(with_counts=False)]
            lacking = [await _lacking(client, server) for server in servers[:LOOKED_AT]]
        if not servers:
            raise PlatformProblem(
                f"The token is that of {client.user}, in no server yet; {INVITE}."
            )
        if complaints := [one for one in lacking if one]:
            raise PlatformProblem(f"{'; '.join(complaints)}: {INVITE} once more.")
        plural = "s" * (len(servers) > 1)
        return f"The token is that of {client.user}, in {len(servers)} server{plural}."


async def _lacking(client: discord.Client, server: discord.Guild) -> str:
    """Return what the bot may not do in a server that it has to, nothing where it may do it all."""
    whole = await client.fetch_guild(server.id, with_counts=False)
    ours = await whole.fetch_member(client.user.id if client.user else 0)
    rights = ours.guild_permissions
    denied = [name for name, needed in PERMISSIONS if needed and not getattr(rights, name)]
    names = ", ".join(denied).replace("read_messages", "view_channels").replace("_", " ")
    return f"In {server.name} the bot may not {names}" if names else ""
