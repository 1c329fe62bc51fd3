"""The query language inside a question: exact phrases, exclusions, filters, and the newest first.

``"exact phrase"``, ``-word``, ``-"a phrase"``, ``in:FILE``, ``from:OUTLET``, ``by:AUTHOR``,
``since:DATE`` and ``until:DATE`` stand anywhere in a question; all else are its words. A filter
that is given several times lets through what any of its values does.
"""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import regex

from retrieval.analysis.analyzer import Phrase, folded_words
from retrieval.errors import BadFilter

QUERY_LIMIT = 10_000
"""Characters that are read of a question; what follows is left out."""
VALUES_LIMIT = 20
"""Values of one filter; each is compared with every file name, outlet or author."""

ASKED_LIMIT = 25
"""Words of a question; a longer text was pasted, and its “last year” asks for nothing."""

LAST_MONTH = 12

_QUOTED = r"""["“”„«](?P<{name}>[^"“”„«»]*)["”“»]"""
_PART = regex.compile(
    rf"""
      (?<!\S)(?P<operator>in|from|by|since|until):(?:{_QUOTED.format(name="value")}|(?P<bare>\S*))
    | (?<!\S)-(?:{_QUOTED.format(name="without")}|(?P<word>\p{{L}}\S*))
    | {_QUOTED.format(name="phrase")}
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_END_OF_VALUE = ".,;:!?)]}"
_NEWEST: Final = regex.compile(
    r"\b(?:latest|newest|(?:most )?recent(?:ly)?|lately|today|yesterday"
    r"|(?:this|last|past) (?:week|month|year))\b",
    regex.IGNORECASE,
)
_DATE = regex.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?")
_EXAMPLES: Final = {
    "in": "in:story.txt",
    "from": "from:Post",
    "by": "by:Horwitz",
    "since": "since:2017-08",
    "until": "until:2018",
}


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents are searched; what is empty lets all through."""

    files: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return self != DocumentFilter()

    def __str__(self) -> str:
        """Return the filter in words, as they follow “documents”."""
        named = [
            f"{word} {' or '.join(values)}"
            for word, values in (("in", self.files), ("from", self.outlets), ("by", self.authors))
            if values
        ]
        dated = [
            f"{word} {day.isoformat()}"
            for word, day in (("since", self.since), ("until", self.until))
            if day
        ]
        return ", ".join([*named, *dated])


@dataclass(frozen=True, slots=True)
class Query:
    """A question with its operators read."""

    text: str
    """The question without operators and exclusions; phrases stand in it."""
    phrases: tuple[Phrase, ...] = ()
    """What the passages must hold word for word."""
    excluded_words: tuple[str, ...] = ()
    excluded_phrases: tuple[Phrase, ...] = ()
    filter: DocumentFilter = field(default_factory=DocumentFilter)

    @property
    def wants_newest(self) -> bool:
        """Whether the question asks for what is new (“latest”, “this week”), and quotes it not."""
        asked = _PART.sub(" ", self.text)
        return len(asked.split()) <= ASKED_LIMIT and _NEWEST.search(asked) is not None

    @property
    def timeless_text(self) -> str:
        """Return the text without the words that ask for what is new."""
        return _NEWEST.sub(" ", self.text)


def parse(text: str) -> Query:
    """Read the operators of a question; raise BadFilter where one cannot be read."""
    matches = list(_PART.finditer(text[:QUERY_LIMIT]))
    values: dict[str, list[str]] = {name: [] for name in _EXAMPLES}
    for match in matches:
        if name := match["operator"]:
            values[name.lower()].append(_value(name.lower(), match))
    values = {name: _few(name, its) for name, its in values.items()}
    since = max((_first_day(one) for one in values["since"]), default=None)
    until = min((_last_day(one) for one in values["until"]), default=None)
    if since and until and since > until:
        raise BadFilter(f"Nothing can be since {since} and until {until}; change one of them.")
    return Query(
        text="".join(_rest(text[:QUERY_LIMIT], matches)),
        phrases=_phrases([match["phrase"] for match in matches]),
        excluded_words=tuple(match["word"] for match in matches if match["word"]),
        excluded_phrases=_phrases([match["without"] for match in matches]),
        filter=DocumentFilter(
            tuple(values["in"]), tuple(values["from"]), tuple(values["by"]), since, until
        ),
    )


def _rest(text: str, matches: Sequence["regex.Match[str]"]) -> Iterator[str]:
    """Yield the text but for operators and exclusions."""
    end = 0
    for match in matches:
        if match["phrase"] is None:
            yield text[end : match.start()]
            end = match.end()
    yield text[end:]


def _phrases(quoted: Sequence[str | None]) -> tuple[Phrase, ...]:
    """Return quoted phrases once each, without those of which folding leaves nothing."""
    phrases = (tuple(folded_words(one)) for one in quoted if one)
    return tuple(dict.fromkeys(filter(any, phrases)))


def _value(name: str, match: "regex.Match[str]") -> str:
    value = match["value"] if match["value"] is not None else match["bare"].rstrip(_END_OF_VALUE)
    if not value.strip():
        raise BadFilter(f"{name}: needs its value right behind it, as in {_EXAMPLES[name]}.")
    return str(value.strip())


def _few(name: str, values: Sequence[str]) -> list[str]:
    """Return each value of a filter once; raise BadFilter where they are too many."""
    each = list(dict.fromkeys(values))
    if len(each) > VALUES_LIMIT:
        raise BadFilter(
            f"{name}: stands here with {len(each)} values; give at most {VALUES_LIMIT}."
        )
    return each


def _first_day(value: str) -> date:
    year, month, day = _date(value, "since")
    return _checked(value, "since", year, month or 1, day or 1)


def _last_day(value: str) -> date:
    """Return the last day of a year, a month or a day: all of it is meant."""
    year, month, day = _date(value, "until")
    first = _checked(value, "until", year, month or LAST_MONTH, day or 1)
    return first if day else first.replace(day=calendar.monthrange(year, first.month)[1])


def _date(value: str, name: str) -> tuple[int, int, int]:
    match = _DATE.fullmatch(value)
    if match is None:
        raise _no_date(value, name)
    return int(match["year"]), int(match["month"] or 0), int(match["day"] or 0)


def _checked(value: str, name: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise _no_date(value, name) from error


def _no_date(value: str, name: str) -> BadFilter:
    return BadFilter(
        f"{name}:{value} names no date; write {name}:2017, {name}:2017-08 or {name}:2017-08-01."
    )
