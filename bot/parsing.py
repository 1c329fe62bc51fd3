"""From a chat text to a command. Total: every text means something, and at least a question.

A text that begins with a word of the registry is that command only where the rest fits its
arguments: “show story.txt” is a command, “show me what he said about jails” is a question. Where
it names a document, or a detail of one, and still does not fit, the word's help says how it does.
"""

from collections.abc import Mapping

import regex

from bot.messages import Ask, Command, Help
from bot.registry import BY_WORD, Argument, Entry, Kind
from bot.web import addresses_in
from retrieval import is_receipt

_FIRST_WORD = regex.compile(r"\s*/?(?P<word>\p{L}+)(?:\s+(?P<rest>.*))?\s*", regex.DOTALL)
_OPTION = regex.compile(
    r"(?:^|\s)(?P<name>[\p{L}_]+):"
    r"(?:[\"“](?P<quoted>(?:[^\"“”]|“[^\"“”]*+”)*+)[\"”]|(?P<bare>\S+))"
)
"""A mark that has no partner is looked for up to the next one only, however many there are."""
_QUOTED = regex.compile(
    r"\"(?P<name>[^\"]+)\"|“(?P<name>[^“”]+)”|‘(?P<name>.+)’|'(?P<name>.+)'|`(?P<name>[^`]+)`"
)
_FILE = regex.compile(r"\S+|.*\.\p{Alnum}{1,5}")
_NAMED_FILE = regex.compile(r"[^\s:]+\.(?:txt|md|html?|pdf|docx|rtf|eml)(?:\s|$)", regex.IGNORECASE)
_MARKS = regex.compile(r"[\"“”„«»]")
_ANSWER = regex.compile(r"[0-9a-f]{12}")
_NUMBER = regex.compile(r"[0-9]{1,2}")


def to_command(text: str, *, with_files: bool = False) -> Command:
    """Return what a text asks for; with files, “add this please” asks to add them."""
    match = _FIRST_WORD.fullmatch(text)
    entry = BY_WORD.get(match["word"].lower()) if match else None
    if match is None or entry is None:
        return Ask(text.strip()) if text.strip() else Help()
    rest = (match["rest"] or "").strip()
    command = _to_command_of(entry, rest)
    if command is None and with_files and entry.takes_files:
        command = entry.build(**take_options(entry, rest)[0])
    if command is None and _is_meant(entry, rest):
        return Help(entry.word)
    return command or Ask(text.strip())


def _is_meant(entry: Entry, rest: str) -> bool:
    """Say whether a word stands for its command although the rest does not fit its arguments.

    No question has a document's name right behind such a word, or gives one of its details.
    """
    takes_name = any(argument.kind is Kind.FILE for argument in entry.positional)
    details = {argument.name for argument in entry.options}
    return (takes_name and _NAMED_FILE.match(rest) is not None) or (
        entry.moderators_only
        and any(match["name"].lower() in details for match in _OPTION.finditer(rest))
    )


def _to_command_of(entry: Entry, rest: str) -> Command | None:
    """Return the command of an entry, None where the rest does not fit its arguments."""
    values, rest = take_options(entry, rest)
    if not entry.positional:
        return entry.build(**values) if not rest else None
    [argument] = entry.positional
    if not rest:
        return Help(entry.word) if argument.required else entry.build(**values)
    value = _to_value(argument, rest)
    return None if value is None else entry.build(**values, **{argument.name: value})


def with_filters(text: str, values: Mapping[str, str]) -> str:
    """Return a question with the filters that were given as options, as they are typed in it."""
    filters = (f'{name}:"{_MARKS.sub(" ", value)}"' for name, value in values.items() if value)
    return " ".join([text, *filters])


def filled(entry: Entry, values: Mapping[str, str | int]) -> Command:
    """Return an entry's command with the values of typed options, its filters among them."""
    names = {one.name for one in entry.filters}
    filters = {name: str(value) for name, value in values.items() if name in names}
    others = {name: value for name, value in values.items() if name not in names}
    if filters:
        text = str(others.get(entry.filtered, ""))
        others[entry.filtered] = with_filters(text, filters).strip()
    return entry.build(**others)


def take_options(entry: Entry, rest: str) -> tuple[dict[str, str | int], str]:
    """Return the ``name:value`` pairs that the entry knows, and what is left of the text.

    Filters are among them where they do not belong to a text, and stand together.
    """
    values: dict[str, str | int] = {}
    options = {argument.name: argument for argument in entry.options}
    filters: list[str] = []
    for match in list(_OPTION.finditer(rest)):
        name, given = match["name"].lower(), match["quoted"] or match["bare"] or ""
        if name in options:
            value = _to_value(options[name], given)
            if value is None:
                continue
            values[name] = value
        elif name in _own_filters(entry):
            filters.append(match[0].strip())
        else:
            continue
        rest = rest.replace(match[0], " ", 1)
    if filters:
        values[entry.filtered] = " ".join(filters)
    return values, rest.strip()


def _own_filters(entry: Entry) -> set[str]:
    """Return the names of the filters that stand beside an entry's arguments, not in a text."""
    in_text = any(argument.name == entry.filtered for argument in entry.arguments)
    return set() if in_text else {one.name for one in entry.filters}


def _to_value(argument: Argument, text: str) -> str | int | None:  # noqa: C901, PLR0911 - one case per kind
    """Return an argument's value, None where the text cannot be one."""
    match argument.kind:
        case Kind.TEXT:
            return text
        case Kind.FILE:
            quoted = _QUOTED.fullmatch(text)
            return quoted["name"] if quoted else text if _FILE.fullmatch(text) else None
        case Kind.RECEIPT | Kind.CITED:
            receipt = _to_receipt(text)
            is_meant = argument.kind is Kind.RECEIPT or (
                receipt and (is_receipt(receipt) or is_number(receipt))
            )
            return receipt if is_meant else None
        case Kind.WORD:
            return text.lower() if text.lower() in BY_WORD else None
        case Kind.NUMBER:
            return int(text) if text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004
        case Kind.ADDRESS:
            return " ".join(addresses_in(text)) or None
        case Kind.ANSWER:
            return text.lower() if _ANSWER.fullmatch(text.lower()) else None
        case Kind.CHOICE:
            return text.lower() if text.lower() in argument.choices else None


def is_number(text: str) -> bool:
    """Say whether a text may be the number of a citation: too short for a receipt's start."""
    return _NUMBER.fullmatch(text) is not None


def _to_receipt(text: str) -> str | None:
    """Return a receipt as it may be copied; one word is meant as one, whatever it looks like."""
    words = text.strip(" .,;:!?`\"'“”[]").lower().removeprefix("receipt").split()
    return words[0] if len(words) == 1 else None
