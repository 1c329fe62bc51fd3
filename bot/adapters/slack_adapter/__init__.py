"""Slack: events become requests, replies become messages.

``listeners`` says what is listened to; ``questions``, ``slash``, ``buttons``, ``shortcuts``,
``modals`` and ``home`` answer it, each through the ``workspace``; ``transports`` are Socket Mode
and HTTP. What must hold is checked at the start, in ``checks``.
"""

import asyncio
from contextlib import suppress

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.bots import Bots
from bot.adapters.ledger import Ledger
from bot.adapters.platform import PlatformAway
from bot.adapters.slack_adapter.checks import (
    Identity,
    check_app_token,
    check_bot_token,
    check_settings,
)
from bot.adapters.slack_adapter.clients import Clients, open_clients
from bot.adapters.slack_adapter.files import Files
from bot.adapters.slack_adapter.listeners import Work, listen
from bot.adapters.slack_adapter.people import People
from bot.adapters.slack_adapter.posting import Posting
from bot.adapters.slack_adapter.transports import HttpMode, SocketMode, Transport
from bot.adapters.slack_adapter.workspace import Workspace
from bot.desk import Desk
from bot.settings import Settings

__all__ = ["SlackAdapter", "check"]

GRACE = 8.0
"""Seconds for what is being answered when the bot is told to stop; ``running`` allows ten."""
LOOK = 20.0
"""Seconds between two looks at whether Slack can still be reached."""
LOOKS = 3
"""So often Slack was not there when it is taken for lost."""
LOOKS_AT_TOKEN = 15
"""Every so many looks, five minutes, the token is tried: to uninstall the app, or to take a scope
from it, ends no connection, and the bot would be there and deaf."""


class SlackAdapter:
    """The bot in one Slack workspace."""

    look = LOOK

    def __init__(self, settings: Settings, desk: Desk) -> None:
        self._settings = settings
        self._desk = desk
        self._clients: Clients | None = None
        self._transport: Transport | None = None
        self._work = Work()
        self._closed = asyncio.Event()

    @property
    def name(self) -> str:
        """Return the platform's name."""
        return "slack"

    async def connect(self) -> None:
        """Check tokens and scopes and connect; raise PlatformProblem where that cannot be."""
        settings = self._settings
        check_settings(settings)
        self._closed = asyncio.Event()
        self._transport = None
        self._clients = clients = clients_of(settings)
        identity = await check_bot_token(clients.web)
        workspace = Workspace(
            desk=self._desk,
            clients=clients,
            identity=identity,
            people=People(clients.web, settings.slack_moderators),
            posting=Posting(clients, settings.waiting),
            files=Files(clients),
            ledger=Ledger(self._desk.accepted, self.name),
            bots=Bots(settings.slack_bots),
            answers_shared_channels=settings.slack_shared_channels,
        )
        app = _app_of(settings, clients, identity)
        self._work, resuming = listen(app, workspace)
        self._transport = await self._transport_of(app, clients)
        left = await resuming.claim()
        await self._transport.open()
        self._work.begin(resuming.go_on(left))

    async def serve(self) -> None:
        """Answer until ``close`` is called.

        Raises PlatformAway where Slack is lost for long, PlatformProblem where it does not take the
        token any more.
        """
        looks = missed = 0
        while missed < LOOKS:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closed.wait(), self.look)
                return
            is_there = self._transport is not None and await self._transport.is_there()
            missed = 0 if is_there else missed + 1
            looks += 1
            if looks % LOOKS_AT_TOKEN == 0 and self._clients is not None:
                with suppress(PlatformAway):
                    await check_bot_token(self._clients.hasty)
        raise PlatformAway("Slack's connection is lost.")

    async def close(self) -> None:
        """Take nothing new, finish what is being answered, and disconnect."""
        self._closed.set()
        transport, self._transport = self._transport, None
        clients, self._clients = self._clients, None
        try:
            if transport is not None:
                await transport.pause()
                await self._work.finish(GRACE)
                await transport.close()
        finally:
            if clients is not None:
                await clients.session.close()

    async def _transport_of(self, app: AsyncApp, clients: Clients) -> Transport:
        """Return Socket Mode where there is an app-level token, else HTTP."""
        settings = self._settings
        if settings.slack_app_token is None:
            return HttpMode(app, settings.slack_host, settings.slack_port)
        token = settings.slack_app_token.get_secret_value()
        await check_app_token(clients.web, token)
        return SocketMode(app, clients.web, token)


def _app_of(settings: Settings, clients: Clients, identity: Identity) -> AsyncApp:
    """Return bolt's app, which is told who the bot is.

    It would ask Slack at the first event, and acknowledge and drop that where Slack is in trouble.
    """
    token, secret = settings.slack_bot_token, settings.slack_signing_secret

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team,
            bot_user_id=identity.user,
            bot_id=identity.bot,
            bot_token=token.get_secret_value() if token else None,
        )

    return AsyncApp(
        client=AsyncWebClient(base_url=clients.web.base_url, session=clients.session),
        authorize=authorize,
        signing_secret=secret.get_secret_value() if secret else "",
        attaching_conversation_kwargs_enabled=False,
    )


async def check(settings: Settings) -> str:
    """Return as whom Slack knows us; raise PlatformProblem where a token or a scope is wrong."""
    check_settings(settings)
    clients = clients_of(settings)
    try:
        identity = await check_bot_token(clients.web)
        if settings.slack_app_token is not None:
            await check_app_token(clients.web, settings.slack_app_token.get_secret_value())
    finally:
        await clients.session.close()
    return f"The tokens are those of {identity.user} in {identity.team}, with every scope."


def clients_of(settings: Settings) -> Clients:
    """Return clients of Slack's Web API with the bot token; their session is to be closed."""
    token = settings.slack_bot_token
    return open_clients(token.get_secret_value() if token else "", settings.slack_api_url)
