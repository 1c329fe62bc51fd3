"""Tells systemd, where that started the bot, that it serves and that it is alive.

Whoever hangs is started anew: of a process that runs and does nothing any more nobody else hears.
The protocol is that of sd_notify(3): a datagram for each thing that is told. That is a few lines of
the standard library, where the packages for it are no longer kept up, or bind libsystemd, which an
image without systemd does not have.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress

SOCKET = "NOTIFY_SOCKET"
WITHIN = "WATCHDOG_USEC"
"""Microseconds in which systemd must hear that the bot is alive; not set, it does not ask."""
TIMES = 3
"""How often it is told in that time."""


@asynccontextmanager
async def told(environment: Mapping[str, str]) -> AsyncIterator[None]:
    """Tell systemd that the bot serves, and that it is alive for as long as the block lasts."""
    if not (address := environment.get(SOCKET)):
        yield
        return
    seconds = int(environment.get(WITHIN, "0")) / 1_000_000 / TIMES
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
        out.setblocking(False)
        with suppress(OSError):  # then systemd hears nothing, and does what it is told to do then
            out.connect(f"\0{address[1:]}" if address.startswith("@") else address)
        _tell(out, "READY=1")
        living = asyncio.create_task(_live(out, seconds))
        try:
            yield
        finally:
            living.cancel()
            _tell(out, "STOPPING=1")


async def _live(out: socket.socket, seconds: float) -> None:
    while seconds:
        _tell(out, "WATCHDOG=1")
        await asyncio.sleep(seconds)


def _tell(out: socket.socket, what: str) -> None:
    with suppress(OSError):
        out.send(what.encode())
