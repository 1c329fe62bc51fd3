"""What a message says to whoever reads it."""

import html
import re
from collections.abc import Iterator
from typing import Any

from tests.e2e.slack.fake.world import Json


def shown(message: Json) -> str:
    """Return all that the blocks of a message or a view show, buttons included, as one text."""
    return "".join(_texts(message["blocks"]))


def bold(message: Json) -> list[str]:
    """Return the words of a message's quotations that are bold."""
    marked = [
        html.unescape(word)
        for block in message["blocks"]
        if block["type"] == "section" and block["text"]["type"] == "mrkdwn"
        for line in block["text"]["text"].splitlines()
        if line.startswith("> ")
        for word in re.findall(r"\*(.+?)\*", line)
    ]
    return marked + [
        run["text"]
        for block in message["blocks"]
        if block["type"] == "rich_text"
        for part in block["elements"]
        if part["type"] == "rich_text_quote"
        for run in part["elements"]
        if run.get("style", {}).get("bold")
    ]


def _texts(part: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    match part:
        case {"type": "mrkdwn", "text": str(text)}:
            yield html.unescape(re.sub(r"(?m)\*|(?<!\w)_|_(?!\w)|^> ", "", text))
        case {"text": str(text)}:
            yield text
        case dict():
            for one in part.values():
                yield from _texts(one)
        case list():
            for one in part:
                yield from _texts(one)
