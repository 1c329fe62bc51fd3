"""Answering what people use on Discord: each is acknowledged, carried out and replied to."""

import json
import secrets
from collections.abc import Mapping, Sequence
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
from bot.adapters.discord_adapter.requests import PLATFORM, attached, to_request, typed
from bot.adapters.discord_adapter.sending import Interaction
from bot.adapters.discord_adapter.slash import COMPLETED_NAMES, Values
from bot.adapters.discord_adapter.text_window import opened_for, text_of, text_window
from bot.adapters.discord_adapter.texts import forwarded_by, shown_by, to_asked
from bot.adapters.discord_adapter.under_way import UnderWay
from bot.adapters.pace import Pace
from bot.adapters.sharing import AGAIN, Sharing
from bot.desk import Desk
from bot.messages import Add, Answer, Ask, Attachment, Command, Problem, Quote, Reply
from bot.parsing import filled
from bot.registry import BY_WORD, Argument, Entry, Kind
from bot.rendering import discord_views

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
    """Answers commands, menus, windows and buttons, and completes what is being typed."""

    def __init__(self, desk: Desk, under_way: UnderWay) -> None:
        self._desk = desk
        self._under_way = under_way
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
