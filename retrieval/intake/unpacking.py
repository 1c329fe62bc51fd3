"""Archives (.zip): the sources that they hold, one after the other, within limits.

Nothing is ever written to a disk: what is packed goes from memory to memory, and the names are
names only.
"""

import io
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from retrieval.errors import LibraryError, SourceTooLarge, UnreadableSource
from retrieval.intake.incoming import Incoming, check_size
from retrieval.readers import Limits
from retrieval.readers.reading import check_unpacked
from retrieval.readers.recognition import Format, format_of

ENCRYPTED = 0x1
"""Bit of a file's flags (PKWARE's APPNOTE, 4.4.4)."""
UNIX_MODE = 16
"""Bits before a file's mode in its external attributes, where Unix packed it (Info-ZIP)."""
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2}
"""Of packing; LZMA lets an archive say how much memory unpacking takes."""
_NOT_SOURCES = ("__MACOSX",)


def is_archive(content: bytes, file: str) -> bool:
    """Say whether a source is an archive of several."""
    try:
        return format_of(content, file) is Format.ARCHIVE
    except UnreadableSource:
        return False


def number_in(content: bytes, file: str, limits: Limits) -> int:
    """Return how many sources come of one: of an archive those that it holds, else itself."""
    if not is_archive(content, file):
        return 1
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        number = sum(map(_is_source, archive.infolist()))
    return number if 0 < number <= limits.files else 1


def unpacked(source: Incoming, max_bytes: int, limits: Limits) -> Iterator[Incoming | LibraryError]:
    """Yield the sources that an archive holds, and why one of them cannot be had in its place.

    They go by their paths within the archive, as files of a folder do; hidden ones are passed
    over. A source that is no archive is yielded as it is.
    """
    if not is_archive(source.content, source.filename):
        yield source
        return
    with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
        members = [one for one in archive.infolist() if _is_source(one)]
        try:
            _check(members, source.filename, limits)
        except LibraryError as error:
            yield error
            return
        for member in members:
            try:
                content = _content_of(member, archive, source.filename, max_bytes)
            except LibraryError as error:
                yield error
            else:
                yield replace(source, content=content, filename=member.filename)


def _is_source(member: zipfile.ZipInfo) -> bool:
    if not member.filename:  # zipfile itself looks at its last character
        return False
    parts = member.filename.replace("\\", "/").split("/")
    hidden = any(part.startswith(".") and part.strip(".") for part in parts)
    return not (member.is_dir() or hidden or parts[0] in _NOT_SOURCES)


def _check(members: list[zipfile.ZipInfo], file: str, limits: Limits) -> None:
    if not members:
        raise UnreadableSource(f"{file} holds no files; there is nothing to add.")
    if len(members) > limits.files:
        raise SourceTooLarge(
            f"{file} holds {len(members):,} files and the limit is {limits.files:,}; "
            "add it in parts or have the limit raised.",
            limit="files",
        )
    check_unpacked(members, file, limits)


def _content_of(
    member: zipfile.ZipInfo, archive: zipfile.ZipFile, file: str, max_bytes: int
) -> bytes:
    """Return a file of an archive, of which never more is read than it says it has."""
    name = f"{member.filename} in {file}"
    path = member.filename.replace("\\", "/")
    if path.startswith("/") or ".." in path.split("/"):
        raise UnreadableSource(f"{name} has a path that leads out of the archive; it is left out.")
    if stat.S_ISLNK(member.external_attr >> UNIX_MODE):
        raise UnreadableSource(f"{name} is a link to another file; pack the file itself.")
    if member.flag_bits & ENCRYPTED:
        raise UnreadableSource(f"{name} is locked with a password; pack it without one.")
    if member.compress_type not in METHODS:
        raise UnreadableSource(f"{name} is packed in a way that is not read; pack it as usual.")
    check_size(member.file_size, name, max_bytes)
    try:
        content = archive.read(member)
    except Exception as error:
        raise UnreadableSource(f"{name} is damaged; pack it anew and add it again.") from error
    if is_archive(content, member.filename):
        raise UnreadableSource(f"{name} is an archive in an archive; add it by itself.")
    return content
