"""The steps of the Dockerfile's build, carried out in a folder instead of an image."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

BASE = re.compile(r"^FROM python:(\d+\.\d+)", re.MULTILINE)
"""The Python that the image has."""
FOLDERS = re.compile(r"(?<![\w.])/(?:app|src|builder|wheel|data)\b")
"""The image's own folders, which stand below the folder here."""


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words and arguments of a Dockerfile, stage after stage."""
    joined = text.replace("\\\n", " ")
    for line in joined.splitlines():
        word, _, rest = line.partition(" ")
        if word and not word.startswith("#"):
            yield word, rest.strip()


class Image:
    """A folder with what the image would have: built by the Dockerfile's own lines."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment: dict[str, str] = {}
        self.command: list[str] = []
        self.health: list[str] = []
        self._python = sys.executable
        self._at = folder

    def build(self, text: str) -> None:
        """Carry out all instructions; those of the last stage only describe how it is run."""
        self._python = _python_of(text)
        stages = text.count("\nFROM ")
        number = 0
        for word, rest in instructions(text):
            number += word == "FROM"
            if word == "WORKDIR":
                self._at = self._inside(rest)
                self._at.mkdir(exist_ok=True)
            elif word == "RUN" and number < stages:
                self._run(rest)
            elif word == "COPY" and "--from" not in rest:
                self._copy(shlex.split(rest))
            elif word == "ENV":
                pairs = (pair.partition("=") for pair in shlex.split(rest))
                self.environment |= {name: self._place(value) for name, _, value in pairs}
            elif word in {"ENTRYPOINT", "CMD"}:
                self.command += [self._place(one) for one in json.loads(rest)]
            elif word == "HEALTHCHECK":
                self.health = [self._place(one) for one in json.loads(rest.partition("CMD")[2])]

    def _run(self, line: str) -> None:
        python = shlex.quote(self._python)
        line = self._place(line).replace("python -m venv", f"{python} -m venv")
        subprocess.run(["/bin/sh", "-ec", line], cwd=self._at, check=True, capture_output=True)

    def _copy(self, words: list[str]) -> None:
        *sources, target = words
        for source in sources:
            path, to = ROOT / source, self._at / target
            if path.is_dir():
                shutil.copytree(path, to, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(path, to)

    def _place(self, text: str) -> str:
        """Return a text with the image's folders below the folder here."""
        return FOLDERS.sub(lambda found: f"{self.folder}{found[0]}", text)

    def _inside(self, path: str) -> Path:
        return self.folder / path.lstrip("/")


def _python_of(text: str) -> str:
    """Return the Python that the image is to have where there is one here, else our own."""
    found = BASE.search(text)
    python = shutil.which(f"python{found[1]}") if found else None
    tried = python and subprocess.run([python, "-V"], capture_output=True, check=False)
    return python if python and tried and not tried.returncode else sys.executable
