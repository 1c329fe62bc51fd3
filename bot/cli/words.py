"""Commands of the terminal that are made from the registry, word by word."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from bot.adapters.console_adapter import Printer, console_request
from bot.app import App
from bot.cli.options import Function, common, with_json
from bot.messages import Command, History, ListDocuments, Listing, Request, ShowHistory
from bot.parsing import filled
from bot.registry import Argument, Entry, Kind
from bot.terminal import finish, printer_for, run

WITH_JSON = {
    "why",
    "list",
    "show",
    "status",
    "verify",
    "copies",
    "cite",
    "history",
    "edit",
    "correct",
    "retract",
    "restore",
    "undo",
    "report",
}
"""Words of the registry whose replies are also given as JSON."""
EXPORTED_AT_ONCE = 1000
"""Lines of the trail that are read at a time."""


def command_of(entry: Entry) -> click.Command:
    """Return the terminal's command for a word of the registry."""

    def callback(
        context: click.Context,
        space: str | None,
        db: Path | None,
        *,
        as_json: bool = False,
        **values: Any,  # noqa: ANN401 - whatever the entry's arguments hold
    ) -> None:
        given = {name: value for name, value in values.items() if value is not None}
        command = filled(entry, given)
        carry_out(context, db, command, console_request(space=space), as_json=as_json)

    function: Function = common(callback)
    if entry.word in WITH_JSON:
        function = with_json(function)
    for argument in reversed((*entry.options, *entry.filters)):
        function = _option(argument)(function)
    for argument in reversed(entry.positional):
        function = _positional(argument)(function)
    return click.command(entry.word, help=entry.help)(function)


def _positional(argument: Argument) -> Callable[[Function], Function]:
    return click.argument(argument.name, type=_type_of(argument), required=argument.required)


def _type_of(argument: Argument) -> "click.ParamType[Any]":
    match argument.kind:
        case Kind.NUMBER:
            return click.INT
        case Kind.CHOICE:
            return click.Choice(argument.choices)
        case _:
            return click.STRING


def _option(argument: Argument) -> Callable[[Function], Function]:
    flag = f"--{argument.name.replace('_', '-')}"
    text = f"{argument.help[0].upper()}{argument.help[1:]}."
    return click.option(flag, argument.name, type=_type_of(argument), help=text)


def carry_out(
    context: click.Context,
    db: Path | None,
    command: Command,
    request: Request,
    *,
    as_json: bool,
) -> None:
    """Carry out a command and print its reply."""

    async def work(app: App) -> None:
        printer = printer_for(as_json=as_json)
        reply = await app.desk.carry_out(command, request)
        finish(reply, printer)
        match reply:
            case Listing(command=ListDocuments(page=1) as first) if as_json:
                for page in range(2, reply.pages + 1):  # a program wants them all
                    further = replace(first, page=page)
                    finish(await app.desk.carry_out(further, request), printer)
            case History(command=ShowHistory(page=1)) if as_json:
                await _older_lines(reply, app, request, printer)
            case _:
                pass

    run(context, db, work, make=False)


async def _older_lines(first: History, app: App, request: Request, printer: Printer) -> None:
    """Print all lines of the trail that are older than those of its first page."""
    lines = list(first.changes)
    while lines:
        lines = await app.library.history(
            first.command.file or None, request.space, EXPORTED_AT_ONCE, before=lines[-1].id
        )
        printer.show(History(tuple(lines)))
