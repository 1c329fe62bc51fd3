"""The fake's HTTP side: what the bot may ask of Discord, and what it hears."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.e2e.discord.fake.document import document_at_hand
from tests.e2e.discord.fake.forms import (
    Refused,
    Upload,
    check_choices,
    check_message,
    check_window,
)
from tests.e2e.discord.fake.gateway import Gateway
from tests.e2e.discord.fake.interactions import CHOICES, MESSAGE, THINKING, WINDOW, Interaction
from tests.e2e.discord.fake.messages import make_message, text_of
from tests.e2e.discord.fake.world import (
    ATTACH_FILES,
    COMPONENTS_V2,
    DIRECT,
    EPHEMERAL,
    LOADING,
    READ_HISTORY,
    SEND,
    SEND_IN_THREADS,
    THREAD,
    VIEW,
    Json,
    World,
    snowflake,
)

PUBLIC = re.compile(r"/(interactions|webhooks)/\d+/[\w-]+")


@dataclass
class Fault:
    """An answer that the next request of a kind gets instead of what it asked for."""

    method: str
    path: str
    status: int
    body: Json
    headers: dict[str, str]


@dataclass
class Rest:
    """Answers the bot's requests, and notes what is wrong with them."""

    world: World
    gateway: Gateway
    token: str
    changed: Callable[[], Awaitable[None]]
    """Called after every request."""
    acknowledged_within: float
    origin: str = ""
    commands: list[Json] = field(default_factory=list)
    syncs: int = 0
    interactions: dict[str, Interaction] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    seconds_of_file: float = 0.0
    """How long the CDN takes for each file."""
    edits: list[str] = field(default_factory=list)
    """What messages said after each edit, in order."""
    violations: list[str] = field(default_factory=list)
    is_in_trouble: bool = False
    """Whether every request is answered with 500."""
    troubled: int = 0
    """Requests that were answered so."""
    nonces: dict[tuple[str, str], Json] = field(default_factory=dict)
    """The messages that were sent with a nonce, which is taken once."""

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request."""
        path = f"/{request.match_info['path']}"
        if self.is_in_trouble:
            self.troubled += 1
            return web.Response(status=500, text="<html>Oops</html>", content_type="text/html")
        body, uploads = await _read(request)
        for fault in self.faults:
            if fault.method == request.method and re.search(fault.path, path):
                self.faults.remove(fault)
                return _json(fault.body, fault.status, fault.headers)
        try:
            self._judge(request, path, body)
            answer = await self._answer(request.method, path.strip("/").split("/"), body, uploads)
            return _json(answer, 200) if answer is not None else web.Response(status=204)
        except Refused as refused:
            if refused.status != 401:
                self.violations.append(f"{request.method} {path}: {refused}")
            return _json(refused.body, refused.status)
        finally:
            await self.changed()

    async def file(self, request: web.Request) -> web.Response:
        """Answer what is asked of the CDN."""
        await asyncio.sleep(self.seconds_of_file)
        content = self.files.get(request.match_info["id"])
        return web.Response(status=404) if content is None else web.Response(body=content)

    def _judge(self, request: web.Request, path: str, body: Json | None) -> None:
        if not PUBLIC.match(path) and request.headers.get("Authorization") != f"Bot {self.token}":
            raise Refused(401, 0, "401: Unauthorized")
        document = document_at_hand()
        if document and (complaint := document.complaint(request.method, path, body)):
            self.violations.append(f"{request.method} {path}: {complaint}")

    async def _answer(  # noqa: C901, PLR0911, PLR0912 - one line per operation
        self, method: str, path: list[str], body: Json, uploads: list[Upload]
    ) -> Any:  # noqa: ANN401 - any JSON
        match method, *path:
            case "GET", "users", "@me":
                return self.world.bot
            case "GET", "users", "@me", "guilds":
                return [self.gateway.described(one) for one in self.world.guilds.values()]
            case "GET", "guilds", guild:
                return self.gateway.described(self.world.guilds[guild])
            case "GET", "guilds", guild, "members", person:
                member = self.world.guilds[guild]["members"][person]
                return {**member, "user": self.world.people[person]}
            case "GET", "oauth2", "applications", "@me":
                return _application(self.world.bot)
            case "GET", "gateway", "bot":
                limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
                return {
                    "url": self.gateway.url,
                    "shards": self.gateway.shards,
                    "session_start_limit": limit,
                }
            case "GET", "applications", _, "commands":
                return self.commands
            case "PUT", "applications", _, "commands":
                return self._sync(body)
            case "POST", "users", "@me", "channels":
                return self.world.direct(self.world.people[str(body["recipient_id"])])
            case "POST", "channels", channel, "messages":
                return await self._send(self.world.channels[channel], body, uploads)
            case "GET", "channels", channel, "messages", number:
                return self._message(channel, number)
            case "POST", "interactions", number, _, "callback":
                return await self._callback(self.interactions[number], body, uploads)
            case "POST", "webhooks", _, token:
                return await self._follow_up(self._by_token(token), body, uploads)
            case "PATCH", "channels", channel, "messages", number:
                return self._edit(self._standing(channel, number), body, uploads)
            case "DELETE", "channels", channel, "messages", number:
                self.world.messages[channel].remove(self._standing(channel, number))
                return None
            case "PATCH", "webhooks", _, token, "messages", "@original":
                return await self._edit_original(self._by_token(token), body, uploads)
            case "DELETE", "webhooks", _, token, "messages", "@original":
                self._by_token(token).messages.pop(0)
                return None
        raise Refused(404, 0, "404: Not Found")

    def _edit(self, message: Json, body: Json, uploads: list[Upload]) -> Json:
        """Put other content into a message; what it is does not change, nor who sees it."""
        is_layout = message["flags"] & COMPONENTS_V2
        if is_layout and not body.get("flags", 0) & COMPONENTS_V2:
            raise Refused(400, 50035, "components version 2 cannot be taken back")
        if message["content"] and body.get("flags", 0) & COMPONENTS_V2 and "content" not in body:
            raise Refused(400, 50035, "the content must be cleared for components version 2")
        made = self._made(self.world.channels[message["channel_id"]], body, uploads)
        kept: Json = {
            name: message[name] for name in ("id", "message_reference") if name in message
        }
        flags = made["flags"] & ~EPHEMERAL | message["flags"] & EPHEMERAL
        self.edits.append(text_of(made))
        message |= {**made, **kept, "flags": flags}
        return message

    async def _edit_original(self, used: Interaction, body: Json, uploads: list[Upload]) -> Json:
        if not used.acknowledged or not used.messages:
            raise Refused(404, 10015, "Unknown Webhook")
        first = used.messages[0]
        was_seen = not first["flags"] & LOADING
        self._edit(first, body, uploads)
        if not (was_seen or first["flags"] & EPHEMERAL):
            self.world.messages[used.channel["id"]].append(first)
            await self.gateway.send_message(first, used.channel)
        return first

    def _sync(self, commands: Any) -> list[Json]:  # noqa: ANN401 - any JSON
        self.syncs += 1
        ours = self.world.bot["id"]
        self.commands = [
            {
                "description": "",
                **command,
                "id": f"{1000 + number}",
                "application_id": ours,
                "version": f"{self.syncs}",
                "default_member_permissions": _text(command["default_member_permissions"]),
            }
            for number, command in enumerate(commands)
        ]
        return self.commands

    async def _send(self, channel: Json, body: Json, uploads: list[Upload]) -> Json:
        if channel["type"] == DIRECT and channel["recipients"][0]["id"] in self.world.closed:
            body = {"code": 50007, "message": "Cannot send messages to this user"}
            raise web.HTTPForbidden(text=json.dumps(body), content_type="application/json")
        needed = VIEW | (SEND_IN_THREADS if channel["type"] == THREAD else SEND)
        if "message_reference" in body:
            needed |= READ_HISTORY
        if uploads:
            needed |= ATTACH_FILES
        if needed & ~self.world.permissions(self.world.bot, channel):
            body = {"code": 50013, "message": "Missing Permissions"}
            raise web.HTTPForbidden(text=json.dumps(body), content_type="application/json")
        message = self._made(channel, body, uploads)
        if body.get("enforce_nonce"):
            key = (channel["id"], body["nonce"])
            if key in self.nonces:
                return self.nonces[key]
            self.nonces[key] = message
        self.world.messages[channel["id"]].append(message)
        await self.gateway.send_message(message, channel)
        return message

    def _message(self, channel: str, number: str) -> Json:
        """Return a message that was written, as one who is no member of its guild sees it."""
        message = self._standing(channel, number)
        return {name: value for name, value in message.items() if name != "member"}

    def _standing(self, channel: str, number: str) -> Json:
        """Return a message of a channel that nobody deleted."""
        for message in self.world.messages[channel]:
            if message["id"] == number:
                return message
        raise Refused(404, 10008, "Unknown Message")

    async def _callback(self, used: Interaction, body: Json, uploads: list[Upload]) -> Json:
        used.acknowledge(body, self.acknowledged_within)
        data = body.get("data") or {}
        if body["type"] == CHOICES:
            check_choices(data["choices"])
        if body["type"] == WINDOW:
            check_window(data)
        answer: Json = {"interaction": {"id": used.id, "type": used.kind}}
        if body["type"] == THINKING:
            flags = LOADING | data.get("flags", 0)
            loading = make_message(self.world, used.channel, self.world.bot, flags=flags)
            used.messages.append(loading)
        if body["type"] == MESSAGE:
            shown = self._made(used.channel, data, uploads)
            used.messages.append(shown)
            answer["resource"] = {"type": MESSAGE, "message": shown}
        return answer

    async def _follow_up(self, used: Interaction, body: Json, uploads: list[Upload]) -> Json:
        if not used.acknowledged:
            raise Refused(404, 10015, "Unknown Webhook")
        shown = used.shown(self._made(used.channel, body, uploads))
        if not shown["flags"] & EPHEMERAL:
            self.world.messages[used.channel["id"]].append(shown)
            await self.gateway.send_message(shown, used.channel)
        return shown

    def _made(self, channel: Json, body: Json, uploads: list[Upload]) -> Json:
        check_message(body, uploads)
        mentions = body.get("allowed_mentions", {})
        if mentions.get("parse") != [] or mentions.get("users") or mentions.get("replied_user"):
            self.violations.append(f"a message may ping: {mentions}")
        return make_message(
            self.world,
            channel,
            self.world.bot,
            content=body.get("content") or "",
            components=body.get("components") or [],
            flags=body.get("flags", 0),
            files=[self.upload(upload.name, upload.content) for upload in uploads],
            reference=body.get("message_reference"),
        )

    def upload(self, name: str, content: bytes, *, gone: bool = False) -> Json:
        """Return a file as an attachment; ``gone``, the CDN does not have it (any more)."""
        number = snowflake()
        if not gone:
            self.files[number] = content
        url = f"{self.origin}/files/{number}/{name}"
        known = {"id": number, "filename": name, "size": len(content)}
        return {**known, "url": url, "proxy_url": url}

    def _by_token(self, token: str) -> Interaction:
        return next(one for one in self.interactions.values() if one.token == token)


async def _read(request: web.Request) -> tuple[Any, list[Upload]]:
    """Return a request's JSON and files."""
    if request.content_type != "multipart/form-data":
        return (await request.json() if request.can_read_body else {}), []
    body: Json = {}
    uploads: list[Upload] = []
    form = await request.post()
    for name, value in form.items():
        if isinstance(value, web.FileField):
            uploads.append(Upload(value.filename, value.file.read()))
        elif name == "payload_json" and isinstance(value, str):
            body = json.loads(value)
    return body, uploads


def _json(body: Any, status: int, headers: dict[str, str] | None = None) -> web.Response:  # noqa: ANN401 - any JSON
    """Return JSON as Discord types it: discord.py takes no charset beside it."""
    kind = {"Content-Type": "application/json", **(headers or {})}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=kind)


def _application(bot: Json) -> Json:
    return {
        "id": bot["id"],
        "name": bot["global_name"],
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": bot,
        "verify_key": "0" * 64,
        "flags": 0,
    }


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)
