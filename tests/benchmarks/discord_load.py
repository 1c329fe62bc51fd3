"""Measure how soon the bot acknowledges and answers many commands at once on Discord.

    python tests/benchmarks/discord_load.py [COMMANDS] [FILLER]

The real bot runs as a process of its own against the Discord of ``tests/e2e/discord/fake`` on this
machine, with Discord's own deadline of three seconds. FILLER documents are loaded first.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from retrieval import Incoming, Library
from tests.e2e.bot_process import BotProcess
from tests.e2e.discord.fake import Discord, text_of

DEFAULTS = [200, 1_000]
QUESTION = "Who is the president of NOBLE?"


async def measure(commands: int, filler: int) -> None:
    """Print the figures for so many commands at once."""
    discord = Discord()
    await discord.start()
    guild = discord.world.guild("The Paper")
    news = discord.world.channel(guild, "news")
    people = [discord.world.person(f"reporter{number}") for number in range(commands)]
    for person in people:
        discord.world.member(guild, person)
    with tempfile.TemporaryDirectory() as folder:
        await _fill(Path(folder) / "newsdesk.db", filler)
        bot = await BotProcess(
            Path(folder), **discord.settings, NEWSDESK_SPACE_LIMIT="0", NEWSDESK_WAITING="1000"
        ).start()
        await discord.connected()
        began = time.perf_counter()
        asked = [await discord.use(person, news, "ask", question=QUESTION) for person in people]
        answers = [await discord.answer(used) for used in asked]
        seconds = time.perf_counter() - began
        await bot.stop()
    await discord.stop()
    waits = sorted(used.seconds for used in asked)
    answered = sum("receipt" in text_of(answer) for answer in answers)
    twice = sum(len(used.messages) > 1 for used in asked)
    print(f"{commands} commands: {answered} answered in {seconds:.2f} s, {twice} twice")  # noqa: T201 - its point
    print(f"acknowledged after {waits[len(waits) // 2]:.3f} s (median), {waits[-1]:.3f} s (last)")  # noqa: T201 - the same
    print(f"what Discord does not take: {discord.violations or 'nothing'}")  # noqa: T201 - the same


async def _fill(path: Path, documents: int) -> None:
    """Make a database with so many documents of ten paragraphs beside the story."""
    async with Library.open(path) as library:
        story = b"NOBLE President Perry Tarrant said the rights of all must be protected."
        await library.add(story, "noble.txt")
        sources = (
            Incoming(_text(number).encode(), f"filler-{number}.txt") for number in range(documents)
        )
        async for _ in library.add_all(sources):
            pass


def _text(number: int) -> str:
    return "\n\n".join(
        f"Story {number} of the president says who said what about matter {number * 10 + line}."
        for line in range(10)
    )


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    asyncio.run(measure(*(given + DEFAULTS[len(given) :])))
