"""Telling Discord our commands, only where it holds others than these.

What Discord holds is asked of Discord itself at every start: nothing has to be remembered here,
and what somebody else changed there is mended too.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord import app_commands

COMPARED = {
    "autocomplete",
    "choices",
    "contexts",
    "default_member_permissions",
    "description",
    "integration_types",
    "max_length",
    "max_value",
    "min_length",
    "min_value",
    "name",
    "nsfw",
    "options",
    "required",
    "type",
    "value",
}
"""What makes a command; ids, versions and what is deprecated do not."""


async def sync_changed(tree: app_commands.CommandTree[discord.AutoShardedClient]) -> bool:
    """Tell Discord our commands where they changed; say whether they did."""
    client = tree.client
    ours = [command.to_dict(tree) for command in tree.get_commands()]
    theirs = await client.http.get_global_commands(client.application_id or 0)
    if _same(_sorted(ours), _sorted(theirs)):
        return False
    await tree.sync()
    return True


def _sorted(commands: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(commands, key=lambda command: (command.get("type", 1), command["name"]))


def _same(ours: Any, theirs: Any) -> bool:  # noqa: ANN401 - any JSON
    """Say whether two values mean the same; absent, null, false and empty do."""
    match ours, theirs:
        case dict(), dict():
            names = (ours.keys() | theirs.keys()) & COMPARED
            return all(_same(ours.get(name), theirs.get(name)) for name in names)
        case list(), list():
            return len(ours) == len(theirs) and all(map(_same, ours, theirs))
        case _:  # permissions go as a number and come as a text
            return str(ours or "") == str(theirs or "")
