"""Exports of other systems: one document a line of JSON Lines, or a row of CSV.

Either has file, title, text, published, outlet, author, url and language; only text must be there.
They are read as they are wanted, so that an export of any size is never held in memory.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from retrieval import (
    BadDetail,
    Details,
    Incoming,
    LibraryError,
    SourceTooLarge,
    UnreadableSource,
    publication_date,
)

LONGEST_ESCAPE = 6
"""Bytes in which JSON may write one byte of a text, as in \\u0041."""
OTHER_FIELDS = 1 << 20
"""Bytes of a line besides its text, at most."""
HEADER_LIMIT = 4096
"""Bytes in which the first row of a table names its columns."""
_SEPARATORS = ",;\t"

Read = Callable[[int], None]


def is_export(path: Path) -> bool:
    """Say whether a file holds many documents: JSON Lines, or a table with a column “text”."""
    return holds_many(path.name, _header(path))


def holds_many(name: str, first: bytes) -> bool:
    """Say the same of a file whose name and first bytes are known."""
    match Path(name).suffix.lower():
        case ".jsonl":
            return True
        case ".csv":
            return "text" in _columns(_text(first))
        case _:
            return False


def documents_of(
    path: Path, given: Details, max_bytes: int, read: Read
) -> Iterator[Incoming | LibraryError]:
    """Yield the documents of an export, and in the place of one that holds none why.

    ``read`` is told after each how many more bytes were read. Raises OSError.
    """
    its = _rows if path.suffix.lower() == ".csv" else _lines
    with path.open("rb") as file:
        yield from its(file, path, given, max_bytes, read)


def _lines(
    file: BinaryIO, path: Path, given: Details, max_bytes: int, read: Read
) -> Iterator[Incoming | LibraryError]:
    longest = max_bytes * LONGEST_ESCAPE + OTHER_FIELDS
    number = 0
    while line := file.readline(longest):
        number += 1
        where = f"{path.name}, line {number}"
        if len(line) == longest and not line.endswith(b"\n"):
            yield SourceTooLarge(f"{where} is longer than a document may be.")
            read(len(line) + _skipped(file))
            continue
        if line.strip():
            record = _record(line)
            if record is None:
                yield UnreadableSource(f"{where} is not JSON; each line must hold one JSON object.")
            else:
                yield _exported(record, where, f"{path.stem}-{number}.txt", given)
        read(len(line))


def _skipped(lines: BinaryIO) -> int:
    """Read to the end of a line, and return how many bytes that were."""
    skipped = 0
    while rest := lines.readline(OTHER_FIELDS):
        skipped += len(rest)
        if rest.endswith(b"\n"):
            break
    return skipped


def _rows(
    file: BinaryIO, path: Path, given: Details, max_bytes: int, read: Read
) -> Iterator[Incoming | LibraryError]:
    csv.field_size_limit(max_bytes + OTHER_FIELDS)
    separator = _separator(_text(_header(path)))
    with io.TextIOWrapper(file, "utf-8-sig", "replace", newline="") as lines:
        rows = csv.reader(lines, delimiter=separator)
        told = 0
        try:
            columns = [name.strip().lower() for name in next(rows, [])]
            for number, row in enumerate(rows, 2):
                if row:
                    record = dict(zip(columns, row, strict=False))
                    where, name = f"{path.name}, row {number}", f"{path.stem}-{number}.txt"
                    yield _exported(record, where, name, given)
                read(file.tell() - told)
                told = file.tell()
        except csv.Error:
            yield UnreadableSource(
                f"{path.name} cannot be read from line {rows.line_num} on; a quotation mark there "
                "has no partner, or a field is longer than a document may be."
            )


def _header(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEADER_LIMIT)
    except OSError:  # whoever reads it will say so
        return b""


def _text(first: bytes) -> str:
    """Return the first row of a table."""
    return first[:HEADER_LIMIT].decode("utf-8-sig", "replace").partition("\n")[0]


def _separator(header: str) -> str:
    return max(_SEPARATORS, key=header.count)


def _columns(header: str) -> list[str]:
    return [name.strip(' "\r\n').lower() for name in header.split(_separator(header))]


def _exported(
    record: Mapping[str, Any], where: str, name: str, given: Details
) -> Incoming | LibraryError:
    """Return the document of a record; details that it does not state are the given ones."""
    if not isinstance(record.get("text"), str):
        return UnreadableSource(f"{where} has no text; each line needs at least file and text.")
    try:
        published = _field(record, "published").partition("T")[0]
        stated = Details(
            title=_field(record, "title") or None,
            outlet=_field(record, "outlet") or None,
            author=_field(record, "author") or None,
            published=publication_date(published) if published else None,
            url=_field(record, "url") or None,
            language=_field(record, "language") or None,
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


def _field(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""
