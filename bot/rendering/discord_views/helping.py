"""The help on Discord: the words as the slash commands that they are there."""

import discord

from bot.messages import HelpText
from bot.registry import BY_WORD, Entry
from bot.rendering.discord_views.markdown import bold, cut, escaped, small
from bot.rendering.discord_views.post import Post, Stack
from bot.rendering.plain_text.helping import NARROWING, grouped

GROUP = "doc"
"""The group of the moderators' words, so that Discord can hide them together."""
OPENING = "Mention me with a question, or use one of these; a mention takes the same words."
LINES = 3_400
"""Of all words together."""


def help_post(reply: HelpText) -> Post:
    """Return the words, or one of them with its arguments."""
    entries = [BY_WORD[word] for word in reply.words]
    stack = Stack(discord.Colour.blurple())
    if len(entries) == 1:
        stack.put("\n".join(_on(entries[0])))
        return stack.finish()
    stack.put(OPENING)
    each = LINES // max(len(entries), 1)
    is_wide = sum(len(path_of(entry)) + len(entry.help) + 6 for entry in entries) > LINES
    for heading, group in grouped(reply):
        lines = [cut_line(entry, each if is_wide else LINES) for entry in group]
        stack.put("\n".join([bold(heading), *lines]))
    stack.put(small(escaped(NARROWING)))
    return stack.finish()


def path_of(entry: Entry) -> str:
    """Return a word as its slash command is called."""
    return f"/{GROUP} {entry.word}" if entry.moderators_only else f"/{entry.word}"


def cut_line(entry: Entry, limit: int) -> str:
    """Return a word and what it does on one line."""
    path = bold(path_of(entry))
    return f"{path} {cut(entry.help, max(limit - len(path) - 2, len(path)))}"


def _on(entry: Entry) -> list[str]:
    lines = [bold(path_of(entry)), escaped(entry.help)]
    for argument in (*entry.arguments, *entry.filters):
        needed = "" if argument.required or argument.needed else ", if you like"
        lines.append(f"{bold(argument.name)} {escaped(argument.help)}{needed}")
    if entry.takes_files:
        lines.append("Attach the file, or leave it out and type the text into the window.")
    lines.append(small(f"In a mention: {escaped(entry.usage)}"))
    return lines
