"""Rich text (.rtf): the text without its formatting, with the title and author of its header."""

from importlib.metadata import version

import regex
from striprtf.striprtf import rtf_to_text

from retrieval.model import Details
from retrieval.readers.reading import Reading, joined

NAME = f"striprtf {version('striprtf')}"
VERSION = 1

_FIELD = regex.compile(r"\{\\(?P<name>title|author)\s(?P<value>[^{}]{1,500})\}")


def read(content: bytes) -> Reading:
    """Return the text of a rich-text document."""
    source = content.decode("windows-1252", "replace")
    info = source.partition(r"{\info")[2][:10_000]
    fields = {name: _plain(rf"{{\rtf1 {value}}}") for name, value in _FIELD.findall(info)}
    return Reading(
        text=joined(_plain(source).split("\n")),
        reader=NAME,
        version=VERSION,
        properties=Details(title=fields.get("title"), author=fields.get("author")),
    )


def _plain(source: str) -> str:
    """Return text without formatting; characters that came as two halves are whole again."""
    text: str = rtf_to_text(source, errors="replace")  # type: ignore[no-untyped-call]  # it has no types
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
