"""The guarded desk: the desk that chat platforms talk to, which lets nobody overload it.

It limits how often people ask and how much is done at once, gives up what takes too long, and
notes for the log and the figures what came of each request. The operator's console goes past it.
"""

import asyncio
import logging
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.desk import BUSY, DEFAULT_HOUSE_STYLE, Desk
from bot.house_style import HouseStyle
from bot.limits import Limiter, TooBusy, Turns
from bot.messages import Answer, Ask, Command, Problem, Reply, Request
from bot.observing.metrics import Metrics
from bot.registry import BY_COMMAND, Entry
from retrieval import Asked, Library, LibraryError, Verdict

log = logging.getLogger("newsdesk")

FILES_AT_ONCE = 2
"""Requests with files that are in work at once: they must not hold up the questions."""
FILES_WAITING = 20
FILES_TIMES = 10
"""How much longer than a question a request with files may take."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is taken on; each is a setting."""

    person: int
    """Requests a minute; 0 is no limit."""
    space: int
    """Requests a minute; 0 is no limit."""
    at_once: int
    waiting: int
    seconds: float
    log_questions: bool = False
    question_log_days: int = 0
    """0 is no question log."""


class GuardedDesk(Desk):
    """The desk, within bounds."""

    def __init__(
        self,
        library: Library,
        moderators: Mapping[str, frozenset[str]],
        bounds: Bounds,
        metrics: Metrics,
        *,
        house_style: HouseStyle = DEFAULT_HOUSE_STYLE,
    ) -> None:
        super().__init__(library, moderators, house_style=house_style)
        self._bounds = bounds
        self._metrics = metrics
        clock = asyncio.get_running_loop().time
        self._people = Limiter(bounds.person, clock)
        self._spaces = Limiter(bounds.space, clock)
        self._turns = Turns(bounds.at_once, bounds.waiting)
        self._turns_with_files = Turns(FILES_AT_ONCE, FILES_WAITING)
        metrics.waiting.set_function(lambda: self._turns.waiting + self._turns_with_files.waiting)
        metrics.working.set_function(lambda: self._turns.working + self._turns_with_files.working)

    async def carry_out(self, command: Command, request: Request) -> Reply:
        """Return the reply to a command, or why it is not carried out now."""
        if request.sender.is_operator:
            return await super().carry_out(command, request)
        started = time.perf_counter()
        entry = BY_COMMAND[type(command)]
        refusal = None if request.is_part else self._refused_for_now(request)
        outcome, reply = (
            ("limited", refusal) if refusal else await self._carried_out(command, request, entry)
        )
        self._note(command, request, reply, outcome, time.perf_counter() - started)
        if (
            self._bounds.question_log_days
            and isinstance(command, Ask)
            and isinstance(reply, Answer)
        ):
            await self._log_question(command, request, reply.findings.verdict)
        return reply

    def shed(self, command: Command, request: Request) -> Problem:
        """Return that too many requests wait, and note it as for a queue of ours."""
        reply = super().shed(command, request)
        self._note(command, request, reply, "shed", 0.0)
        return reply

    def _refused_for_now(self, request: Request) -> Problem | None:
        """Return when to ask again, None where the request is within the limits."""
        platform, space = request.platform, request.space or ""
        if wait := self._people.take(f"{platform} {request.sender.id}"):
            self._metrics.limited.labels(platform, "person").inc()
            return _private(f"You ask faster than Newsdesk may answer; {_again_in(wait)}")
        if space and (wait := self._spaces.take(f"{platform} {space}")):
            self._metrics.limited.labels(platform, "space").inc()
            return _private(
                f"Your newsroom asks faster than Newsdesk may answer; {_again_in(wait)}"
            )
        return None

    async def _carried_out(
        self, command: Command, request: Request, entry: Entry
    ) -> tuple[str, Reply]:
        """Return what came of a command, in one word and as its reply."""
        turns, seconds = self._turns, self._bounds.seconds
        if entry.takes_files:
            turns, seconds = self._turns_with_files, seconds * FILES_TIMES
        try:
            async with asyncio.timeout(seconds), turns.turn():
                reply = await super().carry_out(command, request)
        except TooBusy:
            return "shed", _private(BUSY)
        except TimeoutError:
            return "timeout", Problem(_gave_up(entry, seconds))
        return "problem" if isinstance(reply, Problem) else "done", reply

    def _note(
        self, command: Command, request: Request, reply: Reply, outcome: str, seconds: float
    ) -> None:
        """Note a request for the figures and the log: by default nothing that somebody wrote."""
        platform, word = request.platform, BY_COMMAND[type(command)].word
        noted: dict[str, object] = {"platform": platform, "word": word, "outcome": outcome}
        self._metrics.requests.labels(platform, word, outcome).inc()
        self._metrics.seconds.labels(platform, word).observe(seconds)
        if isinstance(command, Ask) and isinstance(reply, Answer):
            noted["verdict"] = reply.findings.verdict.value
            self._metrics.questions.labels(platform, noted["verdict"]).inc()
        if isinstance(command, Ask) and self._bounds.log_questions:
            noted["question"] = command.question
        log.info("request", extra={**noted, "seconds": round(seconds, 4)})

    async def _log_question(self, command: Ask, request: Request, verdict: Verdict) -> None:
        """Write a question to the question log; an answer is given also where that fails."""
        sender, space = request.sender.id, request.space
        now = datetime.now(UTC)
        asked = Asked(now, request.platform, space, sender, command.question, verdict)
        try:
            await self._library.people.log(asked)
        except LibraryError:
            log.exception("a question could not be logged")


def _private(text: str) -> Problem:
    return Problem(text, is_private=True)


def _again_in(seconds: float) -> str:
    whole = math.ceil(seconds)
    return f"ask again in {whole} second{'' if whole == 1 else 's'}."


def _gave_up(entry: Entry, seconds: float) -> str:
    """Return that a request took too long, and what to make of it."""
    what = f"That took longer than {seconds:g} seconds and was given up"
    if entry.moderators_only:
        return f"{what}; history says whether it was done."
    return f"{what}; ask again, with fewer words or a narrower filter."
