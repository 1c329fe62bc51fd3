"""The parts that Slack's messages and views are made of.

Texts go as plain_text or rich_text, in which Slack reads no markup, or in markup that is our own
(see ``markup``): nothing in a document or a question can ping, link or format.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from typing import Any

from bot.messages import Command
from bot.registry import BY_COMMAND, BY_WORD
from bot.rendering.cutting import ELLIPSIS
from bot.rendering.segments import Segment, safe
from bot.rendering.slack_blocks.limits import (
    BUTTON_TEXT,
    CONTEXT_TEXT,
    HEADER_TEXT,
    OPTION_TEXT,
    SECTION_TEXT,
    Block,
    cut,
    cut_at,
    width,
)
from bot.rendering.slack_blocks.markup import to_section

NOTHING = "–"
"""Where a text is empty: Slack refuses an empty one."""
ACTION = "newsdesk"
"""How the ids of all our buttons begin."""


def plain(text: str, limit: int = SECTION_TEXT) -> Block:
    """Return a text object that is shown as it is."""
    shown = cut(safe(text), limit)
    return {"type": "plain_text", "text": shown if shown.strip() else NOTHING, "emoji": False}


def header(text: str) -> Block:
    """Return a heading."""
    return {"type": "header", "text": plain(text, HEADER_TEXT)}


def context(*texts: str) -> Block:
    """Return small print, one line for each text; Slack puts elements beside one another."""
    lines = "\n".join(safe(text) for text in texts)
    shown = cut(lines, CONTEXT_TEXT) if lines.strip() else NOTHING
    return {"type": "context", "elements": [{"type": "plain_text", "text": shown, "emoji": False}]}


def rich(*elements: Block) -> Block:
    """Return a block of rich text, as a section where that says the same."""
    block = {"type": "rich_text", "elements": list(elements)}
    return to_section(block) or block


def run(text: str, **style: bool) -> Block:
    """Return a run of rich text in one style: bold, italic or code."""
    shown: Block = {"type": "text", "text": text or NOTHING}
    return {**shown, "style": style} if style else shown


def paragraph(*runs: Block) -> Block:
    """Return a paragraph of rich text."""
    return {"type": "rich_text_section", "elements": list(runs)}


def quote(*runs: Block) -> Block:
    """Return a quotation."""
    return {"type": "rich_text_quote", "elements": list(runs)}


def said(segments: Iterable[Segment], limit: int) -> list[Block]:
    """Return the pieces of an excerpt within the limit, what matched in bold."""
    return [
        run(segment.text, bold=True) if segment.matched else run(segment.text)
        for segment in shortened(list(segments), limit)
    ]


def shortened(segments: list[Segment], limit: int) -> Iterator[Segment]:
    """Yield the segments up to where their whole text has to be cut."""
    text = "".join(segment.text for segment in segments)
    left = len(text) if width(text) <= limit else cut_at(text, limit)
    is_cut = left < len(text)
    for segment in segments:
        if piece := segment.text[:left]:
            yield Segment(piece, segment.matched)
        left -= len(piece)
    if is_cut:
        yield Segment(ELLIPSIS, matched=False)


def actions(*elements: Block) -> Block:
    """Return a row of buttons."""
    return {"type": "actions", "elements": list(elements)}


def beside(block: Block, element: Block) -> list[Block]:
    """Return a block with an element beside it; below it, where only a section could have one."""
    if block["type"] == "section":
        return [{**block, "accessory": element}]
    return [block, actions(element)]


def button(label: str, command: Command, number: int, **more: Any) -> Block:  # noqa: ANN401 - any JSON
    """Return a button; ``number`` tells it from the others of its message."""
    return {
        "type": "button",
        "action_id": f"{ACTION}:{number}",
        "text": plain(label, BUTTON_TEXT),
        "value": to_value(command),
        **more,
    }


def option(label: str, command: Command) -> Block:
    """Return one line of an overflow menu."""
    return {"text": plain(label, OPTION_TEXT), "value": to_value(command)}


def to_value(command: Command) -> str:
    """Return a command as a button holds it: its word, and what it was given."""
    given = {
        field.name: value
        for field in fields(command)
        if (value := getattr(command, field.name)) != field.default
    }
    return f"{BY_COMMAND[type(command)].word} {json.dumps(given, ensure_ascii=False)}"


def from_value(value: str) -> Command | None:
    """Return the command that a button holds, None where it is of a version with other words."""
    word, _, rest = value.partition(" ")
    try:
        make: Callable[..., Command] = BY_WORD[word].command
        return make(**json.loads(rest))
    except (KeyError, TypeError, ValueError):
        return None
