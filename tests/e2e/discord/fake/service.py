"""The fake Discord as a service: started and stopped, failing when told to, waited for."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from aiohttp import web

from tests.e2e.bot_process import PATIENCE
from tests.e2e.discord.fake.gateway import Gateway
from tests.e2e.discord.fake.interactions import ACKNOWLEDGED_WITHIN, Interaction
from tests.e2e.discord.fake.people import People
from tests.e2e.discord.fake.rest import Fault, Rest
from tests.e2e.discord.fake.world import Json, World

TOKEN = "fake.discord.token"  # noqa: S105 - of no use anywhere else
GOING_AWAY = 1001
Seen = TypeVar("Seen")


class Discord(People):
    """The fake Discord."""

    def __init__(self, acknowledged_within: float = ACKNOWLEDGED_WITHIN) -> None:
        self.world = World()
        self.gateway = Gateway(self.world, TOKEN, self._note)
        self.rest = Rest(self.world, self.gateway, TOKEN, self._note, acknowledged_within)
        self.violations = self.rest.violations
        """What the bot did that Discord does not take."""
        self.port = 0
        self._changed = asyncio.Condition()
        self._runner: web.AppRunner | None = None

    @property
    def settings(self) -> dict[str, str]:
        """Return the settings with which the bot comes here."""
        return {"DISCORD_TOKEN": TOKEN, "NEWSDESK_DISCORD_API_URL": f"{self.rest.origin}/api/v10"}

    async def start(self) -> None:
        """Listen, on the same port as before where there was one."""
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_route("*", "/api/v10/{path:.*}", self.rest.handle)
        app.router.add_get("/files/{id}/{name}", self.rest.file)
        app.router.add_get("/gateway/", self.gateway.handle)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        self.rest.origin = f"http://127.0.0.1:{self.port}"
        self.gateway.url = f"ws://127.0.0.1:{self.port}/gateway/"

    async def stop(self) -> None:
        """Listen no more and close what is open."""
        if self._runner:
            for site in list(self._runner.sites):
                await site.stop()
            await self.gateway.drop(GOING_AWAY)
            await self._runner.cleanup()

    async def cut_off(self) -> None:
        """Cut the network: whatever is open breaks, and nothing can be opened."""
        if self._runner:
            for site in list(self._runner.sites):
                await site.stop()
            for connection in self._runner.server.connections if self._runner.server else ():
                if connection.transport:
                    connection.transport.abort()

    async def mend(self) -> None:
        """Mend the network."""
        if self._runner:
            await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    def fail_next(
        self, method: str, path: str, status: int, body: Json | None = None, **headers: str
    ) -> None:
        """Answer the next request of a kind with an error."""
        self.rest.faults.append(Fault(method, path, status, body or {"message": "?"}, headers))

    async def until(self, see: Callable[[], Seen | None]) -> Seen:
        """Wait until there is something to see, and return it."""

        async def seen() -> Seen:
            async with self._changed:
                while not (found := see()):
                    await self._changed.wait()
                return found

        return await asyncio.wait_for(seen(), PATIENCE)

    async def connected(self) -> None:
        """Wait until the bot is connected."""
        await self.until(lambda: any(one.socket for one in self.gateway.sessions))

    async def answer(self, used: Interaction) -> Json:
        """Wait for the reply to an interaction, and return it."""
        return await self.until(lambda: next(iter(used.replies), None))

    async def reply_to(self, message: Json) -> Json:
        """Wait for the bot's reply to a message, and return it."""

        def reply() -> Json | None:
            for one in self.world.messages[message["channel_id"]]:
                if one.get("message_reference", {}).get("message_id") == message["id"]:
                    return one
            return None

        return await self.until(reply)

    async def complete(
        self, person: Json, channel: Json, path: str, option: str, typed: str
    ) -> list[str]:
        """Type into an option, and return what is offered."""
        used = await self.type_into(person, channel, path, option, typed)
        await self.until(lambda: used.acknowledged)
        return used.choices

    async def _note(self) -> None:
        async with self._changed:
            self._changed.notify_all()
