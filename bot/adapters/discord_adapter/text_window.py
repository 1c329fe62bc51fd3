"""The window into which a moderator types a document's text, where no file is attached."""

from collections.abc import Awaitable, Callable

import discord
from discord import ui

from bot.adapters.discord_adapter.requests import typed
from bot.messages import Attachment

Interaction = discord.Interaction[discord.AutoShardedClient]
Submit = Callable[[Interaction, Attachment], Awaitable[None]]

TITLE = 45
NAME = 100
TEXT = 4_000
"""Characters; discord.com/developers/docs/components/reference#text-input."""
OPEN_FOR = 3_600.0
"""Seconds after which a window that was never sent is forgotten."""


class TextWindow(ui.Modal):
    """A window with a file name and a text, handed over as an attachment."""

    def __init__(self, title: str, name: str, submit: Submit) -> None:
        super().__init__(title=title[:TITLE], timeout=OPEN_FOR)
        self._name: ui.TextInput[TextWindow] = ui.TextInput(
            max_length=NAME, default=name[:NAME] or None, placeholder="harbor-vote.txt"
        )
        self._text: ui.TextInput[TextWindow] = ui.TextInput(
            style=discord.TextStyle.paragraph, max_length=TEXT
        )
        self._submit = submit
        self.add_item(ui.Label(text="File name", component=self._name))
        self.add_item(
            ui.Label(
                text="Text",
                description="Up to 4,000 characters; attach a file for more.",
                component=self._text,
            )
        )

    async def on_submit(self, interaction: Interaction) -> None:  # type: ignore[override] # the client is ours
        """Hand the text over."""
        name = self._name.value.strip()
        name = name if "." in name else f"{name}.txt"
        await self._submit(interaction, typed(name, self._text.value))
