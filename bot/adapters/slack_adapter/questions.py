"""What people write to the bot: mentions in channels, and direct messages.

An edited question is answered anew in the place of its first answer: the answer that stands below
a question is always to what the question says now. A direct message that is deleted takes its
answer with it; in channels the bot reads nothing but mentions, and so sees no deletion.
"""

import logging
from dataclasses import dataclass
from typing import Any

from slack_bolt.request.async_request import AsyncBoltRequest

from bot.adapters.slack_adapter.memory import Memory
from bot.adapters.slack_adapter.places import Place, Visitor
from bot.adapters.slack_adapter.sign import Sign
from bot.adapters.slack_adapter.texts import to_text
from bot.adapters.slack_adapter.workspace import Workspace
from bot.messages import Ask, Command, Problem, Reply, Request, Sender, SourceFile
from bot.parsing import to_command
from bot.rendering.slack_blocks import to_message
from bot.rendering.slack_blocks.limits import cut

log = logging.getLogger("newsdesk")

REMEMBERED = 10_000
"""Events and answers that are remembered: some hours of a busy workspace."""
A_DAY = 86_400.0
TITLE = 60
EDITED, DELETED = "message_changed", "message_deleted"
ASKING = {None, "file_share", "thread_broadcast"}
"""Subtypes of messages that people write; all others are Slack's own."""


@dataclass(frozen=True, slots=True)
class Question:
    """A message to the bot."""

    visitor: Visitor
    ts: str
    text: str
    files: tuple[dict[str, Any], ...] = ()
    edited: str = ""
    """When it was edited; empty where it was not."""


class Questions:
    """Answers what people write."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._seen: Memory[str, bool] = Memory(size=REMEMBERED, seconds=A_DAY)
        self._answers: Memory[tuple[str, str], tuple[str, str]] = Memory(
            size=REMEMBERED, seconds=A_DAY
        )
        """The text and the answer's ts of each question, by its channel and ts."""

    async def on_mention(
        self, event: dict[str, Any], body: dict[str, Any], request: AsyncBoltRequest
    ) -> None:
        """Answer a mention in its thread."""
        await self._take(event, body, request)

    async def on_message(
        self, event: dict[str, Any], body: dict[str, Any], request: AsyncBoltRequest
    ) -> None:
        """Answer a direct message; follow its edits and its deletion."""
        if event.get("channel_type") != "im":
            return  # a mention in a channel comes as app_mention too
        match event.get("subtype"):
            case subtype if subtype == EDITED:
                edited = {**event["message"], "channel": event["channel"]}
                edited["edited"] = edited.get("edited") or {"ts": event["event_ts"]}
                if edited.get("text") != (event.get("previous_message") or {}).get("text"):
                    await self._take(edited, body, request)
            case subtype if subtype == DELETED:
                await self._take_back(event)
            case subtype if subtype in ASKING:
                await self._take(event, body, request)

    async def _take(
        self, event: dict[str, Any], body: dict[str, Any], request: AsyncBoltRequest
    ) -> None:
        """Answer an event once, whatever Slack delivers how often."""
        if event.get("bot_id") or not event.get("user") or event.get("subtype") not in ASKING:
            return
        question = self._to_question(event)
        if not self._is_new(question, str(body.get("event_id", ""))):
            return
        if refusal := self._workspace.refusal(body, event):
            await self._workspace.show(refusal, question.visitor)
            return
        is_retry = request.headers.get("x-slack-retry-num", ["0"])[0] != "0"
        if is_retry and await self._was_answered(question):
            return
        await self._answer(question)

    def _to_question(self, event: dict[str, Any]) -> Question:
        thread = event.get("thread_ts") or event["ts"]
        return Question(
            visitor=Visitor(event["user"], Place(event["channel"], thread)),
            ts=event["ts"],
            text=to_text(event.get("text") or "", self._workspace.identity.user),
            files=tuple(event.get("files") or ()),
            edited=(event.get("edited") or {}).get("ts", ""),
        )

    def _is_new(self, question: Question, event_id: str) -> bool:
        """Say whether neither the event nor its message came before."""
        message = f"{question.visitor.place.channel} {question.ts} {question.edited}"
        is_new_event = not event_id or self._seen.is_new(event_id, value=True)
        return self._seen.is_new(message, value=True) and is_new_event

    async def _was_answered(self, question: Question) -> bool:
        """Say whether a redelivered question was answered before the bot was started anew."""
        visitor = question.visitor
        request = Request(
            Sender(visitor.user, visitor.user),
            "slack",
            question.text,
            self._workspace.identity.team,
            visitor.place.name,
        )
        return await self._workspace.desk.was_answered(request)

    async def _answer(self, question: Question) -> None:
        visitor, place = question.visitor, question.visitor.place
        posting = self._workspace.posting
        command = to_command(question.text, with_files=bool(question.files))
        sign = Sign(self._workspace.clients, place)
        try:
            async with posting.turn(place.channel):
                if self._stands_answered(question):
                    return
                files = self._workspace.files.attachments(question.files)
                reply = await self._workspace.carry_out(command, visitor, files)
                await sign.take_in()
                await self._post(question, command, reply)
        finally:
            await sign.take_in()
        if place.is_direct and place.thread == question.ts and isinstance(command, Ask):
            await posting.entitle(place, cut(question.text, TITLE))

    async def _post(self, question: Question, command: Command, reply: Reply) -> None:
        visitor, place = question.visitor, question.visitor.place
        posting = self._workspace.posting
        if isinstance(reply, SourceFile):
            await self._workspace.hand_over(reply, visitor)
            return
        if isinstance(reply, Problem) and (
            reply.is_private or not await self._workspace.may_use(command, visitor)
        ):
            await posting.tell(visitor, to_message(reply))
            return
        known = self._answers.get((place.channel, question.ts))
        if known:
            ts = known[1]
            await posting.change(place, ts, to_message(reply))
        else:
            ts = await posting.post(place, to_message(reply))
        self._answers.keep((place.channel, question.ts), (question.text, ts))

    def _stands_answered(self, question: Question) -> bool:
        """Say whether an edit changed nothing that was asked."""
        known = self._answers.get((question.visitor.place.channel, question.ts))
        return known is not None and known[0] == question.text

    async def _take_back(self, event: dict[str, Any]) -> None:
        place = Place(event["channel"])
        key = (place.channel, event["deleted_ts"])
        async with self._workspace.posting.turn(place.channel):
            self._seen.keep(f"{place.channel} {event['deleted_ts']} ", value=True)
            if known := self._answers.get(key):
                await self._workspace.posting.take_back(place, known[1])
