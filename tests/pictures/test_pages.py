"""The pictures show what the messages say, word for word; taking them needs a browser."""

import html
import re

import pytest

from bot.messages import Answer
from tests.pictures.__main__ import QUESTION, answer, pages


@pytest.fixture
async def reply() -> Answer:
    reply = await answer()
    assert isinstance(reply, Answer)
    return reply


@pytest.mark.parametrize("platform", ["slack", "discord"])
async def test_a_picture_shows_question_passages_and_buttons(reply: Answer, platform: str) -> None:
    text = html.unescape(re.sub(r"<[^>]+>", "", pages(reply)[platform]))
    assert QUESTION in text
    for citation in reply.citations:
        passage = citation.hit.passage
        assert passage.text.split()[0] in text
        assert f"¶{passage.paragraph}" in text
    assert 'Perry Tarrant said, "We must always be vigilant in ensuring that' in text
    for label in ("Before / After", "File", "Verify", "Helpful"):
        assert label in text
    assert "**" not in text
    assert "\\" not in text
