"""The buttons below answers: each holds a word and what it is about, as if it was typed."""

import re
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.adapters.sharing import AGAIN, Sharing
from bot.adapters.slack_adapter.places import Place, Visitor
from bot.adapters.slack_adapter.posting import rendered
from bot.adapters.slack_adapter.workspace import STRANGER, Workspace
from bot.messages import Answer, Command, Problem, Reply, Share, SourceFile
from bot.rendering.slack_blocks.parts import ACTION, from_value

ACTIONS = re.compile(rf"^{ACTION}:")
OLD_BUTTON = Problem("This button is of an older version; ask again to get new ones.")


class Buttons:
    """Answers the buttons."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._sharing = Sharing()

    async def on_press(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any]) -> None:
        """Acknowledge at once; then do what the button holds."""
        await ack()
        visitor, is_private = visitor_of(body)
        if self._workspace.is_strange(body["user"]):
            await self._workspace.show(STRANGER, visitor)
            return
        held = action.get("value") or action.get("selected_option", {}).get("value", "")
        command = from_value(held)
        if command is None:
            await self._workspace.show(OLD_BUTTON, visitor)
            return
        await self._answer(command, visitor, is_private=is_private)

    async def _answer(self, command: Command, visitor: Visitor, *, is_private: bool) -> None:
        """Reply to the person; but share with all, and put a file where its answer is."""
        if isinstance(command, Share):
            with self._sharing.once(command, visitor.place.name) as is_first:
                if not is_first:
                    await self._workspace.show(AGAIN, visitor)
                elif not await self._is_shared(command, visitor):
                    self._sharing.forget(command, visitor.place.name)
            return
        reply = await self._workspace.carry_out(command, visitor)
        # the channel may have been shared since the answer was given there
        if (
            isinstance(reply, SourceFile)
            and not is_private
            and await self._workspace.why_closed(visitor) is None
        ):
            await self._workspace.hand_over(reply, visitor)
        else:
            await self._workspace.show(reply, visitor)

    async def _is_shared(self, command: Share, visitor: Visitor) -> bool:
        """Show an answer to everybody where the visitor is, or the visitor why that cannot be."""
        reply: Reply | None = await self._workspace.why_closed(visitor)
        if reply is None:
            reply = await self._workspace.carry_out(command, visitor)
        if not isinstance(reply, Answer):
            await self._workspace.show(reply, visitor)
            return False
        shared = await rendered(reply, asked_by=visitor.name)
        await self._workspace.posting.tell_all(visitor, shared)
        return True


def visitor_of(body: dict[str, Any]) -> tuple[Visitor, bool]:
    """Return who pressed a button and where, and whether only they see the message that has it."""
    container, message = body.get("container", {}), body.get("message", {})
    user = body["user"]
    channel = container.get("channel_id") or body.get("channel", {}).get("id") or user["id"]
    thread = container.get("thread_ts") or message.get("thread_ts") or ""
    if thread == container.get("message_ts"):
        thread = ""  # somebody replied below the message, which stands in the channel
    name = user.get("name") or user.get("username") or ""
    visitor = Visitor(user["id"], Place(channel, thread), name, body.get("response_url", ""))
    return visitor, bool(container.get("is_ephemeral"))
