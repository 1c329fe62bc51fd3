"""Replies are made into Slack's messages beside whatever else is answered."""

import asyncio
from datetime import UTC, datetime

from bot.adapters.slack_adapter.posting import rendered
from bot.messages import WholeDocument
from bot.rendering.slack_blocks import to_message
from retrieval import Details, Document, Passage, Role, Status

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


async def test_a_long_document_holds_up_nothing_while_it_is_rendered() -> None:
    document = Document(1, None, "long.txt", Status.LIVE, 1, "", Details(), 1, 3_000, NOW, NOW)
    passages = (
        Passage(number, number, 0, 1, f"The harbor froze {number} times.", Role.TEXT, "", "")
        for number in range(3_000)
    )
    reply = WholeDocument(document, tuple(passages))
    rendering = asyncio.create_task(rendered(reply))
    others = 0
    while not rendering.done():
        await asyncio.sleep(0)
        others += 1
    assert others > 10  # a loop that renders by itself gets to two
    assert await rendering == to_message(reply)
