"""A web site to test with, on this machine's loopback."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import TestServer
from yarl import URL

from bot.web.fetching import Web

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Given:
    """What the site gives at a path."""

    body: bytes = b""
    content_type: str = "text/html"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Site:
    """What a site gives, where it is, and what it was asked for."""

    address: URL
    pages: dict[str, Given] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def at(self, path: str) -> str:
        """Return the address of a path."""
        return str(self.address.join(URL(path, encoded=True)))

    def redirects(self, path: str, to: str) -> None:
        """Let a path lead on."""
        self.pages[path] = Given(status=302, headers={"Location": to})


@asynccontextmanager
async def open_site() -> AsyncIterator[Site]:
    """Give a site that has no pages yet."""

    async def answer(request: web.Request) -> web.Response:
        site.asked.append(request.path_qs)
        given = site.pages.get(request.path, Given(b"Not here.", "text/plain", 404))
        headers = {"Content-Type": given.content_type, **given.headers}
        return web.Response(body=given.body, status=given.status, headers=headers)

    application = web.Application()
    application.router.add_get("/{path:.*}", answer)
    async with TestServer(application, host=LOOPBACK) as server:
        site = Site(server.make_url("/"))
        yield site


class Names(AbstractResolver):
    """Resolves every name to the same addresses."""

    def __init__(self, *addresses: str) -> None:
        self._addresses = addresses

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        """Return the addresses."""
        del family
        return [
            ResolveResult(hostname=host, host=one, port=port, family=2, proto=0, flags=0)
            for one in self._addresses
        ]

    async def close(self) -> None:
        """Do nothing."""


def web_of_loopback() -> Web:
    """Return a web whose every name is this machine, which may be reached."""
    return Web(may_reach=LOOPBACK.__eq__, resolver=Names(LOOPBACK))
