"""Every word of the bot, once: its arguments, its help and who may use it.

The terminal's commands, the parsing of chat texts, the help and the README's table are made from
this list, and so are Slack's and Discord's commands.
"""

from collections.abc import Callable  # noqa: TC003 - an annotation of a local name
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from bot import messages
from bot.messages import Command


class Kind(Enum):
    """What an argument may be, and so what a text must look like to be one."""

    TEXT = auto()
    """Anything, to the end of the line."""
    FILE = auto()
    """The name of a document."""
    RECEIPT = auto()
    """One word: whatever it looks like, it is meant as a receipt."""
    CITED = auto()
    """A receipt in its own form, where a question may begin with the same word."""
    WORD = auto()
    """A word of this registry."""
    NUMBER = auto()
    ANSWER = auto()
    """The id of an answer."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a word; its name is the field of the command that it fills."""

    name: str
    kind: Kind
    help: str
    required: bool = True
    option: bool = False
    """Whether it is given by name (``title:"…"``, ``--title …``) and not by its place."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of the bot."""

    word: str
    command: type[Command]
    help: str
    arguments: tuple[Argument, ...] = ()
    takes_files: bool = False
    moderators_only: bool = False

    def build(self, **values: str | int) -> Command:
        """Return the entry's command with the values of its arguments."""
        make: Callable[..., Command] = self.command
        return make(**values)

    @property
    def positional(self) -> tuple[Argument, ...]:
        """Return the arguments that are given by their place."""
        return tuple(argument for argument in self.arguments if not argument.option)

    @property
    def options(self) -> tuple[Argument, ...]:
        """Return the arguments that are given by name."""
        return tuple(argument for argument in self.arguments if argument.option)

    @property
    def usage(self) -> str:
        """Return the word with its arguments, as help shows it."""
        parts = [self.word]
        for argument in self.positional:
            name = argument.name.upper()
            parts.append(name if argument.required else f"[{name}]")
        parts += [f"[{argument.name}:…]" for argument in self.options]
        return " ".join(parts)


_DETAILS: Final = (
    Argument("title", Kind.TEXT, "title, where the text states none", required=False, option=True),
    Argument("outlet", Kind.TEXT, "who published it", required=False, option=True),
    Argument("author", Kind.TEXT, "who wrote it", required=False, option=True),
    Argument(
        "published", Kind.TEXT, "date of publication, YYYY-MM-DD", required=False, option=True
    ),
)
_DOCUMENT: Final = Argument("file", Kind.FILE, "the document's file name, as list shows it")
_RECEIPT: Final = Argument("receipt", Kind.RECEIPT, "the receipt under a citation, or its start")

REGISTRY: Final[tuple[Entry, ...]] = (
    Entry(
        "ask",
        messages.Ask,
        "Ask the coverage; the answer is the passages that say it, word for word. "
        "A text without a word of this list is a question too.",
        (Argument("question", Kind.TEXT, "the question, in plain words"),),
    ),
    Entry(
        "why",
        messages.Why,
        "Say what an answer rests on: which words matched where, and with what weight.",
        (
            Argument(
                "about",
                Kind.CITED,
                "a receipt of your last answer here; in the terminal also a question",
            ),
        ),
    ),
    Entry(
        "more",
        messages.More,
        "Show the passages after those of your last answer here.",
        (Argument("answer", Kind.ANSWER, "the answer's id", required=False),),
    ),
    Entry(
        "context",
        messages.Context,
        "Show the passages before and after a cited one.",
        (_RECEIPT,),
    ),
    Entry("source", messages.Source, "Get a document's file as it was received.", (_DOCUMENT,)),
    Entry(
        "list",
        messages.ListDocuments,
        "List the documents, newest first.",
        (Argument("page", Kind.NUMBER, "page of the list", required=False),),
    ),
    Entry("show", messages.Show, "Show a document, paragraph by paragraph.", (_DOCUMENT,)),
    Entry("status", messages.ShowStatus, "Say how much the coverage holds and how fresh it is."),
    Entry(
        "help",
        messages.Help,
        "Say what can be asked, or explain one word.",
        (Argument("word", Kind.WORD, "a word of this list", required=False),),
    ),
    Entry(
        "verify",
        messages.Verify,
        "Check a citation by its receipt: unchanged, changed, withdrawn or unknown.",
        (_RECEIPT,),
    ),
    Entry(
        "add",
        messages.Add,
        "Add files to the coverage.",
        _DETAILS,
        takes_files=True,
        moderators_only=True,
    ),
    Entry(
        "replace",
        messages.Replace,
        "Put a file in the place of the document of its name; the older version is kept.",
        (
            Argument("file", Kind.FILE, "the document's name, if not the file's", required=False),
            *_DETAILS,
        ),
        takes_files=True,
        moderators_only=True,
    ),
    Entry(
        "remove",
        messages.Remove,
        "Take a document out of the coverage; restore brings it back.",
        (_DOCUMENT,),
        moderators_only=True,
    ),
    Entry(
        "restore",
        messages.Restore,
        "Bring a removed document back.",
        (_DOCUMENT,),
        moderators_only=True,
    ),
    Entry(
        "history",
        messages.ShowHistory,
        "Show who changed what and when, for all documents or for one.",
        (Argument("file", Kind.FILE, "the document's file name", required=False),),
        moderators_only=True,
    ),
)

BY_WORD: Final = {entry.word: entry for entry in REGISTRY}
BY_COMMAND: Final = {entry.command: entry for entry in REGISTRY}
