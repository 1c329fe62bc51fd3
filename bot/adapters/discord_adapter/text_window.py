"""The window into which a text is typed, where no file is attached.

Like a button it holds in its id what it is for, and so works whichever process opened it; what was
typed with the command is kept under a key.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import discord
from discord import ui

from bot.adapters.discord_adapter.requests import typed
from bot.messages import Attachment
from bot.registry import Entry

TITLE = 45
NAME = 100
TEXT = 4_000
"""Characters; discord.com/developers/docs/components/reference#text-input."""
MARK = "window"
NAME_FIELD, TEXT_FIELD = "name", "text"
DRAFT = "draft.txt"


def text_window(entry: Entry, key: str, name: str) -> ui.Modal:
    """Return the window of a word; a document has a name, a draft needs none.

    It is stopped before it is sent: discord.py is not to wait for it.
    """
    title = f"{entry.word.capitalize()} a text"[:TITLE]
    window = ui.Modal(title=title, custom_id=f"{MARK}:{entry.word}:{key}")
    if entry.moderators_only:
        field: ui.TextInput[ui.Modal] = ui.TextInput(
            custom_id=NAME_FIELD,
            max_length=NAME,
            default=name[:NAME] or None,
            placeholder="harbor-vote.txt",
        )
        window.add_item(ui.Label(text="File name", component=field))
    text: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=TEXT_FIELD, style=discord.TextStyle.paragraph, max_length=TEXT
    )
    help_text = "Up to 4,000 characters; attach a file for more."
    window.add_item(ui.Label(text="Text", description=help_text, component=text))
    window.stop()
    return window


def opened_for(custom_id: str) -> tuple[str, str]:
    """Return the word that a window is for, and the key of what was typed with it."""
    mark, _, rest = custom_id.partition(":")
    word, _, key = rest.partition(":")
    return (word, key) if mark == MARK else ("", "")


def text_of(data: Mapping[str, Any]) -> Attachment:
    """Return what was typed into a window as a file."""
    filled = dict(_fields(data.get("components", [])))
    name = filled.get(NAME_FIELD, DRAFT).strip()
    return typed(name if "." in name else f"{name}.txt", filled.get(TEXT_FIELD, ""))


def _fields(components: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any JSON
    """Yield the ids and values of the fields of a window that was sent."""
    for one in components:
        field = one.get("component", {})
        yield str(field.get("custom_id", "")), str(field.get("value") or "")
