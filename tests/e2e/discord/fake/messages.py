"""Messages on the fake Discord: how they are made, and what a person reads in them."""

import re
from collections.abc import Sequence

from tests.e2e.discord.fake.forms import flat
from tests.e2e.discord.fake.world import EPHEMERAL, NOW, Json, World, snowflake

FILE = 13
"""The component that shows an attachment."""


def make_message(
    world: World,
    channel: Json,
    author: Json,
    *,
    content: str = "",
    components: Sequence[Json] = (),
    flags: int = 0,
    files: Sequence[Json] = (),
    reference: Json | None = None,
) -> Json:
    """Return a message as Discord gives it."""
    message: Json = {
        "id": snowflake(),
        "type": 19 if reference else 0,
        "channel_id": channel["id"],
        "author": author,
        "content": content,
        "timestamp": NOW,
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [
            world.people[number]
            for number in re.findall(r"<@!?(\d+)>", content)
            if number in world.people
        ],
        "mention_roles": re.findall(r"<@&(\d+)>", content),
        "attachments": list(files),
        "embeds": [],
        "pinned": False,
        "flags": flags,
        "components": [
            {**one, "name": "file", "size": 1} if one["type"] == FILE else dict(one)
            for one in components
        ],
    }
    if reference:
        numbers = {key: str(value) for key, value in reference.items() if key.endswith("_id")}
        message["message_reference"] = numbers
    if guild_id := channel.get("guild_id"):
        message["guild_id"] = guild_id
        if member := world.guilds[guild_id]["members"].get(author["id"]):
            message["member"] = member
    return message


def forwarding(text: str, *files: Json, embeds: Sequence[Json] = ()) -> Json:
    """Return what Discord makes of a message that somebody forwards: it has no words of its own."""
    snapshot = {
        "type": 0,
        "content": text,
        "embeds": list(embeds),
        "attachments": list(files),
        "timestamp": NOW,
        "edited_timestamp": None,
        "flags": 0,
        "components": [],
    }
    reference = {"type": 1, "channel_id": "1", "message_id": "2"}
    return {"message_reference": reference, "message_snapshots": [{"message": snapshot}]}


def text_of(message: Json) -> str:
    """Return everything that a message says."""
    texts = [one["content"] for one in flat(message["components"]) if "content" in one]
    return "\n".join([message["content"], *texts]).strip()


def labels(message: Json) -> list[str]:
    """Return the labels of a message's buttons."""
    return [one["label"] for one in flat(message["components"]) if one["type"] == 2]


def files_of(message: Json) -> list[str]:
    """Return the names of a message's files."""
    return [one["filename"] for one in message["attachments"]]


def is_private(message: Json) -> bool:
    """Say whether only one person sees a message."""
    return bool(message["flags"] & EPHEMERAL)
