"""Markdown: its paragraphs without the marks, its front matter as details."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

import markdown_it
import regex
from markdown_it import MarkdownIt
from markdown_it.token import Token

from retrieval.analysis.leaning import BETWEEN_CELLS
from retrieval.model import Details
from retrieval.readers import plain_text
from retrieval.readers.reading import Reading, joined

NAME = f"markdown-it {markdown_it.__version__}"
VERSION = 1
FRONT_MATTER_LIMIT = 4_000
"""Characters; a longer block between dashes is text."""

_FRONT_MATTER = regex.compile(
    rf"---[ \t]*\r?\n(?P<fields>.{{0,{FRONT_MATTER_LIMIT}}}?)^---[ \t]*(?:\r?\n|\Z)",
    regex.DOTALL | regex.MULTILINE,
)
_FIELD = regex.compile(r"^(?P<name>\w+):[ \t]*(?P<value>\S.*?)[ \t]*\r?$", regex.MULTILINE)
_TAG = regex.compile(r"<!--.*?-->|<[^<>]*>", regex.DOTALL)


def read(content: bytes, file: str) -> Reading:
    """Return the text of a Markdown file, block by block."""
    text = plain_text.decode(content, file)
    front = _FRONT_MATTER.match(text)
    fields = dict(_FIELD.findall(front["fields"])) if front else {}
    tokens = MarkdownIt("commonmark").enable("table").parse(text[front.end() :] if front else text)
    return Reading(
        text=joined(_blocks(tokens)),
        reader=NAME,
        version=VERSION,
        details=_details(fields, tokens),
    )


def _details(fields: dict[str, str], tokens: Sequence[Token]) -> Details:
    stated = {name.lower(): value.strip("\"'") for name, value in fields.items()}
    return Details(
        title=stated.get("title") or _first_heading(tokens),
        outlet=stated.get("outlet") or stated.get("publication"),
        author=stated.get("author"),
        published=_date(stated.get("date") or stated.get("published") or ""),
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _first_heading(tokens: Sequence[Token]) -> str | None:
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h1":
            return "".join(_pieces(inline)) or None
    return None


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the text of each block; the cells of a table's row are one."""
    cells: list[str] | None = None
    for token in tokens:
        match token.type:
            case "tr_open":
                cells = []
            case "tr_close":
                yield BETWEEN_CELLS.join(cells or ())
                cells = None
            case "inline" if cells is not None:
                cells.append("".join(_pieces(token)))
            case "inline":
                yield from "".join(_pieces(token)).split("\n")
            case "fence" | "code_block":
                yield from token.content.splitlines()
            case "html_block":
                yield _TAG.sub(" ", token.content)


def _pieces(inline: Token) -> Iterator[str]:
    for token in inline.children or ():
        match token.type:
            case "softbreak":
                yield " "
            case "hardbreak":
                yield "\n"
            case "text" | "code_inline" | "image":
                yield token.content
