"""The platforms run side by side, until somebody says stop or one of them ends."""

import asyncio
from collections.abc import Callable

import pytest

from bot.adapters.platform import PlatformProblem
from bot.running import serve_until
from tests.bot.terminal import Terminal


class FakePlatform:
    """A platform that notes what happens to it and, where it is told so, fails."""

    name = "slack"

    def __init__(self, serve: Callable[[], None] | None = None) -> None:
        self.log: list[str] = []
        self._serve = serve
        self._closed = asyncio.Event()

    async def connect(self) -> None:
        """Connect."""
        self.log.append("connected")

    async def serve(self) -> None:
        """Serve until closed, or do what the test wants."""
        self.log.append("serving")
        if self._serve:
            self._serve()
        await self._closed.wait()

    async def close(self) -> None:
        """Close."""
        self.log.append("closed")
        self._closed.set()


async def test_platforms_serve_until_they_are_told_to_stop() -> None:
    stop = asyncio.Event()
    first, second = FakePlatform(), FakePlatform(stop.set)
    await serve_until(stop, [first, second])
    assert first.log == second.log == ["connected", "serving", "closed"]


async def test_a_platform_that_fails_is_heard_of_and_all_are_closed() -> None:
    def fail() -> None:
        raise PlatformProblem("The token was withdrawn.")

    first, second = FakePlatform(), FakePlatform(fail)
    with pytest.raises(PlatformProblem, match="withdrawn"):
        await serve_until(asyncio.Event(), [first, second])
    assert first.log[-1] == second.log[-1] == "closed"


def test_without_tokens_the_sentence_names_those_that_can_be_set(terminal: Terminal) -> None:
    sentence = terminal.refusal("run")
    assert "SLACK_BOT_TOKEN" in sentence
    assert "DISCORD_TOKEN" in sentence
