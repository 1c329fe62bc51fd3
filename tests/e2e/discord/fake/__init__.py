"""A Discord on this machine, with which the real bot is driven as a process of its own.

``Discord`` is the whole: a gateway and an API (``gateway``, ``rest``), the guilds of its ``world``,
and its ``people``. It enforces what Discord enforces (``forms``, ``interactions``) and notes in
``violations`` whatever the bot did wrong; Discord's own ``document`` judges it too.
"""

from tests.e2e.discord.fake.interactions import Interaction
from tests.e2e.discord.fake.messages import files_of, forwarding, is_private, labels, text_of
from tests.e2e.discord.fake.service import TOKEN, Discord
from tests.e2e.discord.fake.world import Json

__all__ = [
    "TOKEN",
    "Discord",
    "Interaction",
    "Json",
    "files_of",
    "forwarding",
    "is_private",
    "labels",
    "text_of",
]
