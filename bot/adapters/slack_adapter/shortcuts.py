"""What a message's menu offers: to find it in the coverage, to check its quotation, to add it."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.adapters.slack_adapter.modals import Given, Modals
from bot.adapters.slack_adapter.places import Place, Visitor
from bot.adapters.slack_adapter.texts import markup_of, to_asked, to_text
from bot.adapters.slack_adapter.workspace import STRANGER, Workspace
from bot.messages import Add, Ask, Command, Problem, Quote
from bot.registry import BY_COMMAND

FIND, CHECK, ADD = "find_in_coverage", "check_this_quote", "add_to_coverage"
DESCRIBED = ("id", "name", "size")
"""What is kept of a file's description; the rest is asked of Slack when it is fetched."""
NOTHING_TO_FIND = Problem("This message has no text to look for.")
NOTHING_TO_CHECK = Problem("This message has no text to check.")
NOTHING_TO_ADD = Problem("This message has neither a text nor a file to add.")


class Shortcuts:
    """Answers the shortcuts of messages."""

    def __init__(self, workspace: Workspace, modals: Modals) -> None:
        self._workspace = workspace
        self._modals = modals

    async def on_find(self, ack: AsyncAck, shortcut: dict[str, Any]) -> None:
        """Look for what a message says; the answer is private."""
        await ack()
        text = self._asked(shortcut)
        await self._answer(Ask(text) if text else NOTHING_TO_FIND, shortcut)

    async def on_check(self, ack: AsyncAck, shortcut: dict[str, Any]) -> None:
        """Check the quotation in a message, or all of it; the answer is private."""
        await ack()
        text = self._asked(shortcut)
        await self._answer(Quote(text) if text else NOTHING_TO_CHECK, shortcut)

    async def on_add(self, ack: AsyncAck, shortcut: dict[str, Any]) -> None:
        """Open the window for adding a message's files, or else its text."""
        await ack()
        visitor = _visitor(shortcut)
        if self._workspace.is_strange(shortcut["user"]):
            await self._workspace.show(STRANGER, visitor)
        elif not await self._workspace.may_use(Add(), visitor):
            await self._workspace.show(await self._workspace.carry_out(Add(), visitor), visitor)
        elif given := self._given(shortcut):
            trigger = shortcut["trigger_id"]
            await self._modals.open(BY_COMMAND[Add], visitor, trigger, given=given)
        else:
            await self._workspace.show(NOTHING_TO_ADD, visitor)

    async def _answer(self, asked: Command | Problem, shortcut: dict[str, Any]) -> None:
        """Carry out a command and show the reply; a Problem is the reply."""
        visitor = _visitor(shortcut)
        if self._workspace.is_strange(shortcut["user"]):
            await self._workspace.show(STRANGER, visitor)
        elif isinstance(asked, Problem):
            await self._workspace.show(asked, visitor)
        else:
            reply = await self._workspace.carry_out(asked, visitor)
            await self._workspace.show(reply, visitor, shareable=True)

    def _asked(self, shortcut: dict[str, Any]) -> str:
        return to_asked(markup_of(shortcut["message"]), self._workspace.identity.user)

    def _given(self, shortcut: dict[str, Any]) -> Given | None:
        message = shortcut["message"]
        if attached := message.get("files"):
            return Given(files=[{name: one.get(name) for name in DESCRIBED} for one in attached])
        text = to_text(markup_of(message), self._workspace.identity.user)
        name = f"slack-{shortcut['channel']['id']}-{message['ts']}.txt"
        return Given(name, text) if text else None


def _visitor(shortcut: dict[str, Any]) -> Visitor:
    user, message = shortcut["user"], shortcut["message"]
    thread = message.get("thread_ts", "")
    place = Place(shortcut["channel"]["id"], thread if thread != message["ts"] else "")
    return Visitor(user["id"], place, user.get("name", ""), shortcut.get("response_url", ""))
