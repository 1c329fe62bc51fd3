"""The bot is killed, as by a power cut, again and again while people ask and add on both platforms.

Nothing that was acknowledged is lost, nothing is answered twice, and it comes back by itself. A few
kills are tried whenever the tests run; the long run is

    NEWSDESK_KILLS=100 pytest --no-cov tests/e2e/test_kills.py
"""

import asyncio
import os
import random
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
import pytest_asyncio

from retrieval import Library, complaints_of
from tests.e2e.bot_process import PATIENCE, BotProcess
from tests.e2e.both import Asked, Both
from tests.e2e.discord.fake import text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

KILLS = int(os.environ.get("NEWSDESK_KILLS", "2"))
SEED = int(os.environ.get("NEWSDESK_SEED") or random.randrange(1_000_000))
LONGEST = 1.5
"""Seconds of work, at most, until the bot is killed."""
PAUSE = 0.02
"""Seconds between two questions, at most, and until somebody tries again."""
QUESTION = "Who is the president of NOBLE?"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def both() -> AsyncIterator[Both]:
    """Return both platforms, with eight channels each."""
    both = Both(channels=8)
    await both.start()
    yield both
    await both.stop()


class Newsroom:
    """People who ask and add whatever happens to the bot, and what was acknowledged to them."""

    def __init__(self, both: Both, folder: Path, chance: random.Random) -> None:
        self.both = both
        self.folder = folder
        self.added: list[str] = []
        self._chance = chance
        self._count = 0

    async def work_until_killed(self) -> None:
        """Let people work for a while with a bot that is killed in the midst of it."""
        bot = await BotProcess(self.folder, **self.both.settings).start()
        await self.both.connected()
        people = asyncio.gather(self._ask(), self._add())
        await asyncio.sleep(self._chance.uniform(0, LONGEST))
        await bot.kill()
        people.cancel()
        with suppress(asyncio.CancelledError):
            await people
        self.both.discord.gateway.sessions.clear()

    async def _ask(self) -> None:
        while True:
            self._count += 1
            ask = self._chance.choice([self.both.ask_on_slack, self.both.ask_on_discord])
            await ask(self._count, QUESTION)
            await asyncio.sleep(self._chance.uniform(0, PAUSE))

    async def _add(self) -> None:
        while True:
            self._count += 1
            name = f"story-{self._count}.txt"
            try:
                said = await self.both.add(name, f"The council met, item{self._count}.".encode())
            except ConnectionResetError:  # the bot was killed at this moment
                await asyncio.sleep(PAUSE)  # or nobody else has a turn ever again
                continue
            if re.search(rf"{name}: added", text_of(said).replace("\\", "")):
                self.added.append(name)


async def test_after_any_kill_under_load_from_both_platforms_nothing_acknowledged_is_lost(
    both: Both, tmp_path: Path
) -> None:
    print(f"NEWSDESK_SEED={SEED}")  # noqa: T201 - to draw the same again
    newsroom = Newsroom(both, tmp_path, random.Random(SEED))
    for _ in range(KILLS):
        await newsroom.work_until_killed()
        assert complaints_of(tmp_path / "newsdesk.db", thorough=True) == []
    bot = await BotProcess(tmp_path, **both.settings).start()
    await both.connected()
    await nobody_waits(tmp_path)
    before = len(both.asked)
    await both.ask_on_slack(1, QUESTION)
    await both.ask_on_discord(1, QUESTION)
    last = both.asked[before:]
    await answered(both, last)
    status, _ = await bot.stop()
    assert status == 0
    assert [one.id for one in both.asked if len(one.answers) > 1] == []
    acknowledged = [one for one in both.asked if one.is_acknowledged]
    assert acknowledged
    assert [
        (one.platform, one.id)  # what stands behind one of them is half the test
        for one in acknowledged
        if not one.answers and not both.was_told_on_slack(one)
    ] == []
    async with Library.open(tmp_path / "newsdesk.db") as library:
        guild = str(both.guild["id"])
        held = {document.file for document in await library.documents(guild)}
    assert set(newsroom.added) <= held


async def nobody_waits(folder: Path) -> None:
    """Wait until all that was accepted is answered: Slack takes one message a second."""
    async with Library.open(folder / "newsdesk.db") as library, asyncio.timeout(60 + 10 * KILLS):
        while await library.accepted.left("slack") + await library.accepted.left("discord"):  # noqa: ASYNC110 - of a process
            await asyncio.sleep(0.2)


async def answered(both: Both, asked: list[Asked]) -> None:
    """Wait until some questions are answered, once each."""
    async with asyncio.timeout(PATIENCE):
        while not all(one.answers for one in asked):  # noqa: ASYNC110 - as people look
            await asyncio.sleep(0.05)
    await both.settled(0.2)
