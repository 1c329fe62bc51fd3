"""Pages from the web: fetched for moderators, and never from where the public web is not.

``addresses`` knows an address when it sees one, ``naming`` takes it apart and says what its page is
called, ``guard`` lets connections go to public addresses only, ``fetching`` fetches.
"""

from typing import TYPE_CHECKING

from bot.web.addresses import PageProblem, addresses_in, is_web_address

if TYPE_CHECKING:
    from bot.web.fetching import Web

__all__ = ["PageProblem", "addresses_in", "is_web_address", "public_web"]


def public_web() -> "Web":
    """Return what fetches pages of the public web."""
    from bot.web.fetching import Web  # noqa: PLC0415 - 0.15 s that no question has to wait for

    return Web()
