"""The saved index: segments in a folder beside the database, and a manifest that names them.

The database is the truth. The manifest says up to which of its revisions the segments go, and
which line of its trail was the last then, so that an index of another history is known. Whatever
is missing, of another format, or not as its checksums say is passed over: the index is then
built anew from the database.
"""

import json
import os
import shutil
import sys
import uuid
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tokenize import TokenError
from typing import Any, Final, Self
from weakref import WeakKeyDictionary

from filelock import FileLock, Timeout

from retrieval.errors import DatabaseUnusable
from retrieval.index.postings.segment import Segment

FORMAT: Final = 3
"""Changes when the files do."""
CHUNK = 1 << 22
"""Bytes that are read at a time for a checksum."""
WIPE_TIMEOUT = 60.0
"""Seconds to wait for another process that is saving."""
ROOT: Final = 0
OWNERS_ALONE: Final = 0o700
"""The mode of the folder: it holds the words of documents, as the database does."""
UNREADABLE: Final = (OSError, EOFError, ValueError, SyntaxError, TokenError)
"""What numpy raises where a file is not whole; it reads headers as Python."""


@dataclass(frozen=True, slots=True)
class SavedSegment:
    """A segment's folder, its files' checksums and the slots that were dead in it."""

    folder: str
    checksums: Mapping[str, int]
    dead: Sequence[int]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was when it was saved."""

    revision: int
    """All changes of the database up to this one are in the segments; later ones may be."""
    trail: tuple[int, str]
    """Id and time of the last line of the database's trail then."""
    analysis: str
    """What made the terms of the texts; those of another do not meet a question's."""
    spaces: Mapping[str, int]
    """Numbers of the spaces; shared is 0 and not among them."""
    segments: Sequence[SavedSegment]

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the manifest that a text states; raise ValueError where it states none."""
        try:
            whole = json.loads(text)
            stated = whole["index"]
            if (whole["format"], whole["checksum"]) != (FORMAT, _checksum_of(stated)):
                raise ValueError("another format, or altered")
            segments = [SavedSegment(**one) for one in stated["segments"]]
            trail = (int(stated["trail"][0]), str(stated["trail"][1]))
            return cls(
                int(stated["revision"]),
                trail,
                str(stated["analysis"]),
                dict(stated["spaces"]),
                segments,
            )
        except (KeyError, TypeError, IndexError) as error:
            raise ValueError("no manifest") from error

    def to_json(self) -> str:
        """Return the manifest as a text that states it, with a checksum."""
        stated = asdict(self)
        return json.dumps({"format": FORMAT, "checksum": _checksum_of(stated), "index": stated})


class SavedIndex:
    """The folder of one database's index; may be used by several processes at once."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._folder = database.with_name(f"{database.name}.index")
        self._names: WeakKeyDictionary[Segment, tuple[str, Mapping[str, int]]] = WeakKeyDictionary()

    def manifest(self) -> Manifest | None:
        """Return what is saved, None where there is nothing of use."""
        try:
            return Manifest.from_json((self._folder / "manifest.json").read_text("utf-8"))
        except (OSError, ValueError):
            return None

    def load(self, saved: SavedSegment) -> Segment | None:
        """Map a segment's files, None where they are not whole; see ``is_as_saved`` too."""
        try:
            segment = Segment.load(self._folder / saved.folder)
        except UNREADABLE:
            return None
        self._names[segment] = (saved.folder, saved.checksums)
        return segment

    def is_as_saved(self, manifest: Manifest) -> bool:
        """Say whether all files have their checksums; reads all of them."""
        try:
            return all(
                _checksums(self._folder / saved.folder) == dict(saved.checksums)
                for saved in manifest.segments
            )
        except OSError:
            return False

    def size(self, manifest: Manifest) -> int:
        """Return the bytes of all files; of those that another process drops meanwhile none."""
        folders = [self._folder / saved.folder for saved in manifest.segments]
        return sum(_size(path) for folder in folders for path in folder.glob("*"))

    def is_stored(self, segment: Segment) -> bool:
        """Say whether a segment is mapped from files that stand in this folder."""
        return segment in self._names and (self._folder / self._names[segment][0]).is_dir()

    def discard(self) -> None:
        """Forget what is saved."""
        (self._folder / "manifest.json").unlink(missing_ok=True)

    def wipe(self) -> None:
        """Delete everything that is saved; who has it mapped keeps it until it lets go.

        Raises DatabaseUnusable where that cannot be: what is saved holds words.
        """
        if not self._folder.is_dir():
            return
        try:
            with FileLock(self._folder / "lock", timeout=WIPE_TIMEOUT):
                self.discard()
                self._drop_all_but(set())
        except OSError as error:  # a lock that another process holds for long is one too
            raise self._undeletable() from error
        if any(self._folder.glob("segment-*")):
            raise self._undeletable()

    def _undeletable(self) -> DatabaseUnusable:
        return DatabaseUnusable(
            f"{self._folder} cannot be emptied: another process writes it, or it is somebody "
            "else's; stop the bot, and do it again as the user whose it is."
        )

    def store(self, segment: Segment) -> Segment:
        """Write a segment's files and return it mapped from them."""
        name = f"segment-{uuid.uuid4().hex}"
        folder = self._folder / name
        try:
            self._folder.mkdir(mode=OWNERS_ALONE, exist_ok=True)
            folder.mkdir()
            segment.save(folder)
            mapped = Segment.load(folder)
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._hand_over()
        self._names[mapped] = (name, _checksums(folder))
        return mapped

    def save(
        self,
        segments: Sequence[tuple[Segment, Sequence[int]]],
        *,
        revision: int,
        trail: tuple[int, str],
        analysis: str,
        spaces: Mapping[str, int],
    ) -> None:
        """Make these stored segments, each with its dead slots, the index; drop older ones.

        Another process that saves at this moment, or has saved later changes, is left alone; so is
        what stands where it has dropped one of these segments, or one of them is not stored.
        """
        if not all(self.is_stored(segment) for segment, _ in segments):
            return
        named = [SavedSegment(*self._names[one], list(dead)) for one, dead in segments]
        manifest = Manifest(revision, trail, analysis, spaces, named)
        try:
            with FileLock(self._folder / "lock", timeout=0):
                standing = self.manifest()
                whole = all(self.is_stored(segment) for segment, _ in segments)
                if whole and (standing is None or standing.trail[0] <= trail[0]):
                    self._write(manifest)
                    self._drop_all_but({one.folder for one in named})
                self._hand_over()
        except Timeout:
            return

    def _hand_over(self) -> None:
        """As root, leave everything to the user whose the database is, as SQLite does.

        An operator adds documents or makes a backup as root; the bot, which is somebody else, has
        to read and to delete what that leaves here.
        """
        if sys.platform == "win32" or os.geteuid() != ROOT:
            return
        owner = self._database.stat()
        for path in (self._folder, *self._folder.rglob("*")):
            with suppress(OSError):  # another process has dropped it, or root has not all rights
                os.chown(path, owner.st_uid, owner.st_gid)

    def _write(self, manifest: Manifest) -> None:
        new = self._folder / "manifest.new"
        with new.open("w", encoding="utf-8") as file:
            file.write(manifest.to_json())
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._folder / "manifest.json")

    def _drop_all_but(self, names: set[str]) -> None:
        """Delete other segments; a process that has one mapped keeps it until it lets go."""
        for folder in self._folder.glob("segment-*"):
            if folder.name not in names:
                shutil.rmtree(folder, ignore_errors=True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _checksum_of(stated: Mapping[str, Any]) -> int:
    return zlib.crc32(json.dumps(stated).encode())


def _checksums(folder: Path) -> dict[str, int]:
    return {path.name: _checksum(path) for path in sorted(folder.iterdir())}


def _checksum(path: Path) -> int:
    value = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            value = zlib.crc32(chunk, value)
    return value
