"""Targets that show any text on each platform; each is held to the platform's own rules."""

import json
from collections.abc import Callable
from typing import Final

from bot.messages import Answer
from bot.rendering.discord_views import Post, to_post
from bot.rendering.json_objects import to_objects
from bot.rendering.plain_text import to_lines
from bot.rendering.slack_blocks import to_message
from retrieval import Details, Span
from retrieval.analysis.sentences import sentences_of
from tests.bot import examples
from tests.e2e.discord.fake.forms import Upload, check_message
from tests.e2e.discord.fake.world import COMPONENTS_V2
from tests.e2e.slack.fake.forms import message_problems

INVISIBLE: Final = set(map(chr, (*range(32), 127, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066, 0x2069)))


def plain_texts(data: bytes) -> None:
    """Show a citation in the terminal and as JSON."""
    reply, text = answer_of(data)
    for line in to_lines(reply):
        assert not INVISIBLE & set(line.text.plain)
    for one in to_objects(reply):
        assert json.loads(json.dumps(one))["passages"][0]["text"] == text
    spans = sentences_of(text)
    assert [one.start for one in spans] == sorted(one.start for one in spans)


def slack_messages(data: bytes) -> None:
    """Show a citation on Slack."""
    reply, text = answer_of(data)
    message = to_message(reply, shareable=True, asked_by=text)
    assert message_problems(message.blocks) == []
    assert "<" not in message.text


def discord_messages(data: bytes) -> None:
    """Show a citation on Discord."""
    reply, text = answer_of(data)
    post: Post = to_post(reply, shareable=True, asked_by=text)
    uploads = [Upload(name, content) for name, content in post.files]
    components = [item.to_component_dict() for item in post.items]
    body = {"content": post.content, "components": components, "flags": COMPONENTS_V2}
    check_message(body, uploads)


def answer_of(data: bytes) -> tuple[Answer, str]:
    """Return an answer that cites any text, with any words of it marked, and the text."""
    text = data[4:].decode("utf-8", "replace").strip() or "."  # as passages are
    at = sorted(byte % (len(text) + 1) for byte in data[:4].ljust(4, b"\0"))
    marked = (Span(at[1], at[2]),) if at[1] < at[2] else ()
    of = examples.document(details=Details(text, text, text))
    cited = examples.hit(text, of=of, excerpt=Span(at[0], at[3]), matched=marked)
    return examples.answer(cited, reason=text, answer_id="0123456789ab"), text


RENDERERS: Final[dict[str, Callable[[bytes], None]]] = {
    target.__name__: target for target in (plain_texts, slack_messages, discord_messages)
}
