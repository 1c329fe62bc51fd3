"""The workspace, as all listeners share it: who asks, what is answered, how that gets there."""

import logging
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.adapters.bots import Bots
from bot.adapters.ledger import Ledger
from bot.adapters.slack_adapter.checks import Identity
from bot.adapters.slack_adapter.clients import Clients
from bot.adapters.slack_adapter.files import Files
from bot.adapters.slack_adapter.people import People
from bot.adapters.slack_adapter.places import Visitor
from bot.adapters.slack_adapter.posting import Posting, rendered
from bot.desk import Desk
from bot.messages import (
    Attachment,
    Command,
    Notice,
    Problem,
    Progress,
    Reply,
    Request,
    Sender,
    SourceFile,
)
from bot.registry import BY_COMMAND
from bot.rendering.slack_blocks import to_message

log = logging.getLogger("newsdesk")

PLATFORM = "slack"
STRANGER = Problem("Newsdesk answers only people of the workspace that it belongs to.")
SHARED_CHANNEL = Problem(
    "Newsdesk does not answer in channels that are shared with other workspaces; "
    "send it a direct message instead."
)
NOT_THERE = Problem(
    "I am not in this conversation, and cannot tell whether people of other workspaces are: "
    "invite me and share it again, or copy what you need."
)
SENT = Notice("The file is in your direct messages.")
ALONE = Notice("The answer is for you alone; it is in your direct messages.")
NOT_SENT = Problem("Slack did not take the file; ask again, or ask the operator for it.")


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything that a listener needs."""

    desk: Desk
    clients: Clients
    identity: Identity
    people: People
    posting: Posting
    files: Files
    ledger: Ledger
    bots: Bots
    answers_shared_channels: bool

    async def carry_out(
        self,
        command: Command,
        visitor: Visitor,
        files: tuple[Attachment, ...] = (),
        progress: Progress | None = None,
        *,
        is_part: bool = False,
    ) -> Reply:
        """Carry out a command for somebody; who they are is asked only where it matters."""
        request = await self.request(command, visitor)
        request = replace(request, attachments=files, progress=progress, is_part=is_part)
        return await self.desk.carry_out(command, request)

    def shed(self, command: Command, visitor: Visitor) -> Problem:
        """Return that too many wait where somebody is."""
        sender = Sender(visitor.user, visitor.name or visitor.user)
        request = Request(sender, PLATFORM, space=self.identity.team, place=visitor.place.name)
        return self.desk.shed(command, request)

    async def request(self, command: Command, visitor: Visitor) -> Request:
        """Return somebody's request, with their rights where the command needs some."""
        entry = BY_COMMAND[type(command)]
        sender = Sender(visitor.user, visitor.name or visitor.user)
        if entry.moderators_only or entry.more_for_moderators:
            sender = await self._known(sender)
        return Request(sender, PLATFORM, space=self.identity.team, place=visitor.place.name)

    async def may_use(self, command: Command, visitor: Visitor) -> bool:
        """Say whether somebody may use the word of a command."""
        if not BY_COMMAND[type(command)].moderators_only:
            return True
        return self.desk.may_moderate(await self.request(command, visitor))

    async def is_for_asker(self, command: Command, reply: Reply, visitor: Visitor) -> bool:
        """Say whether nobody but the visitor is to see a reply."""
        return self.desk.is_for_asker(command, reply, await self.request(command, visitor))

    def refusal(self, body: dict[str, Any], event: dict[str, Any]) -> Problem | None:
        """Return why an event is not answered: who asks, or where."""
        teams = {event.get(name) for name in ("user_team", "team", "source_team")} - {None}
        if teams - self.identity.homes:
            return STRANGER
        if body.get("is_ext_shared_channel") and not self.answers_shared_channels:
            return SHARED_CHANNEL
        return None

    def knows_bot(self, event: dict[str, Any]) -> bool:
        """Say whether a message is of another bot that may ask; one's own never is."""
        return not self.identity.is_own(event) and self.bots.knows(*_ids_of_bot(event))

    def may_bot_ask(self, event: dict[str, Any]) -> bool:
        """Say whether a message of a bot that is known is answered now; whoever asks answers it."""
        return self.bots.may_ask(*_ids_of_bot(event))

    def is_strange(self, user: dict[str, Any]) -> bool:
        """Say whether somebody who presses a button or sends a window is of another workspace."""
        return user.get("team_id", self.identity.team) not in self.identity.homes

    async def why_closed(self, visitor: Visitor) -> Problem | None:
        """Return why nothing may be posted where somebody is: others may be there too.

        Slack describes no private conversation that the bot is not in.
        """
        if self.answers_shared_channels:
            return None
        place = visitor.place
        try:
            if place.is_direct:  # with the bot, or with somebody else, of another workspace perhaps
                own = await self.posting.direct(visitor.user)
                return None if place.channel == own.channel else NOT_THERE
            response = await self.clients.web.conversations_info(channel=place.channel)
        except SlackApiError as error:
            log.warning("Slack does not describe a channel (%s)", error.response.get("error"))
            return NOT_THERE
        channel = response["channel"]
        is_shared = channel.get("is_ext_shared") or channel.get("is_pending_ext_shared")
        return SHARED_CHANNEL if is_shared else None

    async def show(self, reply: Reply, visitor: Visitor, *, shareable: bool = False) -> None:
        """Show a reply to one person."""
        if isinstance(reply, SourceFile):
            is_sent = await self._is_sent(self._upload_for(reply, visitor.user))
            reply = SENT if is_sent else NOT_SENT
        await self.posting.tell(visitor, await rendered(reply, shareable=shareable))

    async def tell_alone(self, reply: Reply, visitor: Visitor) -> None:
        """Tell somebody in a channel what nobody else there is to see.

        A sentence is shown to them there. What is longer goes to their direct messages, where it
        stays and its buttons work: what only one person sees in a channel is soon gone.
        """
        if isinstance(reply, SourceFile | Problem | Notice):
            await self.show(reply, visitor)
            return
        message = await rendered(reply)
        try:
            await self.posting.post(await self.posting.direct(visitor.user), message)
        except SlackApiError as error:
            log.info("somebody takes no direct messages (%s)", error.response.get("error"))
            await self.posting.tell(visitor, message)
            return
        try:  # the answer is there, and is not to be sent again for want of what points to it
            await self.posting.tell(visitor, to_message(ALONE))
        except (SlackApiError, aiohttp.ClientError, TimeoutError):
            log.exception("somebody could not be told where their answer is")

    async def hand_over(self, reply: SourceFile, visitor: Visitor) -> None:
        """Put a file where the visitor is, for everybody there."""
        if not await self._is_sent(self.files.upload(reply, visitor.place)):
            await self.posting.tell(visitor, to_message(NOT_SENT))

    async def _upload_for(self, reply: SourceFile, user: str) -> None:
        await self.files.upload(reply, await self.posting.direct(user))

    async def _known(self, sender: Sender) -> Sender:
        """Return a person with the rights that Slack says they have; else with none."""
        with suppress(SlackApiError, aiohttp.ClientError, TimeoutError):
            return await self.people.sender(sender.id)
        log.warning("Slack does not say who %s is", sender.id)
        return sender

    async def _is_sent(self, sending: Awaitable[None]) -> bool:
        try:
            await sending
        except (SlackApiError, aiohttp.ClientError, TimeoutError):
            log.exception("a file could not be uploaded")
            return False
        return True


def _ids_of_bot(event: dict[str, Any]) -> list[str]:
    app = event.get("app_id") or (event.get("bot_profile") or {}).get("app_id")
    return [one for one in (event.get("bot_id"), event.get("user"), app) if one]
