"""The client: discord.py's, with our commands, without privileged intents."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.adapters.bots import Bots
from bot.adapters.discord_adapter.answering import Answering
from bot.adapters.discord_adapter.interactions import say_failed
from bot.adapters.discord_adapter.questions import Questions
from bot.adapters.discord_adapter.sending import Interaction
from bot.adapters.discord_adapter.sessions import keep_session
from bot.adapters.discord_adapter.slash import IN_GUILDS, slash_commands
from bot.adapters.discord_adapter.syncing import sync_changed
from bot.adapters.discord_adapter.texts import said_to
from bot.adapters.discord_adapter.trouble import is_passing
from bot.adapters.ledger import Left
from bot.adapters.patience import patiently

log = logging.getLogger("newsdesk")

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
"""None of them has to be granted; a message's text comes where it mentions the bot or is direct."""
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    attach_files=True,
    read_message_history=True,
)
"""What the bot is invited with: what it needs to reply to a mention."""
FIND = "Find in coverage"
CHECK = "Check this quote"
ADD = "Add to coverage"
OLD_COMMAND = "That command is of another version of the bot; reload Discord and try again."


def use_api(address: str) -> None:
    """Lead discord.py to the API.

    discord.py reads the address from its class and takes no argument for it. It holds for the
    process, which has one Discord; a subclass would miss the webhooks that answers go through.
    """
    Route.BASE = address.rstrip("/")


class Tree(app_commands.CommandTree["NewsdeskClient"]):
    """The command tree; what fails before a command begins is said too."""

    async def on_error(
        self,
        interaction: discord.Interaction["NewsdeskClient"],
        error: app_commands.AppCommandError,
    ) -> None:
        """Tell whoever uses a command that there is not (any more), or that fails."""
        if interaction.type is not discord.InteractionType.application_command:
            log.error("a completion failed", exc_info=error)
        elif isinstance(
            error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch
        ):
            await interaction.response.send_message(OLD_COMMAND, ephemeral=True)
        else:
            await say_failed(interaction, error)


class NewsdeskClient(discord.AutoShardedClient):
    """Connects to Discord and hands its events to ``Answering`` and ``Questions``."""

    def __init__(
        self,
        answering: Answering,
        questions: Questions,
        bots: Bots,
        gateway: str | None,
        left: Iterable[Left] = (),
    ) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it has no voice
        super().__init__(
            intents=INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
        )
        self._answering = answering
        self._questions = questions
        self._bots = bots
        self._gateway = gateway
        self._left = list(left)
        self.tree = Tree(
            self,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
        )
        self._add_commands()
        parsers = self._connection.parsers
        for event, parse in parsers.items():
            parsers[event] = _alone(event, parse)

    def _add_commands(self) -> None:
        for command in slash_commands(self._answering.word, self._answering.complete):
            self.tree.add_command(command)
        self.tree.add_command(app_commands.ContextMenu(name=FIND, callback=self._find))
        self.tree.add_command(app_commands.ContextMenu(name=CHECK, callback=self._check))
        add = app_commands.ContextMenu(name=ADD, callback=self._add, allowed_contexts=IN_GUILDS)
        self.tree.add_command(app_commands.default_permissions(manage_guild=True)(add))

    async def setup_hook(self) -> None:
        """Tell Discord our commands where they changed; where it does not listen, go on."""
        try:
            await sync_changed(self.tree)
        except discord.DiscordException:
            log.exception("the commands could not be told to Discord")

    async def launch_shard(
        self, gateway: yarl.URL, shard_id: int, *, initial: bool = False
    ) -> None:
        """Connect a shard: to the gateway of the settings, or else to that which the API names.

        discord.py goes to its own default where it connects anew without resuming, so that is set.
        """
        chosen = yarl.URL(self._gateway) if self._gateway else gateway
        DiscordWebSocket.DEFAULT_GATEWAY = chosen
        await super().launch_shard(chosen, shard_id, initial=initial)
        if info := self.get_shard(shard_id):
            keep_session(info)

    async def on_ready(self) -> None:
        """Go on with what was accepted before the start; a connection may be ready many times."""
        left, self._left = self._left, []
        await asyncio.gather(*map(self._resume, left))

    async def on_message(self, message: discord.Message) -> None:
        """Answer direct messages and mentions, of people and of the bots that may ask."""
        said = said_to(message, self.user_id)
        if said is not None and self._may_ask(message):
            await self._questions.answer(message, said)

    async def _resume(self, left: Left) -> None:
        """Fetch a message that was accepted before the start, and answer it; or give it up."""
        channel, guild = left.payload["channel"], left.payload["guild"]
        try:
            place = self.get_partial_messageable(channel, guild_id=guild)
            fetch = partial(place.fetch_message, left.payload["message"])
            message = await patiently(fetch, is_passing)
            said = said_to(message, self.user_id)
            is_there = (message.guild.id if message.guild else None) == guild
            if said is None or not is_there:  # it was edited, or we left the guild
                await self._questions.give_up(left)
            else:
                await self._questions.resume(left, message, said)
        except (discord.NotFound, discord.Forbidden):
            await self._questions.give_up(left)
        except Exception:
            log.exception("what was left by the last run could not be answered")

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Answer an edited message anew; what else Discord changes of one is no edit."""
        if payload.message.edited_at is not None:
            await self.on_message(payload.message)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Take back the answer to a message that was deleted."""
        channel = self.get_partial_messageable(payload.channel_id)
        await self._questions.deleted(channel, payload.message_id)

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Take back the answers to messages that were deleted together, as when one is banned."""
        channel = self.get_partial_messageable(payload.channel_id)
        for number in payload.message_ids:
            await self._questions.deleted(channel, number, besides=payload.message_ids)

    def _may_ask(self, message: discord.Message) -> bool:
        """Say whether a message's author is answered: one's own messages never are."""
        if self.user_id == message.author.id or message.application_id == self.application_id:
            return False
        is_bot = message.author.bot or message.webhook_id is not None
        return not is_bot or self._bots.may_ask(str(message.author.id))

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer buttons and windows; commands come through the tree."""
        data: Mapping[str, Any] = interaction.data or {}
        if interaction.type is discord.InteractionType.component:
            await self._answering.button(interaction, str(data.get("custom_id", "")))
        elif interaction.type is discord.InteractionType.modal_submit:
            await self._answering.window(interaction, data)

    async def _find(self, interaction: Interaction, message: discord.Message) -> None:
        await self._answering.find(interaction, message)

    async def _check(self, interaction: Interaction, message: discord.Message) -> None:
        await self._answering.check(interaction, message)

    async def _add(self, interaction: Interaction, message: discord.Message) -> None:
        await self._answering.add(interaction, message)

    @property
    def user_id(self) -> int:
        """Return the bot's own id."""
        return self.user.id if self.user else 0


def _alone(event: str, parse: Callable[[Any], None]) -> Callable[[Any], None]:
    """Return a parser that leaves out an event which it cannot read.

    In discord.py one malformed event ends the connection, and with it all that wait for an answer.
    """

    def parse_or_leave_out(data: Any) -> None:  # noqa: ANN401 - any JSON
        try:
            parse(data)
        except Exception:
            log.exception("an event could not be read and is left out: %s", event)

    return parse_or_leave_out
