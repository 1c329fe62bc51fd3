"""Windows for words that need more than a line: details of a document, and its file."""

import asyncio
import json
import logging
import secrets
from collections.abc import Mapping
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.adapters.slack_adapter.memory import Memory
from bot.adapters.slack_adapter.places import NOWHERE, Place, Visitor
from bot.adapters.slack_adapter.workspace import STRANGER, Workspace
from bot.commands.moderation import OUT
from bot.messages import Attachment, Problem, Reply
from bot.registry import BY_WORD, Entry
from bot.rendering.slack_blocks.views import FILE_INPUT, modal, result_view, waiting_view
from retrieval import BadDetail, publication_date

log = logging.getLogger("newsdesk")

OPEN_WINDOWS = 200
AN_HOUR = 3_600.0
A_MOMENT = 1.0
"""Seconds; an acknowledgement is due within three."""
DATE = "published"
TOO_OLD = Problem("This window is too old; close it and open it again.")

Files = tuple[Attachment, ...]


class Modals:
    """Opens windows and carries out what is filled in there."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._files: Memory[str, Files] = Memory(size=OPEN_WINDOWS, seconds=AN_HOUR)
        """The files of messages for which a window is open."""

    async def open(
        self,
        entry: Entry,
        visitor: Visitor,
        trigger: str,
        values: Mapping[str, str] | None = None,
        files: Files = (),
    ) -> None:
        """Open the window of a word; it asks for files where none are given."""
        key = secrets.token_hex(8) if files else ""
        if files:
            self._files.keep(key, files)
        place = visitor.place
        metadata = json.dumps([entry.word, key, place.channel, place.thread])
        asks_for_files = entry.takes_files and not files
        view = modal(entry, values or {}, metadata, with_files=asks_for_files)
        await self._workspace.clients.web.views_open(trigger_id=trigger, view=view)

    async def on_submit(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        """Acknowledge in time: with what has to be mended, with the reply, or with a sign of work.

        What takes longer than a moment is shown later, and not before Slack has taken the
        acknowledgement: it would put the sign of work over the reply.
        """
        word, key, channel, thread = json.loads(view["private_metadata"])
        values = values_of(view)
        if sentence := _date_problem(values):
            await ack(response_action="errors", errors={DATE: sentence})
            return
        user = body["user"]
        visitor = Visitor(user["id"], Place(channel, thread), user.get("name", ""))
        if self._workspace.is_strange(user):
            await ack(response_action="update", view=result_view(word, STRANGER))
            return
        work = asyncio.create_task(self._carry_out(BY_WORD[word], visitor, key, view))
        if (await asyncio.wait({work}, timeout=A_MOMENT))[0]:
            await ack(response_action="update", view=result_view(word, work.result()))
            return
        await ack(response_action="update", view=waiting_view(word))
        reply, _ = await asyncio.gather(work, asyncio.sleep(A_MOMENT))
        await self._show(reply, word, visitor, view["id"])

    async def _carry_out(
        self, entry: Entry, visitor: Visitor, key: str, view: dict[str, Any]
    ) -> Reply:
        files = self._files.get(key) if key else self._attached(view)
        if files is None:
            return TOO_OLD
        return await self._workspace.carry_out(entry.build(**values_of(view)), visitor, files)

    def _attached(self, view: dict[str, Any]) -> Files:
        state = view["state"]["values"].get(FILE_INPUT, {}).get(FILE_INPUT, {})
        return self._workspace.files.attachments(state.get("files") or ())

    async def _show(self, reply: Reply, word: str, visitor: Visitor, view_id: str) -> None:
        """Show the reply in the window; where it was closed meanwhile, in direct messages."""
        try:
            await self._workspace.clients.web.views_update(
                view_id=view_id, view=result_view(word, reply)
            )
        except SlackApiError as error:
            log.info("a window was gone (%s)", error.response.get("error"))
            await self._workspace.show(reply, Visitor(visitor.user, NOWHERE))


def values_of(view: dict[str, Any]) -> dict[str, str]:
    """Return what was filled in, by the names of the arguments."""
    fields = {name: one[name] for name, one in view["state"]["values"].items()}
    typed = {
        name: field.get("value") or (field.get("selected_option") or {}).get("value") or ""
        for name, field in fields.items()
    }
    return {name: value.strip() for name, value in typed.items() if value.strip()}


def _date_problem(values: Mapping[str, str]) -> str:
    try:
        if values.get(DATE, OUT) != OUT:
            publication_date(values[DATE])
    except BadDetail as error:
        return str(error)
    return ""
