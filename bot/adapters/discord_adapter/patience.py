"""Sending to Discord again and again while it is away or in trouble: somebody waits for a reply."""

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import TypeVar

import aiohttp
import discord

PATIENCE = 240.0
"""Seconds until a reply is given up; discord.py gives up after half a minute, or at once."""
FIRST, LONGEST = 0.5, 10.0
"""Seconds between two tries; they double."""

T = TypeVar("T")


def is_passing(error: Exception) -> bool:
    """Say whether Discord may take the same later: it is away, or says that it is in trouble."""
    if isinstance(error, discord.HTTPException):
        return error.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return isinstance(error, aiohttp.ClientError | OSError | RuntimeError)  # a closed session


def was_never_sent(error: Exception) -> bool:
    """Say whether Discord certainly did nothing of what it was asked for."""
    return isinstance(error, discord.DiscordServerError | aiohttp.ClientConnectorError)


async def patiently(send: Callable[[], Awaitable[T]], may_pass: Callable[[Exception], bool]) -> T:
    """Send until Discord takes it, and no longer than anybody would wait."""
    loop = asyncio.get_running_loop()
    until, pause = loop.time() + PATIENCE, FIRST
    while True:
        try:
            return await send()
        except Exception as error:
            if isinstance(error, RuntimeError) or not may_pass(error) or loop.time() > until:
                raise
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST)
