"""A source as it comes, before anything of it is read."""

from dataclasses import dataclass

from retrieval.errors import SourceTooLarge
from retrieval.model import NO_DETAILS, Details

DEFAULT_MAX_BYTES = 25 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document as it came, to be added with others."""

    content: bytes
    filename: str
    details: Details = NO_DETAILS


def check_size(size: int, file: str, max_bytes: int) -> None:
    """Raise SourceTooLarge where a source of ``size`` bytes is over the limit."""
    if size > max_bytes:
        raise SourceTooLarge(
            f"{file} has {size / 2**20:,.1f} MiB and the limit is {max_bytes / 2**20:,.1f} MiB; "
            "add it in parts or have the limit raised."
        )
