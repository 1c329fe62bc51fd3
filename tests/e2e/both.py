"""Slack and Discord side by side on this machine, with many channels and people, and one bot.

What is asked is kept with when it was answered, and how often. Slack's Socket Mode is used, for it
needs no port of the bot's.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.e2e.discord.fake import Discord, Json
from tests.e2e.discord.fake.world import MANAGE_GUILD
from tests.e2e.slack.conftest import slack_settings
from tests.e2e.slack.fake import Slack
from tests.e2e.slack.fake.world import BOT, TEAM

if TYPE_CHECKING:
    from tests.e2e.slack.fake.delivery import Delivery

LOOK_EVERY = 0.005
"""Seconds between two looks for answers: by so much they may seem later than they are."""
UNLIMITED = {"NEWSDESK_PERSON_LIMIT": "0", "NEWSDESK_SPACE_LIMIT": "0"}


@dataclass(slots=True)
class Asked:
    """A question that was sent to the bot."""

    platform: str
    channel: str
    id: str
    """Of the message that it stands in."""
    at: float
    answers: list[float] = field(default_factory=list)
    """When each answer to it was there."""
    telling: "asyncio.Task[Delivery] | None" = None
    """Tells Slack's bot of it, until that acknowledges it."""

    @property
    def is_acknowledged(self) -> bool:
        """Say whether the bot told Slack that it has the question."""
        telling = self.telling
        is_told = telling and telling.done() and not telling.cancelled()
        return bool(telling and is_told and telling.result().acknowledged)

    @property
    def seconds(self) -> float:
        """Return the time from question to first answer, for ever where there is none."""
        return self.answers[0] - self.at if self.answers else float("inf")


class Both:
    """A Slack workspace and a Discord guild with so many channels, each with its own person."""

    def __init__(self, channels: int) -> None:
        self.slack = Slack(acknowledged_within=30.0)
        self.discord = Discord(acknowledged_within=30.0)
        self.asked: list[Asked] = []
        self._open: dict[tuple[str, str], Asked] = {}
        self._seen: defaultdict[tuple[str, str], int] = defaultdict(int)
        self.telling: set[asyncio.Task[Delivery]] = set()
        self._slack_places = list(self._slack_channels(channels))
        world = self.discord.world
        self.guild = world.guild("The Paper")
        self._discord_places = [
            (self._member(f"reporter{number}"), world.channel(self.guild, f"c{number}"))
            for number in range(channels)
        ]
        self.chief = self._member("Ada", world.role(self.guild, "chief", MANAGE_GUILD))

    def _slack_channels(self, channels: int) -> Iterator[tuple[str, str]]:
        for number in range(channels):
            user = f"U{number:08}"
            self.slack.world.people[user] = {
                "id": user,
                "team_id": TEAM,
                "name": f"reporter{number}",
                "real_name": f"Reporter {number}",
                "is_admin": False,
                "is_owner": False,
                "is_bot": False,
            }
            yield user, self.slack.world.channel(user)

    def _member(self, name: str, *roles: Json) -> Json:
        person = self.discord.world.person(name)
        self.discord.world.member(self.guild, person, *roles)
        return person

    @property
    def settings(self) -> dict[str, str]:
        """Return the settings of a bot on both."""
        return {**slack_settings(self.slack), **self.discord.settings, **UNLIMITED}

    async def start(self, slack_address: str = "") -> None:
        """Begin to serve, and to look for answers; with an address, Slack sends requests there."""
        await self.slack.start(slack_address)
        await self.discord.start()
        self._looking = asyncio.create_task(self._look())

    async def stop(self) -> None:
        """Serve no more."""
        self._looking.cancel()
        for task in self.telling:
            task.cancel()
        await self.slack.stop()
        await self.discord.stop()

    async def connected(self) -> None:
        """Wait until the bot is on both."""
        await self.slack.transport.ready()
        await self.discord.connected()

    async def ask_on_slack(self, number: int, question: str) -> None:
        """Mention the bot in a channel."""
        user, channel = self._slack_places[number % len(self._slack_places)]
        message = self.slack.write(user, channel, f"<@{BOT}> {question}")
        telling = asyncio.create_task(self.slack.tell_bot(message))
        self._note(Asked("slack", channel, message["ts"], time.perf_counter(), telling=telling))
        self.telling.add(telling)
        telling.add_done_callback(self.telling.discard)

    async def ask_on_discord(self, number: int, question: str) -> None:
        """Mention the bot in a channel; whoever is not connected then gets it when they resume."""
        person, channel = self._discord_places[number % len(self._discord_places)]
        began = time.perf_counter()
        mention = f"<@{self.bot_id}>"
        with suppress(ConnectionResetError):  # the bot was killed at this moment
            message = await self.discord.say(person, channel, f"{mention} {question}")
            self._note(Asked("discord", channel["id"], message["id"], began))

    def _note(self, asked: Asked) -> None:
        self.asked.append(asked)
        self._open[asked.platform, asked.id] = asked

    async def add(self, name: str, content: bytes) -> Json:
        """Add a document on Discord, and return what is said of it."""
        file = self.discord.rest.upload(name, content)
        channel = self._discord_places[0][1]
        used = await self.discord.use(self.chief, channel, "doc add", attachment=file)
        return await self.discord.answer(used)

    def messages(self, number: int) -> tuple[list[Json], list[Json]]:
        """Return what everybody sees in a channel of each platform."""
        slack, discord = self._slack_places[number][1], self._discord_places[number][1]["id"]
        return self.slack.world.messages[slack], self.discord.world.messages[discord]

    def told_privately(self, number: int) -> tuple[str, str]:
        """Return what a channel's person was last told alone, on each platform."""
        user, channel = self._slack_places[number]
        whispers = self.slack.whispers(user, channel)
        direct = self.discord.world.direct(self._discord_places[number][0])
        told = self.discord.world.messages[direct["id"]]
        return str(whispers[-1]) if whispers else "", str(told[-1]) if told else ""

    def slack_place(self, number: int) -> tuple[str, str]:
        """Return a person and their channel on Slack."""
        return self._slack_places[number]

    def discord_place(self, number: int) -> tuple[Json, Json]:
        """Return a person and their channel on Discord."""
        return self._discord_places[number]

    @property
    def bot_id(self) -> str:
        """Return by which id the bot is mentioned on Discord."""
        return str(self.discord.world.bot["id"])

    def was_told_on_slack(self, asked: Asked) -> bool:
        """Say whether whoever asked was told something privately since, as often as needed.

        It stands in the channel, where nothing says which of its questions it is about.
        """
        since = [one for one in self.asked if one.channel == asked.channel and one.id >= asked.id]
        unanswered = sum(one.is_acknowledged and not one.answers for one in since)
        whispers = self.slack.world.whispers
        told = [one for one in whispers if one["channel"] == asked.channel and one["ts"] > asked.id]
        return len(told) >= unanswered

    async def settled(self, seconds: float) -> None:
        """Wait until everything is answered, and not longer than so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while any(not one.answers for one in self.asked):  # noqa: ASYNC110 - as people look
                    await asyncio.sleep(LOOK_EVERY)

    async def _look(self) -> None:
        while True:
            now = time.perf_counter()
            for platform, message in self._new():
                asked = self._open.get((platform, _answered(message)))
                if asked is not None:
                    asked.answers.append(now)
            await asyncio.sleep(LOOK_EVERY)

    def _new(self) -> Iterator[tuple[str, Json]]:
        """Yield the messages that came since the last look."""
        places = (("slack", self.slack.world.messages), ("discord", self.discord.world.messages))
        for platform, channels in places:
            for channel, messages in list(channels.items()):
                for message in messages[self._seen[platform, channel] :]:
                    yield platform, message
                self._seen[platform, channel] = len(messages)


def _answered(message: Json) -> str:
    """Return the id of the message that another one answers, nothing where it answers none."""
    if "ts" in message:
        return str(message.get("thread_ts", "")) if message.get("user") == BOT else ""
    return str((message.get("message_reference") or {}).get("message_id", ""))
