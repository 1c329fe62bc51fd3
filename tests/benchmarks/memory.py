"""What Linux says of this process's memory, in MB of 2 ** 20 bytes."""

import resource
from pathlib import Path

KIB_IN_MB = 1024


def peak() -> float:
    """Return the most that this process held at once, or one that it started and waited for.

    getrusage's figure for the process itself would begin with what its parent held.
    """
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(_kib("status")["VmHWM"], started) / KIB_IN_MB


def private() -> float:
    """Return what this process holds and no file does, so that the system cannot take it back.

    Private_Clean and Private_Dirty would count the pages of a mapped file that nobody else maps.
    """
    return _kib("smaps_rollup")["Anonymous"] / KIB_IN_MB


def _kib(file: str) -> dict[str, int]:
    lines = [line.split() for line in (Path("/proc/self") / file).read_text().splitlines()]
    return {words[0].rstrip(":"): int(words[1]) for words in lines if words[-1] == "kB"}
