"""What is checked before the bot serves: each thing that is missing is one sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.platform import PlatformAway, PlatformProblem
from bot.settings import Settings

SCOPES: Final = frozenset(
    {
        "app_mentions:read",  # the event app_mention
        "assistant:write",  # suggested prompts and titles of conversations
        "channels:read",  # whether a channel is shared with another workspace: public ones,
        "chat:write",  # answers, and the sign that one is being looked for
        "commands",  # /newsdesk and the shortcuts of messages
        "files:read",  # documents that moderators attach
        "files:write",  # source files that people ask for
        "groups:read",  # private channels,
        "im:history",  # the event message.im
        "im:write",  # files for those who asked privately
        "mpim:read",  # and conversations of several people
        "usergroups:read",  # user groups that moderate
        "users:read",  # names, and who administers the workspace
    }
)
"""Every right that the bot needs of a workspace; deploy/slack-manifest.yaml asks for the same."""
WRONG_TOKEN: Final = {
    "account_inactive",
    "invalid_auth",
    "not_authed",
    "token_expired",
    "token_revoked",
}

PASSING: Final = {
    "fatal_error",
    "internal_error",
    "org_login_required",
    "ratelimited",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
}
"""What Slack says when the fault is its own, or the workspace is moved into an organization;
docs.slack.dev/reference/methods/auth.test."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in its workspace."""

    team: str
    user: str
    bot: str
    org: str = ""
    """The Enterprise Grid organization of the workspace, where it is in one."""

    @property
    def homes(self) -> frozenset[str]:
        """Return what may stand for the workspace where Slack says whose a person is.

        Of a person of an organization it may say the organization alone (slack_bolt,
        extract_actor_team_id: "user_team can be an enterprise_id in app_mention events").
        """
        return frozenset({self.team, self.org} - {""})

    def is_own(self, event: Mapping[str, Any]) -> bool:
        """Say whether a message is the bot's own."""
        return event.get("bot_id") == self.bot or event.get("user") == self.user


def check_settings(settings: Settings) -> None:
    """Raise PlatformProblem where a token is missing."""
    if settings.slack_bot_token is None:
        raise PlatformProblem(
            "SLACK_BOT_TOKEN is missing: set the bot token (xoxb-…) of the Slack app, "
            "deploy/slack.md says where it is."
        )
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        raise PlatformProblem(
            "Slack needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) besides "
            "SLACK_BOT_TOKEN; deploy/slack.md says where they are."
        )
    if not settings.slack_api_url.startswith(("http://", "https://")):
        raise PlatformProblem(
            "NEWSDESK_SLACK_API_URL is no address: it begins with https:// and ends with /api/."
        )


async def check_bot_token(client: AsyncWebClient) -> Identity:
    """Return who the bot token makes us.

    Raises PlatformProblem where it or a scope is wrong, PlatformAway where Slack is not there.
    """
    try:
        response = await client.auth_test()
    except SlackApiError as error:
        raise _token_problem("SLACK_BOT_TOKEN", "the bot token (xoxb-…)", error) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise _unreachable(error) from error
    if not response.get("bot_id"):
        raise PlatformProblem(
            "SLACK_BOT_TOKEN is the token of a person; set the app's bot token (xoxb-…)."
        )
    if response.get("is_enterprise_install"):
        raise PlatformProblem(
            "SLACK_BOT_TOKEN is that of a whole organization; Newsdesk belongs to one workspace: "
            "install the app there and set the bot token of that."
        )
    granted = response.headers.get("x-oauth-scopes")
    if granted is not None:
        _check_scopes(frozenset(scope.strip() for scope in granted.split(",")))
    org = response.get("enterprise_id") or ""
    return Identity(response["team_id"], response["user_id"], response["bot_id"], org)


async def check_app_token(client: AsyncWebClient, token: str) -> None:
    """Raise PlatformProblem, or PlatformAway, where the app-level token opens no connection."""
    try:
        await client.apps_connections_open(app_token=token)
    except SlackApiError as error:
        wanted = "the app-level token (xapp-…) with the scope connections:write"
        raise _token_problem("SLACK_APP_TOKEN", wanted, error) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise _unreachable(error) from error


def _check_scopes(granted: frozenset[str]) -> None:
    if missing := sorted(SCOPES - granted):
        raise PlatformProblem(
            f"The Slack app lacks the scope{'s' * (len(missing) > 1)} {', '.join(missing)}: take "
            "deploy/slack-manifest.yaml as its manifest and install it anew."
        )


def _token_problem(name: str, wanted: str, error: SlackApiError) -> PlatformProblem:
    code = str(error.response.get("error", ""))
    if code in PASSING or error.response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return PlatformAway(f"Slack cannot answer at this moment (“{code}”).")
    if code in WRONG_TOKEN:
        return PlatformProblem(f"Slack does not accept {name}: it is not valid, or no longer.")
    if code == "not_allowed_token_type":
        return PlatformProblem(f"{name} is another kind of token: set {wanted}.")
    return PlatformProblem(f"Slack refuses {name} with “{code}”: set {wanted}.")


def _unreachable(error: Exception) -> PlatformProblem:
    """Return why Slack is not reached; an address that is none does not mend itself."""
    kind = PlatformProblem if isinstance(error, aiohttp.InvalidURL) else PlatformAway
    return kind("Slack cannot be reached: check the network and NEWSDESK_SLACK_API_URL.")
