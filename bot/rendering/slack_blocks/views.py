"""What Slack shows besides messages: the App Home, and a modal for a word with arguments."""

from collections.abc import Mapping, Sequence

from bot.messages import Reply
from bot.registry import Argument, Entry, Kind
from bot.rendering.slack_blocks.limits import (
    BUTTON_TEXT,
    FILES,
    OPTION_TEXT,
    SECTION_TEXT,
    VIEW_TITLE,
    Block,
    cut,
)
from bot.rendering.slack_blocks.lines import lines_blocks
from bot.rendering.slack_blocks.parts import actions, header, paragraph, plain, rich, run
from bot.rendering.slack_blocks.typed import slack_lines

MODAL = "newsdesk"
"""The callback_id of our modals."""
FILE_INPUT = "files"
"""The input of a modal for files; the other inputs are named as the arguments are."""
DOCUMENT = "Document"
"""The label of the input for its file name, beside which one for a file may stand."""
OPEN_MODAL = "open"
"""How the action ids of buttons begin that open a modal."""
BUTTONS = 25
"""Of one row; docs.slack.dev, actions block."""


def home_view(parts: Sequence[tuple[str, Reply]], moderating: Sequence[Entry]) -> Block:
    """Return the App Home: replies below their headings, then the moderators' buttons."""
    blocks: list[Block] = []
    if moderating:
        blocks += [header("For moderators"), actions(*map(_opener, moderating[:BUTTONS]))]
    for heading, reply in parts:
        blocks += [header(heading), *lines_blocks(slack_lines(reply))]
    return {"type": "home", "blocks": blocks}


def modal(entry: Entry, values: Mapping[str, str], metadata: str, *, with_files: bool) -> Block:
    """Return the window in which the arguments of a word are filled in.

    ``values`` are filled in already; ``with_files`` asks for files too.
    """
    inputs = [
        _input(argument, values.get(argument.name, ""))
        for argument in entry.arguments
        if argument.kind is not Kind.NUMBER  # a page: the reply has buttons for the others
    ]
    if with_files:
        has_address = any(argument.kind is Kind.ADDRESS for argument in entry.arguments)
        inputs.insert(0, _file_input(optional=has_address))
    intro = rich(paragraph(run(entry.help)))
    return {
        **_view(entry.word, [intro, *inputs], metadata),
        "submit": plain(_title(entry.word), 24),
    }


def waiting_view(word: str, progress: str = "") -> Block:
    """Return the window while a word is carried out; it shows how far that is."""
    return _view(word, [rich(paragraph(run(progress or "One moment …")))], "")


def result_view(word: str, reply: Reply) -> Block:
    """Return the window that shows what became of a word."""
    return _view(word, lines_blocks(slack_lines(reply)), "")


def _view(word: str, blocks: list[Block], metadata: str) -> Block:
    return {
        "type": "modal",
        "callback_id": MODAL,
        "title": plain(_title(word), VIEW_TITLE),
        "close": plain("Close", VIEW_TITLE),
        "private_metadata": metadata,
        "blocks": blocks,
    }


def _title(word: str) -> str:
    return word.replace("_", " ").capitalize()


def _opener(entry: Entry) -> Block:
    return {
        "type": "button",
        "action_id": f"{OPEN_MODAL}:{entry.word}",
        "text": plain(_title(entry.word), BUTTON_TEXT),
        "value": entry.word,
    }


def _input(argument: Argument, value: str) -> Block:
    return {
        "type": "input",
        "block_id": argument.name,
        "optional": not (argument.required or argument.needed),
        "label": plain(DOCUMENT if argument.kind is Kind.FILE else _title(argument.name)),
        "hint": plain(argument.help, SECTION_TEXT // 2),
        "element": _choice(argument) if argument.choices else _field(argument, value),
    }


def _field(argument: Argument, value: str) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": argument.name,
        "multiline": argument.needed,
    }
    return {**element, "initial_value": cut(value, SECTION_TEXT)} if value else element


def _choice(argument: Argument) -> Block:
    options = [{"text": plain(choice, OPTION_TEXT), "value": choice} for choice in argument.choices]
    return {"type": "static_select", "action_id": argument.name, "options": options}


def _file_input(*, optional: bool) -> Block:
    return {
        "type": "input",
        "block_id": FILE_INPUT,
        "optional": optional,
        "label": plain("File"),
        "element": {"type": "file_input", "action_id": FILE_INPUT, "max_files": FILES},
    }
