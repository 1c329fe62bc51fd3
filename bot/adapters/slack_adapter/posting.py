"""Showing replies on Slack: at its pace, in order, publicly or to one person."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.adapters.memory import Memory
from bot.adapters.slack_adapter.clients import Clients
from bot.adapters.slack_adapter.places import NOWHERE, Place, Visitor
from bot.adapters.slack_adapter.trouble import may_not_edit, may_not_write
from bot.adapters.slack_adapter.turns import Turns
from bot.messages import Reply
from bot.rendering.slack_blocks import Message, to_message

log = logging.getLogger("newsdesk")

PEOPLE = 5_000
A_DAY = 86_400.0
OK = 200
BLOCKS_REFUSED = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}


async def rendered(reply: Reply, *, shareable: bool = False, asked_by: str = "") -> Message:
    """Render in a thread: a long document must not hold up what waits to be acknowledged."""
    return await asyncio.to_thread(to_message, reply, shareable=shareable, asked_by=asked_by)


class Posting:
    """Posts messages; in each channel so many may wait for their turn."""

    def __init__(self, clients: Clients, waiting: int) -> None:
        self._clients = clients
        self.turns = Turns(waiting)
        self._direct: Memory[str, Place] = Memory(size=PEOPLE, seconds=A_DAY)
        """People's direct conversations with the bot."""

    async def direct(self, user: str) -> Place:
        """Return somebody's direct conversation with the bot, under the id that it has."""
        place = self._direct.get(user)
        if place is None:
            response = await self._clients.web.conversations_open(users=user)
            place = Place(response["channel"]["id"])
            self._direct.keep(user, place)
        return place

    async def post(self, place: Place, message: Message) -> str:
        """Post a message for everybody there, no sooner than Slack takes it; return its ts."""
        async with self.turns.slot(place.channel):
            return await _as_blocks_or_text(partial(self._post, place), message)

    async def put(self, place: Place, ts: str, message: Message) -> str:
        """Put a message in the place of one that was posted, where that can be; else post it.

        Returns the message's ts.
        """
        if not ts:
            return await self.post(place, message)
        try:
            return await _as_blocks_or_text(partial(self._update, place, ts), message)
        except SlackApiError as error:
            if not may_not_edit(error):
                raise
        await self.take_back(place, ts)
        return await self.post(place, message)

    async def take_back(self, place: Place, ts: str) -> None:
        """Delete a message that was posted."""
        with suppress(SlackApiError):  # somebody was faster
            await self._clients.web.chat_delete(channel=place.channel, ts=ts)

    async def tell(self, visitor: Visitor, message: Message) -> None:
        """Show a message to one person: where they are, or else in their direct messages."""
        if await self._is_posted_to(visitor.place, message):
            return
        if not (await self._respond(visitor, message) or await self._whisper(visitor, message)):
            await self.post(await self.direct(visitor.user), message)

    async def _is_posted_to(self, place: Place, message: Message) -> bool:
        """Post to a thread of somebody's conversation with the bot; say whether it is one."""
        if not (place.is_direct and place.thread):
            return False
        try:
            await self.post(place, message)
        except SlackApiError as error:
            if not may_not_write(error):  # it is one of other people's
                raise
            return False
        return True

    async def tell_all(self, visitor: Visitor, message: Message) -> None:
        """Post a message where the visitor is; also where the bot is no member."""
        try:
            async with self.turns.turn(visitor.place.channel):
                await self.post(visitor.place, message)
        except SlackApiError as error:
            if not visitor.response_url:
                raise
            log.info("posted through a response_url (%s)", error.response.get("error"))
            await self._respond(visitor, message, response_type="in_channel")

    async def entitle(self, place: Place, title: str) -> None:
        """Give a direct conversation's thread its title."""
        with suppress(SlackClientError, aiohttp.ClientError, TimeoutError):
            await self._clients.hasty.assistant_threads_setTitle(
                channel_id=place.channel, thread_ts=place.thread, title=title
            )

    async def _post(self, place: Place, message: Message) -> str:
        response = await self._clients.prompt.chat_postMessage(
            channel=place.channel,
            thread_ts=place.thread or None,
            text=message.text,
            blocks=message.blocks or None,
            mrkdwn=False,
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(response["ts"])

    async def _update(self, place: Place, ts: str, message: Message) -> str:
        """Edit a message; by default Slack would make links of what looks like one."""
        await self._clients.patient.chat_update(
            channel=place.channel, ts=ts, text=message.text, blocks=message.blocks, parse="none"
        )
        return ts

    async def _respond(
        self, visitor: Visitor, message: Message, *, response_type: str = "ephemeral"
    ) -> bool:
        """Use the response_url; say whether Slack took it: it has five uses in 30 minutes."""
        if not visitor.response_url or (visitor.place.thread and response_type == "ephemeral"):
            return False
        try:
            response = await self._clients.webhook(visitor.response_url).send(
                text=message.text,
                blocks=message.blocks,
                replace_original=False,
                response_type=response_type,
                unfurl_links=False,
                unfurl_media=False,
            )
        except (aiohttp.ClientError, TimeoutError):
            return False
        return response.status_code == OK

    async def _whisper(self, visitor: Visitor, message: Message) -> bool:
        """Show a message to one person in a channel or a thread; say whether the bot could."""
        place = visitor.place
        if place == NOWHERE:
            return False
        try:
            await self._clients.patient.chat_postEphemeral(
                channel=place.channel,
                user=visitor.user,
                thread_ts=(place.thread or None) if place.has_replies else None,
                text=message.text,
                blocks=message.blocks,
            )
        except SlackApiError:
            return bool(place.thread) and await self._respond(
                Visitor(visitor.user, Place(place.channel), "", visitor.response_url),
                message,
            )
        return True


async def _as_blocks_or_text(send: Callable[[Message], Awaitable[str]], message: Message) -> str:
    """Send a message; where Slack refuses its blocks, its text alone. Returns its ts."""
    try:
        return await send(message)
    except SlackApiError as error:
        if error.response.get("error") not in BLOCKS_REFUSED:
            raise
        log.exception("Slack refused the blocks of a message; it goes as text")
    return await send(Message(message.text, []))
