"""From Slack's markup to the text that a person typed, and to the words of a question."""

from collections.abc import Mapping
from typing import Any

import regex

_MARKUP = regex.compile(r"<(?P<what>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_ADDRESSED = regex.compile(
    r"<(?:@[^<>|]*|!(?:here|channel|everyone|subteam\^[^<>|]*)|#[^<>|]*(?=\|?>))(?:\|[^<>]*)?>"
)
"""Who is mentioned: people, groups, everybody, and channels whose name Slack keeps to itself."""
_EMOJI = regex.compile(r"(?<!\w):[\p{Ll}\p{N}_+'-]+:(?!\w)")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def to_asked(markup: str, bot: str) -> str:
    """Return the words of a question: neither emoji nor the names of those who are to see it."""
    return to_text(_EMOJI.sub(" ", _ADDRESSED.sub(" ", markup)), bot)


def markup_of(message: Mapping[str, Any]) -> str:
    """Return what a message says; where it has no words of its own, what it shows."""
    return message.get("text") or shown_by(message)


def shown_by(message: Mapping[str, Any]) -> str:
    """Return what is attached to a message: one that it forwards, or the items of a feed."""
    attached = message.get("attachments") or ()
    return "\n\n".join(filter(None, map(_said_by, attached)))


def _said_by(attachment: Mapping[str, Any]) -> str:
    """Return the texts of an attachment; docs.slack.dev, secondary message attachments."""
    said = [attachment.get(name) or "" for name in ("pretext", "title", "text")]
    return "\n".join(filter(None, said)) or attachment.get("fallback") or ""


def to_text(markup: str, bot: str) -> str:
    """Return a message's text without the bot's mention, links and names as they were read."""
    sound = markup.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = _MARKUP.sub(lambda match: _shown(match, bot), sound)
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text.strip()


def _shown(match: "regex.Match[str]", bot: str) -> str:
    what, label = match["what"], match["label"]
    if what == f"@{bot}":
        return " "
    if label and what.startswith("#"):
        return f"#{label}"
    is_address = what.startswith("http") and (not label or label in what)
    return what if is_address or not label else label
