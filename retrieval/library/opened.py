"""A library that is open: its parts, and what all that it can do has in common."""

import logging

from retrieval.errors import DatabaseUnusable
from retrieval.library.parts import Parts
from retrieval.model import Actor, Outcome

log = logging.getLogger("newsdesk")

OPERATOR = Actor(id="operator", name="operator", platform="console")
"""Whoever runs the program, where nobody else is named."""


class Opened:
    """A library that is open."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._tables = parts.tables

    async def _let_appear(self) -> None:
        """Let documents appear whose embargo has ended; what cannot be written stops no answer."""
        try:
            await self._tables.moderation.release_due()
        except DatabaseUnusable as error:
            log.warning("an embargo has ended and the document cannot appear: %s", error)

    async def _indexed(self, outcome: Outcome) -> Outcome:
        await self._keep_up()
        return outcome

    async def _keep_up(self) -> None:
        """Let everything that follows the documents see what was changed."""
        await self._parts.index.current()
        await self._parts.follower.keep_up()
