"""What is being answered on Discord: each event once, and finished before the bot leaves."""

from bot.adapters.discord_adapter import under_way
from bot.adapters.discord_adapter.under_way import UnderWay


def test_an_event_is_taken_once() -> None:
    events = UnderWay(may_wait=1)
    assert [events.takes(1), events.takes(1), events.takes(2)] == [True, False, True]


def test_only_so_many_events_are_remembered() -> None:
    events = UnderWay(may_wait=1)
    for event in range(under_way.REMEMBERED + 1):
        events.takes(event)
    assert events.takes(0)
    assert not events.takes(under_way.REMEMBERED)


def test_in_one_channel_one_reply_is_sent_and_so_many_may_wait() -> None:
    events = UnderWay(may_wait=1)
    with events.reply_in(1) as sent:
        with (
            events.reply_in(1) as waits,
            events.reply_in(1) as too_many,
            events.reply_in(2) as other,
        ):
            assert (sent, waits, too_many, other) == (True, True, False, True)
        with events.reply_in(1) as waits:
            assert waits


async def test_at_the_end_nothing_new_is_taken_and_what_takes_too_long_is_left() -> None:
    events = UnderWay(may_wait=1)
    assert await events.finish(0)
    assert not events.takes(1)
    with events.one():
        assert not await events.finish(0)
    assert await events.finish(0)
