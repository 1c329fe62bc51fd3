"""The sign that the bot is working, and how far it is, where an answer takes longer than a moment.

It is Slack's own status below a question (assistant.threads.setStatus), in channels as in direct
conversations; Slack takes it away by itself when an answer is posted.
"""

import asyncio
from contextlib import suppress
from typing import Self

import aiohttp
from slack_sdk.errors import SlackClientError

from bot.adapters.pace import LAST, Pace
from bot.adapters.slack_adapter.clients import Clients
from bot.adapters.slack_adapter.places import Place

A_MOMENT = 1.0
"""Seconds; most answers are there sooner, and a sign before them would only delay them."""
STATUS = "is searching the coverage …"


class Sign:
    """Shown below a question while the block lasts.

    It is taken in before the answer is posted: one that came after it would stay.
    """

    def __init__(self, clients: Clients, place: Place) -> None:
        self._clients = clients
        self._place = place
        self._pace = Pace(self._say, first=STATUS, begin=A_MOMENT)
        self.tell = self._pace.tell

    async def __aenter__(self) -> Self:
        """Show it when a moment is over."""
        await self._pace.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Show the sign no more, or not at all where nobody has seen it yet."""
        await self._pace.__aexit__()
        if self._pace.was_shown:
            with suppress(SlackClientError, aiohttp.ClientError, TimeoutError):
                async with asyncio.timeout(LAST):
                    await self._say("")

    async def _say(self, status: str) -> None:
        await self._clients.hasty.assistant_threads_setStatus(
            channel_id=self._place.channel, thread_ts=self._place.thread, status=status
        )
