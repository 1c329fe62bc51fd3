"""The pace at which long work is shown."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.adapters import pace
from bot.adapters.pace import Pace

SOON = 0.01


class Wall:
    """Something that shows texts, and takes its time over it."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.shown: list[str] = []
        self.begun = asyncio.Event()
        self._seconds = seconds

    async def show(self, text: str) -> None:
        """Show a text, when the time for that is over."""
        self.begun.set()
        await asyncio.sleep(self._seconds)
        self.shown.append(text)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - as people look
            await asyncio.sleep(SOON)


async def test_of_quick_work_nothing_is_shown() -> None:
    wall = Wall()
    async with Pace(wall.show) as showing:
        await showing.tell(1, 3)
    assert (wall.shown, showing.was_shown) == ([], False)


async def test_the_newest_is_shown_and_what_was_passed_over_never() -> None:
    wall = Wall()
    async with Pace(wall.show, begin=SOON, every=SOON) as showing:
        for done in range(1_000):
            await showing.tell(done, 1_200)
        await until(lambda: wall.shown)
        await showing.tell(1_100, 1_200)
        await until(lambda: wall.shown[1:])
    assert wall.shown == ["999 of 1,200 done …", "1,100 of 1,200 done …"]


async def test_something_is_shown_before_anything_is_told() -> None:
    wall = Wall()
    async with Pace(wall.show, first="is searching …", begin=SOON, every=SOON):
        await until(lambda: wall.shown)
    assert wall.shown == ["is searching …"]


async def test_a_showing_that_is_on_its_way_arrives_before_the_end() -> None:
    wall = Wall(seconds=0.1)
    async with Pace(wall.show, begin=0.0, every=0.0) as showing:
        await showing.tell(1, 2)
        await wall.begun.wait()
        await showing.tell(2, 2)
    assert wall.shown == ["1 of 2 done …"]
    await asyncio.sleep(0.2)
    assert wall.shown == ["1 of 2 done …"]


async def test_a_showing_that_hangs_does_not_hold_the_end_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pace, "LAST", SOON)
    wall = Wall(seconds=3_600.0)
    async with asyncio.timeout(60), Pace(wall.show, begin=0.0) as showing:
        await showing.tell(1, 2)
        await wall.begun.wait()
    assert wall.shown == []


@pytest.mark.parametrize("error", [ConnectionError("gone"), RuntimeError("what?")])
async def test_a_showing_that_fails_stops_nothing(error: Exception) -> None:
    tried: list[str] = []

    async def fail(text: str) -> None:
        tried.append(text)
        raise error

    show: Callable[[str], Awaitable[None]] = fail
    async with Pace(show, begin=0.0, every=SOON) as showing:
        await showing.tell(1, 3)
        await until(lambda: tried)
        await showing.tell(2, 3)
        await until(lambda: tried[1:])
    assert tried == ["1 of 3 done …", "2 of 3 done …"]


async def test_the_end_comes_also_where_the_work_fails() -> None:
    wall = Wall()

    async def work() -> None:
        async with Pace(wall.show, begin=SOON) as showing:
            await showing.tell(1, 2)
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        await work()
    await asyncio.sleep(5 * SOON)
    assert wall.shown == []
