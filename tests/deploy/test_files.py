"""What operators copy: every file is sound, and says what the code does."""

import json
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from prometheus_client import CollectorRegistry, ProcessCollector

from bot.observing.metrics import Metrics
from bot.settings import Settings, variable
from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
FIGURE = re.compile(r"\b(?:newsdesk|process)_\w+")
SETTING = re.compile(r"\b(?:NEWSDESK_[A-Z_]+|SLACK_[A-Z_]+|DISCORD_TOKEN)\b")
PINNED = re.compile(r"^([\w.-]+)==(\S+)(?: ; (.+?))? \\$", re.MULTILINE)
EXPOSED = re.compile(r"exposure level for newsdesk.service: ([\d.]+)")


def text_of(name: str) -> str:
    return (DEPLOY / name).read_text("utf-8")


def figures() -> set[str]:
    """Return the names of all figures, as Prometheus knows them."""
    metrics = Metrics()
    names = set()
    for line in metrics.show(None).decode().splitlines():
        if line.startswith("# TYPE "):
            name, kind = line.split()[2:4]
            ends = ("_bucket", "_count", "_sum") if kind == "histogram" else ("",)
            names |= {name + end for end in ends}
    return names


def expressions() -> Iterator[str]:
    for group in yaml.safe_load(text_of("alerts.yaml"))["groups"]:
        yield from (rule["expr"] for rule in group["rules"])
    for panel in json.loads(text_of("dashboard.json"))["panels"]:
        yield from (target["expr"] for target in panel["targets"])


@pytest.mark.parametrize("expression", list(expressions()))
def test_alerts_and_dashboard_name_figures_that_there_are(expression: str) -> None:
    named = set(FIGURE.findall(expression))
    assert named
    assert named <= figures()


def test_every_alert_says_what_to_do() -> None:
    [group] = yaml.safe_load(text_of("alerts.yaml"))["groups"]
    for rule in group["rules"]:
        assert rule["annotations"]["summary"].endswith(".")
        assert rule["annotations"]["mend"].endswith(".")


@pytest.mark.parametrize(
    "name",
    [
        "Dockerfile",
        "compose.yaml",
        "kubernetes.yaml",
        "newsdesk.service",
        "operating.md",
        "README.md",
        "alerts.yaml",
        "security.md",
    ],
)
def test_settings_that_are_named_are_settings(name: str) -> None:
    known = {variable(field) for field in Settings.model_fields}
    assert set(SETTING.findall(text_of(name))) <= known


def test_links_between_the_pages_lead_somewhere() -> None:
    for page in DEPLOY.glob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (DEPLOY / target).exists(), f"{page.name}: {target}"


def test_the_way_from_nothing_to_a_bot_is_one_page() -> None:
    assert len(text_of("README.md").splitlines()) <= 60


def test_every_threat_has_a_test_that_is_there() -> None:
    rows = [line for line in text_of("security.md").splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 20
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", row.split(" | ")[2])
        assert named, row
        for file, test in named:
            assert f"def {test}(" in (ROOT / file).read_text("utf-8"), f"{file}::{test}"


# Dependencies


def pins(its: dict[str, str] | None = None) -> dict[str, str]:
    """Return what is pinned, on a certain Python or on this one."""
    found = PINNED.findall(text_of("requirements.txt"))
    return {
        name.lower(): version
        for name, version, marker in found
        if not marker or Marker(marker).evaluate(its)
    }


def needed() -> list[Requirement]:
    return [one for one in map(Requirement, requires("newsdesk") or []) if not one.marker]


@pytest.mark.parametrize("requirement", needed(), ids=str)
def test_what_is_pinned_is_what_pyproject_asks_for(requirement: Requirement) -> None:
    pinned = pins().get(requirement.name.lower())
    assert pinned, "run deploy/pin"
    assert requirement.specifier.contains(pinned), "run deploy/pin"


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_what_is_needed_on_any_python_is_pinned(python: str) -> None:
    """One that is needed on some of them only stops the whole installation where it lacks."""
    its = {"python_version": python, "python_full_version": f"{python}.0"}
    missing = [str(one) for one in closure(its) if canonicalize_name(one.name) not in pins(its)]
    assert missing == [], "run deploy/pin"


def closure(its: dict[str, str]) -> Iterator[Requirement]:
    """Yield what newsdesk needs with all that this needs, as far as it is installed here."""
    seen: set[tuple[str, str]] = set()
    todo = [("newsdesk", "")]
    while todo:
        name, extra = todo.pop()
        with suppress(PackageNotFoundError):
            for one in map(Requirement, requires(name) or []):
                if one.marker and not one.marker.evaluate({**its, "extra": extra}):
                    continue
                yield one
                new = {(canonicalize_name(one.name), wanted) for wanted in ("", *one.extras)} - seen
                seen |= new
                todo += new


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-build.txt"])
def test_every_pin_has_hashes_and_no_place_to_take_it_from(name: str) -> None:
    blocks = [block for block in re.split(r"\n(?=\S)", text_of(name)) if "==" in block]
    assert blocks
    for block in blocks:
        assert block.count("--hash=sha256:") >= 1, block.splitlines()[0]
    assert "://" not in text_of(name)
    assert "-links" not in text_of(name)


def test_there_is_one_version_of_each() -> None:
    names = [name for name, *_ in PINNED.findall(text_of("requirements.txt"))]
    assert len(names) == len(set(names)) > 20  # what is installed is what was tested


def test_the_build_backend_is_pinned() -> None:
    assert text_of("requirements-build.txt").startswith("hatchling==")


@pytest.mark.parametrize("name", ["pin", "audit"])
def test_commands_can_be_run_and_are_sound(name: str) -> None:
    path = DEPLOY / name
    assert path.stat().st_mode & stat.S_IXUSR
    bash = shutil.which("bash")
    assert bash
    subprocess.run([bash, "-n", str(path)], check=True)


MADE_NONE = "NO AUDIT WAS MADE"
FAKE_PYTHON = """#!/bin/sh
mkdir -p "$3/bin"
printf '#!/bin/sh\\nexit {install}\\n' > "$3/bin/pip"
printf '#!/bin/sh\\necho "{says}" >&2\\nexit {status}\\n' > "$3/bin/pip-audit"
chmod +x "$3/bin/pip" "$3/bin/pip-audit"
"""
"""Makes “environments” whose pip and pip-audit end as a test says."""


@pytest.mark.parametrize(
    ("install", "says", "status", "ends", "loudly"),
    [
        (0, "No known vulnerabilities found", 0, 0, False),
        (0, "Found 2 known vulnerabilities in 1 package", 1, 1, False),
        (0, "ERROR: could not connect to pypi.org", 1, 3, True),
        (0, "", 0, 3, True),
        (1, "", 0, 3, True),
    ],
    ids=["clean", "weak", "unreachable", "silent", "not installed"],
)
def test_an_audit_that_could_not_be_made_says_so_loudly(
    tmp_path: Path, install: int, says: str, status: int, ends: int, *, loudly: bool
) -> None:
    python = tmp_path / "python3"
    python.write_text(FAKE_PYTHON.format(install=install, says=says, status=status))
    python.chmod(0o755)
    done = subprocess.run(
        [str(DEPLOY / "audit")],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, MADE_NONE in done.stderr) == (ends, loudly)


# Containers


def kubernetes() -> dict[str, Any]:
    documents = {one["kind"]: one for one in yaml.safe_load_all(text_of("kubernetes.yaml"))}
    pod: dict[str, Any] = documents["Deployment"]["spec"]["template"]["spec"]
    assert documents["Deployment"]["spec"]["replicas"] == 1
    assert documents["Deployment"]["spec"]["strategy"] == {"type": "Recreate"}
    return pod


def test_the_image_runs_without_rights_and_keeps_to_one_volume() -> None:
    lines = text_of("Dockerfile").splitlines()
    assert [line for line in lines if line.startswith("USER ")] == ["USER 10001"]
    assert [line for line in lines if line.startswith("VOLUME ")] == ["VOLUME /data"]
    assert any(line.startswith("HEALTHCHECK ") for line in lines)
    service = yaml.safe_load(text_of("compose.yaml"))["services"]["newsdesk"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["volumes"] == ["coverage:/data"]


def test_the_pod_runs_without_rights_and_is_asked_how_it_is() -> None:
    pod = kubernetes()
    [container] = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert container["securityContext"] == {
        "readOnlyRootFilesystem": True,
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
    }
    probes = [container[f"{kind}Probe"]["httpGet"]["path"] for kind in ("liveness", "readiness")]
    assert probes == ["/healthz", "/readyz"]


@pytest.mark.parametrize("stop", ["TimeoutStopSec=(\\d+)"])
def test_whoever_stops_the_bot_waits_longer_than_it_takes(stop: str) -> None:
    found = re.search(stop, text_of("newsdesk.service"))
    assert found
    service = yaml.safe_load(text_of("compose.yaml"))["services"]["newsdesk"]
    waits = [int(found[1]), int(service["stop_grace_period"][:-1])]
    waits.append(kubernetes()["terminationGracePeriodSeconds"])
    assert min(waits) > 10


# systemd


@pytest.fixture
def unit(tmp_path: Path) -> tuple[str, Path]:
    """Return systemd-analyze, and the unit with a program that is there on any machine."""
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("the unit is NOT CHECKED: there is no systemd-analyze here")
    path = tmp_path / "newsdesk.service"
    path.write_text(text_of("newsdesk.service").replace("/opt/newsdesk/bin/newsdesk", "/bin/true"))
    return program, path


def test_systemd_understands_the_unit(unit: tuple[str, Path]) -> None:
    done = subprocess.run(
        [unit[0], "verify", str(unit[1])], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.strip()) == (0, "")


def test_systemd_finds_the_unit_little_exposed(unit: tuple[str, Path]) -> None:
    command = [unit[0], "security", "--offline=true", str(unit[1])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = EXPOSED.search(done.stdout)
    if found is None:
        pytest.skip(f"the unit is NOT JUDGED: {done.stderr.strip()}")
    assert float(found[1]) <= 2.0


def test_the_unit_lets_the_bot_count_its_own_memory(tmp_path: Path) -> None:
    without_stat = CollectorRegistry()
    ProcessCollector(proc=str(tmp_path), registry=without_stat)
    assert list(without_stat.collect()) == []  # as with ProcSubset=pid, which hides /proc/stat
    assert not re.search(r"^ProcSubset=", text_of("newsdesk.service"), re.MULTILINE)


# Restoring


def test_the_documented_restore_brings_back_what_was_saved(tmp_path: Path) -> None:
    steps = text_of("operating.md").partition("<!-- restore: run by a test -->\n```sh\n")[2]
    newsdesk = tmp_path / "newsdesk"
    newsdesk.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bot "$@"\n')
    newsdesk.chmod(0o755)
    database, backup = tmp_path / "data" / "newsdesk.db", tmp_path / "copy.db"
    database.parent.mkdir()
    environment = {
        "PATH": f"{tmp_path}:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "NEWSDESK_DB": str(database),
        "BACKUP": str(backup),
        "NEWSDESK_LOG": "-",
    }

    def typed(line: str) -> str:
        done = subprocess.run(
            ["/bin/sh", "-ec", line],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            cwd=tmp_path,
        )
        return done.stdout

    typed("umask 077; newsdesk ask 'Who is the president of NOBLE?'")
    before = typed("newsdesk list")
    typed('newsdesk backup "$BACKUP"')
    typed("newsdesk remove --seeds")
    database.with_name("newsdesk.db-wal").write_bytes(b"left by a killed process")
    assert "database: " in typed(steps.partition("```")[0])
    assert typed("newsdesk list") == before
