"""The bot on a Slack-compatible server that we did not write: compatibility, not the rules."""

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.e2e.slack.conftest import CONNECTED

PACKAGE = "local-slack-linux-x64@0.1.8"
SHA512 = "2BCTKxKajjZNWCSCj66Jq5VDScUDNpGZ1lA3281I8RvpDE4/ULCwC26TlcW6/4sPbSTs02Q3KjTiltJp3ZBEvg=="
"""What the registry states for that version."""
PATIENCE = 180.0
"""Seconds after which the program, or what is done with it, is given up."""
SAID = "receipt 1f63f7de164ca3b9"


@pytest.fixture(scope="session")
def local_slack(pytestconfig: pytest.Config) -> Path:
    """Return the program, fetched once and kept beside pytest's cache; skip where it cannot be."""
    assert pytestconfig.cache is not None
    folder = pytestconfig.cache.mkdir("local-slack")
    binary = folder / "package" / "bin" / "local-slack"
    if not binary.exists():
        _fetch(folder)
    return binary


def _fetch(folder: Path) -> None:
    npm, unshare = shutil.which("npm"), shutil.which("unshare")
    if npm is None or unshare is None or sys.platform != "linux":
        pytest.skip(f"{PACKAGE} needs Linux with npm and unshare")
    command = [npm, "pack", PACKAGE, "--silent", "--fetch-retries=0"]
    try:
        fetched = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=True
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"{PACKAGE} cannot be installed: {str(error.stderr or error)[-300:]}")
    archive = folder / fetched.stdout.split()[-1]
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    assert digest == SHA512
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    archive.unlink()


@pytest.mark.parametrize("transport", ["socket mode", "http"])
def test_another_slack_sees_the_same(local_slack: Path, tmp_path: Path, transport: str) -> None:
    words = [sys.executable, "-m", "tests.e2e.slack.local_slack", str(local_slack), str(tmp_path)]
    alone = ["unshare", "--net", "--map-root-user"]
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("unshare cannot make a network here, and the server listens on every interface")
    done = subprocess.run(
        [*alone, "sh", "-c", 'ip link set lo up && exec "$@"', "sh", *words, transport],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    assert SAID in text_of(seen["answer"])
    assert seen["answer"]["thread_ts"] != seen["answer"]["ts"]
    assert "¶6" in text_of(seen["context"])
    assert "The coverage holds 5 documents" in text_of(seen["status"])
    assert "keeper.txt: added" in text_of(seen["added"])
    assert seen["file"][0][0]["name"] == "000_d569821d20d73420.txt"
    assert SAID in text_of(seen["direct"])
    assert seen["stopped"] == [0, CONNECTED]


def text_of(message: dict[str, Any]) -> str:
    return json.dumps(message["blocks"], ensure_ascii=False)
