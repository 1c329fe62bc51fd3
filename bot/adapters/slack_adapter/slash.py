"""The slash command: the same words as everywhere, answered privately."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.adapters.slack_adapter.modals import Modals
from bot.adapters.slack_adapter.places import Place, Visitor
from bot.adapters.slack_adapter.texts import to_text
from bot.adapters.slack_adapter.workspace import STRANGER, Workspace
from bot.parsing import to_command
from bot.registry import BY_COMMAND, Entry, Kind

COMMAND = "/newsdesk"


class Slash:
    """Answers the slash command."""

    def __init__(self, workspace: Workspace, modals: Modals) -> None:
        self._workspace = workspace
        self._modals = modals

    async def on_command(self, ack: AsyncAck, command: dict[str, Any]) -> None:
        """Acknowledge at once; then answer, or open the window of a word that needs more."""
        await ack()
        visitor = Visitor(
            command["user_id"],
            Place(command["channel_id"]),
            command.get("user_name", ""),
            command["response_url"],
        )
        if self._workspace.is_strange(command):
            await self._workspace.show(STRANGER, visitor)
            return
        meant = to_command(to_text(command.get("text") or "", self._workspace.identity.user))
        entry = BY_COMMAND[type(meant)]
        values = {one.name: str(getattr(meant, one.name)) for one in entry.arguments}
        if _wants_window(entry, values) and await self._workspace.may_use(meant, visitor):
            await self._modals.open(entry, visitor, command["trigger_id"], values)
            return
        reply = await self._workspace.carry_out(meant, visitor)
        await self._workspace.show(reply, visitor, shareable=True)


def _wants_window(entry: Entry, values: dict[str, str]) -> bool:
    """Say whether a word is nothing without what was not typed with it: a file, or details."""
    if any(values[one.name] for one in entry.arguments if one.kind is Kind.ADDRESS):
        return False
    details = [one.name for one in entry.options if one.kind is Kind.TEXT]
    return entry.takes_files or (
        entry.moderators_only and bool(details) and not any(values[name] for name in details)
    )
