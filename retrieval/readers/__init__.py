"""From a source's bytes to its text: one module per format, chosen by what the bytes are."""

from dataclasses import dataclass

from retrieval.readers import plain_text


@dataclass(frozen=True, slots=True)
class Reading:
    """A source's text and the reader that took it out; the version changes when the text would."""

    text: str
    reader: str
    version: int


def read(content: bytes, file: str) -> Reading:
    """Return the text of a source.

    Raises UnreadableSource, with the sentence to show, where the bytes are no text.
    """
    return Reading(plain_text.decode(content, file), plain_text.NAME, plain_text.VERSION)


def text_of(content: bytes, file: str) -> str:
    """Return the text of a source, in which the offsets of its passages count."""
    return read(content, file).text
