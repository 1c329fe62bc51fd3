"""What errors of Slack's mean: it is away or in trouble, which passes, or does not let the bot."""

from http import HTTPStatus
from typing import Final

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.adapters.slack_adapter.clients import NEVER_SENT

MAY_NOT_WRITE: Final = {
    "channel_not_found",
    "is_archived",
    "not_in_channel",
    "restricted_action",
    "restricted_action_non_threadable_channel",
    "restricted_action_read_only_channel",
    "restricted_action_thread_locked",
    "restricted_action_thread_only_channel",
}
"""What Slack says where the bot may not write; docs.slack.dev, chat.postMessage."""
MAY_NOT_EDIT: Final = {"cant_update_message", "edit_window_closed", "message_not_found"}
"""What Slack says where a message stays as it is; docs.slack.dev, chat.update."""


def may_not_write(error: SlackApiError) -> bool:
    """Say whether the bot is not let write where it was to."""
    return error.response.get("error") in MAY_NOT_WRITE


def may_not_edit(error: SlackApiError) -> bool:
    """Say whether a message cannot be edited, because it is gone or too old."""
    return error.response.get("error") in MAY_NOT_EDIT


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
