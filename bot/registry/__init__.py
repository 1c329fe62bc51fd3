"""Every word of the bot, once: its arguments, its help and who may use it.

The terminal's commands, the parsing of chat texts, the help and the README's table are made from
this list, and so are Slack's and Discord's commands.
"""

from typing import Final

from bot.registry.asking import ASKING, READING
from bot.registry.entry import Argument, Entry, Kind
from bot.registry.moderating import MODERATING
from bot.registry.quoting import QUOTING

__all__ = ["BY_COMMAND", "BY_WORD", "GROUPS", "REGISTRY", "Argument", "Entry", "Kind"]

GROUPS: Final[tuple[tuple[str, tuple[Entry, ...]], ...]] = (
    ("Ask, and go on from an answer", ASKING),
    ("Read the coverage", READING),
    ("Check quotations and drafts", QUOTING),
    ("For moderators", MODERATING),
)
"""The words in the order of the help, below its headings."""

REGISTRY: Final[tuple[Entry, ...]] = tuple(entry for _, entries in GROUPS for entry in entries)

BY_WORD: Final = {entry.word: entry for entry in REGISTRY}
BY_COMMAND: Final = {entry.command: entry for entry in REGISTRY}
