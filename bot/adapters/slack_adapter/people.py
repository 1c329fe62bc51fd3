"""Who somebody is in the workspace, and so whether they may moderate."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.memory import Memory
from bot.messages import Sender

log = logging.getLogger("newsdesk")

FRESH = 60.0
"""Seconds for which a person's rights are believed without asking Slack again."""
PEOPLE = 5_000
GROUP = "S"
"""How the ids of user groups begin."""


@dataclass(frozen=True, slots=True)
class _Person:
    sender: Sender
    teams: frozenset[str]


class People:
    """The people of the workspace, as Slack knows them.

    ``moderators`` are the ids of users and user groups that the operator named.
    """

    def __init__(self, client: AsyncWebClient, moderators: Iterable[str]) -> None:
        self._client = client
        self._groups = sorted(name for name in moderators if name.startswith(GROUP))
        self._known: Memory[str, _Person] = Memory(size=PEOPLE, seconds=FRESH)
        self._members: Memory[str, frozenset[str]] = Memory(
            size=max(len(self._groups), 1), seconds=FRESH
        )

    async def sender(self, user: str) -> Sender:
        """Return a person with the rights that they have."""
        return (await self._person(user)).sender

    async def teams(self, user: str) -> frozenset[str]:
        """Return the workspaces that a person is of: several, in an organization."""
        return (await self._person(user)).teams

    async def _person(self, user: str) -> _Person:
        known = self._known.get(user)
        if known is None:
            known = await self._ask_who(user)
            self._known.keep(user, known)
        return known

    async def _ask_who(self, user: str) -> _Person:
        response = await self._client.users_info(user=user)
        person = response["user"]
        groups = [group for group in self._groups if user in await self._members_of(group)]
        sender = Sender(
            id=user,
            name=person.get("real_name") or person.get("name") or user,
            roles=frozenset(groups),
            manages_space=bool(person.get("is_admin") or person.get("is_owner")),
        )
        everywhere = (person.get("enterprise_user") or {}).get("teams") or ()
        return _Person(sender, frozenset({str(person.get("team_id", "")), *everywhere}))

    async def _members_of(self, group: str) -> frozenset[str]:
        known = self._members.get(group)
        if known is None:
            known = await self._ask_for(group)
            self._members.keep(group, known)
        return known

    async def _ask_for(self, group: str) -> frozenset[str]:
        """Return who is in a user group; nobody where Slack knows no such group."""
        try:
            response = await self._client.usergroups_users_list(usergroup=group)
        except SlackApiError as error:
            code = error.response.get("error")
            log.warning("NEWSDESK_SLACK_MODERATORS: Slack refuses the group %s (%s)", group, code)
            return frozenset()
        return frozenset(response["users"])
