"""Who and what there is on the fake Slack: people, channels, messages, files and windows."""

import secrets
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

TEAM, BOT, BOT_ID = "T0NEWSROOM", "U0NEWSDESK", "B0NEWSDESK"
REPORTER, EDITOR, ADMIN, STRANGER = "U1REPORTER", "U2EDITOR", "U3ADMIN", "U9STRANGER"
EDITORS = "S1EDITORS"
OTHER_TEAM = "T9ELSEWHERE"


class Refused(Exception):
    """A call that Slack refuses with a code."""

    def __init__(self, code: str, **more: Any) -> None:  # noqa: ANN401 - any JSON
        super().__init__(code)
        self.answer = {"ok": False, "error": code, **more}


@dataclass(slots=True)
class Channel:
    """A channel, or a direct conversation with the bot."""

    id: str
    members: set[str]
    user: str = ""
    """Whose direct conversation it is."""
    is_ext_shared: bool = False
    is_private: bool = False
    posted: float = 0.0
    """When the bot last posted there."""

    @property
    def is_direct(self) -> bool:
        """Say whether it is a direct conversation."""
        return bool(self.user)


@dataclass(slots=True)
class File:
    """A file of the workspace."""

    id: str
    name: str
    content: bytes
    mimetype: str = "text/plain"
    size: int = -1
    """What its description says; by default its true size."""
    redirects_to: str = ""
    url: str = ""
    """Where it is kept, if not on Slack."""
    is_external: bool = False
    """Whether an app put its address on Slack, and Slack does not have it."""
    channel: str = ""
    thread: str = ""


@dataclass(slots=True)
class World:
    """The people and channels of a workspace, and what was written where."""

    people: dict[str, Json] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: defaultdict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    """What is seen by all in each channel, in order."""
    whispers: list[Json] = field(default_factory=list)
    """What one person sees, in order."""
    files: dict[str, File] = field(default_factory=dict)
    windows: dict[str, Json] = field(default_factory=dict)
    homes: dict[str, Json] = field(default_factory=dict)
    statuses: list[Json] = field(default_factory=list)
    titles: list[Json] = field(default_factory=list)
    prompts: dict[str, list[Json]] = field(default_factory=dict)
    triggers: dict[str, float] = field(default_factory=dict)
    hooks: dict[str, Json] = field(default_factory=dict)
    org: str = ""
    """The Enterprise Grid organization that the workspace is in."""
    used_within: float = 3.0
    """Seconds for which a trigger_id is good; docs.slack.dev, modals."""
    count: int = 0

    def new_id(self, kind: str) -> str:
        """Return an id that nothing has yet."""
        return kind + secrets.token_hex(5).upper()

    def now(self) -> str:
        """Return a ts that no message has yet."""
        self.count += 1
        return f"{int(time.time())}.{self.count:06d}"

    def channel(
        self,
        *members: str,
        is_ext_shared: bool = False,
        is_private: bool = False,
        with_bot: bool = True,
    ) -> str:
        """Make a channel; return its id."""
        channel = self.new_id("C")
        everybody = {REPORTER, EDITOR, ADMIN, *members, *([BOT] if with_bot else [])}
        made = Channel(channel, everybody, is_ext_shared=is_ext_shared, is_private=is_private)
        self.channels[channel] = made
        return channel

    def between(self, *people: str) -> str:
        """Make a direct conversation of people without the bot; return its id."""
        channel = self.new_id("D")
        self.channels[channel] = Channel(channel, set(people), is_private=True)
        return channel

    def direct(self, user: str) -> str:
        """Return somebody's direct conversation with the bot; make it where there is none."""
        for one in self.channels.values():
            if one.user == user:
                return one.id
        channel = self.new_id("D")
        self.channels[channel] = Channel(channel, {user, BOT}, user=user)
        return channel

    def trigger(self) -> str:
        """Return a trigger_id, good for one use and not for long."""
        trigger = secrets.token_hex(8)
        self.triggers[trigger] = time.monotonic()
        return trigger

    def use(self, trigger: str) -> None:
        """Use a trigger_id up; refuse one that is used or old."""
        begun = self.triggers.pop(trigger, None)
        if begun is None:
            raise Refused("exchanged_trigger_id")
        if time.monotonic() - begun > self.used_within:
            raise Refused("expired_trigger_id")

    def has_replies(self, channel: str, ts: str) -> bool:
        """Say whether somebody replied to a message."""
        return any(one.get("thread_ts") == ts != one["ts"] for one in self.messages[channel])

    def find(self, channel: str, ts: str) -> Json:
        """Return a message of a channel."""
        for message in self.messages[channel]:
            if message["ts"] == ts:
                return message
        raise Refused("message_not_found")


def newsroom(used_within: float) -> World:
    """Return a workspace with a reporter, an editor, an admin and a guest from elsewhere."""
    world = World(groups={EDITORS: [EDITOR]}, used_within=used_within)
    for user, name in ((REPORTER, "Robin Roe"), (EDITOR, "Eddie Ito"), (ADMIN, "Ada Admin")):
        world.people[user] = {
            "id": user,
            "team_id": TEAM,
            "name": name.split()[0].lower(),
            "real_name": name,
            "is_admin": user == ADMIN,
            "is_owner": False,
            "is_bot": False,
        }
    world.people[STRANGER] = {"id": STRANGER, "team_id": OTHER_TEAM, "name": "guest"}
    return world
