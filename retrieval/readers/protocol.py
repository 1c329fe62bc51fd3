"""What the library and its reading processes say to each other: JSON, and a source's bytes.

Neither side runs anything that the other one sends, as it would with pickled objects.
"""

import json
import struct
from typing import IO, Any

HEADER = struct.Struct(">IQ")
"""Bytes of the JSON, and of the source after it."""

LONGEST = 2**30
"""Bytes of either; more is no message of ours."""

Message = dict[str, Any]


def send(stream: IO[bytes], message: Message, content: bytes = b"") -> None:
    """Write a message, with a source where there is one."""
    said = json.dumps(message, ensure_ascii=False).encode()
    stream.write(HEADER.pack(len(said), len(content)))
    stream.write(said)
    stream.write(content)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[Message, bytes] | None:
    """Read a message and its source; None where the other side has ended or errs."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    length, size = HEADER.unpack(header)
    if max(length, size) > LONGEST:
        return None
    said, content = stream.read(length), stream.read(size)
    return (json.loads(said), content) if len(said) + len(content) == length + size else None
