"""The two ways in which Slack's events come: Socket Mode, and HTTP with a signing secret."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from time import time
from typing import Protocol

from aiohttp import web
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.platform import PlatformProblem

PATIENCE = 15.0
"""Seconds after which an address that leads nowhere is given up for a fresh one."""
PING = 5.0
"""Seconds between two looks at whether a connection is still there."""
TICKET = re.compile(r"(?<=\?)[^\s'\"]+")
PATH = "/slack/events"
"""Where HTTP mode takes events, commands and buttons."""


class Transport(Protocol):
    """A way in which events come."""

    async def open(self) -> None:
        """Begin to take events; raise PlatformProblem where that cannot be."""

    async def is_there(self) -> bool:
        """Say whether events can come."""

    async def pause(self) -> None:
        """Take nothing new: what is not acknowledged, Slack delivers again."""

    async def close(self) -> None:
        """Disconnect."""


class WithoutTickets(logging.Filter):
    """Keeps the addresses of connections out of the log: whoever has one may use it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the address out of a record, and the traceback, which has it too."""
        record.msg, record.args = TICKET.sub("…", record.getMessage()), ()
        record.exc_info = record.exc_text = None
        return True


class FreshSocketModeClient(SocketModeClient):
    """A Socket Mode client that does not hold on to an address: each is good for one use only."""

    patience = PATIENCE

    async def connect(self) -> None:
        """Connect; where that takes long, begin again with a new address."""
        while not self.closed:
            try:
                async with asyncio.timeout(self.patience):
                    await super().connect()  # type: ignore[no-untyped-call]  # slack_sdk leaves it so
                    return
            except TimeoutError:
                self.wss_uri = None


class SocketMode:
    """Events over a WebSocket that the bot opens: no public address is needed."""

    def __init__(self, app: AsyncApp, client: AsyncWebClient, app_token: str) -> None:
        self._app = app
        self._client = FreshSocketModeClient(
            app_token, web_client=client, logger=_logger(), ping_interval=PING
        )
        self._client.socket_mode_request_listeners.append(self._handle)

    async def open(self) -> None:
        """Connect."""
        await self._client.connect()

    async def _handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        """Hand an envelope to the app and acknowledge it."""
        start = time()
        response = await run_async_bolt_app(self._app, req)
        await send_async_response(client, req, response, start)

    async def is_there(self) -> bool:
        """Say whether there is a connection."""
        return await self._client.is_connected()

    async def pause(self) -> None:
        """Leave what comes from now on to the next connection."""
        self._client.socket_mode_request_listeners.clear()

    async def close(self) -> None:
        """Disconnect."""
        await self._client.close()  # type: ignore[no-untyped-call]  # slack_sdk leaves it so


def _logger() -> logging.Logger:
    logger = logging.getLogger("newsdesk.slack.sockets")
    logger.addFilter(WithoutTickets())
    return logger


@web.middleware
async def refuse_unreadable(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Answer 401 to a time or a signature that is none: bolt fails on them instead of refusing."""
    moment = request.headers.get("X-Slack-Request-Timestamp", "0")
    signature = request.headers.get("X-Slack-Signature", "")
    if not (signature.isascii() and moment.isascii() and moment.isdecimal()):
        return web.Response(status=HTTPStatus.UNAUTHORIZED)
    return await handler(request)


class HttpMode:
    """Events as signed requests to a host and port of ours."""

    def __init__(self, app: AsyncApp, host: str, port: int) -> None:
        web_app = app.web_app(PATH)
        web_app.middlewares.append(refuse_unreadable)
        self._runner = web.AppRunner(web_app, access_log=None)
        self._host = host
        self._port = port
        self._site: web.TCPSite | None = None

    async def open(self) -> None:
        """Listen."""
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, self._host, self._port)
        try:
            await self._site.start()
        except OSError as error:
            raise PlatformProblem(
                f"Nothing can listen on {self._host}:{self._port}: set another "
                "NEWSDESK_SLACK_HOST or NEWSDESK_SLACK_PORT."
            ) from error

    async def is_there(self) -> bool:
        """Say whether the bot listens."""
        return self._site is not None

    async def pause(self) -> None:
        """Listen no more."""
        if self._site is not None:
            await self._site.stop()
            self._site = None

    async def close(self) -> None:
        """Close the connections that are left."""
        await self._runner.cleanup()
