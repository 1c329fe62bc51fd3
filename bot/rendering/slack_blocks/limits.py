"""What Slack takes: docs.slack.dev/reference/block-kit, and the methods that messages go through.

Slack counts as JavaScript does, in UTF-16 units, and a text's ``&``, ``<`` and ``>`` as the
entities they are kept as; ``width`` counts the same way.
"""

import json
from typing import Any, Final

from bot.rendering.cutting import ELLIPSIS, end_within

Block = dict[str, Any]

MESSAGE_BLOCKS: Final = 50
MESSAGE_WEIGHT: Final = 12_500
"""All blocks of a message together: msg_blocks_too_long comes at about 13,200 (bolt-js #2509)."""
MESSAGE_TEXT: Final = 4_000
"""Advised for the text beside the blocks; it is cut off at 40,000."""
SECTION_TEXT: Final = 3_000
HEADER_TEXT: Final = 150
BUTTON_TEXT: Final = 75
BUTTON_VALUE: Final = 2_000
OPTION_TEXT: Final = 75
CONTEXT_TEXT: Final = 2_000
ACTIONS: Final = 25
VIEW_TITLE: Final = 24
PROMPTS: Final = 4
"""Suggested prompts of a conversation."""
FILES: Final = 10
"""Files of one file_input."""


def escaped(text: str) -> str:
    """Return a text in which nothing is markup: no ping, no link, no special mention."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def width(text: str) -> int:
    """Return how much of a limit a text takes."""
    return len(escaped(text).encode("utf-16-le", "surrogatepass")) // 2


def weight(block: Block) -> int:
    """Return how much of a message's limit a block takes, its structure included."""
    return width(json.dumps(block, ensure_ascii=False))


def cut(text: str, limit: int) -> str:
    """Return the text, or what of it fits the limit: up to a sentence's end, else up to a word."""
    if width(text) <= limit:
        return text
    end = cut_at(text, limit)
    return text[:end].rstrip() + ELLIPSIS


def cut_at(text: str, limit: int) -> int:
    """Return where to cut a text that is wider than the limit, an ellipsis allowed for."""
    return end_within(text, limit, lambda end: width(text[:end]))
