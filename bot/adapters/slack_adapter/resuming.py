"""Going on, after a restart, with what Slack was told that it arrived.

What is fresh and changes nothing is answered; of the rest, whoever asked is told to ask again. No
reply is sent twice: where a kill leaves it in doubt whether one was, a sentence says so privately.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.adapters.ledger import INTERRUPTED, LEFT_HALF, Left, may_be_done_again
from bot.adapters.slack_adapter.events import Question
from bot.adapters.slack_adapter.places import Visitor
from bot.adapters.slack_adapter.questions import Questions
from bot.adapters.slack_adapter.slash import Slash
from bot.adapters.slack_adapter.trouble import is_final
from bot.adapters.slack_adapter.workspace import Workspace
from bot.messages import CheckDraft, Command, Problem
from bot.rendering.slack_blocks import to_message

log = logging.getLogger("newsdesk")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A request that was accepted before a restart, and that nobody else answers now."""

    left: Left
    visitor: Visitor
    command: Command
    question: Question | None = None
    """None for a slash command."""

    @property
    def is_forgotten(self) -> bool:
        """Return whether it was a draft that came as text, which nobody kept."""
        files = self.question.files if self.question else ()
        return isinstance(self.command, CheckDraft) and not files


class Resuming:
    """Answers what was accepted and not answered."""

    def __init__(self, workspace: Workspace, questions: Questions, slash: Slash) -> None:
        self._workspace = workspace
        self._questions = questions
        self._slash = slash

    async def claim(self) -> list[Claimed]:
        """Return what was left, before Slack delivers any of it again."""
        claimed = []
        for left in await self._workspace.ledger.left():
            one = self._claimed(left)
            if one is None:
                await self._workspace.ledger.drop(left.id)
            else:
                claimed.append(one)
        return claimed

    async def go_on(self, claimed: Sequence[Claimed]) -> None:
        """Answer what was left, in each channel one after the other."""
        done = await asyncio.gather(*map(self._settle, claimed), return_exceptions=True)
        for error in done:
            if isinstance(error, Exception):
                log.error("what was left by the last run could not be answered", exc_info=error)

    def _claimed(self, left: Left) -> Claimed | None:
        """Return what a request asks; None where that is not to be made out, or came before."""
        if command := left.payload.get("command"):
            return Claimed(left, self._slash.visitor_of(command), self._slash.meant_by(command))
        question = self._questions.claim(left.payload["event"], left.payload["body"])
        if question is None:
            return None
        return Claimed(left, question.visitor, question.command, question)

    async def _settle(self, one: Claimed) -> None:
        ledger = self._workspace.ledger
        async with ledger.until_answered(one.left.id, is_final):
            if one.question is not None and await self._questions.was_answered(one.question):
                return  # it was only to be taken out
            if not may_be_done_again(one.command):
                await self._say(LEFT_HALF, one)
            elif one.left.is_begun or not one.left.is_fresh or one.is_forgotten:
                await self._say(INTERRUPTED, one)
            elif one.question is not None:
                await self._questions.answer(one.question)
            else:
                await self._slash.reply(one.command, one.visitor, one.left.id)

    async def _say(self, sentence: Problem, one: Claimed) -> None:
        is_of_bot = one.question is not None and one.question.is_of_bot
        if one.left.is_recent and not is_of_bot:  # a bot has nowhere to be told
            await self._workspace.posting.tell(one.visitor, to_message(sentence))
