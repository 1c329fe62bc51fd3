"""Fetching a page: redirects followed one by one, within limits of size, time and number."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version

import aiohttp
from aiohttp.abc import AbstractResolver
from protego import Protego
from yarl import URL

from bot.web.addresses import PageProblem
from bot.web.guard import GuardedResolver, MayReach, check_reach, is_public
from bot.web.naming import name_of, to_url
from retrieval import check_size

SECONDS = 20.0
"""For one page, redirects and robots.txt included."""
REDIRECTS = 5
ROBOTS_LIMIT = 500 * 1024
"""Bytes of a robots.txt that are read (RFC 9309, 2.5)."""
PIECE = 64 * 1024
AGENT = "Newsdesk"
"""What robots.txt calls us."""

_REDIRECTS = {301, 302, 303, 307, 308}
_FIRST_ERROR, _FIRST_SERVER_ERROR = 400, 500
_SENTENCES = {
    401: "wants a password (401); save the page and add the file",
    402: "wants to be paid (402); save the page and add the file",
    403: "does not let us in (403); save the page and add the file",
    404: "is not there (404); check the address",
    410: "is not there any more (410)",
    429: "has been asked too often (429); try again later",
    451: "may not be shown for legal reasons (451)",
}
_READ = (
    "text/",
    "application/xhtml+xml",
    "application/pdf",
    "application/rtf",
    "application/octet-stream",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "message/rfc822",
)
_NOT_READ = ("text/css", "text/javascript", "text/calendar", "text/csv")


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave."""

    url: str
    """Where it was found at last."""
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Answer:
    url: URL
    status: int
    content_type: str
    content: bytes


class Web:
    """The web, as far as it may be reached.

    ``may_reach`` says to which IP addresses connections are made; ``resolver`` finds them, by
    default the system's. Both are for tests: nothing that an operator sets reaches them.
    """

    def __init__(
        self, may_reach: MayReach = is_public, resolver: AbstractResolver | None = None
    ) -> None:
        self._may_reach = may_reach
        self._resolver = resolver

    async def fetch(self, address: str, max_bytes: int) -> Page:
        """Return the page at an address.

        Raises PageProblem or SourceTooLarge, each with the sentence to show.
        """
        url = to_url(address)
        try:
            async with asyncio.timeout(SECONDS), self._session() as session:
                answer = await self._answer(session, url, max_bytes, is_page=True)
        except TimeoutError as error:
            raise PageProblem(
                f"{address} did not come within {SECONDS:g} seconds; try again later."
            ) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise PageProblem(
                f"{address} could not be reached; check the address, or try again later."
            ) from error
        _check(answer, address)
        return Page(str(answer.url), name_of(answer.url, answer.content_type), answer.content)

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[aiohttp.ClientSession]:
        """Give a session that keeps no cookies, knows no proxy and connects where it may."""
        resolver = GuardedResolver(self._resolver or aiohttp.ThreadedResolver(), self._may_reach)
        connector = aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False)
        agent = f"{AGENT}/{version('newsdesk')} (a newsroom adds this page to its own archive)"
        async with aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": agent, "Accept": "text/html, application/pdf, */*;q=0.5"},
        ) as session:
            yield session

    async def _answer(
        self, session: aiohttp.ClientSession, url: URL, most: int, *, is_page: bool
    ) -> _Answer:
        """Return what an address leads to, each step of the way checked like the first."""
        asked = url
        for _ in range(1 + REDIRECTS):
            check_literal(url, self._may_reach)
            if is_page:
                await self._check_robots(session, url)
            async with session.get(url, allow_redirects=False) as response:
                location = response.headers.get("Location")
                if response.status not in _REDIRECTS or not location:
                    content = await _body(response, most, url)
                    return _Answer(url, response.status, response.content_type, content)
            url = to_url(str(url.join(URL(location))))
        raise PageProblem(f"{asked} leads on and on, to more than {REDIRECTS} other addresses.")

    async def _check_robots(self, session: aiohttp.ClientSession, url: URL) -> None:
        """Raise PageProblem where the site's robots.txt keeps us out (RFC 9309)."""
        answer = await self._answer(
            session, url.join(URL("/robots.txt")), ROBOTS_LIMIT, is_page=False
        )
        if answer.status >= _FIRST_SERVER_ERROR:
            raise PageProblem(
                f"{url.host} cannot say now what programs may fetch (robots.txt); try again later."
            )
        rules = answer.content.decode("utf-8", "replace") if answer.status < _FIRST_ERROR else ""
        if not Protego.parse(rules).can_fetch(str(url), AGENT):
            raise PageProblem(
                f"{url} may not be fetched by programs, says the site's robots.txt; "
                "save the page and add the file."
            )


def check_literal(url: URL, may_reach: MayReach) -> None:
    """Raise PageProblem where a host is an IP address that may not be reached.

    No resolver is asked for these.
    """
    host = url.host or ""
    if ":" in host or host.replace(".", "").isdigit():
        check_reach(host, host, may_reach)


async def _body(response: aiohttp.ClientResponse, most: int, url: URL) -> bytes:
    """Return a body; raise SourceTooLarge where it is longer than it may be, packed or not."""
    check_size(response.content_length or 0, str(url), most)
    content = bytearray()
    async for piece in response.content.iter_chunked(PIECE):
        content += piece
        check_size(len(content), str(url), most)
    return bytes(content)


def _check(answer: _Answer, address: str) -> None:
    """Raise PageProblem where an answer is no page."""
    if answer.status != 200:  # noqa: PLR2004 - OK, RFC 9110, 15.3.1
        server = f"has a problem of its own ({answer.status}); try again later"
        other = f"gives no page ({answer.status})"
        is_server = answer.status >= _FIRST_SERVER_ERROR
        said = _SENTENCES.get(answer.status, server if is_server else other)
        raise PageProblem(f"{address} {said}.")
    its = answer.content_type
    if not its.startswith(_READ) or its in _NOT_READ:
        raise PageProblem(f"{address} is no page or document that is read ({its}).")
