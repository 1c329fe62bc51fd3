"""The fake's gateway: sessions that are identified, resumed, dropped and invalidated."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.e2e.discord.fake.world import DIRECT, Json, World, snowflake

GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = 1 << 1 | 1 << 8 | MESSAGE_CONTENT


@dataclass
class Session:
    """What one identification began: its events so far, and where they go."""

    id: str
    intents: int
    shard: list[int]
    socket: web.WebSocketResponse | None
    events: list[Json] = field(default_factory=list)


class Gateway:
    """Takes the bot's connections and sends it events."""

    def __init__(self, world: World, token: str, changed: Callable[[], Awaitable[None]]) -> None:
        self._world = world
        self._token = token
        self._changed = changed
        self.sessions: list[Session] = []
        self.identified = 0
        self.resumed = 0
        self.url = ""
        self.shards = 1
        self.close_with: int | None = None
        """The code with which everybody who identifies or resumes is refused."""

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Speak with the bot until it goes or is sent away."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41_250}})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._received(socket, json.loads(message.data))
                await self._changed()
        for session in self.sessions:
            if session.socket is socket:
                session.socket = None
        return socket

    async def _received(self, socket: web.WebSocketResponse, frame: Json) -> None:
        match frame["op"]:
            case 1:
                await socket.send_json({"op": 11})
            case 2:
                await self._identify(socket, frame["d"])
            case 6:
                await self._resume(socket, frame["d"])

    async def _identify(self, socket: web.WebSocketResponse, said: Json) -> None:
        if refused := self._refusal(said):
            await socket.close(code=refused)
            return
        self.identified += 1
        session = Session(snowflake(), said["intents"], said["shard"], socket)
        self.sessions.append(session)
        await self.send(
            "READY",
            {
                "v": 10,
                "user": self._world.bot,
                "guilds": [{"id": guild, "unavailable": True} for guild in self._world.guilds],
                "session_id": session.id,
                "resume_gateway_url": self.url,
                "application": {"id": self._world.bot["id"], "flags": 0},
                "shard": session.shard,
            },
            to=session,
        )
        for guild in self._world.guilds.values():
            await self.send("GUILD_CREATE", self.described(guild), to=session)

    def _refusal(self, said: Json) -> int | None:
        if self.close_with:
            return self.close_with
        if said["token"] != self._token:
            return 4004
        return 4014 if said["intents"] & PRIVILEGED else None

    async def _resume(self, socket: web.WebSocketResponse, said: Json) -> None:
        if self.close_with:
            await socket.close(code=self.close_with)
            return
        for session in self.sessions:
            if session.id == said["session_id"] and said["token"] == self._token:
                self.resumed += 1
                session.socket = socket
                for event in session.events[said["seq"] :]:
                    await socket.send_json(event)
                await self.send("RESUMED", {}, to=session)
                return
        await socket.send_json({"op": 9, "d": False})

    async def send(self, event: str, data: object, *, to: Session | None = None) -> None:
        """Send an event to one session or to all; those that are away get it when they resume."""
        for session in [to] if to else self.sessions:
            frame = {"op": 0, "t": event, "s": len(session.events) + 1, "d": data}
            session.events.append(frame)
            if session.socket and not session.socket.closed:
                await session.socket.send_json(frame)

    async def send_message(
        self, message: Json, channel: Json, event: str = "MESSAGE_CREATE"
    ) -> None:
        """Send a message as the bot may read it."""
        wanted = DIRECT_MESSAGES if channel["type"] == DIRECT else GUILD_MESSAGES
        for session in self.sessions:
            if session.intents & wanted:
                shown = self._readable(message, channel, session)
                await self.send(event, dict(shown), to=session)

    def _readable(self, message: Json, channel: Json, session: Session) -> Json:
        """Return a message without its content where the bot is not granted it."""
        ours = self._world.bot["id"]
        is_ours = message["author"]["id"] == ours
        is_mentioned = any(user["id"] == ours for user in message["mentions"])
        may_read = session.intents & MESSAGE_CONTENT or channel["type"] == DIRECT
        if may_read or is_ours or is_mentioned:
            return message
        return {**message, "content": "", "attachments": [], "embeds": [], "components": []}

    async def raw(self, frame: Any) -> None:  # noqa: ANN401 - that is the point
        """Send every session whatever there is."""
        for session in self.sessions:
            if session.socket:
                await session.socket.send_json(frame)

    async def drop(self, code: int = 4000) -> None:
        """Close every connection; the sessions stay."""
        for session in self.sessions:
            if session.socket:
                await session.socket.close(code=code)

    def described(self, guild: Json) -> Json:
        """Return a guild as the bot sees it."""
        here = [one for one in self._world.channels.values() if one.get("guild_id") == guild["id"]]
        bot = self._world.bot
        return {
            "id": guild["id"],
            "name": guild["name"],
            "owner_id": guild["owner_id"],
            "roles": guild["roles"],
            "members": [{**guild["members"][bot["id"]], "user": bot}],
            "member_count": len(guild["members"]),
            "channels": [one for one in here if "thread_metadata" not in one],
            "threads": [one for one in here if "thread_metadata" in one],
            "features": [],
            "emojis": [],
            "stickers": [],
            "preferred_locale": "en-US",
            "unavailable": False,
        }
