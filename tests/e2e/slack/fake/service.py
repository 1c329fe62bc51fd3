"""The fake Slack as a service: started and stopped, failing when told to, waited for."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
from aiohttp import web

from tests.e2e.bot_process import PATIENCE
from tests.e2e.slack.fake.delivery import ACK_WITHIN, Delivery, Requests, Sockets, deliver
from tests.e2e.slack.fake.web_api import SCOPES, WebApi, content_of
from tests.e2e.slack.fake.world import BOT, TEAM, File, Json, Refused, newsroom

T = TypeVar("T")

BOT_TOKEN, APP_TOKEN = "xoxb-loopback", "xapp-loopback"
SIGNING_SECRET = "0123456789abcdef" * 2
SIGN_IN = "<!DOCTYPE html><html><title>Sign in to Slack</title></html>"


@dataclass(slots=True)
class Fault:
    """A call that goes wrong."""

    method: str
    status: int = 200
    answer: Json | None = None
    times: int = 1
    seconds: float = 0.0
    """How long it takes; then it goes as it should, unless an answer is given."""


class Slack:
    """A Slack with one workspace; ``request_url`` is set for HTTP, else it is Socket Mode."""

    def __init__(self, acknowledged_within: float = ACK_WITHIN) -> None:
        self.world = newsroom(acknowledged_within)
        self.scopes = {*SCOPES.values(), "app_mentions:read", "commands", "groups:read"}
        self.scopes |= {"im:history", "mpim:read"}
        self.sockets = Sockets(acknowledged_within)
        self.requests: Requests | None = None
        self.calls: Counter[str] = Counter()
        self.faults: list[Fault] = []
        self.refused: list[Json] = []
        """What the bot was told that it did wrong."""
        self.retry_after: list[float] = [0.0, 0.2, 0.2]
        self.url = ""
        self.is_in_trouble = False
        """Whether every call of the Web API is answered with 500, by a proxy that knows no JSON."""
        self.takes_answers = asyncio.Event()
        """Until this is set, whatever is sent to a response_url waits there."""
        self.takes_answers.set()
        self._acknowledged_within = acknowledged_within

    async def start(self, request_url: str = "") -> "Slack":
        """Begin to serve."""
        app = web.Application(client_max_size=64 * 2**20)
        app.add_routes(
            [
                web.route("*", "/api/{method}", self._api),
                web.get("/link", self.sockets.serve),
                web.post("/api/upload/{file}", self._upload),
                web.get("/api/files/{file}", self._download),
                web.post("/hooks/{hook}", self._hook),
                web.get("/stolen", self._stolen),
            ]
        )
        self._session = aiohttp.ClientSession()
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await self._site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}/"
        self._api_methods = WebApi(self.world, lambda: f"{self.url}api/")
        if request_url:
            self.requests = Requests(
                request_url, SIGNING_SECRET, self._session, self._acknowledged_within
            )
        return self

    async def stop(self) -> None:
        """Serve no more."""
        await self.sockets.close()
        await self._session.close()
        await self._runner.cleanup()

    async def cut_off(self) -> None:
        """Cut the network: whatever is open breaks, and nothing can be opened."""
        self._port = self._runner.addresses[0][1]
        await self._site.stop()
        self.sockets.cut()
        for connection in self._runner.server.connections if self._runner.server else ():
            if connection.transport:
                connection.transport.abort()

    async def mend(self) -> None:
        """Mend the network."""
        self._site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await self._site.start()

    @property
    def transport(self) -> Sockets | Requests:
        """Return the way in which the bot is reached."""
        return self.requests or self.sockets

    async def until(self, condition: Callable[[], T | bool | None]) -> T:
        """Wait until something is so; return what it is."""
        end = time.monotonic() + PATIENCE
        while not (found := condition()):
            assert time.monotonic() < end, "it did not come about"
            await asyncio.sleep(0.01)
        return found  # type: ignore[return-value]  # a condition that is only True returns that

    # What people do

    async def say(self, user: str, channel: str, text: str, **more: Any) -> Json:  # noqa: ANN401
        """Write a message to the bot: a mention, or a direct message."""
        message = self.write(user, channel, text, **more)
        message["delivery"] = await self.tell_bot(message)
        return message

    def write(
        self, user: str, channel: str, text: str, *, thread: str = "", files: tuple[File, ...] = ()
    ) -> Json:
        """Write a message of which the bot is not told."""
        message: Json = {"type": "message", "user": user, "text": text, "channel": channel}
        message |= {"ts": self.world.now(), "team": self.world.people[user]["team_id"]}
        if thread:
            message["thread_ts"] = thread
        if files:
            self.world.files |= {file.id: file for file in files}
            message["files"] = [self._api_methods.described(file) for file in files]
        self.world.messages[channel].append(dict(message))
        return message

    async def tell_bot(self, message: Json, **more: Any) -> Delivery:  # noqa: ANN401 - any JSON
        """Deliver what the bot subscribes to of a message."""
        channel = self.world.channels[message["channel"]]
        sent = {name: value for name, value in message.items() if name != "delivery"}
        event = {**sent, "event_ts": sent["ts"]}
        if channel.is_direct:
            subtype = {"subtype": "file_share"} if "files" in sent else {}
            return await self.event({**event, **subtype, "channel_type": "im", **more})
        return await self.event({**event, "type": "app_mention", **more})

    async def delete(self, message: Json) -> Delivery:
        """Delete a direct message: where it has replies a tombstone takes its place."""
        channel, ts = message["channel"], message["ts"]
        stone = {"subtype": "tombstone", "user": "USLACKBOT", "text": "This message was deleted."}
        standing = self.world.find(channel, ts)
        previous, now = dict(standing), self.world.now()
        event = {"type": "message", "channel": channel, "channel_type": "im", "hidden": True}
        event |= {"ts": now, "event_ts": now, "previous_message": previous}
        if self.world.has_replies(channel, ts) and previous.get("subtype") != "tombstone":
            standing |= {**stone, "thread_ts": ts}
            return await self.event({**event, "subtype": "message_changed", "message": standing})
        self.world.messages[channel].remove(standing)
        return await self.event({**event, "subtype": "message_deleted", "deleted_ts": ts})

    async def event(self, event: Json, event_id: str = "") -> Delivery:
        """Deliver an event."""
        channel = self.world.channels.get(str(event.get("channel")))
        payload = {
            "type": "event_callback",
            "token": "?",
            "team_id": TEAM,
            "api_app_id": "A0NEWSDESK",
            "event": event,
            "event_id": event_id or self.world.new_id("Ev"),
            "event_time": int(time.time()),
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
            "is_ext_shared_channel": bool(channel and channel.is_ext_shared),
        }
        return await deliver(self.transport, "events_api", payload, self.retry_after)

    async def slash(
        self, user: str, channel: str, text: str, *, response_url: str = ""
    ) -> Delivery:
        """Type ``/newsdesk …``."""
        person = self.world.people[user]
        payload = {
            "command": "/newsdesk",
            "text": text,
            "user_id": user,
            "user_name": person["name"],
            "team_id": person["team_id"],
            "channel_id": channel,
            "response_url": response_url or self.hook_for(user, channel),
            "trigger_id": self.world.trigger(),
        }
        return await deliver(self.transport, "slash_commands", payload, [])

    async def press(self, user: str, message: Json, label: str) -> Delivery:
        """Press the button of a message whose label begins so."""
        element, value = _element(message.get("blocks", []), label)
        action: Json = {"type": element["type"], "action_id": element["action_id"]}
        option = {"selected_option": {"value": value}}
        action |= option if element["type"] == "overflow" else {"value": value}
        channel, thread = message["channel"], message.get("thread_ts", "")
        container = {"type": "message", "message_ts": message["ts"], "channel_id": channel}
        container["is_ephemeral"] = message in self.world.whispers
        if thread:
            container["thread_ts"] = thread
        return await self.interact(
            user,
            "block_actions",
            actions=[action],
            container=container,
            channel={"id": channel},
            message={"ts": message["ts"], **({"thread_ts": thread} if thread else {})},
            response_url=self.hook_for(user, channel),
        )

    async def press_at_home(self, user: str, label: str) -> Delivery:
        """Press a button of the App Home."""
        element, value = _element(self.world.homes[user]["blocks"], label)
        action = {"type": "button", "action_id": element["action_id"], "value": value}
        return await self.interact(
            user, "block_actions", actions=[action], container={"type": "view"}
        )

    async def shortcut(self, user: str, message: Json, name: str) -> Delivery:
        """Use a shortcut of a message."""
        return await self.interact(
            user,
            "message_action",
            callback_id=name,
            message=message,
            channel={"id": message["channel"]},
            response_url=self.hook_for(user, message["channel"]),
        )

    async def submit(
        self, user: str, window: Json, files: tuple[File, ...] = (), **values: str
    ) -> Delivery:
        """Fill in a window and send it."""
        self.world.files |= {file.id: file for file in files}
        described = [self._api_methods.described(file) for file in files]
        state: Json = {}
        for block in window["blocks"]:
            if block["type"] == "input":
                name, element = block["block_id"], block["element"]
                typed = values.get(name, element.get("initial_value"))
                field: Json = {"files": described} if name == "files" else {"value": typed}
                if element["type"] == "static_select":
                    field = {"selected_option": {"value": typed} if typed else None}
                state[name] = {element["action_id"]: {"type": element["type"], **field}}
        view = {**window, "state": {"values": state}}
        done = await self.interact(user, "view_submission", view=view)
        answer = done.response if isinstance(done.response, dict) else {}
        if unknown := set(answer.get("errors") or ()) - set(state):  # Slack shows nothing then
            self.refused.append({"method": "view_submission", "no such blocks": unknown})
        if answer.get("response_action") == "update" and window["id"] in self.world.windows:
            shown = {"view_id": window["id"], "view": answer["view"]}
            self._api_methods.answer("views.update", shown)
        return done

    async def interact(self, user: str, kind: str, **more: Any) -> Delivery:  # noqa: ANN401
        """Deliver what somebody does with a message or a window."""
        person = self.world.people[user]
        payload: Json = {"type": kind, "team": {"id": TEAM}, "trigger_id": self.world.trigger()}
        payload["user"] = {"id": user, "name": person["name"], "team_id": person["team_id"]}
        return await deliver(self.transport, "interactive", payload | more, [])

    async def open_home(self, user: str, tab: str = "home") -> Delivery:
        """Look at the App Home, or at the messages with the bot."""
        event = {"type": "app_home_opened", "user": user, "tab": tab}
        return await self.event({**event, "channel": self.world.direct(user), "event_ts": "1"})

    # What people see

    def replies(self, message: Json) -> list[Json]:
        """Return what the bot posted in a message's thread."""
        thread = message.get("thread_ts") or message["ts"]
        return [one for one in self.posted(message["channel"]) if one.get("thread_ts") == thread]

    def posted(self, channel: str) -> list[Json]:
        """Return what the bot posted in a channel."""
        return [one for one in self.world.messages[channel] if one["user"] == BOT]

    def whispers(self, user: str, channel: str) -> list[Json]:
        """Return what the bot showed to one person only."""
        return [
            one for one in self.world.whispers if (one["user"], one["channel"]) == (user, channel)
        ]

    async def reply(self, message: Json, count: int = 1) -> Json:
        """Wait for so many replies in a message's thread; return the last one."""
        return (await self.until(lambda: self._at_least(self.replies(message), count)))[-1]

    async def whisper(self, user: str, channel: str, count: int = 1) -> Json:
        """Wait until somebody was shown so much; return the last of it."""
        return (await self.until(lambda: self._at_least(self.whispers(user, channel), count)))[-1]

    async def window(self) -> Json:
        """Wait for a window; return the one that was opened last."""
        windows = await self.until(lambda: list(self.world.windows.values()))
        return windows[-1]

    def _at_least(self, found: list[Json], count: int) -> list[Json]:
        return found if len(found) >= count else []

    # What the bot calls

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        args = await _args_of(request)
        self.calls[method] += 1
        if self.is_in_trouble:
            return web.Response(status=500, text="<html>Oops</html>", content_type="text/html")
        for fault in self.faults:
            if fault.method == method and fault.times:
                fault.times -= 1
                await asyncio.sleep(fault.seconds)
                if fault.seconds and fault.answer is None:
                    break
                headers = {"Retry-After": "1"} if fault.status == 429 else {}
                answer = fault.answer or {"ok": False, "error": "ratelimited"}
                return web.json_response(answer, status=fault.status, headers=headers)
        try:
            answer = self._answer(method, args, request.headers.get("Authorization", ""))
        except Refused as refused:
            answer = refused.answer
            self.refused.append({"method": method, **answer})
        is_busy = answer.get("error") == "ratelimited"
        headers = {"x-oauth-scopes": ",".join(sorted(self.scopes))}
        headers |= {"Retry-After": "1"} if is_busy else {}
        return web.json_response(answer, status=429 if is_busy else 200, headers=headers)

    def _answer(self, method: str, args: Json, authorization: str) -> Json:
        token = authorization.removeprefix("Bearer ")
        wanted = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
        if token in {APP_TOKEN, BOT_TOKEN} - {wanted}:
            raise Refused("not_allowed_token_type")
        if token != wanted:
            raise Refused("invalid_auth")
        if method == "apps.connections.open":
            link = self.url.replace("http", "ws")
            return {"ok": True, "url": f"{link}link?ticket={self.sockets.ticket()}"}
        if (needed := SCOPES.get(method)) and needed not in self.scopes:
            raise Refused("missing_scope", needed=needed)
        return self._api_methods.answer(method, args)

    async def _upload(self, request: web.Request) -> web.Response:
        self.world.files[request.match_info["file"]].content = await request.read()
        return web.Response(text="OK")

    async def _download(self, request: web.Request) -> web.Response:
        file = self.world.files[request.match_info["file"]]
        if request.headers.get("Authorization") != f"Bearer {BOT_TOKEN}" or file.size == -2:
            return web.Response(text=SIGN_IN, content_type="text/html")
        if file.redirects_to:
            raise web.HTTPFound(file.redirects_to)
        return web.Response(body=file.content, content_type=file.mimetype)

    async def _stolen(self, request: web.Request) -> web.Response:
        del request
        self.calls["stolen"] += 1
        return web.Response(text="thank you")

    async def _hook(self, request: web.Request) -> web.Response:
        if self.is_in_trouble:
            return web.Response(status=500, text="<html>Oops</html>", content_type="text/html")
        hook = self.world.hooks.get(request.match_info["hook"])
        if hook is None or hook["uses"] >= 5 or time.monotonic() - hook["made"] > 30 * 60:
            return web.Response(status=404, text="used_url")
        hook["uses"] += 1
        await self.takes_answers.wait()
        sent = json.loads(await request.text())
        try:
            message = content_of(sent)
        except Refused as refused:
            self.refused.append({"method": "response_url", **refused.answer})
            return web.Response(status=400, text="invalid_blocks")
        message |= {"channel": hook["channel"], "user": hook["user"], "ts": self.world.now()}
        if sent.get("response_type") == "in_channel":
            self.world.messages[hook["channel"]].append({**message, "user": BOT})
        else:
            self.world.whispers.append(message)
        return web.Response(text="ok")

    def hook_for(self, user: str, channel: str) -> str:
        """Return a new response_url: five uses, within 30 minutes."""
        hook = self.world.new_id("H")
        self.world.hooks[hook] = {
            "user": user,
            "channel": channel,
            "uses": 0,
            "made": time.monotonic(),
        }
        return f"{self.url}hooks/{hook}"


async def _args_of(request: web.Request) -> Json:
    """Return a call's arguments, from wherever slack_sdk puts them."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        args |= await request.json()
    elif request.method == "POST":
        args |= dict(await request.post())
    return args


def _element(blocks: list[Json], label: str) -> tuple[Json, str]:
    """Return the element that shows a label, and the value that it then has."""
    for block in blocks:
        for element in [*block.get("elements", []), block.get("accessory", {})]:
            choices = [element, *element.get("options", [])]
            choices += [element.get(name, {}) for name in ("positive_button", "negative_button")]
            for choice in choices:
                shown = choice.get("text")
                if isinstance(shown, dict) and shown["text"].startswith(label):
                    return element, choice["value"]
    raise AssertionError(f"there is no button {label}")
