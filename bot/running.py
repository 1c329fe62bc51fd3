"""Running the bot: every platform side by side, until somebody says stop."""

import asyncio
from collections.abc import Sequence

from bot.adapters.platform import Platform, PlatformProblem

NO_PLATFORM = (
    "No platform's tokens are set: SLACK_BOT_TOKEN with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET, "
    "or DISCORD_TOKEN; deploy/README.md says where they come from."
)


async def serve_until(stop: asyncio.Event, platforms: Sequence[Platform]) -> None:
    """Connect the platforms and answer on all of them until ``stop`` is set.

    Raises PlatformProblem where there is none, or where one cannot be connected.
    """
    if not platforms:
        raise PlatformProblem(NO_PLATFORM)
    try:
        for platform in platforms:
            await platform.connect()
        await _first_of(stop, [asyncio.create_task(platform.serve()) for platform in platforms])
    finally:
        for platform in platforms:
            await platform.close()


async def _first_of(stop: asyncio.Event, serving: Sequence[asyncio.Task[None]]) -> None:
    """Wait until ``stop`` is set or a platform ends; raise what made it end."""
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([stopping, *serving], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    for task in serving:
        if task.done():
            task.result()
