"""The benchmarks still run, at a size at which they measure nothing."""

import os
import subprocess
import sys

import pytest

from tests.benchmarks.engines import CONTENDERS
from tests.conftest import ROOT

QUICK = [one.name for one in CONTENDERS if "numba" not in one.needs]  # numba compiles for seconds


@pytest.fixture(scope="module")
def printed() -> str:
    """Return what the command prints for a tiny corpus."""
    engines = [word for name in QUICK for word in ("--engine", name)]
    command = [sys.executable, "tests/benchmarks/scale.py", "300"]
    done = subprocess.run(
        [*command, "--questions", "10", "--documents", "10", *engines],
        check=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


@pytest.mark.parametrize("name", QUICK)
def test_an_engine_has_its_row_or_is_named_as_left_out(printed: str, name: str) -> None:
    left_out = f"{name} is left out: it is not installed"
    assert any(line.startswith((f"| {name} ", left_out)) for line in printed.splitlines())


def test_the_library_is_measured_under_load(printed: str) -> None:
    rows = [line.split("|")[1].strip() for line in printed.splitlines() if line.startswith("|")]
    assert {"question", "add", "event loop's lag", "its lag when idle"} <= set(rows)
    assert "private memory" in printed


def test_adding_is_measured_for_each_format() -> None:
    done = subprocess.run(
        [sys.executable, "tests/benchmarks/adding.py", "4"],
        check=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    rows = [line.split()[0] for line in done.stdout.splitlines()[2:]]
    assert rows == ["txt", "md", "html", "pdf", "docx", "rtf", "eml"]
