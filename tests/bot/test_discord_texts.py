"""What a person asked, out of Discord's markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord_adapter.texts import to_asked


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        ("<@1> who is it? <@!2> <@&3>", "who is it?"),
        ("who is it <:kek:1> <a:dance_2:3> in <#4> <id:guide>", "who is it in"),
        ("police since:<t:1503878400:d>", "police since:2017-08-28"),
        ("until <t:1503878400>", "until 2017-08-28"),
        ("until <t:99999999999999999999:R>", "until"),
        ("see </ask:5> and </doc add:6>", "see /ask and /doc add"),
        ("1 < 2, <b>, <3 and <t:soon>", "1 < 2, <b>, <3 and <t:soon>"),
    ],
)
def test_a_question_has_neither_emoji_nor_mentions(content: str, asked: str) -> None:
    assert " ".join(to_asked(content).split()) == asked


@given(st.text(st.characters(exclude_characters="<>")))
def test_what_is_no_markup_stays_as_it_was_typed(text: str) -> None:
    assert to_asked(text) == text.strip()
