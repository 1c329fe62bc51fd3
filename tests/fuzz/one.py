"""Fuzz one target, guided by what its code does with the bytes, with atheris.

    python -m tests.fuzz.one TARGET [OPTIONS OF LIBFUZZER] [CORPUS | FILE]

With a file it does again what was found; ``python -m tests.fuzz`` runs all targets in turn.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["bot", "retrieval", "pdfminer", "striprtf", "docx"]):
    from tests.fuzz.targets import TARGETS, WORDS

OPTIONS = ("-max_len=8192", "-timeout=60", "-rss_limit_mb=4096", "-print_final_stats=1")
"""A source that takes a minute, or all that memory, is a finding; llvm.org/docs/LibFuzzer.html."""


def main() -> None:
    """Fuzz the target that is named, as the other arguments say."""
    name, *options = sys.argv[1:]
    if name not in TARGETS:
        sys.exit(f"There is no target {name}; there are {', '.join(TARGETS)}.")
    with tempfile.TemporaryDirectory() as folder:
        words = f"-dict={_dictionary(Path(folder))}"
        atheris.Setup([sys.argv[0], *OPTIONS, words, *options], TARGETS[name])
        atheris.Fuzz()


def _dictionary(folder: Path) -> Path:
    """Write the words into a file, llvm.org/docs/LibFuzzer.html#dictionaries."""
    path = folder / "words"
    quoted = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in WORDS)
    path.write_text("".join(f'"{word}"\n' for word in quoted))
    return path


if __name__ == "__main__":
    main()
