"""Discord, through discord.py: commands, menus, buttons, mentions and direct messages.

``adapter`` connects and disconnects, ``client`` is discord.py's client with our commands (``slash``
makes them from the registry, ``syncing`` tells Discord of them). ``answering`` takes what people
use to the desk and ``questions`` what they write; ``interactions`` and ``mentions`` show what comes
back.
"""

from bot.adapters.discord_adapter.adapter import DiscordAdapter
from bot.adapters.discord_adapter.checking import check

__all__ = ["DiscordAdapter", "check"]
