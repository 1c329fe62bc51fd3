"""Take the README's pictures of an answer anew: ``python -m tests.pictures``; needs Chromium."""

import asyncio
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bot.app import open_app
from bot.messages import Ask, Reply, Request, Sender
from bot.rendering.discord_views import to_post
from bot.rendering.slack_blocks import to_message
from bot.settings import Settings
from tests.conftest import ROOT
from tests.pictures.pages import DISCORD, SLACK, discord_parts, page, slack_parts

QUESTION = "Who is the president of NOBLE?"
ASKER = "Robin"
WIDTH = 720
HEIGHT = re.compile(r'data-height="(\d+)"')
MEASURE = "<script>document.body.dataset.height = document.documentElement.scrollHeight</script>"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


async def answer() -> Reply:
    """Return the answer to the question from the seeds."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_app(Settings(db=Path(folder) / "newsdesk.db"), make=True) as app:
            request = Request(Sender("U1", ASKER), "slack", space="T1", place="C1")
            return await app.desk.carry_out(Ask(QUESTION), request)


def pages(reply: Reply) -> dict[str, str]:
    """Return the pages that show a reply on each platform, by its name."""
    components = [item.to_component_dict() for item in to_post(reply).items]
    return {
        "slack": page(SLACK, ASKER, QUESTION, slack_parts(to_message(reply).blocks)),
        "discord": page(DISCORD, ASKER, QUESTION, discord_parts(components)),
    }


def take(browser: str, text: str, picture: Path) -> None:
    """Take a picture of a page, as high as the page is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(text.replace("</html>", f"{MEASURE}</html>"), encoding="utf-8")
        command = [browser, "--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu"]
        measured = subprocess.run(
            [*command, f"--window-size={WIDTH},100", "--dump-dom", path.as_uri()],
            capture_output=True,
            text=True,
            check=True,
        )
        height = HEIGHT.search(measured.stdout)
        assert height, "the page has no height"
        size = f"--window-size={WIDTH},{int(height[1])}"
        subprocess.run(
            [*command, size, f"--screenshot={picture}", path.as_uri()],
            capture_output=True,
            check=True,
        )


def main() -> None:
    """Take a picture of the answer on each platform."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit(f"No picture is taken: none of {', '.join(BROWSERS)} is here.")
    folder = ROOT / "deploy" / "pictures"
    folder.mkdir(exist_ok=True)
    for name, text in pages(asyncio.run(answer())).items():
        take(browser, text, folder / f"{name}.png")


if __name__ == "__main__":
    main()
