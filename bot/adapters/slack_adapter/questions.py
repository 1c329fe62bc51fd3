"""What people write to the bot: mentions in channels, and direct messages.

An edited question is answered anew in the place of its first answer: the answer that stands below
a question is always to what the question says now. A direct message that is deleted takes its
answer with it; in channels the bot reads nothing but mentions, and so sees no deletion.
"""

import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

import aiohttp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError

from bot.adapters.patience import patiently
from bot.adapters.slack_adapter.clients import NEVER_SENT
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
    event: str = ""
    """The id of the event that told of it."""


class Questions:
    """Answers what people write."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._seen: Memory[str, bool] = Memory(size=REMEMBERED, seconds=A_DAY)
        self._answers: Memory[tuple[str, str], tuple[str, str]] = Memory(
            size=REMEMBERED, seconds=A_DAY
        )
        """The text and the answer's ts of each question, by its channel and ts."""

    async def remember(
        self, event: dict[str, Any], body: dict[str, Any], next_: Callable[[], Awaitable[None]]
    ) -> None:
        """Write down what asks something, before Slack is told that it arrived."""
        asking = _asking(event)
        question = self._to_question(asking, body) if asking else None
        if question and not (self._came(question) or self._workspace.refusal(body, asking or {})):
            payload = {"event": _slim(event), "body": {"event_id": question.event}}
            await self._workspace.ledger.keep(question.event, question.visitor.user, payload)
        await next_()

    async def on_mention(
        self, event: dict[str, Any], body: dict[str, Any], request: AsyncBoltRequest
    ) -> None:
        """Answer a mention in its thread."""
        await self._take(event, body, request)

    async def on_message(
        self, event: dict[str, Any], body: dict[str, Any], request: AsyncBoltRequest
    ) -> None:
        """Answer a direct message; follow its edits and its deletion."""
        if event.get("channel_type") == "im" and event.get("subtype") == DELETED:
            await self._take_back(event)
        else:
            await self._take(event, body, request)

    def claim(self, event: dict[str, Any], body: dict[str, Any]) -> Question | None:
        """Return what an event asks, to be answered by whoever calls this; None where it came."""
        asking = _asking(event)
        question = self._to_question(asking, body) if asking else None
        if question is None or self._came(question):
            return None
        for key in _keys(question):
            self._seen.keep(key, value=True)
        return question

    async def _take(
        self, event: dict[str, Any], body: dict[str, Any], request: AsyncBoltRequest
    ) -> None:
        """Answer an event once, whatever Slack delivers how often."""
        question = self.claim(event, body)
        if question is None:
            return
        async with self.until_answered(question):
            if refusal := self._workspace.refusal(body, _asking(event) or event):
                await self._workspace.show(refusal, question.visitor)
                return
            is_retry = request.headers.get("x-slack-retry-num", ["0"])[0] != "0"
            if not (is_retry and await self._was_answered(question)):
                await self.answer(question)

    def until_answered(self, question: Question) -> AbstractAsyncContextManager[None]:
        """Keep an event written down until the end of the block, and after trouble of Slack's."""
        return self._workspace.ledger.until_answered(question.event, is_final)

    def _to_question(self, event: dict[str, Any], body: dict[str, Any]) -> Question:
        thread = event.get("thread_ts") or event["ts"]
        return Question(
            visitor=Visitor(event["user"], Place(event["channel"], thread)),
            ts=event["ts"],
            text=to_text(event.get("text") or "", self._workspace.identity.user),
            files=tuple(event.get("files") or ()),
            edited=(event.get("edited") or {}).get("ts", ""),
            event=str(body.get("event_id", "")),
        )

    def _came(self, question: Question) -> bool:
        """Say whether the event or its message came before."""
        return any(self._seen.get(key) for key in _keys(question))

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

    async def answer(self, question: Question) -> None:
        """Carry out what somebody wrote, and reply."""
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
                await patiently(partial(self._send, question, command, reply), was_never_taken)
        finally:
            await sign.take_in()
        if place.is_direct and place.thread == question.ts and isinstance(command, Ask):
            await posting.entitle(place, cut(question.text, TITLE))

    async def _send(self, question: Question, command: Command, reply: Reply) -> None:
        """Post a reply once; a kill leaves in doubt only what was being sent at that moment."""
        ledger = self._workspace.ledger
        await ledger.begin(question.event)
        try:
            await self._post(question, command, reply)
        except Exception as error:
            if was_never_taken(error):
                await ledger.not_sent(question.event)
            raise

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


def _asking(event: dict[str, Any]) -> dict[str, Any] | None:
    """Return the message of an event by which a person asks something, None where it is none.

    A mention in a channel comes as a message too; that one is left to the other event.
    """
    if event.get("type") == "message" and event.get("channel_type") != "im":
        return None
    if event.get("subtype") == EDITED:
        edited = {**event["message"], "channel": event["channel"]}
        edited["edited"] = edited.get("edited") or {"ts": event["event_ts"]}
        if edited.get("text") == (event.get("previous_message") or {}).get("text"):
            return None
        event = edited
    is_asking = event.get("user") and not event.get("bot_id") and event.get("subtype") in ASKING
    return event if is_asking else None


def _keys(question: Question) -> tuple[str, str]:
    """Return by what an event is known again: its id, and the message that it tells of."""
    message = f"{question.visitor.place.channel} {question.ts} {question.edited}"
    return question.event or message, message


def _slim(event: dict[str, Any]) -> dict[str, Any]:
    """Return an event without the blocks, which say what its text says."""
    slim = {name: value for name, value in event.items() if name != "blocks"}
    for name in ("message", "previous_message"):
        if name in slim:
            slim[name] = {key: value for key, value in slim[name].items() if key != "blocks"}
    return slim


def was_never_taken(error: Exception) -> bool:
    """Say whether Slack certainly did nothing of what it was asked for."""
    if isinstance(error, SlackApiError):
        return bool(error.response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR)
    return isinstance(error, tuple(NEVER_SENT))


def is_final(error: Exception) -> bool:
    """Say whether an error would come again, however often a reply is tried."""
    return not was_never_taken(error) and not isinstance(
        error,
        aiohttp.ClientError | OSError | RuntimeError,  # a session that was closed
    )
