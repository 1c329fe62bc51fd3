"""The reading process: ``python -m retrieval.readers.worker LIMITS`` reads what it is sent.

It gets a source on standard input and gives what it holds on standard output, one after the other,
until the input ends. It knows no token and no database, and takes no more memory and time than the
limits allow; whatever happens to it happens to nobody else.
"""

import json
import logging
import os
import sys
from typing import IO

from retrieval.errors import LibraryError, SourceTooLarge
from retrieval.readers.formats import read_format
from retrieval.readers.protocol import Message, receive, send
from retrieval.readers.reading import Limits, Reading
from retrieval.readers.recognition import Format

if sys.platform != "win32":
    import resource

OUT_OF_MEMORY = "memory"


def main() -> None:
    """Read sources until the input ends."""
    limits = Limits(**json.loads(sys.argv[1]))
    logging.disable()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints is no answer
    _bound_memory(limits)
    serve(sys.stdin.buffer, answers, limits)


def serve(requests: IO[bytes], answers: IO[bytes], limits: Limits) -> None:
    """Answer each request; after one for which the memory did not suffice, end."""
    while request := receive(requests):
        asked, content = request
        _bound_time(limits)
        answer = answer_to(Format(asked["format"]), content, asked["file"], limits)
        send(answers, answer)
        if "failure" in answer:
            return


def answer_to(its: Format, content: bytes, file: str, limits: Limits) -> Message:
    """Return a reading, or why there is none, as JSON can say it."""
    try:
        return {"reading": _to_json(read_format(its, content, file, limits))}
    except LibraryError as error:
        limit = error.limit if isinstance(error, SourceTooLarge) else None
        return {"problem": str(error), "limit": limit}
    except MemoryError:
        return {"failure": OUT_OF_MEMORY}


def _to_json(reading: Reading) -> Message:
    return {
        "text": reading.text,
        "reader": reading.reader,
        "version": reading.version,
        "details": reading.details.to_object(),
        "properties": reading.properties.to_object(),
        "pages": reading.pages,
    }


def _bound_memory(limits: Limits) -> None:
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _bound_time(limits: Limits) -> None:
    """Let the system end this process when it computes for too long, though nobody waits any more.

    Whoever waits ends it earlier, for CPU time does not pass faster than time.
    """
    if sys.platform != "win32":
        spent = resource.getrusage(resource.RUSAGE_SELF)
        until = int(spent.ru_utime + spent.ru_stime + limits.seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
