"""What ``newsdesk add PATH…`` brings in: files, whole folders, and exports of JSON Lines."""

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bot.adapters.console_adapter import local_file
from bot.messages import Add, Attachment, Problem

EXPORT_SUFFIX = ".jsonl"


@dataclass(frozen=True, slots=True)
class Load:
    """One document to add, with the details that came with it."""

    attachment: Attachment
    command: Add


def loads(paths: tuple[Path, ...], details: Add) -> Iterator[Load | Problem]:
    """Yield the documents below the given paths, in order of their names.

    A file from a folder is named by its path below it. Hidden files are passed over.
    """
    for path in paths:
        if path.is_dir():
            for file in _files_below(path):
                yield from _loads_of(file, file.relative_to(path).as_posix(), details)
        else:
            yield from _loads_of(path, path.name, details)


def _files_below(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def _loads_of(path: Path, name: str, details: Add) -> Iterator[Load | Problem]:
    if path.suffix.lower() == EXPORT_SUFFIX:
        yield from _export(path, details)
    else:
        yield Load(local_file(path, name), details)


def _export(path: Path, details: Add) -> Iterator[Load | Problem]:
    """Yield one document a line; a line that holds none is reported and passed over."""
    with path.open("rb") as lines:
        start = 0
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _exported(line, path, number, partial(_text_at, path, start), details)
            start += len(line)


def _exported(
    line: bytes, path: Path, number: int, text: Callable[[], bytes], details: Add
) -> Load | Problem:
    """Return the document of a line; its text is read again when it is wanted.

    So an export of any size is listed without being held in memory.
    """
    where = f"{path.name}, line {number}"
    record = _record(line)
    if record is None:
        return Problem(f"{where} is not JSON; each line must hold one JSON object.")
    if not isinstance(record.get("text"), str):
        return Problem(f"{where} has no text; each line needs at least file and text.")
    name = _field(record, "file") or f"{path.stem}-{number}.txt"

    async def fetch() -> bytes:
        return await asyncio.to_thread(text)

    command = Add(
        title=_field(record, "title") or details.title,
        outlet=_field(record, "outlet") or details.outlet,
        author=_field(record, "author") or details.author,
        published=_field(record, "published").partition("T")[0] or details.published,
    )
    return Load(Attachment(name, len(_bytes_of(record)), fetch), command)


def _text_at(path: Path, start: int) -> bytes:
    """Return the text of the document whose line begins at a byte of an export."""
    with path.open("rb") as lines:
        lines.seek(start)
        return _bytes_of(_record(lines.readline()) or {})


def _record(line: bytes) -> dict[str, Any] | None:
    """Return the JSON object of a line, an empty one for other JSON, None for no JSON."""
    try:
        record = json.loads(line.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else {}


def _bytes_of(record: dict[str, Any]) -> bytes:
    return _field(record, "text").encode("utf-8", "replace")


def _field(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""
