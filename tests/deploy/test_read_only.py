"""On a root that cannot be written, without a home and without /tmp: one folder is enough."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import sources
from tests.conftest import ROOT

TEXT = "The council doubled the budget of the harbor on Monday."
STEPS = """
mount --bind '{data}' '{data}' && mount -o remount,bind,ro / || exit 77
touch '{outside}' 2>/dev/null && exit 78
cd '{data}'
for words in "ask Who?" "add sources" "list" "status" "backup copy.db" "reindex"; do
    "$PYTHON" -m bot $words || exit 1
done
"""


def test_nothing_is_written_but_in_the_folder_of_the_data(tmp_path: Path) -> None:
    data, outside = tmp_path / "data", tmp_path / "outside"
    _write_sources(data / "sources")
    steps = STEPS.format(data=data, outside=outside)
    under = ["unshare", "--map-root-user", "--mount", "--propagation", "private"]
    if shutil.which("unshare") is None or subprocess.run([*under, "true"], check=False).returncode:
        pytest.skip("a read-only root is NOT TRIED: there is no unshare here that may mount")
    done = subprocess.run(
        [*under, "sh", "-c", steps],
        env={
            "PATH": os.environ["PATH"],
            "PYTHON": sys.executable,
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": "/nonexistent",
            "NEWSDESK_DB": str(data / "newsdesk.db"),
            "NEWSDESK_LOG": "-",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 77:
        pytest.skip(f"a read-only root is NOT TRIED: {done.stderr.strip()}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(": added (version 1).") == 7
    assert "Traceback" not in done.stderr
    modes = {path.name: path.stat().st_mode & 0o777 for path in data.glob("*.db")}
    assert modes == {"newsdesk.db": 0o600, "copy.db": 0o600}


def _write_sources(folder: Path) -> None:
    """Write a source of every format."""
    folder.mkdir(parents=True)
    made = {
        "a.pdf": sources.pdf([TEXT]),
        "b.html": sources.page(*[TEXT] * 3),
        "c.docx": sources.word(TEXT),
        "d.eml": sources.mail(TEXT),
        "e.rtf": sources.rich_text(TEXT),
        "f.zip": sources.zipped({"g.txt": TEXT.encode()}),
        "h.md": f"# {TEXT}\n\n{TEXT}\n".encode(),
    }
    for name, content in made.items():
        (folder / name).write_bytes(content)
