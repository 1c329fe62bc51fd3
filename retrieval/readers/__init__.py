"""From a source's bytes to its text: one module per format, chosen by what the bytes are.

``recognition`` says which format it is. ``plain_text`` is read here; all other formats are complex
enough to be dangerous and are read by ``worker`` in a process of its own, which ``isolation``
begins, bounds and replaces; ``formats`` has the table of them.
"""

from retrieval.errors import UnreadableSource
from retrieval.readers import plain_text
from retrieval.readers.isolation import IsolatedReader
from retrieval.readers.reading import DEFAULT_LIMITS, Limits, Reading
from retrieval.readers.recognition import Format, format_of

__all__ = ["DEFAULT_LIMITS", "Limits", "Readers", "Reading", "text_of"]


class Readers:
    """Reads sources of every format, within limits."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self.limits = limits
        self._isolated = IsolatedReader(limits)

    def read(self, content: bytes, file: str) -> Reading:
        """Return the text of a source.

        Raises UnreadableSource or SourceTooLarge, each with the sentence to show.
        """
        its = format_of(content, file)
        if its is Format.TEXT:
            return plain_text.read(content, file)
        if its is Format.ARCHIVE:
            raise UnreadableSource(
                f"{file} holds several files; unpack it and add them by themselves."
            )
        return self._isolated.read(its, content, file)

    def warm_up(self) -> None:
        """Let a process that reads load its libraries, before there is a source for it."""
        self._isolated.warm_up()

    def close(self) -> None:
        """End the processes that read."""
        self._isolated.close()


def text_of(content: bytes, file: str) -> str:
    """Return the text of a source of plain text, in which the offsets of its passages count."""
    return plain_text.decode(content, file)
