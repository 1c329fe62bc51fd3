"""One thing that was typed, or one a line of standard input, answered in the same order."""

from collections.abc import Callable

from bot.adapters.console_adapter import Printer, console_request
from bot.app import App
from bot.messages import Command, Problem
from bot.terminal import finish, lines_of_input


async def answer_each(
    app: App,
    printer: Printer,
    typed: str | None,
    to_command: Callable[[str], Command],
    *,
    name: str,
    space: str | None,
    as_json: bool,
) -> None:
    """Answer what was typed; where that is nothing, each line, one that fails as a problem.

    ``name`` is that of the line in the JSON object of a problem.
    """
    if typed is not None:
        finish(await app.desk.carry_out(to_command(typed), console_request(space=space)), printer)
        return
    for line in lines_of_input():
        reply = await app.desk.carry_out(to_command(line), console_request(space=space))
        if isinstance(reply, Problem) and as_json:
            printer.show_object({name: line, "problem": reply.text})
        else:
            printer.show_question(line)
            printer.show(reply)
