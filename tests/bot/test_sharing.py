"""An answer is shared once, also where its button is pressed twice in haste."""

import pytest

from bot.adapters.sharing import HASTE, Sharing
from bot.messages import More, Share


def test_what_was_shared_just_now_is_not_shared_again_there() -> None:
    now = 0.0
    sharing = Sharing(clock=lambda: now)
    tries = [("1", "news"), ("1", "news"), ("1", "sports"), ("2", "news")]
    done = []
    for answer, place in tries:
        with sharing.once(Share(answer), place) as is_first:
            done.append(is_first)
    assert done == [True, False, True, True]
    now = HASTE
    with sharing.once(Share("1"), "news") as is_first:
        assert is_first


def test_the_word_and_other_buttons_may_be_used_again() -> None:
    sharing = Sharing()
    for command in (Share(), Share(), More("1"), More("1")):
        with sharing.once(command, "news") as is_first:
            assert is_first


def test_what_could_not_be_shared_may_be_tried_again_at_once() -> None:
    sharing = Sharing()
    for _ in range(2):
        with sharing.once(Share("1"), "news") as is_first:
            assert is_first
        sharing.forget(Share("1"), "news")


def test_what_failed_may_be_tried_again_at_once() -> None:
    sharing = Sharing()
    with pytest.raises(OSError, match="away"), sharing.once(Share("1"), "news"):
        raise OSError("away")
    with sharing.once(Share("1"), "news") as is_first:
        assert is_first
