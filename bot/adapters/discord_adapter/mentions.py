"""Replies to messages: a mention is answered to everybody, what is its author's alone to them.

How far long work is stands where the answer will be.
"""

from contextlib import suppress
from typing import Any

import discord
from discord.utils import DEFAULT_FILE_SIZE_LIMIT_BYTES

from bot.adapters.discord_adapter.sending import SENDING, for_edit, for_sending, logged, rendered
from bot.adapters.discord_adapter.trouble import is_left, is_passing
from bot.adapters.memory import Memory
from bot.adapters.patience import patiently
from bot.messages import Reply
from bot.rendering.discord_views import Post

NO_RIGHT = (
    "I may not write in <#{}>: somebody who manages the server can allow me to view the channel, "
    "send messages (in threads too), attach files and read its history. /ask works there meanwhile."
)
CLOSED = "What I have to say is for you alone, and you take no direct messages here: use {}."
TOLD = 1_000
A_MINUTE = 60.0
"""Seconds for which nobody is told twice that their direct messages are closed."""


class MentionReply:
    """The reply to one message; ``earlier`` is the id of the one that it takes the place of."""

    def __init__(
        self,
        told_closed: Memory[int, bool],
        message: discord.Message,
        earlier: str,
        *,
        is_private: bool,
    ) -> None:
        self._told_closed = told_closed
        self._message = message
        self._is_private = is_private and message.guild is not None
        """Whether what is shown is shown to the message's author alone."""
        self._earlier = _message_of(message, earlier) if earlier else None
        self._shown: discord.Message | None = None
        """How far the work is."""

    async def show_progress(self, progress: str) -> None:
        """Show how far the work is: the first time with a message, which is edited then."""
        if self._shown is None:
            self._shown = await self._send({"content": progress}, is_private=self._is_private)
        else:
            await self._shown.edit(content=progress)

    async def show(self, reply: Reply, *, is_private: bool, instead: str) -> str:
        """Show the reply, without a ping; where that is forbidden, tell the message's author why.

        ``instead`` is the command that its author may use where they take no direct messages.
        Returns the id of the message that everybody sees, empty where there is none. Raises what
        Discord's absence raises where that does not pass.
        """
        is_private = is_private and self._message.guild is not None
        try:
            post = await rendered(reply)
            answer = await patiently(lambda: self._put(post, is_private=is_private), is_passing)
        except discord.Forbidden:
            with suppress(*SENDING):
                await self._say_why_not(instead, is_private=is_private)
        except Exception as error:
            if is_left(error):
                raise
            said = logged(error)
            with suppress(*SENDING):
                await self._send({"content": said}, is_private=is_private)
        else:
            return "" if is_private else answer
        return ""

    async def _put(self, post: Post, *, is_private: bool) -> str:
        """Show the reply in the place of what stands for it, where it can be there."""
        guild = self._message.guild
        limit = guild.filesize_limit if guild and not is_private else DEFAULT_FILE_SIZE_LIMIT_BYTES
        here: discord.Message | discord.PartialMessage | None = None
        if is_private is self._is_private:
            here = self._shown
        if here is None and not is_private and post.items:
            here = self._earlier
        shown = await _edited(here, post, limit) if here else None
        if shown is None:
            arguments = {**for_sending(post, limit), "nonce": _nonce(self._message)}
            shown = await self._send(arguments, is_private=is_private)
        for old in filter(None, (self._shown, self._earlier)):
            if old is not here:
                with suppress(*SENDING):  # somebody was faster
                    await old.delete()
        return str(shown.id)

    async def _send(self, arguments: dict[str, Any], *, is_private: bool) -> discord.Message:
        if is_private:
            return await self._message.author.send(**arguments)
        reference = self._message.to_reference(fail_if_not_exists=False)
        return await self._message.channel.send(
            **arguments, reference=reference, mention_author=False
        )

    async def _say_why_not(self, instead: str, *, is_private: bool) -> None:
        if not is_private:
            await self._message.author.send(NO_RIGHT.format(self._message.channel.id))
        elif self._told_closed.is_new(self._message.author.id, value=True):
            await self._send({"content": CLOSED.format(instead)}, is_private=False)


async def _edited(
    here: discord.Message | discord.PartialMessage, post: Post, limit: int
) -> discord.Message | None:
    """Put a reply in the place of a message; return None where somebody deleted that one."""
    try:
        return await here.edit(**for_edit(post, limit))
    except discord.NotFound:
        return None


def _nonce(message: discord.Message) -> str:
    """Return by what Discord takes a reply once, sent again within minutes.

    The reply to an edited message is another one. Discord takes 25 characters.
    """
    edited = int(message.edited_at.timestamp()) % 100_000 if message.edited_at else 0
    return f"{message.id}{edited or ''}"


def _message_of(message: discord.Message, number: str) -> discord.PartialMessage:
    """Return the message of an id in the same channel."""
    return discord.PartialMessage(channel=message.channel, id=int(number))
