"""Which errors of Discord's pass: it is away, or says that it is in trouble."""

from http import HTTPStatus

import aiohttp
import discord


def is_passing(error: Exception) -> bool:
    """Say whether Discord may take the same later."""
    if isinstance(error, discord.HTTPException):
        return error.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return isinstance(error, aiohttp.ClientError | OSError)


def was_never_sent(error: Exception) -> bool:
    """Say whether Discord certainly did nothing of what it was asked for."""
    return isinstance(error, discord.DiscordServerError | aiohttp.ClientConnectorError)


def is_left(error: Exception) -> bool:
    """Say whether the next connection should try again; this one may have been closed."""
    return is_passing(error) or isinstance(error, RuntimeError)
