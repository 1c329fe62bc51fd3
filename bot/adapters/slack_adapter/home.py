"""The App Home, and the first thing that is seen of a direct conversation."""

import re
from typing import Any, Final

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.adapters.slack_adapter.modals import Modals
from bot.adapters.slack_adapter.places import NOWHERE, Visitor
from bot.adapters.slack_adapter.workspace import STRANGER, Workspace, log
from bot.messages import Add, Command, Help, ListDocuments, Problem, Reply, ShowStatus
from bot.registry import BY_WORD, REGISTRY
from bot.rendering.slack_blocks.views import OPEN_MODAL, home_view

OPENERS = re.compile(rf"^{OPEN_MODAL}:")
PROMPTS: Final = (
    {"title": "How can I ask?", "message": "help"},
    {"title": "What is the newest coverage?", "message": "list"},
    {"title": "How much is there, and how fresh is it?", "message": "status"},
)
"""Suggested to whoever opens a direct conversation; the manifest has the same."""
PARTS: Final[tuple[tuple[str, Command], ...]] = (
    ("The coverage", ShowStatus()),
    ("What can be asked", Help()),
    ("Newest documents", ListDocuments()),
)


class Home:
    """Shows the App Home."""

    def __init__(self, workspace: Workspace, modals: Modals) -> None:
        self._workspace = workspace
        self._modals = modals

    async def on_open(self, event: dict[str, Any]) -> None:
        """Publish the home, or suggest what to ask in a conversation that begins."""
        if event.get("tab") == "messages":
            await self._suggest(event["channel"])
        else:
            await self._publish(event["user"])

    async def on_press(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any]) -> None:
        """Open the window of a moderators' word."""
        await ack()
        entry = BY_WORD[action["value"]]
        user = body["user"]
        visitor = Visitor(user["id"], NOWHERE, user.get("name", ""))
        if self._workspace.is_strange(user):
            await self._workspace.show(STRANGER, visitor)
        elif await self._workspace.may_use(Add(), visitor):
            await self._modals.open(entry, visitor, body["trigger_id"])
        else:
            await self._workspace.show(await self._workspace.carry_out(Add(), visitor), visitor)

    async def _suggest(self, channel: str) -> None:
        try:
            await self._workspace.clients.hasty.assistant_threads_setSuggestedPrompts(
                channel_id=channel, prompts=list(PROMPTS)
            )
        except SlackApiError as error:
            log.info("no prompts were suggested (%s)", error.response.get("error"))

    async def _publish(self, user: str) -> None:
        visitor = Visitor(user, NOWHERE)
        parts = await self._parts(visitor)
        is_moderator = await self._workspace.may_use(Add(), visitor)
        words = [entry for entry in REGISTRY if entry.moderators_only and is_moderator]
        await self._workspace.clients.web.views_publish(user_id=user, view=home_view(parts, words))

    async def _parts(self, visitor: Visitor) -> list[tuple[str, Reply]]:
        """Return what the home shows: one request, and where that is refused the refusal once."""
        teams = await self._workspace.people.teams(visitor.user)
        if teams.isdisjoint(self._workspace.identity.homes):
            return [(PARTS[0][0], STRANGER)]
        parts: list[tuple[str, Reply]] = []
        for heading, command in PARTS:
            reply = await self._workspace.carry_out(command, visitor, is_part=bool(parts))
            parts.append((heading, reply))
            if isinstance(reply, Problem):
                break
        return parts
