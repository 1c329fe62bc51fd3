"""House style: the line that is pasted under a citation, from a template that an operator sets.

``{title}`` and the other fields stand for what is known of the passage; what stands in ``[…]`` is
left out where one of its fields is not known.
"""

from dataclasses import dataclass
from typing import Final

import regex

from retrieval import Document, Passage

DEFAULT_STYLE: Final = (
    "“{text}” — {title}[, by {author}][, {outlet}][, {date}], paragraph {paragraph}"
    " ({file}, receipt {receipt})"
)
TEXT_LIMIT = 600
"""Characters of a passage in a citation line; a longer one is cut at a word."""

_ENCLOSED = regex.compile(r"[“\"](?P<inner>[^“”\"]*)[”\"]")
"""A text that is one quotation: the template’s marks stand for its own."""
_FIELD = regex.compile(r"\{(?P<name>[^{}]*)\}")
_OPTIONAL = regex.compile(r"\[(?P<inner>[^\[\]]*)\]")
_FIELDS: Final = frozenset(
    ["text", "title", "author", "outlet", "published", "date", "paragraph", "file", "receipt"]
)


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """A template of a citation line."""

    template: str = DEFAULT_STYLE

    def __post_init__(self) -> None:
        """Raise ValueError with a sentence where the template names what there is not."""
        unknown = [name for name in _FIELD.findall(self.template) if name not in _FIELDS]
        if unknown:
            raise ValueError(
                f"there is no field {{{unknown[0]}}}; the fields are {', '.join(sorted(_FIELDS))}"
            )
        if not _FIELD.search(self.template):
            raise ValueError("a citation names at least one field, such as {title}")

    def line(self, document: Document, passage: Passage) -> str:
        """Return the citation line of a passage, on one line."""
        values = _values(document, passage)
        filled = _OPTIONAL.sub(lambda match: _group(match["inner"], values), self.template)
        return " ".join(_filled(filled, values).split())


def _values(document: Document, passage: Passage) -> dict[str, str]:
    details = document.details
    published = details.published
    known = {
        "text": _shortened(passage.text),
        "title": document.name,
        "author": details.author,
        "outlet": details.outlet,
        "published": published.isoformat() if published else None,
        "date": f"{published:%B} {published.day}, {published.year}" if published else None,
        "paragraph": str(passage.paragraph),
        "file": document.file,
        "receipt": passage.receipt,
    }
    return {name: value for name, value in known.items() if value}


def _group(inner: str, values: dict[str, str]) -> str:
    """Return an optional part, empty where one of its fields is not known."""
    return inner if all(name in values for name in _FIELD.findall(inner)) else ""


def _filled(text: str, values: dict[str, str]) -> str:
    return _FIELD.sub(lambda match: values.get(match["name"], ""), text)


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    if len(text) > TEXT_LIMIT:
        return text[:TEXT_LIMIT].rpartition(" ")[0] + " …"
    enclosed = _ENCLOSED.fullmatch(text)
    return enclosed["inner"] if enclosed else text
