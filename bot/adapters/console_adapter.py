"""The console: the bot in a terminal, without a token, and the printing of every command."""

import asyncio
import json
import shlex
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.desk import Desk
from bot.exports import is_export
from bot.messages import Attachment, Changed, Problem, Reply, Request, Sender
from bot.parsing import take_options
from bot.registry import BY_WORD, Entry, Kind
from bot.rendering.json_objects import to_objects
from bot.rendering.plain_text import Line, to_lines
from bot.rendering.segments import safe
from bot.threads import beside
from bot.web import addresses_in

OPERATOR = Sender(id="operator", name="operator", is_operator=True)
FAREWELLS = {"exit", "quit", "bye"}
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

    def show_question(self, question: str) -> None:
        """Print the question that the next answer is to, where many are answered."""
        if not self._as_json:
            self._print(Line(Text(f"> {safe(question)}", style="bold")))

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
        while (line := await beside(partial(next, waiting, None))) is not None:
            if line.strip().lower() in FAREWELLS:
                return
            if line.strip():
                self._printer.show(await self._reply(line))

    async def _reply(self, line: str) -> Reply:
        request = console_request(line, space=self._space, place=PLACE)
        word, _, rest = line.strip().removeprefix("/").partition(" ")
        entry = BY_WORD.get(word.lower())
        if entry is None or not entry.takes_files:
            return await self._desk.handle(request)
        return await self._reply_with_files(entry, rest, request)

    async def _reply_with_files(self, entry: Entry, rest: str, request: Request) -> Reply:
        """Carry out a command whose paths are files of this machine, or whose text is typed."""
        values, arguments = take_options(entry, rest)
        words = _words_of(arguments)
        if _is_text(entry, words):
            return await self._desk.handle(request)
        if words is None:
            return Problem("A quotation mark has no partner; put it around the whole path.")
        paths = [word for word in words if is_file(Path(word))]
        others = [word for word in words if word not in paths]
        [argument] = entry.positional
        if argument.kind is Kind.ADDRESS and addresses_in(" ".join(others)):
            values[argument.name], others = " ".join(others), []
        elif argument.kind is Kind.FILE and paths and others:
            values[argument.name] = others.pop()
        if refusal := _refusal(paths, others):
            return refusal
        files = tuple(local_file(Path(path), Path(path).name) for path in paths)
        return await self._desk.carry_out(
            entry.build(**values), replace(request, attachments=files)
        )


def _words_of(arguments: str) -> list[str] | None:
    """Return paths as a shell parts them; None where a quotation mark has no partner."""
    try:
        return shlex.split(arguments)
    except ValueError:
        return None


def _is_text(entry: Entry, words: Sequence[str] | None) -> bool:
    """Say whether a word is followed by its text: by several words of which none is a path."""
    if not any(argument.kind is Kind.TEXT for argument in entry.positional):
        return False
    return words is None or (len(words) > 1 and not any(is_file(Path(one)) for one in words))


def _refusal(paths: Sequence[str], others: Sequence[str]) -> Problem | None:
    """Return why paths cannot be taken in a conversation; many documents are for the command."""
    for path in [*others, *paths]:
        if is_folder(Path(path)) or (path in paths and is_export(Path(path))):
            how = f"newsdesk add {shlex.quote(path)}"
            return Problem(f"{path} holds many documents; end this and add them with: {how}")
    return Problem(f"There is no file {others[0]} on this machine.") if others else None


def is_folder(path: Path) -> bool:
    """Say whether a path leads to a folder, also where the system calls it no path at all."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_file(path: Path) -> bool:
    """Say whether a path leads to a file, also where the system calls it no path at all."""
    try:
        return path.is_file()
    except OSError:
        return False


def failed(reply: Reply) -> Sequence[str]:
    """Return the sentences of what could not be done."""
    match reply:
        case Problem():
            return (reply.text,)
        case Changed():
            return reply.problems
        case _:
            return ()
