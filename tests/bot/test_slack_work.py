"""What is being answered on Slack is finished before the bot leaves, as far as there is time."""

import asyncio

from bot.adapters.slack_adapter.listeners import Work


async def test_what_is_done_in_time_is_waited_for() -> None:
    answered: list[str] = []

    async def answer() -> None:
        await asyncio.sleep(0)
        answered.append("at once")

    work = Work()
    work.begin(answer())
    await work.finish(10)
    await work.finish(0)
    assert answered == ["at once"]


async def test_what_is_done_in_time_gives_nothing_else_more_time() -> None:
    answered: list[str] = []

    async def answer(seconds: float) -> None:
        await asyncio.sleep(seconds)
        answered.append(f"after {seconds} s")

    work = Work()
    for seconds in (0.01, 0.3):
        work.begin(answer(seconds))
    await work.finish(0.2)
    assert answered == ["after 0.01 s"]
