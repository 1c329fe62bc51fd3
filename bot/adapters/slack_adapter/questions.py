"""What people write to the bot: mentions in channels, and direct messages.

An edited question is answered anew in the place of its first answer: the answer that stands below
a question is always to what the question says now. A direct message that is deleted takes its
answer with it; in channels the bot reads nothing but mentions, and so sees no deletion.
"""

import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.adapters.links import Link, Links
from bot.adapters.memory import Memory
from bot.adapters.patience import patiently
from bot.adapters.slack_adapter.events import (
    Question,
    asking_in,
    deleted_in,
    kept_of,
    key_of,
    keys_of,
    to_question,
)
from bot.adapters.slack_adapter.places import Place
from bot.adapters.slack_adapter.posting import rendered
from bot.adapters.slack_adapter.sign import Sign
from bot.adapters.slack_adapter.trouble import is_final, may_not_write, was_never_taken
from bot.adapters.slack_adapter.workspace import PLATFORM, Workspace
from bot.messages import Ask, Command, Problem, Reply, SourceFile
from bot.registry import BY_COMMAND
from bot.rendering.slack_blocks.limits import cut

log = logging.getLogger("newsdesk")

REMEMBERED = 10_000
"""Events and answers that are remembered: some hours of a busy workspace."""
A_DAY = 86_400.0
TITLE = 60
NO_RIGHT = Problem(
    "I may not answer in that channel: whoever manages it can let apps post there. "
    "/newsdesk works there meanwhile, and I answer direct messages."
)


class Questions:
    """Answers what people write."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._seen: Memory[str, bool] = Memory(size=REMEMBERED, seconds=A_DAY)
        self._gone: Memory[str, bool] = Memory(size=REMEMBERED, seconds=A_DAY)
        """Questions that were deleted, perhaps before they were answered."""
        self._links = Links(workspace.desk, PLATFORM)

    async def remember(
        self, event: dict[str, Any], body: dict[str, Any], next_: Callable[[], Awaitable[None]]
    ) -> None:
        """Write down what asks something, before Slack is told that it arrived."""
        question, asking = self._asked(event, body), asking_in(event) or event
        if question and not (self._came(question) or self._workspace.refusal(body, asking)):
            kept = kept_of(event, asking, question)
            payload = {"event": kept, "body": {"event_id": question.event}}
            await self._workspace.ledger.keep(question.event, question.visitor.user, payload)
        await next_()

    async def on_mention(self, event: dict[str, Any], body: dict[str, Any]) -> None:
        """Answer a mention in its thread."""
        await self._take(event, body)

    async def on_message(self, event: dict[str, Any], body: dict[str, Any]) -> None:
        """Answer a direct message; follow its edits and its deletion."""
        deleted = deleted_in(event) if event.get("channel_type") == "im" else ""
        if deleted:
            await self._take_back(Place(event["channel"]), deleted)
        else:
            await self._take(event, body)

    def claim(self, event: dict[str, Any], body: dict[str, Any]) -> Question | None:
        """Return what an event asks, to be answered by whoever calls this; None where it came."""
        question = self._asked(event, body)
        if question is None or self._came(question):
            return None
        for key in keys_of(question):
            self._seen.keep(key, value=True)
        return question

    async def _take(self, event: dict[str, Any], body: dict[str, Any]) -> None:
        """Answer an event once, whatever Slack delivers how often."""
        question = self.claim(event, body)
        if question is None:
            return
        async with self.until_answered(question):
            if question.is_of_bot and not self._workspace.may_bot_ask(asking_in(event) or event):
                return
            if refusal := self._workspace.refusal(body, asking_in(event) or event):
                await self._tell_alone(question, refusal)
                return
            await self.answer(question)

    def until_answered(self, question: Question) -> AbstractAsyncContextManager[None]:
        """Keep an event written down until the end of the block, and after trouble of Slack's."""
        return self._workspace.ledger.until_answered(question.event, is_final)

    def _asked(self, event: dict[str, Any], body: dict[str, Any]) -> Question | None:
        """Return what an event asks, None where that is nothing or is asked by a bot unknown."""
        asking = asking_in(event)
        if asking is None or (asking.get("bot_id") and not self._workspace.knows_bot(asking)):
            return None
        return to_question(asking, body, self._workspace.identity.user)

    def _came(self, question: Question) -> bool:
        """Say whether the event or its message came before."""
        return any(self._seen.get(key) for key in keys_of(question))

    async def was_answered(self, question: Question) -> bool:
        """Say whether a question was answered as it stands, also before a restart."""
        return _answers(await self._links.find(question.key), question)

    async def answer(self, question: Question) -> None:
        """Carry out what somebody wrote, and reply, unless it was answered before."""
        visitor, place = question.visitor, question.visitor.place
        posting = self._workspace.posting
        command, turn = question.command, posting.turns.turn(place.channel)
        takes_long = BY_COMMAND[type(command)].takes_files
        if posting.turns.is_full(place.channel):
            await self._tell_alone(question, self._workspace.shed(command, visitor))
            return
        async with AsyncExitStack() as until_posted:
            async with Sign(self._workspace.clients, place) as sign:
                if not takes_long:  # else it would hold up all questions in the channel
                    await until_posted.enter_async_context(turn)
                link = await self._links.find(question.key)
                if _answers(link, question):
                    return
                files = self._workspace.files.attachments(question.files)
                reply = await self._workspace.carry_out(command, visitor, files, sign.tell)
            if takes_long:
                await until_posted.enter_async_context(turn)
            send = partial(self._send, question, command, reply, link)
            await patiently(send, was_never_taken)
        if place.is_direct and place.thread == question.ts and isinstance(command, Ask):
            await posting.entitle(place, cut(command.question, TITLE))

    async def _send(
        self, question: Question, command: Command, reply: Reply, link: Link | None
    ) -> None:
        """Post a reply once; a kill leaves in doubt only what was being sent at that moment."""
        ledger = self._workspace.ledger
        await self._workspace.posting.turns.until_free(question.visitor.place.channel)
        await ledger.begin(question.event)
        try:
            await self._post(question, command, reply, link)
        except Exception as error:
            if was_never_taken(error):
                await ledger.not_sent(question.event)
            raise

    async def _post(
        self, question: Question, command: Command, reply: Reply, link: Link | None
    ) -> None:
        """Post a reply for everybody there, unless it is for the asker alone.

        Below a question that is gone there is no thread: Slack would put it into the conversation
        (python-slack-events-api #87).
        """
        if self._gone.get(question.key):
            return
        visitor, place = question.visitor, question.visitor.place
        if not place.is_direct and await self._workspace.is_for_asker(command, reply, visitor):
            ts = await self._take_back_answer(place, link)
            await self._tell_alone(question, reply)
        elif isinstance(reply, SourceFile):
            ts = await self._take_back_answer(place, link)
            await self._workspace.hand_over(reply, visitor)
        else:
            ts = await self._put(question, reply, link.answer if link else "")
        await self._links.keep(question.key, question.text, visitor.user, place.channel, ts)

    async def _put(self, question: Question, reply: Reply, earlier: str) -> str:
        """Post a reply, in the place of an earlier one; where that may not be, say why.

        Returns its ts, empty where there is none.
        """
        place = question.visitor.place
        try:
            return await self._workspace.posting.put(place, earlier, await rendered(reply))
        except SlackApiError as error:
            if place.is_direct or not may_not_write(error):
                raise
            log.warning("the bot may not write in a channel (%s)", error.response.get("error"))
        await self._tell_alone(question, NO_RIGHT)
        return ""

    async def _tell_alone(self, question: Question, reply: Reply) -> None:
        """Tell somebody what nobody else is to see; a bot has nowhere to be told."""
        if not question.is_of_bot:
            await self._workspace.tell_alone(reply, question.visitor)

    async def _take_back_answer(self, place: Place, link: Link | None) -> str:
        """Delete an earlier answer; return the ts of none."""
        if link and link.answer:
            await self._workspace.posting.take_back(place, link.answer)
        return ""

    async def _take_back(self, place: Place, ts: str) -> None:
        """Delete the answer to a question that was deleted, or let it have none."""
        self._gone.keep(key_of(place.channel, ts), value=True)
        async with self._workspace.posting.turns.turn(place.channel):
            self._seen.keep(f"{place.channel} {ts} ", value=True)
            await self._take_back_answer(place, await self._links.find(key_of(place.channel, ts)))


def _answers(link: Link | None, question: Question) -> bool:
    """Say whether a link leads to the answer to a question, or to a newer wording of it."""
    return link is not None and (not question.edited or link.is_to(question.text))
