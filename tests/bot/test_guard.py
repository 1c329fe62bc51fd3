"""The guarded desk: limits, a queue that ends, timeouts, figures, and a log without questions."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from bot.desk import BUSY
from bot.guard import Bounds, GuardedDesk
from bot.messages import Answer, Ask, Attachment, Changed, Problem, Request, StatusReport
from bot.observing.metrics import Metrics
from retrieval import Library
from tests.newsroom import MODERATOR, NEWSROOM, OPERATOR, REPORTER, Chat, attached

QUESTION = "Who is the president of NOBLE?"
BOUNDS = Bounds(person=0, space=0, at_once=4, waiting=4, seconds=10)
PATIENCE = 20.0
"""Seconds for what is given up within a twentieth of one: a limit that does not hold fails."""


@dataclass(frozen=True, slots=True)
class Newsroom:
    """A conversation with a guarded desk, and its figures."""

    chat: Chat
    metrics: Metrics

    def figures(self) -> list[str]:
        """Return the lines of the figures."""
        return self.metrics.show(None).decode().splitlines()


Guard = Callable[[Bounds], Newsroom]


@pytest.fixture
def guard(library: Library) -> Guard:
    """Return a function that puts a guarded desk over the seeds."""

    def put(bounds: Bounds) -> Newsroom:
        metrics = Metrics()
        desk = GuardedDesk(library, {"slack": frozenset({"desk-editors"})}, bounds, metrics)
        return Newsroom(Chat(desk, library), metrics)

    return put


class SlowFile:
    """An attachment that is fetched when the test says so."""

    def __init__(self, name: str) -> None:
        self.wanted = asyncio.Event()
        self.there = asyncio.Event()
        self.attachment = Attachment(name, 10, self._fetch)

    async def _fetch(self) -> bytes:
        self.wanted.set()
        await self.there.wait()
        return f"The mayor opened {self.attachment.name}.".encode()


async def test_whoever_asks_too_often_is_told_when_to_ask_again(guard: Guard) -> None:
    room = guard(replace(BOUNDS, person=2))
    for _ in range(2):
        assert isinstance(await room.chat.say(QUESTION), Answer)
    assert await room.chat.say(QUESTION) == Problem(
        "You ask faster than Newsdesk may answer; ask again in 30 seconds.", is_private=True
    )
    assert isinstance(await room.chat.say(QUESTION, sender=MODERATOR), Answer)
    assert 'newsdesk_rate_limited_total{platform="slack",whose="person"} 1.0' in room.figures()


async def test_a_newsroom_that_asks_too_often_is_told_so_and_another_is_not(guard: Guard) -> None:
    room = guard(replace(BOUNDS, space=1))
    assert isinstance(await room.chat.say(QUESTION), Answer)
    assert await room.chat.say(QUESTION, sender=MODERATOR) == Problem(
        "Your newsroom asks faster than Newsdesk may answer; ask again in 60 seconds.",
        is_private=True,
    )
    assert isinstance(await room.chat.say(QUESTION, space="T-other"), Answer)
    assert 'newsdesk_rate_limited_total{platform="slack",whose="space"} 1.0' in room.figures()


async def test_direct_messages_without_a_space_have_no_common_limit(guard: Guard) -> None:
    room = guard(replace(BOUNDS, space=1))
    for _ in range(3):
        assert isinstance(await room.chat.say(QUESTION, space=None), Answer)


async def test_what_is_part_of_a_request_is_not_counted_again(guard: Guard) -> None:
    room = guard(replace(BOUNDS, person=1, space=1))
    whole = Request(REPORTER, "slack", "status", NEWSROOM)
    for request in (whole, replace(whole, is_part=True), replace(whole, is_part=True)):
        assert isinstance(await room.chat.desk.handle(request), StatusReport)
    assert isinstance(await room.chat.desk.handle(whole), Problem)


async def test_the_operator_is_not_limited(guard: Guard) -> None:
    room = guard(replace(BOUNDS, person=1, space=1))
    for _ in range(3):
        assert isinstance(await room.chat.say(QUESTION, sender=OPERATOR), Answer)


async def test_under_load_some_wait_and_the_others_get_a_sentence(guard: Guard) -> None:
    room = guard(replace(BOUNDS, at_once=2, waiting=3))
    replies = await asyncio.gather(*(room.chat.say(QUESTION) for _ in range(20)))
    answered = sum(isinstance(reply, Answer) for reply in replies)
    assert replies.count(Problem(BUSY, is_private=True)) == 20 - answered
    assert answered == 5
    assert isinstance(await room.chat.say(QUESTION), Answer)
    assert 'newsdesk_requests_total{outcome="shed",platform="slack",word="ask"} 15.0' in (
        room.figures()
    )


async def test_what_an_adapter_sheds_is_counted_too(guard: Guard) -> None:
    room = guard(BOUNDS)
    request = Request(REPORTER, "slack", QUESTION, NEWSROOM)
    assert room.chat.desk.shed(Ask(QUESTION), request) == Problem(BUSY, is_private=True)
    shed = 'newsdesk_requests_total{outcome="shed",platform="slack",word="ask"} 1.0'
    assert shed in room.figures()


async def test_files_that_come_slowly_hold_up_no_question(guard: Guard) -> None:
    room = guard(replace(BOUNDS, at_once=1, waiting=1))
    files = [SlowFile(f"{number}.txt") for number in range(3)]
    adding = [
        asyncio.create_task(room.chat.say("add", file.attachment, sender=MODERATOR))
        for file in files
    ]
    for file in files[:2]:
        await file.wanted.wait()
    assert isinstance(await room.chat.say(QUESTION), Answer)
    assert {"newsdesk_working 2.0", "newsdesk_waiting 1.0"} <= set(room.figures())
    for file in files:
        file.there.set()
    assert all(isinstance(reply, Changed) for reply in await asyncio.gather(*adding))


async def test_what_takes_too_long_is_given_up_and_says_so(guard: Guard) -> None:
    room = guard(replace(BOUNDS, seconds=0.005))
    file = SlowFile("never.txt")
    async with asyncio.timeout(PATIENCE):
        reply = await room.chat.say("add", file.attachment, sender=MODERATOR)
    assert reply == Problem(
        "That took longer than 0.05 seconds and was given up; history says whether it was done."
    )
    assert 'newsdesk_requests_total{outcome="timeout",platform="slack",word="add"} 1.0' in (
        room.figures()
    )
    assert {"newsdesk_working 0.0", "newsdesk_waiting 0.0"} <= set(room.figures())


async def test_a_question_that_waits_too_long_for_its_turn_is_given_up(guard: Guard) -> None:
    room = guard(replace(BOUNDS, at_once=0, seconds=0.05))  # its turn never comes
    async with asyncio.timeout(PATIENCE):
        reply = await room.chat.say(QUESTION)
    assert reply == Problem(
        "That took longer than 0.05 seconds and was given up; "
        "ask again, with fewer words or a narrower filter."
    )
    assert {"newsdesk_working 0.0", "newsdesk_waiting 0.0"} <= set(room.figures())


async def test_questions_are_counted_by_platform_and_verdict(guard: Guard) -> None:
    room = guard(BOUNDS)
    await room.chat.say(QUESTION)
    await room.chat.say("zymurgy quokka")
    await room.chat.say("status")
    await room.chat.say("show nothing.txt")
    figures = room.figures()
    assert 'newsdesk_questions_total{platform="slack",verdict="found"} 1.0' in figures
    assert 'newsdesk_questions_total{platform="slack",verdict="not_found"} 1.0' in figures
    assert 'newsdesk_requests_total{outcome="done",platform="slack",word="status"} 1.0' in figures
    assert 'newsdesk_requests_total{outcome="problem",platform="slack",word="show"} 1.0' in figures
    assert 'newsdesk_request_seconds_count{platform="slack",word="ask"} 2.0' in figures


async def test_the_figures_hold_nothing_that_anybody_wrote_or_is(guard: Guard) -> None:
    room = guard(BOUNDS)
    await room.chat.say("zymurgy quokka", space="T-secret")
    await room.chat.say("show quokka.txt", sender=MODERATOR)
    shown = "\n".join(room.figures())
    for hidden in ("quokka", "T-secret", REPORTER.id, REPORTER.name, MODERATOR.id, MODERATOR.name):
        assert hidden not in shown


@pytest.mark.parametrize("logged", [False, True], ids=["off", "on"])
async def test_the_log_says_what_came_of_a_request_and_holds_questions_only_when_asked(
    guard: Guard, caplog: pytest.LogCaptureFixture, *, logged: bool
) -> None:
    caplog.set_level(logging.INFO)
    room = guard(replace(BOUNDS, log_questions=logged))
    await room.chat.say(QUESTION)
    [record] = caplog.records
    noted = record.__dict__
    assert (noted["platform"], noted["word"], noted["outcome"]) == ("slack", "ask", "done")
    assert noted["verdict"] == "found"
    assert noted["seconds"] > 0
    assert noted.get("question") == (QUESTION if logged else None)
    assert ("NOBLE" in str(noted)) is logged
    assert REPORTER.name not in str(noted)


async def test_a_file_that_is_attached_is_added(guard: Guard) -> None:
    reply = await guard(BOUNDS).chat.say("add", attached("a.txt", b"Ann won."), sender=MODERATOR)
    assert isinstance(reply, Changed)
