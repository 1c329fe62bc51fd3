"""The README's recording of a conversation in the terminal; ``python -m tests.recording`` makes it.

``tests/test_readme.py`` sees to it that it is what the bot says today.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from bot.terminal import PROMPT
from tests.conftest import ROOT

TYPED = (
    "What did NOBLE's president say about the rights of those in custody?",
    "context fe42f91cc997",
    "When did Sessions visit Reykjavik?",
    "unhelpful",
)
BLOCK = re.compile(
    r"(?<=<!-- recording: made by python -m tests.recording -->\n```\n).*?(?=```\n<!-- end of)",
    re.DOTALL,
)


def recorded() -> str:
    """Return what a terminal shows of a conversation over the seeds."""
    with tempfile.TemporaryDirectory() as folder:
        own = {name: value for name, value in os.environ.items() if "NEWSDESK" not in name}
        paths = {"NEWSDESK_DB": f"{folder}/newsdesk.db", "NEWSDESK_LOG": f"{folder}/newsdesk.log"}
        shown = ""
        for typed in TYPED:
            done = subprocess.run(
                [sys.executable, "-m", "bot", "chat"],
                input=typed,
                env=own | paths,
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=True,
            )
            shown += f"{PROMPT}{typed}\n{done.stdout}\n"
        return shown.rstrip() + "\n"


def main() -> None:
    """Put the recording into the README."""
    readme = Path(ROOT / "README.md")
    text, count = BLOCK.subn(lambda _: recorded(), readme.read_text("utf-8"))
    if not count:
        sys.exit("The README has no place for the recording.")
    readme.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
