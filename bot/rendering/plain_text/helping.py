"""The help as lines."""

from collections.abc import Iterator

from rich.text import Text

from bot.messages import HelpText
from bot.registry import BY_WORD, Entry
from bot.rendering.plain_text.line import MATCH, Line, line


def help_lines(reply: HelpText) -> Iterator[Line]:
    """Yield the words, or one of them with its arguments."""
    entries = [BY_WORD[word] for word in reply.words]
    if len(entries) == 1:
        yield from _help_on(entries[0])
        return
    yield line("Type a question, or one of these words:")
    for entry in entries:
        yield Line(Text.assemble((entry.usage.split(" [title:")[0], MATCH)), indent=2)
        yield line(entry.help, indent=6)


def _help_on(entry: Entry) -> Iterator[Line]:
    yield line(entry.usage, MATCH)
    yield line(entry.help)
    for argument in entry.arguments:
        yield line(f"{argument.name}: {argument.help}", indent=2)
    if entry.takes_files:
        yield line("Attach the file to your message.", indent=2)
