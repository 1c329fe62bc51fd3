"""What a person typed, out of Slack's markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack_adapter.texts import to_text

BOT = "U0BOT"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<@U0BOT> who is it?", "who is it?"),
        ("who, <@U0BOT>, is it?", "who,  , is it?"),
        ("ask <@U1> in <#C1|news>", "ask @U1 in #news"),
        ("&lt;b&gt; &amp;amp; &amp;lt;", "<b> &amp; &lt;"),
        ("add <https://example.com/a?b=1&amp;c=2>", "add https://example.com/a?b=1&c=2"),
        ("add <http://example.com|example.com>", "add http://example.com"),
        ("<https://example.com|the story>", "the story"),
        ("<mailto:a@example.com|a@example.com>", "a@example.com"),
        ("\ud800 lone", "\ufffd lone"),
        ("1 < 2", "1 < 2"),
    ],
)
def test_markup_is_read_as_it_was_typed(markup: str, text: str) -> None:
    assert to_text(markup, BOT) == text


@given(st.text())
def test_what_slack_escapes_comes_back(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert to_text(escaped, BOT) == text.strip()
