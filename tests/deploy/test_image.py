"""The image's steps, run in an empty folder: what they make answers, and says how it is.

They take a minute and the package index, and so are run where NEWSDESK_IMAGE is set: .ci/run does.
"""

import os
import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.deploy.dockerfile import Image
from tests.e2e.bot_process import PATIENCE, free_port

pytestmark = pytest.mark.skipif(
    "NEWSDESK_IMAGE" not in os.environ,
    reason="the image's steps are NOT RUN: set NEWSDESK_IMAGE=1, as .ci/run does",
)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    """Return what the Dockerfile's steps make, in a folder of its own."""
    image = Image(tmp_path_factory.mktemp("image"))
    image.build((ROOT / "deploy" / "Dockerfile").read_text("utf-8"))
    return image


def run(image: Image, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run the image's program with other words than its own, and with nothing from outside."""
    [program, _] = image.command
    return subprocess.run(
        [program, *words],
        env=image.environment | {"HOME": str(image.folder / "data")},
        cwd=image.folder / "data",
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_image_answers_from_what_is_added(image: Image, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("The mayor opened the harbor bridge on Monday.\n")
    assert run(image, "add", str(tmp_path / "story.txt")).returncode == 0
    done = run(image, "ask", "Who opened the bridge?")
    assert "The mayor opened the harbor bridge" in done.stdout
    assert done.stderr == ""
    assert "The coverage holds 1 document" in run(image, "status").stdout  # and no seeds


def test_the_image_holds_no_more_than_it_needs(image: Image) -> None:
    assert sorted(path.name for path in (image.folder / "data").iterdir()) == ["newsdesk.db"]
    [packages] = (image.folder / "app" / "lib").glob("python3*/site-packages")
    held = {path.name for path in packages.iterdir()}
    assert {"bot", "retrieval"} <= held
    assert not {"pytest", "hatchling", "tests"} & held


def test_without_tokens_the_image_says_which_to_set(image: Image) -> None:
    done = run(image, image.command[1])
    assert done.returncode == 1
    assert "SLACK_BOT_TOKEN" in done.stderr


def test_the_health_check_fails_where_nothing_runs(image: Image) -> None:
    done = subprocess.run(
        image.health, env=image.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "Connection refused" in done.stderr


def test_the_health_check_is_well_while_it_runs_though_no_platform_is_there(image: Image) -> None:
    environment = image.environment | {
        "HOME": str(image.folder / "data"),
        "DISCORD_TOKEN": "none",
        "NEWSDESK_DISCORD_API_URL": "http://127.0.0.1:9/api",
        "NEWSDESK_WATCH_PORT": str(free_port()),
    }
    with subprocess.Popen(
        image.command, env=environment, cwd=image.folder / "data", stderr=subprocess.DEVNULL
    ) as bot:
        try:
            deadline = time.monotonic() + PATIENCE
            while subprocess.run(
                image.health, env=environment, stderr=subprocess.DEVNULL, check=False
            ).returncode:
                assert time.monotonic() < deadline
                assert bot.poll() is None
        finally:
            bot.terminate()
    assert bot.returncode == 0
