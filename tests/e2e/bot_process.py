"""The bot as it is run: ``python -m bot run`` in a process of its own."""

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

PATIENCE = 60.0
"""Seconds that something may take before a test gives up: a failure, not a measure."""
MEASURED = {
    name: os.environ.pop(name) for name in ("COVERAGE_PROCESS_CONFIG",) if name in os.environ
}
"""How coverage measures a process of its own: the bots here, and not what other tests start."""


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class BotProcess:
    """A bot that runs until it is stopped; ``settings`` are its environment variables."""

    def __init__(self, folder: Path, **settings: str) -> None:
        own = {name: value for name, value in os.environ.items() if "NEWSDESK" not in name}
        self._environment = {
            **own,
            **MEASURED,
            "NEWSDESK_DB": str(folder / "newsdesk.db"),
            "NEWSDESK_LOG": str(folder / "newsdesk.log"),
            **settings,
        }
        self.log = folder / "newsdesk.log"

    async def start(self) -> "BotProcess":
        """Start the bot."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot", "run"),
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        return self

    @property
    def process(self) -> int:
        """The number under which the system knows the bot."""
        return self._process.pid

    async def stop(self) -> tuple[int, str]:
        """Tell the bot to stop; return its exit status and what it said on standard error."""
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        return await self.end()

    async def end(self) -> tuple[int, str]:
        """Wait for the bot to end by itself; return the same."""
        try:
            _, said = await asyncio.wait_for(self._process.communicate(), PATIENCE)
        except TimeoutError:
            self._process.kill()
            await self._process.communicate()
            raise
        return self._process.returncode or 0, said.decode()

    async def kill(self) -> None:
        """End the bot as a power cut does."""
        self._process.kill()
        await self._process.communicate()
