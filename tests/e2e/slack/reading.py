"""What a message says to whoever reads it."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def shown(message: Json) -> str:
    """Return all that the blocks of a message or a view show, buttons included, as one text."""
    return "".join(_texts(message["blocks"]))


def bold(message: Json) -> list[str]:
    """Return the words of a message's quotations that are bold."""
    return [
        run["text"]
        for block in message["blocks"]
        for part in block.get("elements", [])
        if part["type"] == "rich_text_quote"
        for run in part["elements"]
        if run.get("style", {}).get("bold")
    ]


def _texts(part: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    match part:
        case {"text": str(text)}:
            yield text
        case dict():
            for one in part.values():
                yield from _texts(one)
        case list():
            for one in part:
                yield from _texts(one)
