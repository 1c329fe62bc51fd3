"""The console: the bot in a terminal, without a token, and the printing of every command."""

import asyncio
import json
import shlex
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.padding import Padding

from bot.desk import Desk
from bot.messages import Attachment, Changed, Problem, Reply, Request, Sender
from bot.registry import BY_WORD
from bot.rendering.json_objects import to_objects
from bot.rendering.plain_text import Line, to_lines

OPERATOR = Sender(id="operator", name="operator", is_operator=True)
PLACE = "terminal"
WELCOME = "Ask the coverage a question, or type help. Ctrl-D ends."


def console_request(text: str = "", *, space: str | None = None, place: str = "") -> Request:
    """Return a request of the operator's."""
    return Request(OPERATOR, "console", text=text, space=space, place=place)


def local_file(path: Path, name: str) -> Attachment:
    """Return a file of this machine as an attachment, to be read when it is wanted."""

    async def fetch() -> bytes:
        return await asyncio.to_thread(path.read_bytes)

    return Attachment(name, path.stat().st_size, fetch)


class Printer:
    """Prints replies: styled and wrapped on a terminal, one line a paragraph in a pipe."""

    def __init__(self, console: Console, *, as_json: bool = False) -> None:
        self._console = console
        self._as_json = as_json

    def show(self, reply: Reply) -> None:
        """Print a reply; with ``as_json`` as one object a line."""
        if self._as_json:
            for one in to_objects(reply):
                self.show_object(one)
            return
        for line in to_lines(reply):
            self._print(line)

    def show_object(self, one: dict[str, object]) -> None:
        """Print one JSON object on one line."""
        sys.stdout.write(json.dumps(one, ensure_ascii=False) + "\n")
        sys.stdout.flush()

    def _print(self, line: Line) -> None:
        if self._console.is_terminal:
            self._console.print(Padding(line.text, (0, 0, 0, line.indent), expand=False))
        else:
            sys.stdout.write(" " * line.indent + line.text.plain + "\n")


class ConsoleAdapter:
    """A conversation with the desk in a terminal."""

    def __init__(self, desk: Desk, printer: Printer, space: str | None) -> None:
        self._desk = desk
        self._printer = printer
        self._space = space

    async def run(self, lines: Iterable[str]) -> None:
        """Answer each line until there are no more."""
        waiting = iter(lines)
        while (line := await asyncio.to_thread(next, waiting, None)) is not None:
            if line.strip():
                self._printer.show(await self._desk.handle(self._to_request(line)))

    def _to_request(self, line: str) -> Request:
        """Return the request of a typed line; after a word that takes files, paths are those."""
        request = console_request(line, space=self._space, place=PLACE)
        word = line.split(maxsplit=1)[0].lower()
        if word not in BY_WORD or not BY_WORD[word].takes_files:
            return request
        try:
            parts = shlex.split(line)[1:]
        except ValueError:  # a quotation mark without its partner
            return request
        paths = [part for part in parts if Path(part).is_file()]
        rest = [shlex.quote(part) for part in parts if part not in paths]
        return replace(
            request,
            text=" ".join([word, *rest]),
            attachments=tuple(local_file(Path(path), Path(path).name) for path in paths),
        )


def failed(reply: Reply) -> Sequence[str]:
    """Return the sentences of what could not be done."""
    match reply:
        case Problem():
            return (reply.text,)
        case Changed():
            return reply.problems
        case _:
            return ()
