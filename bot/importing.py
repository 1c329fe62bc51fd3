"""What ``newsdesk add PATH…`` brings in: files, whole folders, and exports of JSON Lines.

Everything is read as it is wanted: a folder or an export of any size is never held in memory.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from retrieval import (
    BadDetail,
    Details,
    Incoming,
    LibraryError,
    SourceTooLarge,
    UnreadableSource,
    check_size,
    publication_date,
)

EXPORT_SUFFIX = ".jsonl"
LONGEST_ESCAPE = 6
"""Bytes in which JSON may write one byte of a text, as in \\u0041."""
OTHER_FIELDS = 1 << 20
"""Bytes of a line besides its text, at most."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of this machine and the name that it goes by."""

    path: Path
    name: str
    size: int
    """Bytes."""

    @property
    def is_export(self) -> bool:
        """Whether it holds one document a line."""
        return self.path.suffix.lower() == EXPORT_SUFFIX


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
    files: Sequence[File], given: Details, max_bytes: int, read: Callable[[int], None]
) -> Iterator[Incoming | LibraryError]:
    """Yield the documents that files hold, and in the place of one that cannot be read why.

    Details that a line of an export does not state are the given ones. ``read`` is told after
    each document how many more bytes were read.
    """
    for file in files:
        if file.is_export:
            yield from _export(file, given, max_bytes, read)
        else:
            yield _whole(file, given, max_bytes)
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
    """Yield one document a line; one that holds none is reported and passed over."""
    longest = max_bytes * LONGEST_ESCAPE + OTHER_FIELDS
    try:
        with file.path.open("rb") as lines:
            number = 0
            while line := lines.readline(longest):
                number += 1
                where = f"{file.path.name}, line {number}"
                if len(line) == longest and not line.endswith(b"\n"):
                    yield SourceTooLarge(f"{where} is longer than a document may be.")
                    read(len(line) + _skipped(lines))
                    continue
                if line.strip():
                    yield _exported(line, where, f"{file.path.stem}-{number}.txt", given)
                read(len(line))
    except OSError:
        yield _unreadable(file)


def _skipped(lines: BinaryIO) -> int:
    """Read to the end of a line, and return how many bytes that were."""
    skipped = 0
    while rest := lines.readline(OTHER_FIELDS):
        skipped += len(rest)
        if rest.endswith(b"\n"):
            break
    return skipped


def _exported(line: bytes, where: str, name: str, given: Details) -> Incoming | LibraryError:
    """Return the document of a line."""
    record = _record(line)
    if record is None:
        return UnreadableSource(f"{where} is not JSON; each line must hold one JSON object.")
    if not isinstance(record.get("text"), str):
        return UnreadableSource(f"{where} has no text; each line needs at least file and text.")
    try:
        published = _field(record, "published").partition("T")[0]
        stated = Details(
            title=_field(record, "title") or None,
            outlet=_field(record, "outlet") or None,
            author=_field(record, "author") or None,
            published=publication_date(published) if published else None,
        )
    except BadDetail as error:
        return BadDetail(f"{where}: {error}")
    text = _field(record, "text").encode("utf-8", "replace")
    return Incoming(text, _field(record, "file") or name, stated.over(given))


def _record(line: bytes) -> dict[str, Any] | None:
    """Return the JSON object of a line, an empty one for other JSON, None for no JSON."""
    try:
        record = json.loads(line.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else {}


def _field(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""
