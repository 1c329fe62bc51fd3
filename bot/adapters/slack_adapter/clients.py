"""Slack's Web API, as patient as Slack asks for."""

from dataclasses import dataclass

import aiohttp
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

RECONNECTS = 2
"""Of a call whose connection breaks."""
RETRIES = 5
"""Of a call that is refused with 429, each after the time that Slack names, or with 5xx."""
TIMEOUT = aiohttp.ClientTimeout(total=60, connect=10)


@dataclass(frozen=True, slots=True)
class Clients:
    """The connections to Slack; they share one pool."""

    session: aiohttp.ClientSession
    web: AsyncWebClient
    """Tries again where Slack is busy."""
    hasty: AsyncWebClient
    """Tries once: for what is only good to see at once, such as that the bot is working."""

    def webhook(self, url: str) -> AsyncWebhookClient:
        """Return a client for a response_url; bolt's own one would not try again."""
        return AsyncWebhookClient(
            url, session=self.session, retry_handlers=list(self.web.retry_handlers)
        )


def open_clients(token: str, api_url: str) -> Clients:
    """Return clients of the Web API at ``api_url``; their session is to be closed."""
    session = aiohttp.ClientSession(timeout=TIMEOUT)
    url = api_url.rstrip("/") + "/"
    web = AsyncWebClient(token, base_url=url, session=session)
    web.retry_handlers = [
        AsyncConnectionErrorRetryHandler(max_retry_count=RECONNECTS),
        AsyncRateLimitErrorRetryHandler(max_retry_count=RETRIES),
        AsyncServerErrorRetryHandler(max_retry_count=RETRIES),
    ]
    hasty = AsyncWebClient(token, base_url=url, session=session, retry_handlers=[])
    return Clients(session, web, hasty)
