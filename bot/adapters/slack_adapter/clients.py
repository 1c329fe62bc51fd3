"""Slack's Web API, as patient as Slack asks for."""

from dataclasses import dataclass
from http import HTTPStatus

import aiohttp
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.http_retry.builtin_interval_calculators import BackoffRetryIntervalCalculator
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.adapters.patience import LONGEST

OUTAGE_RETRIES = 25
"""Of a reply while Slack is away or in trouble: after half a second, then up to ten, for some four
minutes in all."""
RECONNECTS = 2
"""Of a call whose connection breaks."""
RETRIES = 5
"""Of a call that is refused with 429, each after the time that Slack names, or with 5xx."""
NEVER_SENT: list[type[Exception]] = [
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
]
"""Errors after which Slack cannot have heard anything of a call."""
TIMEOUT = aiohttp.ClientTimeout(total=60, connect=10)


@dataclass(frozen=True, slots=True)
class Clients:
    """The connections to Slack; they share one pool."""

    session: aiohttp.ClientSession
    web: AsyncWebClient
    """Tries again where Slack is busy."""
    patient: AsyncWebClient
    """Tries for minutes, until Slack is there again: for replies, which somebody waits for."""
    prompt: AsyncWebClient
    """Tries again where Slack is busy or a connection breaks, and not where Slack is away or in
    trouble: who calls it sees to that, and knows meanwhile that nothing was sent."""
    hasty: AsyncWebClient
    """Tries once: for what is only good to see at once, such as that the bot is working."""

    def webhook(self, url: str) -> AsyncWebhookClient:
        """Return a client for a response_url; bolt's own one would not try again."""
        return AsyncWebhookClient(
            url, session=self.session, retry_handlers=list(self.patient.retry_handlers)
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
    patient = AsyncWebClient(token, base_url=url, session=session)
    patient.retry_handlers = [
        AsyncConnectionErrorRetryHandler(
            max_retry_count=OUTAGE_RETRIES, interval_calculator=Pauses(), error_types=NEVER_SENT
        ),
        AsyncConnectionErrorRetryHandler(max_retry_count=RECONNECTS),
        AsyncRateLimitErrorRetryHandler(max_retry_count=OUTAGE_RETRIES),
        InTrouble(max_retry_count=OUTAGE_RETRIES, interval_calculator=Pauses()),
    ]
    prompt = AsyncWebClient(token, base_url=url, session=session)
    prompt.retry_handlers = [
        BrokenConnection(max_retry_count=RECONNECTS),
        AsyncRateLimitErrorRetryHandler(max_retry_count=RETRIES),
    ]
    hasty = AsyncWebClient(token, base_url=url, session=session, retry_handlers=[])
    return Clients(session, web, patient, prompt, hasty)


class BrokenConnection(AsyncConnectionErrorRetryHandler):
    """Tries again where a connection breaks, and not where there is none."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        return not isinstance(error, tuple(NEVER_SENT)) and await super()._can_retry_async(
            state=state, request=request, response=response, error=error
        )


class InTrouble(AsyncRetryHandler):
    """Tries again whatever kind of trouble Slack is in: proxies before it answer 502 and 504."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,  # noqa: ARG002 - slack_sdk names them
        request: HttpRequest,  # noqa: ARG002
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002
    ) -> bool:
        return response is not None and response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR


class Pauses(BackoffRetryIntervalCalculator):
    """Pauses that double until they are as long as anybody should wait for an answer."""

    def calculate_sleep_duration(self, current_attempt: int) -> float:
        """Return the seconds until the next try."""
        return min(super().calculate_sleep_duration(min(current_attempt, 10)), LONGEST)
