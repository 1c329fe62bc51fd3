"""Fuzz one target, guided by what its code does with the bytes, with atheris.

    pip install -e ".[fuzz]"
    python -m tests.fuzz TARGET [SECONDS]

A finding ends it and leaves its bytes in a file ``crash-…``; ``python -m tests.fuzz TARGET FILE``
does the same again. The targets are in ``targets.py``.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["bot", "retrieval"]):
    from tests.fuzz.targets import TARGETS, WORDS

SECONDS = "3600"


def main() -> None:
    """Fuzz the target that is named, for an hour or as long as is said."""
    name, what = [*sys.argv[1:], SECONDS][:2]
    if name not in TARGETS:
        sys.exit(f"There is no target {name}; there are {', '.join(TARGETS)}.")
    with tempfile.TemporaryDirectory() as folder:
        how = [f"-max_total_time={what}", folder] if what.isdecimal() else [what]
        words = f"-dict={_dictionary(Path(folder))}"
        atheris.Setup([sys.argv[0], "-max_len=4096", words, *how], TARGETS[name])
        atheris.Fuzz()


def _dictionary(folder: Path) -> Path:
    """Write the words into a file, llvm.org/docs/LibFuzzer.html#dictionaries."""
    path = folder / "words"
    quoted = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in WORDS)
    path.write_text("".join(f'"{word}"\n' for word in quoted))
    return path


if __name__ == "__main__":
    main()
