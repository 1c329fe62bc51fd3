"""What Linux says of a process's memory, in MB of 2 ** 20 bytes."""

import resource
from pathlib import Path

KIB_IN_MB = 1024


def peak() -> float:
    """Return the most that this process held at once, or one that it started and waited for.

    getrusage's figure for the process itself would begin with what its parent held.
    """
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(_kib("status")["VmHWM"], started) / KIB_IN_MB


def private(process: int | str = "self") -> float:
    """Return what a process holds and no file does, so that the system cannot take it back.

    Private_Clean and Private_Dirty would count the pages of a mapped file that nobody else maps.
    """
    return _kib("smaps_rollup", process)["Anonymous"] / KIB_IN_MB


def _kib(file: str, process: int | str = "self") -> dict[str, int]:
    path = Path("/proc") / str(process) / file
    lines = [line.split() for line in path.read_text().splitlines()]
    return {words[0].rstrip(":"): int(words[1]) for words in lines if words[-1] == "kB"}
