"""The help as lines."""

from collections.abc import Iterator

from bot.messages import HelpText
from bot.registry import BY_WORD, GROUPS, Entry, Kind
from bot.rendering.plain_text.line import DIM, MATCH, Line, line

NARROWING = (
    'Narrow a question with "an exact phrase", -word, in:FILE, from:OUTLET, by:AUTHOR, '
    "since:2017-08, until:2018."
)
WITH_SPACES = "What has spaces goes into quotation marks: {}:“two words”."


def help_lines(reply: HelpText) -> Iterator[Line]:
    """Yield the words, or one of them with its arguments."""
    entries = [BY_WORD[word] for word in reply.words]
    if len(entries) == 1:
        yield from _help_on(entries[0])
        return
    yield line("Type a question, or one of these words:")
    for heading, group in grouped(reply):
        yield Line()
        yield line(f"{heading}:")
        for entry in group:
            yield line(entry.short_usage, MATCH, indent=2)
            yield line(entry.help, indent=6)
    yield Line()
    yield line(NARROWING, DIM)


def grouped(reply: HelpText) -> Iterator[tuple[str, list[Entry]]]:
    """Yield the words of a help below their headings; a group without any has none."""
    for heading, entries in GROUPS:
        if shown := [entry for entry in entries if entry.word in reply.words]:
            yield heading, shown


def _help_on(entry: Entry) -> Iterator[Line]:
    yield line(entry.usage, MATCH)
    yield line(entry.help)
    for argument in entry.arguments:
        if argument.kind is Kind.ANSWER:
            continue  # nobody types an id: without it the last answer is meant
        yield line(f"{argument.name}: {argument.help}", indent=2)
    if texts := [one.name for one in entry.options if one.kind is Kind.TEXT]:
        yield line(WITH_SPACES.format(texts[0]), indent=2)
    if entry.takes_files:
        yield line("Attach the file to your message.", indent=2)
