"""Discord as a platform: connected, and left when all is answered.

Who keeps it up is ``bot.running``: after a fall it closes the adapter and connects it anew.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bot.adapters.bots import Bots
from bot.adapters.discord_adapter.answering import Answering
from bot.adapters.discord_adapter.client import NewsdeskClient, use_api
from bot.adapters.discord_adapter.questions import Questions
from bot.adapters.discord_adapter.requests import PLATFORM
from bot.adapters.discord_adapter.under_way import UnderWay
from bot.adapters.ledger import Ledger
from bot.adapters.platform import PlatformAway, PlatformProblem
from bot.desk import Desk
from bot.settings import Settings

log = logging.getLogger("newsdesk")

FINISHING = 8.0
"""Seconds for what is being answered when the bot is stopped."""
NOT_LET_IN = (
    "Discord does not take the token in DISCORD_TOKEN; copy it anew from the developer portal."
)
NO_INTENTS = (
    "Discord refuses the intents guilds, guild messages and direct messages; allow them in the "
    "developer portal under Bot."
)
UNREACHABLE = "Discord cannot be reached at {}; check the network and NEWSDESK_DISCORD_API_URL."
IN_TROUBLE = (
    "Discord answers at {} with an error (status {}); try again later, and check "
    "NEWSDESK_DISCORD_API_URL where it is set."
)
REVOKED = 4004
"""Gateway close code: authentication failed."""


class DiscordAdapter:
    """The bot on Discord, in all guilds that it was invited to."""

    def __init__(self, settings: Settings, desk: Desk) -> None:
        self._settings = settings
        self._desk = desk
        self._under_way = UnderWay(settings.waiting)
        self._client: NewsdeskClient | None = None

    @property
    def name(self) -> str:
        """Return the platform's name."""
        return PLATFORM

    async def connect(self) -> None:
        """Check the token and tell Discord the commands; raise PlatformProblem where it refuses."""
        api, gateway = self._settings.discord_api_url, self._settings.discord_gateway_url
        use_api(api)
        self._under_way = UnderWay(self._settings.waiting)
        ledger = Ledger(self._desk.accepted, PLATFORM)
        answering = Answering(self._desk, self._under_way)
        questions = Questions(self._desk, self._under_way, ledger)
        left = await questions.left()  # of former connections, before this one has any
        bots = Bots(self._settings.discord_bots)
        self._client = NewsdeskClient(answering, questions, bots, gateway, left)
        with why_not_let_in(api):
            await self._client.login(token_of(self._settings))

    async def serve(self) -> None:
        """Answer until ``close``; raise PlatformProblem where Discord does not want the bot."""
        if self._client is None:
            return
        try:
            await self._client.connect()
        except discord.PrivilegedIntentsRequired as error:
            raise PlatformProblem(NO_INTENTS) from error
        except discord.ConnectionClosed as error:
            if error.code == REVOKED:
                raise PlatformProblem(NOT_LET_IN) from error
            raise

    async def close(self) -> None:
        """Take nothing new, finish what is being answered, and disconnect."""
        if not await self._under_way.finish(FINISHING):
            log.warning("what was being answered on Discord was not finished in time")
        if self._client:
            await self._client.close()


@contextmanager
def why_not_let_in(address: str) -> Iterator[None]:
    """Turn what Discord's client raises into a PlatformProblem, or PlatformAway, with its reason.

    ``address`` is that of the API.
    """
    try:
        yield
    except (discord.LoginFailure, ValueError) as error:
        raise PlatformProblem(NOT_LET_IN) from error
    except discord.HTTPException as error:
        raise PlatformAway(IN_TROUBLE.format(address, error.status)) from error
    except (aiohttp.ClientError, OSError) as error:
        raise PlatformAway(UNREACHABLE.format(address)) from error


def token_of(settings: Settings) -> str:
    """Return the token, empty where none is set."""
    return settings.discord_token.get_secret_value() if settings.discord_token else ""
