"""What a reader takes out of a source, and the limits within which it does."""

from collections.abc import Iterable
from dataclasses import dataclass
from zipfile import ZipInfo

from retrieval.errors import SourceTooLarge
from retrieval.model import NO_DETAILS, Details

MIB = 2**20
BETWEEN = "\n\n"
"""Stands between the paragraphs of an extraction, so that each is a passage of its own."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one source may cost at most; plain text is bound by its size and paragraphs only."""

    pages: int = 1_000
    """Of a PDF: a year of a government's budget has some hundreds."""
    unpacked_bytes: int = 200 * MIB
    """Of a .zip or .docx with everything in it unpacked."""
    files: int = 1_000
    """In one .zip."""
    paragraphs: int = 50_000
    """Of one document: the Bible has 31,102 verses."""
    seconds: float = 20
    """For reading one source."""
    memory_bytes: int = 1_024 * MIB
    """For reading one source; the libraries that read take some 200 MiB of addresses."""


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Reading:
    """A source's text and the reader that took it out; the version changes when the text would."""

    text: str
    reader: str
    version: int
    details: Details = NO_DETAILS
    """What the source itself shows in fields that people read, such as a mail's subject."""
    properties: Details = NO_DETAILS
    """What a program noted with the file; the text's own statements go before it."""
    pages: tuple[int, ...] = ()
    """Where each page of the text begins; empty for sources without pages."""


def joined(paragraphs: Iterable[str]) -> str:
    """Return paragraphs as one text, each on a line of its own with its white space folded."""
    folded = (" ".join(paragraph.split()) for paragraph in paragraphs)
    return BETWEEN.join(one for one in folded if one)


def check_unpacked(members: Iterable[ZipInfo], file: str, limits: Limits) -> None:
    """Raise SourceTooLarge where what is packed would be over the limit unpacked.

    What an archive says of a file's size is true enough: its reader stops there.
    """
    size = sum(member.file_size for member in members)
    if size > limits.unpacked_bytes:
        raise SourceTooLarge(
            f"{file} has {size / MIB:,.1f} MiB unpacked and the limit is "
            f"{limits.unpacked_bytes / MIB:,.1f} MiB; add it in parts or have the limit raised.",
            limit="unpacked_bytes",
        )
