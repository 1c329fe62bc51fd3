"""What every chat platform's adapter offers to whoever runs it."""

from collections.abc import Awaitable, Callable
from typing import Protocol

Check = Callable[[], Awaitable[str]]
"""Asks a platform, without connecting, whether tokens and rights are as they should be.

Returns a sentence, or raises PlatformProblem.
"""


class PlatformProblem(Exception):
    """Why a platform cannot be used; ``str(error)`` is the sentence that names what to mend."""


class PlatformAway(PlatformProblem):
    """Why a platform cannot be used now, and may be later: it is tried again."""


class Platform(Protocol):
    """One chat platform on which the bot answers."""

    @property
    def name(self) -> str:
        """Return the platform's name as requests carry it: “slack” or “discord”."""

    async def connect(self) -> None:
        """Check tokens and rights and connect; raise PlatformProblem where that cannot be.

        It is called again after ``close`` where the platform fell; only PlatformAway and errors
        that nobody expected are tried again.
        """

    async def serve(self) -> None:
        """Answer until ``close`` is called; reconnecting is the adapter's business."""

    async def close(self) -> None:
        """Take nothing new, finish what is being answered, and disconnect."""
