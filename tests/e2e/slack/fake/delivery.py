"""How Slack delivers: over a WebSocket or as signed requests, with deadlines and retries."""

import asyncio
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from tests.e2e.bot_process import PATIENCE
from tests.e2e.slack.fake.world import Json

ACK_WITHIN = 3.0
"""Seconds in which everything must be acknowledged; docs.slack.dev, interactivity."""
KINDS = {"events_api": "application/json"}
FORM = "application/x-www-form-urlencoded"


@dataclass(slots=True)
class Delivery:
    """What became of one thing that was delivered."""

    acknowledged: bool
    response: Any = None
    attempts: int = 1
    seconds: float = 0.0


class Transport(Protocol):
    """One of the two ways."""

    async def send(self, kind: str, payload: Json, attempt: int, reason: str) -> Delivery:
        """Deliver once; wait for the acknowledgement no longer than Slack does."""

    async def ready(self) -> None:
        """Wait until the bot can be reached."""

    async def close(self) -> None:
        """Hang up."""


async def deliver(transport: Transport, kind: str, payload: Json, pauses: list[float]) -> Delivery:
    """Deliver, and an event again after each pause while nobody acknowledges it."""
    reason = ""
    tries = [0.0, *pauses] if kind == "events_api" else [0.0]
    for attempt, pause in enumerate(tries):
        await asyncio.sleep(pause)
        done = await transport.send(kind, payload, attempt, reason)
        done.attempts = attempt + 1
        if done.acknowledged:
            break
        reason = "timeout"
    return done


@dataclass(slots=True)
class Sockets:
    """Socket Mode: the bot opens connections, and each payload goes to any one of them."""

    acknowledged_within: float
    tickets: set[str] = field(default_factory=set)
    open: list[web.WebSocketResponse] = field(default_factory=list)
    lines: list[asyncio.WriteTransport] = field(default_factory=list)
    """What the connections go through."""
    waiting: dict[str, asyncio.Future[Any]] = field(default_factory=dict)
    connected: int = 0
    """How many connections there were so far."""
    turn: int = 0
    loses_next_ack: bool = False
    refuses: int = 0
    """How many connections are refused from now on."""
    patience: float = PATIENCE
    """Seconds for which a connection is waited for."""

    def ticket(self) -> str:
        """Return the right to connect once."""
        ticket = secrets.token_hex(8)
        self.tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Take a connection and its acknowledgements."""
        if self.refuses or request.query.get("ticket") not in self.tickets:
            self.refuses = max(self.refuses - 1, 0)
            return web.Response(status=403)
        self.tickets.remove(request.query["ticket"])
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": len(self.open) + 1})
        self.open.append(socket)
        if isinstance(request.transport, asyncio.WriteTransport):
            self.lines.append(request.transport)
        self.connected += 1
        try:
            async for frame in socket:
                self._take(json.loads(frame.data))
        finally:
            self.open.remove(socket)
        return socket

    def _take(self, ack: Json) -> None:
        future = self.waiting.pop(ack["envelope_id"], None)
        if future is None or future.done():
            return
        if self.loses_next_ack:
            self.loses_next_ack = False
            future.set_exception(TimeoutError())  # as if it had been waited for in vain
        else:
            future.set_result(ack.get("payload"))

    async def ready(self) -> None:
        """Wait until there is a connection."""
        while not self.open:  # noqa: ASYNC110 - tests need nothing finer
            await asyncio.sleep(0.005)

    async def send(self, kind: str, payload: Json, attempt: int, reason: str) -> Delivery:
        """Send an envelope over one of the connections."""
        await asyncio.wait_for(self.ready(), self.patience)
        if not self.open:  # it was there for a moment only
            return Delivery(acknowledged=False)
        self.turn += 1
        socket = self.open[self.turn % len(self.open)]
        envelope: Json = {"envelope_id": secrets.token_hex(8), "type": kind, "payload": payload}
        envelope["accepts_response_payload"] = kind != "events_api"
        if kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        future = asyncio.get_running_loop().create_future()
        self.waiting[envelope["envelope_id"]] = future
        begun = time.monotonic()
        try:
            await socket.send_json(envelope)
            response = await asyncio.wait_for(future, self.acknowledged_within)
        except (TimeoutError, ConnectionError):
            return Delivery(acknowledged=False)
        return Delivery(True, response, seconds=time.monotonic() - begun)

    async def disconnect(self, reason: str) -> None:
        """Tell the bot to connect anew, as Slack does now and then; hang up a little later."""
        sockets = list(self.open)
        for socket in sockets:
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})

    def cut(self) -> None:
        """Break all connections off without a word."""
        for line in self.lines:
            line.abort()
        self.lines.clear()

    async def close(self) -> None:
        """Hang up."""
        for socket in list(self.open):
            await socket.close()


@dataclass(slots=True)
class Requests:
    """HTTP: every payload is a signed request to the bot's address."""

    url: str
    secret: str
    session: aiohttp.ClientSession
    acknowledged_within: float
    loses_next_ack: bool = False

    async def ready(self) -> None:
        """Wait until the bot answers Slack's challenge."""
        while True:
            try:
                done = await self.send("events_api", {"type": "url_verification", "challenge": "?"})
            except aiohttp.ClientConnectionError:
                done = Delivery(acknowledged=False)
            if done.acknowledged:
                return
            await asyncio.sleep(0.02)

    def body(self, kind: str, payload: Json) -> tuple[str, str]:
        """Return the body of a request and its type."""
        if kind == "events_api":
            return json.dumps(payload), "application/json"
        return urlencode(
            payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        ), FORM

    def signed(self, body: str, *, at: float | None = None, secret: str = "") -> dict[str, str]:
        """Return the headers that prove a request to be Slack's."""
        moment = str(int(at or time.time()))
        text = f"v0:{moment}:{body}".encode()
        digest = hmac.new((secret or self.secret).encode(), text, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={digest}"}

    async def post(self, body: str, kind: str, headers: dict[str, str]) -> tuple[int, str]:
        """Send a request; return status and body of the response."""
        timeout = aiohttp.ClientTimeout(total=self.acknowledged_within)
        async with self.session.post(
            self.url, data=body, headers={"Content-Type": kind, **headers}, timeout=timeout
        ) as response:
            return response.status, await response.text()

    async def send(self, kind: str, payload: Json, attempt: int = 0, reason: str = "") -> Delivery:
        """Send a signed request."""
        body, content_type = self.body(kind, payload)
        headers = self.signed(body)
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}
        begun = time.monotonic()
        try:
            status, text = await self.post(body, content_type, headers)
        except TimeoutError:
            return Delivery(acknowledged=False)
        if self.loses_next_ack:
            self.loses_next_ack = False
            return Delivery(acknowledged=False)
        try:
            response = json.loads(text)
        except ValueError:
            response = text or None
        return Delivery(status == 200, response, seconds=time.monotonic() - begun)

    async def close(self) -> None:
        """Nothing stays open."""
