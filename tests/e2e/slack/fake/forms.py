"""Slack's rules for blocks and views, as docs.slack.dev/reference/block-kit states them.

Written from the documentation and apart from the bot's own limits, so that the two can disagree.
"""

from collections.abc import Callable, Iterator
from typing import Any

from tests.e2e.slack.fake.world import Json

LONGEST_MESSAGE = 13_200
"""Characters of all blocks together; measured in bolt-js #2509."""
MESSAGE_TYPES = {"section", "header", "context", "actions", "rich_text", "context_actions"}
VIEW_TYPES = {"section", "header", "context", "actions", "rich_text", "input"}
RICH_PARTS = {"rich_text_section", "rich_text_quote", "rich_text_preformatted", "rich_text_list"}


def length(text: str) -> int:
    """Return a text's length as Slack counts: UTF-16 units, with its three entities written out."""
    entities = sum({"&": 4, "<": 3, ">": 3}.get(character, 0) for character in text)
    return len(text.encode("utf-16-le")) // 2 + entities


def message_problems(blocks: list[Json]) -> list[str]:
    """Return what Slack would say against the blocks of a message."""
    found = list(_blocks(blocks, MESSAGE_TYPES, 50))
    if (whole := sum(map(_whole, blocks))) > LONGEST_MESSAGE:
        found.append(f"msg_blocks_too_long: {whole}")
    return found


def view_problems(view: Json) -> list[str]:
    """Return what Slack would say against a view."""
    found = list(_blocks(view.get("blocks", []), VIEW_TYPES, 100))
    if view.get("type") == "modal":
        found += _text(view.get("title"), 24, "title")
        for name in ("submit", "close"):
            found += _text(view[name], 24, name) if name in view else []
        if any(block["type"] == "input" for block in view["blocks"]) and "submit" not in view:
            found.append("submit is required")
    elif view.get("type") != "home":
        found.append("type: modal or home")
    if length(view.get("private_metadata", "")) > 3_000:
        found.append("private_metadata is too long")
    return found


def _whole(part: object) -> int:
    """Return how long all texts of a block are together."""
    match part:
        case {"text": str(text), **rest}:
            return length(text) + _whole(rest)
        case dict():
            return sum(map(_whole, part.values()))
        case list():
            return sum(map(_whole, part))
        case _:
            return 0


def _blocks(blocks: list[Json], types: set[str], most: int) -> Iterator[str]:
    if not 1 <= len(blocks) <= most:
        yield f"{len(blocks)} blocks"
    actions = [one["action_id"] for block in blocks for one in _interactive(block)]
    if len(set(actions)) < len(actions):
        yield f"action ids are not unique: {actions}"
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(ids)) < len(ids):
        yield f"block ids are not unique: {ids}"
    for block in blocks:
        if block.get("type") not in types:
            yield f"{block.get('type')} is not taken here"
        else:
            yield from CHECKS[block["type"]](block)


def _interactive(block: Json) -> list[Json]:
    """Return the elements of a block that people can use."""
    elements = [*block.get("elements", []), block.get("accessory"), block.get("element")]
    return [one for one in elements if one and "action_id" in one]


def _text(part: Any, most: int, where: str) -> Iterator[str]:  # noqa: ANN401 - whatever was sent
    if not isinstance(part, dict) or part.get("type") not in {"plain_text", "mrkdwn"}:
        yield f"{where} is no text object"
    elif not part.get("text", "").strip():
        yield f"{where} is empty"
    elif _length_of(part) > most:
        yield f"{where} is longer than {most}"
    elif part["type"] == "mrkdwn" and not part.get("verbatim"):
        yield f"{where}: Slack would make links of what looks like one"
    elif part["type"] == "mrkdwn" and "<" in part["text"]:
        yield f"{where}: a link or a ping"


def _length_of(part: Json) -> int:
    """Return how long a text object is: in markup the entities are written out already."""
    text = str(part["text"])
    return len(text.encode("utf-16-le")) // 2 if part["type"] == "mrkdwn" else length(text)


def _section(block: Json) -> Iterator[str]:
    yield from _text(block.get("text"), 3_000, "section")
    if "accessory" in block:
        yield from _element(block["accessory"])


def _context(block: Json) -> Iterator[str]:
    if not 1 <= len(block["elements"]) <= 10:
        yield "context elements"
    for one in block["elements"]:
        yield from _text(one, 2_000, "context")


def _actions(block: Json) -> Iterator[str]:
    if not 1 <= len(block["elements"]) <= 25:
        yield "actions elements"
    for one in block["elements"]:
        yield from _element(one)


def _context_actions(block: Json) -> Iterator[str]:
    if not 1 <= len(block["elements"]) <= 5:
        yield "context_actions elements"
    for one in block["elements"]:
        yield from _element(one)


def _element(element: Json) -> Iterator[str]:
    if not 1 <= len(element.get("action_id", "")) <= 255:
        yield "action_id"
    match element["type"]:
        case "button":
            yield from _text(element["text"], 75, "button")
            if length(element.get("value", "")) > 2_000:
                yield "button value"
        case "overflow":
            yield from _options(element["options"])
        case "feedback_buttons":
            for name in ("positive_button", "negative_button"):
                yield from _text(element[name]["text"], 75, name)
        case other:
            yield f"{other} is not taken here"


def _options(options: list[Json]) -> Iterator[str]:
    if not 1 <= len(options) <= 5:
        yield "overflow options"
    for one in options:
        yield from _text(one["text"], 75, "option")
        if not 1 <= length(one["value"]) <= 150:
            yield "option value"


def _input(block: Json) -> Iterator[str]:
    yield from _text(block.get("label"), 2_000, "label")
    if "hint" in block:
        yield from _text(block["hint"], 2_000, "hint")
    element = block["element"]
    if element["type"] not in {"plain_text_input", "file_input", "static_select"}:
        yield f"{element['type']} is not taken here"
    if length(element.get("initial_value", "")) > 3_000:
        yield "initial_value"


def _rich_text(block: Json) -> Iterator[str]:
    if not block["elements"]:
        yield "rich_text is empty"
    for part in block["elements"]:
        if part["type"] not in RICH_PARTS or not part["elements"]:
            yield f"rich_text part {part['type']}"
        for run in part["elements"]:
            if run["type"] != "text" or not run["text"]:
                yield f"rich_text run {run}"
            if set(run) - {"type", "text", "style"} or not all(
                run.get("style", {"bold": True}).values()
            ):
                yield f"rich_text style {run}" if "style" in run else f"rich_text keys {run}"


def _header(block: Json) -> Iterator[str]:
    yield from _text(block.get("text"), 150, "header")


CHECKS: dict[str, Callable[[Json], Iterator[str]]] = {
    "actions": _actions,
    "context": _context,
    "context_actions": _context_actions,
    "header": _header,
    "input": _input,
    "rich_text": _rich_text,
    "section": _section,
}
