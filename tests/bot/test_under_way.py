"""What is being answered on Discord: each event once, and finished before the bot leaves."""

from bot.adapters.discord_adapter import under_way
from bot.adapters.discord_adapter.under_way import UnderWay


def test_an_event_is_taken_once() -> None:
    events = UnderWay()
    assert [events.takes(1), events.takes(1), events.takes(2)] == [True, False, True]


def test_only_so_many_events_are_remembered() -> None:
    events = UnderWay()
    for event in range(under_way.REMEMBERED + 1):
        events.takes(event)
    assert events.takes(0)
    assert not events.takes(under_way.REMEMBERED)


async def test_at_the_end_nothing_new_is_taken_and_what_takes_too_long_is_left() -> None:
    events = UnderWay()
    assert await events.finish(0)
    assert not events.takes(1)
    with events.one():
        assert not await events.finish(0)
    assert await events.finish(0)
