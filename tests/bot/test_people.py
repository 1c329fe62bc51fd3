"""What is kept about people: told, erased, reported without names, and gone after its time."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot.guard import Bounds, GuardedDesk
from bot.housekeeping import check, housekeeping
from bot.messages import Answer, Gaps, Notice, Problem
from bot.observing.metrics import Metrics
from bot.rendering.json_objects import to_objects
from bot.rendering.plain_text import to_lines
from retrieval import Asked, Gap, Library, Verdict, Waiting
from tests.newsroom import MODERATOR, NEWSROOM, OPERATOR, REPORTER, Chat, attached

QUESTION = "Who is the president of NOBLE?"
NOWHERE = "zymurgy quokka"
PATIENCE = 20.0
"""Seconds that something may take before a test gives up: a failure, not a measure."""


def told(reply: object) -> str:
    assert isinstance(reply, Notice), reply
    return reply.text


def gaps(reply: object) -> tuple[Gap, ...]:
    assert isinstance(reply, Gaps), reply
    return reply.gaps


def summary(gap: Gap) -> tuple[str, Verdict | None, int, int]:
    return gap.question, gap.verdict, gap.times, gap.unhelpful


async def log(library: Library, question: str, *, asker: str = "U1", days_ago: float = 0) -> None:
    at = datetime.now(UTC) - timedelta(days=days_ago)
    await library.people.log(Asked(at, "slack", NEWSROOM, asker, question, Verdict.FOUND))


async def logged(library: Library) -> list[str]:
    return [asked.question async for asked in library.people.logged()]


# What is kept about me


async def test_of_whom_nothing_is_kept_hears_so(chat: Chat) -> None:
    assert told(await chat.say("privacy")) == "Nothing is kept about you."


async def test_privacy_counts_what_is_kept_about_the_sender_and_nobody_else(chat: Chat) -> None:
    await chat.say(QUESTION)
    await chat.say("helpful")
    await chat.say(QUESTION, sender=MODERATOR)
    await chat.say(NOWHERE, sender=MODERATOR)
    assert told(await chat.say("privacy")).startswith(
        "Kept about you: 1 answer with its question, 1 rating of an answer."
    )
    assert told(await chat.say("privacy", sender=MODERATOR)).startswith(
        "Kept about you: 2 answers with their questions."
    )


async def test_privacy_delete_erases_it_and_leaves_what_is_of_others(chat: Chat) -> None:
    await chat.say(QUESTION)
    await chat.say("helpful")
    await log(chat.library, "mine")
    await log(chat.library, "theirs", asker="U2")
    await chat.say(QUESTION, sender=MODERATOR)
    assert told(await chat.say("privacy delete")) == (
        "What was kept about you is erased: 1 answer with its question, "
        "1 rating of an answer, 1 line of the question log."
    )
    assert told(await chat.say("privacy")) == "Nothing is kept about you."
    assert isinstance(await chat.say("more"), Problem)
    assert isinstance(await chat.say("more", sender=MODERATOR), Answer)
    assert await logged(chat.library) == ["theirs"]


async def test_privacy_delete_erases_what_adapters_keep_of_the_sender_alone(chat: Chat) -> None:
    for platform, asker in [("slack", "U1"), ("slack", "U2"), ("discord", "U1")]:
        await chat.desk.note(platform, f"window {asker}", "a text to be added", asker)
        waiting = Waiting(platform, asker, asker, "a question", datetime.now(UTC))
        await chat.library.accepted.keep(waiting)
    assert told(await chat.say("privacy")).startswith(
        "Kept about you: 1 note of an answer's place or a window."
    )
    assert "is erased: 1 note" in told(await chat.say("privacy delete"))
    assert await chat.desk.noted("slack", "window U1") is None
    assert await chat.desk.noted("slack", "window U2") is not None
    assert await chat.desk.noted("discord", "window U1") is not None
    assert [one.asker for one in await chat.library.accepted.left("slack")] == ["U2"]
    assert len(await chat.library.accepted.left("discord")) == 1


async def test_privacy_delete_erases_what_waits_also_where_nothing_else_is_kept(
    chat: Chat,
) -> None:
    waiting = Waiting("slack", "Ev1", REPORTER.id, "a question", datetime.now(UTC))
    await chat.library.accepted.keep(waiting)
    assert told(await chat.say("privacy delete")) == "Nothing is kept about you."
    assert await chat.library.accepted.left("slack") == []


async def test_nothing_is_erased_twice(chat: Chat) -> None:
    assert told(await chat.say("privacy delete")) == "Nothing is kept about you."


async def test_the_audit_trail_is_final_and_said_to_be(chat: Chat) -> None:
    await chat.say("add", attached("a.txt", b"Ann won the race."), sender=MODERATOR)
    assert told(await chat.say("privacy delete", sender=MODERATOR)).endswith(
        " The audit trail names you in 1 line; that is kept."
    )
    assert len(await chat.library.history(space=NEWSROOM)) == 1


async def test_a_rating_of_anothers_answer_is_erased_with_its_rater(chat: Chat) -> None:
    answer = await chat.say(QUESTION)
    assert isinstance(answer, Answer)
    await chat.say(f"unhelpful {answer.id}", sender=MODERATOR)
    assert len(gaps(await chat.say("report", sender=MODERATOR))) == 1
    await chat.say("privacy delete", sender=MODERATOR)
    assert gaps(await chat.say("report", sender=MODERATOR)) == ()


@pytest.mark.parametrize("text", ["privacy of the officers", "privacy deleted", "report on jails"])
async def test_a_question_that_begins_with_such_a_word_is_a_question(chat: Chat, text: str) -> None:
    assert isinstance(await chat.say(text), Answer)


# Where answers are missing


async def test_moderators_see_what_found_nothing_and_what_did_not_help(chat: Chat) -> None:
    await chat.say(QUESTION)
    for text in (NOWHERE, f"{NOWHERE.title()} "):
        await chat.say(text)
    await chat.say("What did Sessions say about officers who break the law?")
    await chat.say("unhelpful")
    reply = await chat.say("report gaps", sender=MODERATOR)
    assert sorted(map(summary, gaps(reply))) == [
        ("What did Sessions say about officers who break the law?", Verdict.FOUND, 1, 1),
        ("Zymurgy Quokka", Verdict.NOT_FOUND, 2, 0),
    ]
    shown = "\n".join(str(line.text) for line in to_lines(reply))
    assert "Zymurgy Quokka\nnot in the coverage · asked 2 times · last " in shown
    assert "\ncalled unhelpful by 1 · asked once · last " in shown
    assert REPORTER.name not in shown
    assert REPORTER.id not in str(list(to_objects(reply)))
    assert {one["times"] for one in to_objects(reply)} == {1, 2}


async def test_a_question_that_is_answered_by_now_is_no_gap(chat: Chat) -> None:
    await chat.say(NOWHERE)
    await chat.say("add", attached("q.txt", b"The quokka studied zymurgy."), sender=MODERATOR)
    await chat.say(NOWHERE)
    assert gaps(await chat.say("report", sender=MODERATOR)) == ()


async def test_gaps_are_of_the_moderators_own_space(chat: Chat) -> None:
    await chat.say(NOWHERE, space="T-other")
    await chat.say(NOWHERE, space=None)
    assert gaps(await chat.say("report gaps", sender=MODERATOR)) == ()
    assert len(gaps(await chat.say("report gaps", sender=OPERATOR, space=None))) == 1


async def test_reports_are_the_moderators(chat: Chat) -> None:
    assert await chat.say("report") == Problem(
        "Only moderators may use report; ask one of them to do it."
    )


async def test_a_report_without_gaps_says_so(chat: Chat) -> None:
    [line] = to_lines(await chat.say("report", sender=MODERATOR))
    assert str(line.text) == "No question of the last 30 days went without an answer."


# The question log


@pytest.mark.parametrize("days", [0, 7])
async def test_questions_are_logged_only_where_that_is_on(library: Library, days: int) -> None:
    bounds = Bounds(0, 0, 4, 4, 10, question_log_days=days)
    chat = Chat(GuardedDesk(library, {}, bounds, Metrics()), library)
    await chat.say(QUESTION)
    await chat.say("status")
    lines = [asked async for asked in library.people.logged()]
    if not days:
        assert lines == []
        return
    [asked] = lines
    assert (asked.platform, asked.space, asked.asker) == ("slack", NEWSROOM, REPORTER.id)
    assert (asked.question, asked.verdict) == (QUESTION, Verdict.FOUND)


async def test_what_cannot_be_logged_is_answered_all_the_same(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    chat = Chat(
        GuardedDesk(library, {}, Bounds(0, 0, 4, 4, 10, question_log_days=7), Metrics()), library
    )
    with closing(sqlite3.connect(library.path)) as connection:
        connection.execute("DROP TABLE asked")
    assert isinstance(await chat.say(QUESTION), Answer)
    errors = [record.message for record in caplog.records if record.levelname == "ERROR"]
    assert errors == ["a question could not be logged"]


async def test_lines_of_the_log_go_after_their_days_and_all_where_it_is_off(
    library: Library,
) -> None:
    await log(library, "old", days_ago=8)
    await log(library, "new", days_ago=6)
    await library.people.forget(7)
    assert await logged(library) == ["new"]
    await library.people.forget(0)
    assert await logged(library) == []


async def test_a_long_log_is_read_whole_and_in_order(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.store.people.READ_AT_ONCE", 3)
    for number in range(8):
        await log(library, str(number))
    assert await logged(library) == [str(number) for number in range(8)]


async def test_a_running_bot_erases_what_is_too_old_and_checks_its_database(
    library: Library,
) -> None:
    await log(library, "old", days_ago=8)
    metrics = Metrics()
    async with housekeeping(library, metrics, 7):
        for _ in range(1000):
            is_sound = "newsdesk_database_sound 1.0" in metrics.show(None).decode()
            if is_sound and not await logged(library):
                return
            await asyncio.sleep(0.01)
    pytest.fail("it did neither")


async def shown(metrics: Metrics, line: str) -> None:
    """Wait until a line is among the figures."""
    async with asyncio.timeout(PATIENCE):
        while line not in metrics.show(None).decode():  # noqa: ASYNC110 - as Prometheus looks
            await asyncio.sleep(0.01)


async def test_a_database_that_is_damaged_under_way_is_found_by_the_next_check(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.housekeeping.A_DAY", 0.01)
    metrics = Metrics()
    assert "newsdesk_database_sound NaN" in metrics.show(None).decode()  # alarms nobody
    async with housekeeping(library, metrics, 0):
        await shown(metrics, "newsdesk_database_sound 1.0")
        library.path.write_bytes(b"no database at all, and long enough to be none" * 200)
        await shown(metrics, "newsdesk_database_sound 0.0")


async def test_a_damaged_database_is_in_the_log_and_the_figures(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    library.path.write_bytes(b"no database at all, and long enough to be none" * 200)
    metrics = Metrics()
    await check(library, metrics)
    assert "newsdesk_database_sound 0.0" in metrics.show(None).decode()
    [record] = caplog.records
    assert record.levelname == "ERROR"
    assert record.message == "the database is damaged; restore a backup"
