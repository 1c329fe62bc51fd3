"""Answering what happens on Discord: every event is acknowledged, carried out and replied to."""

import json
import secrets
from collections.abc import Container, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot.adapters.discord_adapter.interactions import (
    acknowledge,
    answer,
    say_failed,
    show_progress,
)
from bot.adapters.discord_adapter.mentions import A_MINUTE, TOLD, MentionReply
from bot.adapters.discord_adapter.requests import PLATFORM, attached, request_of, to_request, typed
from bot.adapters.discord_adapter.sending import SENDING, Interaction
from bot.adapters.discord_adapter.slash import COMPLETED_NAMES, Values
from bot.adapters.discord_adapter.text_window import opened_for, text_of, text_window
from bot.adapters.discord_adapter.texts import forwarded_by, shown_by, to_asked
from bot.adapters.discord_adapter.trouble import is_left
from bot.adapters.discord_adapter.under_way import UnderWay
from bot.adapters.ledger import INTERRUPTED, LEFT_HALF, Ledger, Left, Payload, may_be_done_again
from bot.adapters.links import Links
from bot.adapters.memory import Memory
from bot.adapters.pace import Pace
from bot.adapters.sharing import AGAIN, Sharing
from bot.desk import Desk
from bot.messages import Add, Answer, Ask, Attachment, Command, Problem, Quote, Reply
from bot.parsing import filled, to_command
from bot.registry import BY_COMMAND, BY_WORD, Argument, Entry, Kind
from bot.rendering import discord_views
from bot.rendering.discord_views import path_of

A_DAY = timedelta(days=1)
"""For which a window may stay open that something was typed for."""
CHOICES = 25
CHOICE = 100
"""Characters of a choice; discord.com/developers/docs, application command option choice."""
NO_TEXT = "This message has no text to look for."
NOTHING_TO_CHECK = "This message has no text to check."
NOTHING_TO_ADD = "This message has neither a text nor a file to add."
OLD_WINDOW = "That window is too old; use the command again, or attach the text as a file."
OLD_BUTTON = "That button is of another version of the bot; ask the question again."


class Answering:
    """Takes Discord's events to the desk and brings its replies back."""

    def __init__(self, desk: Desk, under_way: UnderWay, ledger: Ledger) -> None:
        self._desk = desk
        self._under_way = under_way
        self._ledger = ledger
        self._told_closed: Memory[int, bool] = Memory(size=TOLD, seconds=A_MINUTE)
        self._links = Links(desk, PLATFORM)
        self._sharing = Sharing()

    async def word(
        self,
        interaction: Interaction,
        entry: Entry,
        values: Values,
        attachment: discord.Attachment | None,
    ) -> None:
        """Answer a slash command; one that wants a file and has none opens a window for a text."""
        values = {
            name: to_asked(one) if isinstance(one, str) else one for name, one in values.items()
        }
        command = filled(entry, values)
        files = (attached(attachment),) if attachment else ()
        wants_text = entry.takes_files and not files and not entry.needs_no_file(values)
        if not wants_text or not self._may_use(entry, interaction):
            await self._answer(interaction, command, *files)
            return

        key = secrets.token_hex(8) if values else ""
        if values:
            asker = str(interaction.user.id)
            await self._desk.note(PLATFORM, f"window {key}", json.dumps(values), asker, A_DAY)
        name = str(values.get("file", ""))
        await interaction.response.send_modal(text_window(entry, key, name))

    async def window(self, interaction: Interaction, data: Mapping[str, Any]) -> None:
        """Answer a window, whichever process opened it."""
        word, key = opened_for(str(data.get("custom_id", "")))
        entry = BY_WORD.get(word)
        noted = await self._desk.noted(PLATFORM, f"window {key}") if key else "{}"
        if entry is None or noted is None:
            await self._answer(interaction, Problem(OLD_WINDOW))
        else:
            await self._answer(interaction, filled(entry, json.loads(noted)), text_of(data))

    def _may_use(self, entry: Entry, interaction: Interaction) -> bool:
        return not entry.moderators_only or self._desk.may_moderate(to_request(interaction))

    async def find(self, interaction: Interaction, message: discord.Message) -> None:
        """Answer *Find in coverage*: what the message says, as a question."""
        text = to_asked(shown_by(message))
        await self._answer(interaction, Ask(text) if text else Problem(NO_TEXT))

    async def check(self, interaction: Interaction, message: discord.Message) -> None:
        """Answer *Check this quote*: the quotation in the message, or all of it."""
        text = to_asked(shown_by(message))
        await self._answer(interaction, Quote(text) if text else Problem(NOTHING_TO_CHECK))

    async def add(self, interaction: Interaction, message: discord.Message) -> None:
        """Answer *Add to coverage*: the message's files, or else its text as a file."""
        given = message.attachments or forwarded_by(message)
        files = [attached(attachment) for attachment in given]
        if not files and (text := shown_by(message)):
            files = [typed(f"message-{message.id}.txt", text)]
        await self._answer(interaction, Add() if files else Problem(NOTHING_TO_ADD), *files)

    async def button(self, interaction: Interaction, custom_id: str) -> None:
        """Answer a button, whichever process put it there."""
        await self._answer(interaction, discord_views.to_command(custom_id) or Problem(OLD_BUTTON))

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

    async def message(
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
        await self.message(message, said, refusal)

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
                if not await acknowledge(interaction, asked):
                    return
                if isinstance(asked, Problem):
                    await answer(interaction, asked, asked)
                    return
                place = str(interaction.channel_id)
                with self._sharing.once(asked, place) as is_first:
                    reply: Reply = AGAIN
                    if is_first:
                        reply = await self._carried_out(interaction, asked, files)
                    await answer(interaction, asked, reply)
                if is_first and not isinstance(reply, Answer):
                    self._sharing.forget(asked, place)
            except Exception as error:  # noqa: BLE001 - it is logged with its traceback
                await say_failed(interaction, error)

    async def _carried_out(
        self, interaction: Interaction, command: Command, files: Sequence[Attachment]
    ) -> Reply:
        """Carry out a command, and show how far that is."""
        async with Pace(partial(show_progress, interaction)) as pace:
            request = to_request(interaction, *files, progress=pace.tell)
            return await self._desk.carry_out(command, request)


def _payload(message: discord.Message) -> Payload:
    """Return where a message is to be found again."""
    guild = message.guild.id if message.guild else None
    return {"guild": guild, "channel": message.channel.id, "message": message.id}
