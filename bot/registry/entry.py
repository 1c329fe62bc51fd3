"""An entry of the registry: one word, its arguments, its help and who may use it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

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
    """A receipt in its own form or a number, where a question may begin with the same word."""
    WORD = auto()
    """A word of this registry."""
    NUMBER = auto()
    ADDRESS = auto()
    """Web addresses, one or several."""
    ANSWER = auto()
    """The id of an answer."""
    CHOICE = auto()
    """One of the argument's choices."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a word; its name is the field of the command that it fills."""

    name: str
    kind: Kind
    help: str
    required: bool = True
    option: bool = False
    """Whether it is given by name (``title:"…"``, ``--title …``) and not by its place."""
    choices: tuple[str, ...] = ()
    needed: bool = False
    """Whether nothing is done without it, although it is given by name: forms insist on it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of the bot."""

    word: str
    command: type[Command]
    help: str
    arguments: tuple[Argument, ...] = ()
    filters: tuple[Argument, ...] = ()
    """What narrows its text where it stands in it (``in:FILE``); an option where there are such."""
    filtered: str = "question"
    """The field of the command in which the filters stand."""
    takes_files: bool = False
    moderators_only: bool = False
    more_for_moderators: bool = False
    """Whether moderators get more of it than others do."""
    for_asker: bool = False
    """Whether the reply is for the asker alone, also where everybody heard the question."""

    def build(self, **values: str | int) -> Command:
        """Return the entry's command with the values of its arguments."""
        make: Callable[..., Command] = self.command
        return make(**values)

    def needs_no_file(self, values: Mapping[str, str | int]) -> bool:
        """Say whether values hold what a word that takes files can do with instead of one."""
        instead = {Kind.ADDRESS, Kind.TEXT}
        return any(values.get(one.name) for one in self.positional if one.kind in instead)

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
        """Return the word with its arguments, as help on it shows it."""
        return " ".join([self._placed, *(f"[{argument.name}:…]" for argument in self.options)])

    @property
    def short_usage(self) -> str:
        """Return the word with its arguments, as a list of words shows it: without the details."""
        return self.usage.split(" [title:")[0]

    @property
    def _placed(self) -> str:
        """Return the word with the arguments that are typed behind it; nobody types an id."""
        parts = [self.word]
        for argument in self.positional:
            name = argument.name.upper()
            if argument.kind is not Kind.ANSWER:
                parts.append(name if argument.required else f"[{name}]")
        return " ".join(parts)
