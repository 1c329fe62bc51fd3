"""What ``newsdesk check`` asks Discord: as whom it knows us, and what we may do in which server."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import aiohttp
import discord

from bot.adapters.discord_adapter.adapter import IN_TROUBLE, NOT_LET_IN, UNREACHABLE, token_of
from bot.adapters.discord_adapter.client import INTENTS, PERMISSIONS, use_api
from bot.adapters.platform import PlatformAway, PlatformProblem
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
        with _said_why_not(settings.discord_api_url):
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


@contextmanager
def _said_why_not(address: str) -> Iterator[None]:
    """Turn what Discord's client raises into a PlatformProblem."""
    try:
        yield
    except (discord.LoginFailure, ValueError) as error:
        raise PlatformProblem(NOT_LET_IN) from error
    except discord.HTTPException as error:
        raise PlatformAway(IN_TROUBLE.format(address, error.status)) from error
    except (aiohttp.ClientError, OSError) as error:
        raise PlatformAway(UNREACHABLE.format(address)) from error


async def _lacking(client: discord.Client, server: discord.Guild) -> str:
    """Return what the bot may not do in a server that it has to, nothing where it may do it all."""
    whole = await client.fetch_guild(server.id, with_counts=False)
    ours = await whole.fetch_member(client.user.id if client.user else 0)
    rights = ours.guild_permissions
    denied = [name for name, needed in PERMISSIONS if needed and not getattr(rights, name)]
    names = ", ".join(denied).replace("read_messages", "view_channels").replace("_", " ")
    return f"In {server.name} the bot may not {names}" if names else ""
