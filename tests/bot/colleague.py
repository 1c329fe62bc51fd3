"""A colleague on a platform, in a process of its own: sends all its messages at once.

    python -m tests.bot.colleague DATABASE PLATFORM

It reads a JSON list of messages, each with text, file and content, and prints for each in its
order what came of it: the result, or the sentence.
"""

import asyncio
import json
import sys
from pathlib import Path

from bot.desk import Desk
from bot.messages import Request
from bot.rendering.json_objects import to_objects
from retrieval import Library
from tests.newsroom import ADMIN, NEWSROOM, attached


async def send_all(database: Path, platform: str, messages: list[dict[str, str]]) -> None:
    """Send the messages at once, and print what came of each."""
    async with Library.open(database) as library:
        desk = Desk(library, {})
        replies = await asyncio.gather(
            *(
                desk.handle(
                    Request(
                        ADMIN,
                        platform,
                        one["text"],
                        NEWSROOM,
                        attachments=(attached(one["file"], one["content"].encode()),),
                    )
                )
                for one in messages
            )
        )
        for reply in replies:
            [said] = to_objects(reply)
            print(said.get("result") or said["problem"])  # noqa: T201 - this is how it answers


if __name__ == "__main__":
    asyncio.run(send_all(Path(sys.argv[1]), sys.argv[2], json.load(sys.stdin)))
