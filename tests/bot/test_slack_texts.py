"""What a person typed, out of Slack's markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack_adapter.texts import markup_of, to_asked, to_text

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


@pytest.mark.parametrize(
    ("markup", "asked"),
    [
        ("<@U0BOT> who is it? cc <@U1> <@U2|ann>", "who is it? cc"),
        ("<!here> <!subteam^S1> <!subteam^S2|@desk> who is it?", "who is it?"),
        ("who is it in <#C1|> <#C2> <#C3|news>", "who is it in     #news"),
        ("who is it :thinking_face: :+1::skin-tone-2: :été:", "who is it"),
        ("in:story.txt at 10:30:45, that is 4:3", "in:story.txt at 10:30:45, that is 4:3"),
        ("since <!date^1392734382^{date_num}|2014-02-18>", "since 2014-02-18"),
        ("see <https://example.com/a:b:c>", "see https://example.com/a:b:c"),
    ],
)
def test_a_question_has_neither_emoji_nor_those_who_are_to_see_it(markup: str, asked: str) -> None:
    assert to_asked(markup, BOT) == asked


def test_a_message_without_words_says_what_it_shows() -> None:
    forwarded = {"fallback": "Ann: it rained", "text": "It rained.", "is_share": True}
    feed = {"title": "Harbor", "text": "The ferry is late."}
    both = {"text": "", "attachments": [forwarded, feed, {"fallback": "a picture"}, {}]}
    assert markup_of(both) == "It rained.\n\nHarbor\nThe ferry is late.\n\na picture"
    assert markup_of({"text": "Mine.", "attachments": [forwarded]}) == "Mine."
    assert markup_of({}) == ""
