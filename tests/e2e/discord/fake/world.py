"""Who and what there is on the fake Discord: people, guilds, roles, channels, messages."""

import time
from itertools import count
from typing import Any

Json = dict[str, Any]

VIEW, SEND, MANAGE_GUILD = 1 << 10, 1 << 11, 1 << 5
READ_HISTORY, ATTACH_FILES, SEND_IN_THREADS = 1 << 16, 1 << 15, 1 << 38
EVERYBODY = VIEW | SEND | READ_HISTORY | ATTACH_FILES | SEND_IN_THREADS
TEXT_CHANNEL, DIRECT, THREAD, FORUM = 0, 1, 11, 15
EPHEMERAL, LOADING, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 15
EPOCH = 1_420_070_400_000
NOW = "2026-01-02T03:04:05+00:00"

_numbers = count(1)


def snowflake() -> str:
    """Return an id that is larger than all before."""
    return str(((int(time.time() * 1000) - EPOCH) << 22) + next(_numbers))


class World:
    """The people and guilds, and what was written where."""

    def __init__(self) -> None:
        self.people: dict[str, Json] = {}
        self.guilds: dict[str, Json] = {}
        self.channels: dict[str, Json] = {}
        self.messages: dict[str, list[Json]] = {}
        self.closed: set[str] = set()
        """Ids of people who take no direct messages."""
        self.bot = self.person("Newsdesk", bot=True)

    def person(self, name: str, *, bot: bool = False) -> Json:
        """Add a user."""
        user: Json = {
            "id": snowflake(),
            "username": name.lower(),
            "global_name": name,
            "discriminator": "0",
            "avatar": None,
            "public_flags": 0,
            **({"bot": True} if bot else {}),
        }
        self.people[user["id"]] = user
        return user

    def guild(self, name: str) -> Json:
        """Add a guild that the bot is a member of, whose owner is nobody in particular."""
        guild_id = snowflake()
        everyone = {"id": guild_id, "name": "@everyone", "permissions": str(EVERYBODY)}
        guild: Json = {
            "id": guild_id,
            "name": name,
            "owner_id": snowflake(),
            "roles": [_role(everyone)],
            "members": {},
        }
        self.guilds[guild_id] = guild
        its = self.role(guild, self.bot["global_name"]) | {"managed": True}
        guild["roles"][-1] = its | {"tags": {"bot_id": self.bot["id"]}}
        self.member(guild, self.bot, its)
        return guild

    def role(self, guild: Json, name: str, permissions: int = 0) -> Json:
        """Add a role to a guild."""
        role = _role({"id": snowflake(), "name": name, "permissions": str(permissions)})
        guild["roles"].append(role)
        return role

    def member(self, guild: Json, person: Json, *roles: Json) -> None:
        """Make somebody a member of a guild."""
        guild["members"][person["id"]] = {
            "roles": [role["id"] for role in roles],
            "joined_at": NOW,
            "nick": None,
            "avatar": None,
            "premium_since": None,
            "deaf": False,
            "mute": False,
            "flags": 0,
            "pending": False,
            "communication_disabled_until": None,
        }

    def channel(
        self, guild: Json, name: str, *, parent: Json | None = None, kind: int = TEXT_CHANNEL
    ) -> Json:
        """Add a channel to a guild; with a parent a thread of it, or a post in a forum."""
        channel = {
            "id": snowflake(),
            "type": THREAD if parent else kind,
            "guild_id": guild["id"],
            "name": name,
            "position": 0,
            "permission_overwrites": [],
            "parent_id": parent["id"] if parent else None,
            "denied": 0,
        }
        if parent:
            channel |= {
                "owner_id": self.bot["id"],
                "message_count": 0,
                "member_count": 1,
                "thread_metadata": {
                    "archived": False,
                    "auto_archive_duration": 1440,
                    "archive_timestamp": NOW,
                    "locked": False,
                },
            }
        return self._with_messages(channel)

    def direct(self, person: Json) -> Json:
        """Return the channel of the direct messages between somebody and the bot."""
        for channel in self.channels.values():
            if channel["type"] == DIRECT and channel["recipients"] == [person]:
                return channel
        return self._with_messages({"id": snowflake(), "type": DIRECT, "recipients": [person]})

    def permissions(self, person: Json, channel: Json) -> int:
        """Return what somebody may do in a channel."""
        if "guild_id" not in channel:
            return EVERYBODY
        guild = self.guilds[channel["guild_id"]]
        theirs = {guild["id"], *guild["members"][person["id"]]["roles"]}
        rights = 0
        for role in guild["roles"]:
            rights |= int(role["permissions"]) if role["id"] in theirs else 0
        return rights & ~(channel["denied"] if person is self.bot else 0)

    def _with_messages(self, channel: Json) -> Json:
        self.channels[channel["id"]] = channel
        self.messages[channel["id"]] = []
        return channel


def _role(known: Json) -> Json:
    return {
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "position": 0,
        "flags": 0,
        **known,
    }
