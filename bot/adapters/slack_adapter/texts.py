"""From Slack's markup to the text that a person typed."""

import regex

_MARKUP = regex.compile(r"<(?P<what>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


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
