"""What the operator is to hear of: whoever asked is told, and can do nothing about it."""

import logging

from bot.messages import Request
from retrieval import DatabaseUnusable, LibraryError

log = logging.getLogger("newsdesk")


def note(error: LibraryError, request: Request) -> None:
    """Note for the log and the figures that the database cannot be used; no other refusal is.

    An operator who asks in a terminal has heard it.
    """
    if isinstance(error, DatabaseUnusable) and not request.sender.is_operator:
        log.error("the database cannot be used", exc_info=error)
