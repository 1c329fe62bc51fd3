"""Which errors of Discord's pass: it is away, or says that it is in trouble."""

from http import HTTPStatus

import aiohttp
import discord


def is_passing(error: Exception) -> bool:
    """Say whether Discord may take the same later."""
    if isinstance(error, discord.HTTPException):
        return error.status >= HTTPStatus.INTERNAL_SERVER_ERROR or _is_held_back(error)
    return isinstance(error, aiohttp.ClientError | OSError)


def was_never_sent(error: Exception) -> bool:
    """Say whether Discord certainly did nothing of what it was asked for."""
    if isinstance(error, discord.HTTPException) and _is_held_back(error):
        return True
    return isinstance(error, discord.DiscordServerError | aiohttp.ClientConnectorError)


def is_left(error: Exception) -> bool:
    """Say whether the next connection should try again; this one may have been closed."""
    return is_passing(error) or isinstance(error, RuntimeError)


def _is_held_back(error: discord.HTTPException) -> bool:
    """Say whether Cloudflare, before Discord, takes nothing for a while (its error 1015).

    Other limits discord.py waits for itself; docs.discord.com, rate limits.
    """
    return error.status == HTTPStatus.TOO_MANY_REQUESTS
