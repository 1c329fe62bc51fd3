"""A message on its way to Discord, which never grows beyond what Discord takes."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord
from discord import ui

from bot.rendering.discord_views.buttons import Button, Item, Row
from bot.rendering.discord_views.markdown import width

TEXT = 4_000
"""Characters in all texts of a message; discord.com/developers/docs/components/reference."""
COMPONENTS = 40
"""Components of a message, those inside of others included; the same page."""
WHOLE = "whole.txt"
"""The file that holds what a message has no room for."""


@dataclass(frozen=True, slots=True)
class Post:
    """What goes into one message: either components or content, and files."""

    items: tuple[Item, ...] = ()
    content: str = ""
    files: tuple[tuple[str, bytes], ...] = ()


class Stack:
    """Texts and buttons that are put one below the other while there is room for them.

    ``end`` and ``rows`` are kept room for: they come last.
    """

    def __init__(
        self, colour: discord.Colour | None = None, end: str = "", rows: Sequence[Row] = ()
    ) -> None:
        self._colour = colour
        self._items: list[Item] = []
        self._last: list[Item] = [*([ui.TextDisplay(end)] if end else []), *rows]
        self._text = TEXT - width(end)
        self._components = COMPONENTS - 1 - sum(map(_count, self._last))

    @property
    def room(self) -> int:
        """Return how many characters there is still room for."""
        return self._text

    def put(self, markdown: str, *buttons: Button) -> bool:
        """Put a text with buttons below it; say whether there was room."""
        items: list[Item] = [ui.TextDisplay(markdown)]
        if buttons:
            items.append(ui.ActionRow(*buttons))
        count = sum(map(_count, items))
        if not markdown or width(markdown) > self._text or count > self._components:
            return False
        self._items += items
        self._text -= width(markdown)
        self._components -= count
        return True

    def finish(self, *files: tuple[str, bytes]) -> Post:
        """Return the message; its files are shown below everything else."""
        shown: list[Item] = [ui.File(f"attachment://{name}") for name, _ in files]
        container: Item = ui.Container(*self._items, *self._last, accent_colour=self._colour)
        return Post((container, *shown), files=files)


def _count(item: Item) -> int:
    """Return how many components an item is, with those inside of it."""
    return 1 + len(item.children) if isinstance(item, ui.ActionRow) else 1
