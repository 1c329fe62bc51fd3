"""How far this machine's clock is from a platform's, as any answer of its web servers tells."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp

TIMEOUT = aiohttp.ClientTimeout(total=10)


async def ahead_of(address: str) -> timedelta | None:
    """Return by how much our clock is ahead of the one at an address, to a second.

    Negative, it is behind; None, the address cannot be reached or does not say.
    """
    try:
        async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
            asked = datetime.now(UTC)
            async with session.head(address, allow_redirects=False) as answer:
                said = parsedate_to_datetime(answer.headers["Date"])
            answered = datetime.now(UTC)
    except (aiohttp.ClientError, OSError, KeyError, ValueError):
        return None
    middle = asked + (answered - asked) / 2
    return timedelta(seconds=round((middle - said.astimezone(UTC)).total_seconds()))
