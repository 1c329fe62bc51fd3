"""The help on Slack: a line for each word, in groups, as they are typed there."""

from collections.abc import Iterator

from rich.text import Text

from bot.messages import HelpText
from bot.rendering.plain_text.helping import NARROWING, grouped, help_lines
from bot.rendering.plain_text.line import DIM, MATCH, Line, line

OPENING = (
    "Type a question, or one of these words: behind a mention of me, behind /newsdesk for a "
    "private answer, or in a direct message."
)


def slack_help_lines(reply: HelpText) -> Iterator[Line]:
    """Yield the words, or one of them with its arguments."""
    if len(reply.words) == 1:
        yield from help_lines(reply)
        return
    yield line(OPENING)
    for heading, entries in grouped(reply):
        yield Line()
        yield line(heading, MATCH)
        for entry in entries:
            yield Line(Text.assemble("• ", (entry.short_usage, MATCH), f" – {entry.help}"))
    yield line(NARROWING, DIM)
