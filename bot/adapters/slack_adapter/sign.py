"""The sign that the bot is working, where an answer takes longer than a moment."""

import asyncio
from contextlib import suppress

import aiohttp
from slack_sdk.errors import SlackClientError

from bot.adapters.slack_adapter.clients import Clients
from bot.adapters.slack_adapter.places import Place

A_MOMENT = 1.0
"""Seconds; most answers are there sooner, and a sign before them would only delay them."""
STATUS = "is searching the coverage …"


class Sign:
    """Shown below a question until it is taken in.

    It is to be taken in before the answer is posted: one that came after it would stay.
    """

    def __init__(self, clients: Clients, place: Place) -> None:
        self._clients = clients
        self._place = place
        self._is_out = False
        self._showing = asyncio.create_task(self._show())

    async def take_in(self) -> None:
        """Show the sign no more, or not at all where nobody has seen it yet."""
        if not self._is_out:
            self._showing.cancel()
            return
        await self._showing
        self._is_out = False
        await self._say("")

    async def _show(self) -> None:
        await asyncio.sleep(A_MOMENT)
        self._is_out = True
        await self._say(STATUS)

    async def _say(self, status: str) -> None:
        with suppress(SlackClientError, aiohttp.ClientError, TimeoutError):
            await self._clients.hasty.assistant_threads_setStatus(
                channel_id=self._place.channel, thread_ts=self._place.thread, status=status
            )
