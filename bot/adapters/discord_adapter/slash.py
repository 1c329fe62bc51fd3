"""Slash commands, made from the registry: a word for everyone is /WORD, a moderators' /doc WORD."""

import inspect
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from keyword import iskeyword
from typing import Any

import discord
from discord import app_commands

from bot.registry import REGISTRY, Argument, Entry, Kind
from bot.rendering.discord_views import GROUP

Interaction = discord.Interaction[discord.AutoShardedClient]
Values = Mapping[str, str | int]
Handle = Callable[[Interaction, Entry, Values, discord.Attachment | None], Awaitable[None]]
Complete = Callable[[Interaction, Argument, str], Awaitable[list[app_commands.Choice[str]]]]

DESCRIPTION = 100
"""Characters; discord.com/developers/docs/interactions/application-commands."""
ATTACHMENT = "attachment"
ATTACHMENT_HELP = "the file; without one, a window opens for the text"
GROUP_HELP = "Moderators: change the coverage."
IN_GUILDS = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
COMPLETED_NAMES = {"from": "outlet", "outlet": "outlet", "by": "author", "author": "author"}
"""Arguments that are completed to outlets and authors."""


def slash_commands(
    handle: Handle, complete: Complete
) -> list[app_commands.Command[Any, ..., None] | app_commands.Group]:
    """Return the commands of all words; they call ``handle`` and ``complete``."""
    group = app_commands.Group(
        name=GROUP,
        description=GROUP_HELP,
        allowed_contexts=IN_GUILDS,
        default_permissions=discord.Permissions(manage_guild=True),
    )
    commands: list[app_commands.Command[Any, ..., None] | app_commands.Group] = [group]
    for entry in REGISTRY:
        command = _slash_command(entry, handle, complete)
        if entry.moderators_only:
            group.add_command(command)
        else:
            commands.append(command)
    return commands


def _slash_command(
    entry: Entry, handle: Handle, complete: Complete
) -> app_commands.Command[Any, ..., None]:
    options = {_identifier(one.name): one for one in (*entry.arguments, *entry.filters)}

    async def callback(interaction: Interaction, **given: Any) -> None:  # noqa: ANN401 - an option's type
        attachment = given.pop(ATTACHMENT, None)
        values = {options[name].name: value for name, value in given.items() if value is not None}
        await handle(interaction, entry, values, attachment)

    callback.__signature__ = _signature(entry, options)  # type: ignore[attr-defined] # inspect's own
    helps = {name: brief(one.help) for name, one in options.items()}
    if entry.takes_files:
        helps[ATTACHMENT] = ATTACHMENT_HELP
    app_commands.describe(**helps)(callback)
    app_commands.rename(**{name: one.name for name, one in options.items()})(callback)
    completed = {
        name: _completing(one, complete) for name, one in options.items() if is_completed(one)
    }
    app_commands.autocomplete(**completed)(callback)
    choices = {name: _choices(one) for name, one in options.items() if one.choices}
    app_commands.choices(**choices)(callback)
    return app_commands.Command(name=entry.word, description=brief(entry.help), callback=callback)


def _choices(argument: Argument) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=one, value=one) for one in argument.choices]


def is_completed(argument: Argument) -> bool:
    """Say whether Discord asks us to complete an argument while it is typed."""
    return argument.kind in {Kind.FILE, Kind.WORD} or argument.name in COMPLETED_NAMES


def brief(text: str) -> str:
    """Return a description as long as Discord takes it: its first sentence, cut at a word."""
    first = text.partition(". ")[0].rstrip(".")
    if len(first) <= DESCRIPTION:
        return first
    return f"{first[: DESCRIPTION - 2].rpartition(' ')[0]} …"


def _identifier(name: str) -> str:
    """Return a name that Python takes for a parameter: “in” and “from” are none."""
    return f"{name}_" if iskeyword(name) else name


def _signature(entry: Entry, options: Mapping[str, Argument]) -> inspect.Signature:
    """Return the parameters from which discord.py reads a command's options."""
    parameters = [_parameter("interaction", Interaction)]
    for name, one in options.items():
        kind = app_commands.Range[int, 1] if one.kind is Kind.NUMBER else str
        parameters.append(_parameter(name, kind, required=one.required or one.needed))
    if entry.takes_files:
        parameters.append(_parameter(ATTACHMENT, discord.Attachment, required=False))
    parameters.sort(key=lambda parameter: parameter.default is None)
    return inspect.Signature(parameters)


def _parameter(name: str, kind: Any, *, required: bool = True) -> inspect.Parameter:  # noqa: ANN401 - a type
    return inspect.Parameter(
        name,
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        default=inspect.Parameter.empty if required else None,
        annotation=kind if required else kind | None,
    )


def _completing(
    argument: Argument, complete: Complete
) -> Callable[[Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]:
    async def completed(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await complete(interaction, argument, typed)

    return completed
