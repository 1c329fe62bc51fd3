"""The guard: connections go to addresses of the public web and to no others.

Names are resolved here, every answer is looked at, and the connection is made to what was looked
at: a name that says something else a moment later gains nothing.
"""

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.web.addresses import PageProblem

_NAT64 = IPv6Network("64:ff9b::/96")
"""IPv4 addresses as networks without IPv4 write them (RFC 6052)."""

MayReach = Callable[[str], bool]


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public web, also where it holds another in it.

    Private, loopback, link-local (with the clouds' metadata), shared, multicast and reserved ones
    are not, nor is what is no address.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return not _is_mapped(ip) and all(map(_is_public, (ip, *_embedded(ip))))


def _is_mapped(ip: IPv4Address | IPv6Address) -> bool:
    """Say whether an address is IPv4 in another form, in which no name of the web is written."""
    return isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _embedded(ip: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """Return the IPv4 addresses to which a connection may lead on."""
    if isinstance(ip, IPv4Address):
        return []
    found = [ip.sixtofour, *(ip.teredo or ())]
    if ip in _NAT64:
        found.append(IPv4Address(int(ip) & 0xFFFFFFFF))
    return [one for one in found if one]


class GuardedResolver(AbstractResolver):
    """Resolves names, and refuses those that lead anywhere but to the public web."""

    def __init__(self, resolver: AbstractResolver, may_reach: MayReach) -> None:
        self._resolver = resolver
        self._may_reach = may_reach

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a host; raise PageProblem where one is not of the public web."""
        found = await self._resolver.resolve(host, port, family)
        for one in found:
            check_reach(host, one["host"], self._may_reach)
        return found

    async def close(self) -> None:
        """Release the resolver."""
        await self._resolver.close()


def check_reach(host: str, address: str, may_reach: MayReach) -> None:
    """Raise PageProblem where an address of a host may not be reached."""
    if not may_reach(address):
        raise PageProblem(f"{host} is not on the public web; nothing is fetched from there.")
