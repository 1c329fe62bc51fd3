"""What people write to the bot on Discord: mentions in channels, and direct messages.

An edited question is answered anew in the place of its first answer, and one that is deleted takes
its answer with it.
"""

from collections.abc import Container
from contextlib import suppress

import discord

from bot.adapters.discord_adapter.mentions import A_MINUTE, TOLD, MentionReply
from bot.adapters.discord_adapter.requests import PLATFORM, request_of
from bot.adapters.discord_adapter.sending import SENDING
from bot.adapters.discord_adapter.trouble import is_left
from bot.adapters.discord_adapter.under_way import UnderWay
from bot.adapters.ledger import INTERRUPTED, LEFT_HALF, Ledger, Left, Payload, may_be_done_again
from bot.adapters.links import Links
from bot.adapters.memory import Memory
from bot.adapters.pace import Pace
from bot.desk import Desk
from bot.messages import Ask, Problem, Reply
from bot.parsing import to_command
from bot.registry import BY_COMMAND
from bot.rendering.discord_views import path_of


class Questions:
    """Answers what people write."""

    def __init__(self, desk: Desk, under_way: UnderWay, ledger: Ledger) -> None:
        self._desk = desk
        self._under_way = under_way
        self._ledger = ledger
        self._told_closed: Memory[int, bool] = Memory(size=TOLD, seconds=A_MINUTE)
        self._links = Links(desk, PLATFORM)

    async def answer(
        self, message: discord.Message, said: str | Problem, refusal: Problem | None = None
    ) -> None:
        """Answer a mention or a direct message with a reply to it; a Problem is that reply.

        An edited one is answered anew, in the place of its first answer; nothing is answered twice.
        """
        if not self._under_way.takes((message.id, message.edited_at)):
            return
        key = str(message.id)
        async with (
            self._under_way.message(message.id),
            self._ledger.until_answered(key, lambda error: not is_left(error)),
        ):
            await self._ledger.keep(key, str(message.author.id), _payload(message))
            link = await self._links.find(key)
            text = "" if isinstance(said, Problem) else said
            if link is None or (message.edited_at and not link.is_to(text)):
                earlier = link.answer if link else ""
                await self._reply(message, refusal or said, text, earlier=earlier)

    async def left(self) -> list[Left]:
        """Return what was accepted before the start and is still to be answered or refused."""
        return [one for one in await self._ledger.left() if await self._is_recent(one)]

    async def resume(self, left: Left, message: discord.Message, said: str | Problem) -> None:
        """Answer what was accepted before the start, or tell its author to ask again."""
        files = bool(message.attachments)
        command = to_command(said, with_files=files) if isinstance(said, str) else Ask("")
        refusal = None
        if not may_be_done_again(command):
            refusal = LEFT_HALF
        elif not left.is_fresh:
            refusal = INTERRUPTED
        await self.answer(message, said, refusal)

    async def give_up(self, left: Left) -> None:
        """Forget a request whose message is gone."""
        await self._ledger.drop(left.id)

    async def _is_recent(self, left: Left) -> bool:
        if not left.is_recent:
            await self.give_up(left)
        return left.is_recent

    async def deleted(
        self,
        channel: discord.PartialMessageable,
        number: int,
        besides: Container[int] = frozenset(),
    ) -> None:
        """Delete the answer to a message that was deleted, if it is not gone ``besides``."""
        async with self._under_way.message(number):
            link = await self._links.find(str(number))
            if link and link.answer and int(link.answer) not in besides:
                with suppress(*SENDING):  # somebody was faster
                    await channel.get_partial_message(int(link.answer)).delete()

    async def _reply(
        self, message: discord.Message, said: str | Problem, text: str, *, earlier: str
    ) -> None:
        """Carry out what a message says, and show the reply where it is to be seen."""
        command = to_command(text, with_files=bool(message.attachments))
        entry = BY_COMMAND[type(command)]
        shown = MentionReply(self._told_closed, message, earlier, is_private=entry.for_asker)
        with self._under_way.reply_in(message.channel.id) as has_room:
            async with Pace(shown.show_progress) as pace:
                request = request_of(message, text, pace.tell)
                if isinstance(said, Problem):
                    reply: Reply = said
                elif has_room:
                    reply = await self._desk.carry_out(command, request)
                else:
                    reply = self._desk.shed(command, request)
            is_private = self._desk.is_for_asker(command, reply, request)
            answer = await shown.show(reply, is_private=is_private, instead=path_of(entry))
        asker, channel = str(message.author.id), str(message.channel.id)
        await self._links.keep(str(message.id), text, asker, channel, answer)


def _payload(message: discord.Message) -> Payload:
    """Return where a message is to be found again."""
    guild = message.guild.id if message.guild else None
    return {"guild": guild, "channel": message.channel.id, "message": message.id}
