"""A newsroom on the fake Discord, and the bot that answers there."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from tests.e2e.bot_process import BotProcess
from tests.e2e.discord.fake import Discord, Json, text_of
from tests.e2e.discord.fake.world import FORUM, MANAGE_GUILD

DESK = "desk-editors"
ALLOWED_BOT = "1234567890"
SETTINGS = {
    "NEWSDESK_DISCORD_MODERATORS": DESK,
    "NEWSDESK_PERSON_LIMIT": "0",
    "NEWSDESK_MAX_FILE_MB": "1",
    "NEWSDESK_DISCORD_BOTS": ALLOWED_BOT,
}


@dataclass
class Newsroom:
    """A guild of a newspaper with its people, and another paper's."""

    discord: Discord
    folder: Path

    def __post_init__(self) -> None:
        world = self.discord.world
        self.guild = world.guild("The Paper")
        self.news = world.channel(self.guild, "news")
        self.thread = world.channel(self.guild, "harbor", parent=self.news)
        forum = world.channel(self.guild, "ideas", kind=FORUM)
        self.post = world.channel(self.guild, "Who leads NOBLE?", parent=forum)
        self.reporter = self._member("Robin")
        self.allowed = self._member("Wirebot") | {"bot": True, "id": ALLOWED_BOT}
        world.people[ALLOWED_BOT] = self.allowed
        world.member(self.guild, self.allowed)
        self.editor = self._member("Morgan", world.role(self.guild, DESK))
        chief = world.role(self.guild, "chief", MANAGE_GUILD)
        self.chief = self._member("Ada", chief)
        self.other_guild = world.guild("The Other Paper")
        self.other_news = world.channel(self.other_guild, "news")
        world.member(self.other_guild, self.reporter)
        self.direct = world.direct(self.reporter)

    def _member(self, name: str, *roles: Json) -> Json:
        person = self.discord.world.person(name)
        self.discord.world.member(self.guild, person, *roles)
        return person

    async def told_alone(self, person: Json, text: str, *files: Json) -> tuple[Json, str]:
        """Mention the bot in the news; return the message, and what its author is told alone."""
        messages = self.discord.world.messages[self.discord.world.direct(person)["id"]]
        before = len(messages)
        message = await self.discord.say(person, self.news, f"{self.mention} {text}", *files)
        await self.discord.until(lambda: messages[before:])
        return message, text_of(messages[-1])

    @property
    def mention(self) -> str:
        """Return how the bot is mentioned."""
        return f"<@{self.discord.world.bot['id']}>"

    @property
    def settings(self) -> dict[str, str]:
        """Return the bot's settings."""
        return {**self.discord.settings, **SETTINGS}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Newsroom]:
    """Return a newsroom on a Discord that nobody answers on yet."""
    discord = Discord(acknowledged_within=30.0)  # tests measure no time; the benchmark does
    await discord.start()
    yield Newsroom(discord, tmp_path_factory.mktemp("discord"))
    await discord.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(newsroom: Newsroom) -> AsyncIterator[BotProcess]:
    """Return the bot, connected; at the end it has done nothing that Discord does not take."""
    bot = await BotProcess(newsroom.folder, **newsroom.settings).start()
    await newsroom.discord.connected()
    yield bot
    status, _ = await bot.stop()
    assert status == 0
    assert newsroom.discord.violations == []
    assert newsroom.discord.settings["DISCORD_TOKEN"] not in bot.log.read_text(encoding="utf-8")
