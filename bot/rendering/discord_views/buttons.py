"""Buttons that hold what one would type, and so work whichever process put them there."""

import discord
from discord import ui

from bot import parsing
from bot.messages import Command
from bot.registry import BY_COMMAND, BY_WORD

CUSTOM_ID = 100
"""Characters of a custom_id; discord.com/developers/docs/components/reference#button."""

Item = ui.Item[ui.LayoutView]
Row = ui.ActionRow[ui.LayoutView]
Button = ui.Button[ui.LayoutView]
_STYLES = {True: discord.ButtonStyle.primary, False: discord.ButtonStyle.secondary}


def button(label: str, command: Command, number: int = 0, *, main: bool = False) -> Button:
    """Return a button that carries out a command; ``number`` tells it from others of its kind."""
    entry = BY_COMMAND[type(command)]
    [argument] = entry.positional
    typed = f"{entry.word} {getattr(command, argument.name)}"
    return ui.Button(label=label, custom_id=_custom_id(typed, number), style=_STYLES[main])


def pagers(newer: str | None, older: str | None) -> list[Button]:
    """Return buttons to what is typed for the pages before and after; long ones have no room."""
    return [
        ui.Button(label=label, custom_id=custom_id)
        for number, (label, typed) in enumerate((("Newer", newer), ("Older", older)))
        if typed and len(custom_id := _custom_id(typed, number)) <= CUSTOM_ID
    ]


def to_command(custom_id: str) -> Command | None:
    """Return the command of a button, None where there is no such word (any more)."""
    word, _, rest = custom_id.partition(":")
    _, _, value = rest.partition(":")
    entry = BY_WORD.get(word)
    command = parsing.to_command(f"{word} {value}")
    return command if entry and isinstance(command, entry.command) else None


def _custom_id(typed: str, number: int) -> str:
    word, _, value = typed.partition(" ")
    return f"{word}:{number}:{value}"
