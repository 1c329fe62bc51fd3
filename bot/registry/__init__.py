"""Every word of the bot, once: its arguments, its help and who may use it.

The terminal's commands, the parsing of chat texts, the help and the README's table are made from
this list, and so are Slack's and Discord's commands.
"""

from typing import Final

from bot.registry.asking import ASKING
from bot.registry.entry import Argument, Entry, Kind
from bot.registry.moderating import MODERATING
from bot.registry.quoting import QUOTING

__all__ = ["BY_COMMAND", "BY_WORD", "REGISTRY", "Argument", "Entry", "Kind"]

REGISTRY: Final[tuple[Entry, ...]] = (*ASKING, *QUOTING, *MODERATING)

BY_WORD: Final = {entry.word: entry for entry in REGISTRY}
BY_COMMAND: Final = {entry.command: entry for entry in REGISTRY}
