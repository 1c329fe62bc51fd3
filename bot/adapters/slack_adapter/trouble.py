"""Which errors of Slack's pass: it is away, or says that it is in trouble."""

from http import HTTPStatus

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.adapters.slack_adapter.clients import NEVER_SENT


def was_never_taken(error: Exception) -> bool:
    """Say whether Slack certainly did nothing of what it was asked for."""
    if isinstance(error, SlackApiError):
        return bool(error.response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR)
    return isinstance(error, tuple(NEVER_SENT))


def is_final(error: Exception) -> bool:
    """Say whether an error would come again, however often a reply is tried."""
    return not was_never_taken(error) and not isinstance(
        error,
        aiohttp.ClientError | OSError | RuntimeError,  # a session that was closed
    )
