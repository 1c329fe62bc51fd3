"""The slash command: the same words as everywhere, answered privately."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.adapters.ledger import kept_text
from bot.adapters.slack_adapter.modals import Modals
from bot.adapters.slack_adapter.places import Place, Visitor
from bot.adapters.slack_adapter.texts import to_asked
from bot.adapters.slack_adapter.trouble import is_final
from bot.adapters.slack_adapter.workspace import STRANGER, Workspace
from bot.messages import Command
from bot.parsing import to_command
from bot.registry import BY_COMMAND, Entry, Kind

COMMAND = "/newsdesk"
KEPT = ("channel_id", "response_url", "team_id", "text", "user_id", "user_name")
"""What is written down of a command until it is answered."""


class Slash:
    """Answers the slash command."""

    def __init__(self, workspace: Workspace, modals: Modals) -> None:
        self._workspace = workspace
        self._modals = modals

    async def on_command(self, ack: AsyncAck, command: dict[str, Any]) -> None:
        """Write down and acknowledge at once; then answer, or open a window that is needed."""
        ledger, key = self._workspace.ledger, command["trigger_id"]
        if not self._workspace.is_strange(command):
            kept = {name: command[name] for name in KEPT if name in command}
            kept["text"] = kept_text(command.get("text") or "", self.meant_by(command))
            await ledger.keep(key, command["user_id"], {"command": kept})
        await ack()
        async with ledger.until_answered(key, is_final):
            await self._answer(command)

    async def _answer(self, command: dict[str, Any]) -> None:
        visitor = self.visitor_of(command)
        if self._workspace.is_strange(command):
            await self._workspace.show(STRANGER, visitor)
            return
        meant = self.meant_by(command)
        entry = BY_COMMAND[type(meant)]
        values = {one.name: str(getattr(meant, one.name)) for one in entry.arguments}
        if _wants_window(entry, values) and await self._workspace.may_use(meant, visitor):
            await self._modals.open(entry, visitor, command["trigger_id"], values)
            return
        await self.reply(meant, visitor, command["trigger_id"])

    async def reply(self, meant: Command, visitor: Visitor, key: str) -> None:
        """Carry out a command and show the reply to whoever gave it."""
        reply = await self._workspace.carry_out(meant, visitor)
        await self._workspace.ledger.begin(key)
        await self._workspace.show(reply, visitor, shareable=True)

    def meant_by(self, command: dict[str, Any]) -> Command:
        """Return what is meant by what was typed."""
        return to_command(to_asked(command.get("text") or "", self._workspace.identity.user))

    def visitor_of(self, command: dict[str, Any]) -> Visitor:
        """Return who gave a command, and where."""
        return Visitor(
            command["user_id"],
            Place(command["channel_id"]),
            command.get("user_name", ""),
            command["response_url"],
        )


def _wants_window(entry: Entry, values: dict[str, str]) -> bool:
    """Say whether a word is nothing without what was not typed with it: a file, or details."""
    if entry.needs_no_file(values):
        return False
    details = [one.name for one in entry.options if one.kind is Kind.TEXT]
    return entry.takes_files or (
        entry.moderators_only and bool(details) and not any(values[name] for name in details)
    )
