"""Limits: so many a minute, so many at once, and the clock on the wall does not matter."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.limits import MINUTE, Limiter, TooBusy, Turns


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


def test_a_minutes_worth_may_come_at_once_and_then_one_after_the_other() -> None:
    clock = Clock()
    limiter = Limiter(20, clock)
    assert [limiter.take("U1") for _ in range(20)] == [0.0] * 20
    assert limiter.take("U1") == pytest.approx(3.0)
    clock.now += 1
    assert limiter.take("U1") == pytest.approx(2.0)
    clock.now += 2
    assert limiter.take("U1") == 0.0
    assert limiter.take("U1") == pytest.approx(3.0)


def test_nobody_waits_for_another() -> None:
    limiter = Limiter(1, Clock())
    assert limiter.take("U1") == limiter.take("U2") == 0.0
    assert limiter.take("U1") == pytest.approx(MINUTE)


def test_a_limit_of_nothing_is_no_limit() -> None:
    limiter = Limiter(0, Clock())
    assert not any(limiter.take("U1") for _ in range(10_000))


@given(
    per_minute=st.integers(1, 100),
    pauses=st.lists(st.floats(0, 90, allow_nan=False), max_size=200),
)
def test_within_any_minute_no_more_pass_than_twice_the_limit_and_who_waits_as_told_passes(
    per_minute: int, pauses: list[float]
) -> None:
    clock = Clock()
    limiter = Limiter(per_minute, clock)
    passed = []
    for pause in pauses:
        clock.now += pause
        if wait := limiter.take("U1"):
            clock.now += wait
            assert limiter.take("U1") == 0.0
        passed.append(clock.now)
    for start in passed:
        assert sum(start <= at < start + MINUTE for at in passed) <= 2 * per_minute


def test_people_who_are_gone_leave_nothing_behind() -> None:
    clock = Clock()
    limiter = Limiter(5, clock)
    for number in range(1000):
        limiter.take(f"U{number}")
    clock.now += 2 * MINUTE
    limiter.take("U1")
    assert len(limiter._full) == 1  # noqa: SLF001 - that it does not grow shows nowhere else


async def test_some_work_some_wait_and_the_others_are_turned_away() -> None:
    turns = Turns(at_once=2, waiting=3)
    done = asyncio.Event()

    async def work() -> str:
        try:
            async with turns.turn():
                await done.wait()
        except TooBusy:
            return "turned away"
        return "done"

    working = [asyncio.create_task(work()) for _ in range(7)]
    for _ in range(2):
        await asyncio.sleep(0)  # each takes its place when it first runs
    assert (turns.working, turns.waiting) == (2, 3)
    done.set()
    results = await asyncio.gather(*working)
    assert sorted(results) == ["done"] * 5 + ["turned away"] * 2
    assert (turns.working, turns.waiting) == (0, 0)


async def test_whoever_gives_up_waiting_frees_the_place() -> None:
    turns = Turns(at_once=1, waiting=1)
    async with turns.turn():
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01), turns.turn():
                pass
        assert (turns.working, turns.waiting) == (1, 0)
    async with turns.turn():
        assert turns.working == 1
