"""Discord, through discord.py: commands, menus, buttons, mentions and direct messages.

``adapter`` connects and disconnects, ``client`` is discord.py's client with our
commands (``slash`` makes them from the registry, ``syncing`` tells Discord of them), ``answering``
takes each event to the desk, and ``replying`` shows what comes back.
"""

from bot.adapters.discord_adapter.adapter import DiscordAdapter
from bot.adapters.discord_adapter.checking import check

__all__ = ["DiscordAdapter", "check"]
