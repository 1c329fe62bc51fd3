"""What ``newsdesk add PATH…`` brings in: files, whole folders, archives and exports.

Everything is read as it is wanted: a folder or an export of any size is never held in memory.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.exports import documents_of, is_export
from retrieval import (
    DEFAULT_LIMITS,
    Details,
    Incoming,
    LibraryError,
    Limits,
    SourceTooLarge,
    UnreadableSource,
    check_size,
    unpacked,
)

ARCHIVE_SUFFIX = ".zip"


@dataclass(frozen=True, slots=True)
class File:
    """A file of this machine and the name that it goes by."""

    path: Path
    name: str
    size: int
    """Bytes."""

    @property
    def is_export(self) -> bool:
        """Whether it holds one document a line or row."""
        return is_export(self.path)

    @property
    def holds_several(self) -> bool:
        """Whether it is meant to hold several documents."""
        return self.is_export or self.path.suffix.lower() == ARCHIVE_SUFFIX


def files_at(paths: Sequence[Path]) -> list[File]:
    """Return the files at and below paths, in the order of the paths and of their names.

    A file from a folder is named by its path below it. Hidden files are passed over.
    """
    return [
        File(file, file.relative_to(path).as_posix() if path.is_dir() else path.name, _size(file))
        for path in paths
        for file in (_below(path) if path.is_dir() else [path])
    ]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # whoever reads it will say so
        return 0


def _below(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def documents_in(
    files: Sequence[File],
    given: Details,
    max_bytes: int,
    read: Callable[[int], None],
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Incoming | LibraryError]:
    """Yield the documents that files hold, and in the place of one that cannot be read why.

    Details that a line of an export does not state are the given ones. ``read`` is told after
    each document how many more bytes were read.
    """
    for file in files:
        if file.is_export:
            yield from _export(file, given, max_bytes, read)
        else:
            whole = _whole(file, given, max_bytes)
            if isinstance(whole, Incoming):
                yield from unpacked(whole, max_bytes, limits)
            else:
                yield whole
            read(file.size)


def _whole(file: File, given: Details, max_bytes: int) -> Incoming | LibraryError:
    try:
        check_size(file.size, file.name, max_bytes)
        return Incoming(file.path.read_bytes(), file.name, given)
    except SourceTooLarge as error:
        return error
    except OSError:
        return _unreadable(file)


def _unreadable(file: File) -> UnreadableSource:
    return UnreadableSource(
        f"{file.name} could not be read; check that it is there and that you may read it."
    )


def _export(
    file: File, given: Details, max_bytes: int, read: Callable[[int], None]
) -> Iterator[Incoming | LibraryError]:
    try:
        yield from documents_of(file.path, given, max_bytes, read)
    except OSError:
        yield _unreadable(file)
