"""The pages for those who watch the bot: ``/healthz``, ``/readyz`` and ``/metrics``.

They are off unless a port is set, and listen on the loopback interface unless another is set.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.observing.metrics import Metrics
from retrieval import LibraryError, Vitals

log = logging.getLogger("newsdesk")

TICK = 0.5
"""Seconds between two looks at how late the event loop is."""
TIMEOUT = 5.0
"""Seconds in which the database must answer."""

ReadVitals = Callable[[], Awaitable[Vitals]]
Standing = Callable[[], Mapping[str, bool]]
"""Says of each platform whether it is connected."""


@asynccontextmanager
async def watched(
    host: str, port: int, metrics: Metrics, vitals: ReadVitals, standing: Standing
) -> AsyncIterator[int]:
    """Serve the pages for as long as the block lasts; give the port, also where 0 chose one."""
    runner = web.AppRunner(pages(metrics, vitals, standing), access_log=None)
    await runner.setup()
    ticking = asyncio.create_task(_measure_lag(metrics))
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        yield runner.addresses[0][1]
    finally:
        ticking.cancel()
        await runner.cleanup()


def pages(metrics: Metrics, vitals: ReadVitals, standing: Standing) -> web.Application:
    """Return the three pages."""

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_: web.Request) -> web.Response:
        answers, platforms = await _read(vitals) is not None, standing()
        is_ready = answers and any(platforms.values())
        return web.json_response(
            {"ready": is_ready, "database": answers, "platforms": dict(platforms)},
            status=200 if is_ready else 503,
        )

    async def figures(_: web.Request) -> web.Response:
        text = metrics.show(await _read(vitals))
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.add_routes(
        [web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", figures)]
    )
    return app


async def _read(vitals: ReadVitals) -> Vitals | None:
    """Return the library's vitals, None where it does not answer."""
    try:
        async with asyncio.timeout(TIMEOUT):
            return await vitals()
    except (LibraryError, TimeoutError) as error:
        log.warning("the database does not answer: %s", str(error) or "it takes too long")
        return None


async def _measure_lag(metrics: Metrics) -> None:
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + TICK
        await asyncio.sleep(TICK)
        metrics.lag.observe(max(loop.time() - due, 0))
