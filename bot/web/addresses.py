"""Web addresses as people type them and chats pass them on."""

import regex

from retrieval import LibraryError

_WEB_ADDRESS = regex.compile(r"https?://\S+", regex.IGNORECASE)
_LABEL = regex.compile(r"<([^<>|]*)(?:\|[^<>]*)?>")


class PageProblem(LibraryError):
    """A page cannot be had; ``str(error)`` names its address and says why."""


def is_web_address(text: str) -> bool:
    """Say whether a text is meant as a web address."""
    return _WEB_ADDRESS.fullmatch(text) is not None


def addresses_in(text: str) -> list[str]:
    """Return the addresses of a text of addresses and nothing else, empty for any other text.

    The brackets in which chats put them are taken off: ``<https://example.org|example.org>``.
    """
    words = _LABEL.sub(r" \1 ", text).split()
    return words if all(map(is_web_address, words)) else []
