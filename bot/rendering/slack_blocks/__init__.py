"""Replies as Slack messages: Block Kit, within its limits whatever the documents hold.

``to_message`` is the way in; ``views`` has the App Home and the modals. Replies that have no form
of their own are shown as the terminal's lines are, so that a new one appears by itself.
"""

from bot.messages import Answer, History, Listing, Reply, Surroundings, WholeDocument
from bot.rendering.slack_blocks.answers import answer_blocks, answer_text
from bot.rendering.slack_blocks.documents import (
    history_blocks,
    listing_blocks,
    surroundings_blocks,
    whole_document_blocks,
)
from bot.rendering.slack_blocks.limits import MESSAGE_TEXT, Block, cut, escaped
from bot.rendering.slack_blocks.lines import lines_blocks, lines_text
from bot.rendering.slack_blocks.message import Message
from bot.rendering.slack_blocks.parts import NOTHING
from bot.rendering.slack_blocks.typed import slack_lines

__all__ = ["Message", "to_message"]


def to_message(reply: Reply, *, shareable: bool = False, asked_by: str = "") -> Message:
    """Return a reply as a message.

    ``shareable`` gives an answer the button that shows it to everybody; ``asked_by`` names who
    asked, where the question is not to be seen otherwise.
    """
    blocks = _blocks(reply, shareable=shareable, asked_by=asked_by)
    return Message(escaped(cut(_text(reply), MESSAGE_TEXT)), blocks)


def _blocks(reply: Reply, *, shareable: bool, asked_by: str) -> list[Block]:
    match reply:
        case Answer():
            return answer_blocks(reply, shareable=shareable, asked_by=asked_by)
        case Listing():
            return listing_blocks(reply)
        case History():
            return history_blocks(reply)
        case WholeDocument():
            return whole_document_blocks(reply)
        case Surroundings():
            return surroundings_blocks(reply)
        case _:
            return lines_blocks(slack_lines(reply))


def _text(reply: Reply) -> str:
    text = answer_text(reply) if isinstance(reply, Answer) else lines_text(slack_lines(reply))
    return text or NOTHING
