"""Which other bots are answered, and how often."""

from bot.adapters.bots import AN_HOUR, MOST, Bots


def test_a_bot_that_nobody_allowed_is_never_answered() -> None:
    assert not Bots(frozenset()).may_ask("B1", "U1")
    assert not Bots(frozenset({"B2"})).may_ask("B1", "U1")


def test_an_allowed_bot_is_answered_so_often_in_an_hour_and_again_when_it_is_over() -> None:
    now = 0.0
    bots = Bots(frozenset({"B1", "B2"}), clock=lambda: now)
    assert all(bots.may_ask("B1", "U1") for _ in range(MOST))
    assert not bots.may_ask("B1", "U1")
    assert bots.may_ask("B2")
    now = AN_HOUR
    assert all(bots.may_ask("B1") for _ in range(MOST))
    assert not bots.may_ask("B1")
