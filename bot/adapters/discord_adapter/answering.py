"""Answering what happens on Discord: every event is acknowledged, carried out and replied to."""

import discord
from discord import app_commands

from bot.adapters.discord_adapter.replying import (
    Interaction,
    acknowledge,
    answer_interaction,
    answer_message,
    say_failed,
)
from bot.adapters.discord_adapter.requests import attached, request_of, to_request, typed
from bot.adapters.discord_adapter.slash import COMPLETED_NAMES, Values
from bot.adapters.discord_adapter.text_window import TextWindow
from bot.adapters.discord_adapter.trouble import is_left
from bot.adapters.discord_adapter.under_way import UnderWay
from bot.adapters.ledger import INTERRUPTED, LEFT_HALF, Ledger, Left, Payload, may_be_done_again
from bot.desk import Desk
from bot.messages import Add, Ask, Attachment, Command, Problem, Quote, Reply
from bot.parsing import filled
from bot.parsing import to_command as to_typed_command
from bot.registry import BY_WORD, Argument, Entry, Kind
from bot.rendering.discord_views import to_command

CHOICES = 25
CHOICE = 100
"""Characters of a choice; discord.com/developers/docs, application command option choice."""
NO_TEXT = "This message has no text to look for."
NOTHING_TO_CHECK = "This message has no text to check."
NOTHING_TO_ADD = "This message has neither a text nor a file to add."
OLD_BUTTON = "That button is of another version of the bot; ask the question again."


class Answering:
    """Takes Discord's events to the desk and brings its replies back."""

    def __init__(self, desk: Desk, under_way: UnderWay, ledger: Ledger) -> None:
        self._desk = desk
        self._under_way = under_way
        self._ledger = ledger

    async def word(
        self,
        interaction: Interaction,
        entry: Entry,
        values: Values,
        attachment: discord.Attachment | None,
    ) -> None:
        """Answer a slash command; one that wants a file and has none opens a window for a text."""
        command = filled(entry, values)
        files = (attached(attachment),) if attachment else ()
        wants_text = entry.takes_files and not files and not _has_address(entry, values)
        if not wants_text or not self._desk.may_moderate(to_request(interaction)):
            await self._answer(interaction, command, *files)
            return

        async def submit(window: Interaction, file: Attachment) -> None:
            await self._answer(window, command, file)

        name = str(values.get("file", ""))
        title = f"{entry.word.capitalize()} a text"
        await interaction.response.send_modal(TextWindow(title, name, submit))

    async def find(self, interaction: Interaction, message: discord.Message) -> None:
        """Answer *Find in coverage*: what the message says, as a question."""
        text = message.content.strip()
        await self._answer(interaction, Ask(text) if text else Problem(NO_TEXT))

    async def check(self, interaction: Interaction, message: discord.Message) -> None:
        """Answer *Check this quote*: the quotation in the message, or all of it."""
        text = message.content.strip()
        await self._answer(interaction, Quote(text) if text else Problem(NOTHING_TO_CHECK))

    async def add(self, interaction: Interaction, message: discord.Message) -> None:
        """Answer *Add to coverage*: the message's files, or else its text as a file."""
        files = [attached(attachment) for attachment in message.attachments]
        if not files and message.content.strip():
            files = [typed(f"message-{message.id}.txt", message.content)]
        await self._answer(interaction, Add() if files else Problem(NOTHING_TO_ADD), *files)

    async def button(self, interaction: Interaction, custom_id: str) -> None:
        """Answer a button, whichever process put it there."""
        await self._answer(interaction, to_command(custom_id) or Problem(OLD_BUTTON))

    async def complete(
        self, interaction: Interaction, argument: Argument, so_far: str
    ) -> list[app_commands.Choice[str]]:
        """Return what may be meant by what is typed so far, within the space."""
        if argument.kind is Kind.WORD:
            names = [(word, word) for word in BY_WORD if word.startswith(so_far.strip().lower())]
        else:
            kind = COMPLETED_NAMES.get(argument.name, "file")
            word = interaction.command.name if interaction.command else ""
            found = await self._desk.completions(kind, so_far, to_request(interaction), word)
            names = [(one.label, one.value) for one in found if len(one.value) <= CHOICE]
        return [
            app_commands.Choice(name=label[:CHOICE], value=value)
            for label, value in names[:CHOICES]
        ]

    async def message(self, message: discord.Message, said: str | Problem) -> None:
        """Answer a mention or a direct message with a reply to it; a Problem is that reply."""
        if not self._under_way.takes(message.id):
            return
        key = str(message.id)
        with self._under_way.one():
            async with self._ledger.until_answered(key, lambda error: not is_left(error)):
                await self._ledger.keep(key, str(message.author.id), _payload(message))
                await answer_message(message, await self._reply_to(message, said))

    async def left(self) -> list[Left]:
        """Return what was accepted before the start and is still to be answered or refused."""
        return [one for one in await self._ledger.left() if await self._is_recent(one)]

    async def resume(self, left: Left, message: discord.Message, said: str | Problem) -> None:
        """Answer what was accepted before the start, or tell its author to ask again."""
        files = bool(message.attachments)
        command = to_typed_command(said, with_files=files) if isinstance(said, str) else Ask("")
        if not may_be_done_again(command):
            said = LEFT_HALF
        elif not left.is_fresh:
            said = INTERRUPTED
        await self.message(message, said)

    async def give_up(self, left: Left) -> None:
        """Forget a request whose message is gone."""
        await self._ledger.drop(left.id)

    async def _is_recent(self, left: Left) -> bool:
        if not left.is_recent:
            await self.give_up(left)
        return left.is_recent

    async def _answer(
        self, interaction: Interaction, asked: Command | Problem, *files: Attachment
    ) -> None:
        """Acknowledge an interaction at once, carry out what is asked for, and show the reply.

        A Problem is not carried out: it is the reply.
        """
        if not self._under_way.takes(interaction.id):
            return
        with self._under_way.one():
            try:
                if await acknowledge(interaction, asked):
                    reply = await self._reply(interaction, asked, files)
                    await answer_interaction(interaction, asked, reply)
            except Exception as error:  # noqa: BLE001 - it is logged with its traceback
                await say_failed(interaction, error)

    async def _reply_to(self, message: discord.Message, said: str | Problem) -> Reply:
        if isinstance(said, Problem):
            return said
        return await self._desk.handle(request_of(message, said))

    async def _reply(
        self, interaction: Interaction, asked: Command | Problem, files: tuple[Attachment, ...]
    ) -> Reply:
        if isinstance(asked, Problem):
            return asked
        return await self._desk.carry_out(asked, to_request(interaction, *files))


def _payload(message: discord.Message) -> Payload:
    """Return where a message is to be found again."""
    guild = message.guild.id if message.guild else None
    return {"guild": guild, "channel": message.channel.id, "message": message.id}


def _has_address(entry: Entry, values: Values) -> bool:
    """Say whether a page of the web is given instead of a file."""
    return any(one.kind is Kind.ADDRESS and one.name in values for one in entry.arguments)
