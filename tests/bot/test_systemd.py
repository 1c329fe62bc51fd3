"""What systemd is told of a bot that it started: that it serves, is alive, and ends."""

import asyncio
import socket
from pathlib import Path

import pytest

from bot.observing.systemd import told

PATIENCE = 20.0
"""Seconds that something may take before a test gives up: a failure, not a measure."""


@pytest.mark.parametrize("abstract", [False, True], ids=["a path", "an abstract name"])
async def test_systemd_hears_that_it_serves_lives_and_ends(
    tmp_path: Path, *, abstract: bool
) -> None:
    name = f"@newsdesk-{tmp_path.name}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(f"\0{name[1:]}" if abstract else name)
        systemd.setblocking(False)

        async def hears() -> str:
            loop = asyncio.get_running_loop()
            return (await asyncio.wait_for(loop.sock_recv(systemd, 100), PATIENCE)).decode()

        async with told({"NOTIFY_SOCKET": name, "WATCHDOG_USEC": "3000"}):
            assert [await hears() for _ in range(4)] == ["READY=1", *["WATCHDOG=1"] * 3]
        heard = [await hears()]
        while heard[-1] == "WATCHDOG=1":
            heard.append(await hears())
        assert heard[-1] == "STOPPING=1"


async def test_where_no_watchdog_is_asked_for_it_says_once_that_it_serves(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        async with told({"NOTIFY_SOCKET": str(tmp_path / "notify")}):
            await asyncio.sleep(0)
        assert [systemd.recv(100), systemd.recv(100)] == [b"READY=1", b"STOPPING=1"]


@pytest.mark.parametrize("environment", [{}, {"NOTIFY_SOCKET": "/nonexistent/notify"}])
async def test_without_systemd_the_bot_runs_all_the_same(environment: dict[str, str]) -> None:
    async with told(environment):
        pass
