"""Commands of the terminal that are made from the registry, word by word."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bot.adapters.console_adapter import console_request
from bot.app import App
from bot.cli.options import Function, common, with_json
from bot.messages import Command, ListDocuments, Listing, Request
from bot.registry import Argument, Entry, Kind
from bot.terminal import finish, printer_for, run

WITH_JSON = {"why", "list", "show", "status", "verify", "history", "report"}
"""Words of the registry whose replies are also given as JSON."""


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
        command = entry.build(**given)
        carry_out(context, db, command, console_request(space=space), as_json=as_json)

    function: Function = common(callback)
    if entry.word in WITH_JSON:
        function = with_json(function)
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
        if as_json and command == ListDocuments() and isinstance(reply, Listing):
            for page in range(2, reply.pages + 1):  # a program wants them all
                finish(await app.desk.carry_out(ListDocuments(page), request), printer)

    run(context, db, work, make=False)
