"""Windows for words that need more than a line: details of a document, and its file."""

import asyncio
import json
import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.adapters.pace import Pace
from bot.adapters.slack_adapter.places import NOWHERE, Place, Visitor
from bot.adapters.slack_adapter.workspace import PLATFORM, STRANGER, Workspace
from bot.commands.moderation import OUT
from bot.messages import Attachment, Problem, Progress, Reply
from bot.registry import BY_WORD, Entry
from bot.rendering.slack_blocks.views import FILE_INPUT, modal, result_view, waiting_view
from retrieval import BadDetail, hold_date, publication_date

log = logging.getLogger("newsdesk")

A_DAY = timedelta(days=1)
"""For which a window may stay open that was opened for a message."""
A_MOMENT = 1.0
"""Seconds; an acknowledgement is due within three."""
READ: Final[Mapping[str, Callable[[str], object]]] = {
    "published": publication_date,
    "hold_until": hold_date,
}
"""Fields that hold more than words, with what reads them."""
NOT_OPENED = Problem("Slack did not open the window; three seconds may have been over. Try again.")
TOO_OLD = Problem("This window is too old; close it and open it again.")

Files = tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What a message gives to the window that is opened for it: files, or its text as one."""

    name: str = ""
    text: str = ""
    files: Sequence[Mapping[str, Any]] = ()
    """As Slack describes them."""


class Modals:
    """Opens windows and carries out what is filled in there."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def open(
        self,
        entry: Entry,
        visitor: Visitor,
        trigger: str,
        values: Mapping[str, str] | None = None,
        given: Given | None = None,
    ) -> None:
        """Open the window of a word; it asks for files where a message gave none."""
        key = secrets.token_hex(8) if given else ""
        if given:
            value = json.dumps([given.name, given.text, given.files])
            await self._workspace.desk.note(PLATFORM, f"window {key}", value, visitor.user, A_DAY)
        place = visitor.place
        metadata = json.dumps([entry.word, key, place.channel, place.thread])
        asks_for_files = entry.takes_files and given is None
        view = modal(entry, values or {}, metadata, with_files=asks_for_files)
        try:
            await self._workspace.clients.web.views_open(trigger_id=trigger, view=view)
        except SlackApiError as error:
            log.warning("a window was not opened (%s)", error.response.get("error"))
            await self._workspace.show(NOT_OPENED, visitor)

    async def on_submit(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        """Acknowledge in time: with what has to be mended, with the reply, or with a sign of work.

        What takes longer than a moment is shown later, how far it is meanwhile, and nothing before
        Slack has taken the acknowledgement: it would put the sign of work over the reply.
        """
        word, key, channel, thread = json.loads(view["private_metadata"])
        values = values_of(view)
        if errors := _problems_of(values):
            await ack(response_action="errors", errors=errors)
            return
        user = body["user"]
        visitor = Visitor(user["id"], Place(channel, thread), user.get("name", ""))
        if self._workspace.is_strange(user):
            await ack(response_action="update", view=result_view(word, STRANGER))
            return
        pace = Pace(partial(self._show_progress, word, view["id"]), begin=A_MOMENT)
        work = asyncio.create_task(self._carry_out(BY_WORD[word], visitor, key, view, pace.tell))
        try:
            if (await asyncio.wait({work}, timeout=A_MOMENT))[0]:
                await ack(response_action="update", view=result_view(word, work.result()))
                return
            await ack(response_action="update", view=waiting_view(word))
            async with pace:
                reply, _ = await asyncio.gather(work, asyncio.sleep(A_MOMENT))
        finally:
            work.cancel()  # where the bot stops meanwhile
        await self._show(reply, word, visitor, view["id"])

    async def _carry_out(
        self, entry: Entry, visitor: Visitor, key: str, view: dict[str, Any], progress: Progress
    ) -> Reply:
        files = await self._given(key) if key else self._attached(view)
        if files is None:
            return TOO_OLD
        command = entry.build(**values_of(view))
        return await self._workspace.carry_out(command, visitor, files, progress)

    async def _given(self, key: str) -> Files | None:
        """Return what a message gave to its window, None where that is not known any more."""
        noted = await self._workspace.desk.noted(PLATFORM, f"window {key}")
        if noted is None:
            return None
        name, text, files = json.loads(noted)
        return self._workspace.files.attachments(files) if files else (text_file(name, text),)

    def _attached(self, view: dict[str, Any]) -> Files:
        state = view["state"]["values"].get(FILE_INPUT, {}).get(FILE_INPUT, {})
        return self._workspace.files.attachments(state.get("files") or ())

    async def _show_progress(self, word: str, view_id: str, progress: str) -> None:
        view = waiting_view(word, progress)
        await self._workspace.clients.hasty.views_update(view_id=view_id, view=view)

    async def _show(self, reply: Reply, word: str, visitor: Visitor, view_id: str) -> None:
        """Show the reply in the window; where it was closed meanwhile, in direct messages."""
        try:
            await self._workspace.clients.web.views_update(
                view_id=view_id, view=result_view(word, reply)
            )
        except SlackApiError as error:
            log.info("a window was gone (%s)", error.response.get("error"))
            await self._workspace.show(reply, Visitor(visitor.user, NOWHERE))


def text_file(name: str, text: str) -> Attachment:
    """Return a text as a file."""
    content = text.encode()

    async def fetch() -> bytes:
        return content

    return Attachment(name, len(content), fetch)


def values_of(view: dict[str, Any]) -> dict[str, str]:
    """Return what was filled in, by the names of the arguments."""
    fields = {name: one[name] for name, one in view["state"]["values"].items()}
    typed = {
        name: field.get("value") or (field.get("selected_option") or {}).get("value") or ""
        for name, field in fields.items()
    }
    return {name: value.strip() for name, value in typed.items() if value.strip()}


def _problems_of(values: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with each field; the window stays, with all that it holds."""
    problems = {}
    for name, read in READ.items():
        try:
            if values.get(name, OUT) != OUT:
                read(values[name])
        except BadDetail as error:
            problems[name] = str(error)
    return problems
