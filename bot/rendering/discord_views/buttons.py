"""Buttons that are words of the registry, and so go on working whichever process put them there."""

import discord
from discord import ui

from bot.messages import Command
from bot.registry import BY_COMMAND, BY_WORD, Kind

CUSTOM_ID = 100
"""Characters of a custom_id; discord.com/developers/docs/components/reference#button."""

Item = ui.Item[ui.LayoutView]
Row = ui.ActionRow[ui.LayoutView]
Button = ui.Button[ui.LayoutView]


def button(label: str, command: Command, number: int = 0, *, main: bool = False) -> Button:
    """Return a button that carries out a command; ``number`` tells it from others of its kind."""
    entry = BY_COMMAND[type(command)]
    [argument] = entry.positional
    value = getattr(command, argument.name)
    style = discord.ButtonStyle.primary if main else discord.ButtonStyle.secondary
    return ui.Button(label=label, custom_id=f"{entry.word}:{number}:{value}", style=style)


def to_command(custom_id: str) -> Command | None:
    """Return the command of a button, None where there is no such word (any more)."""
    word, _, rest = custom_id.partition(":")
    _, _, value = rest.partition(":")
    entry = BY_WORD.get(word)
    if entry is None or len(entry.positional) != 1:
        return None
    [argument] = entry.positional
    if argument.kind is not Kind.NUMBER:
        return entry.build(**{argument.name: value})
    return entry.build(**{argument.name: int(value)}) if value.isdecimal() else None
