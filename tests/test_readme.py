"""The README, the deployment files and the code say the same."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.registry import REGISTRY
from bot.settings import Settings, variable
from tests.conftest import ROOT
from tests.recording import BLOCK, recorded

README = (ROOT / "README.md").read_text(encoding="utf-8")
QUESTION = "Who is the president of NOBLE?"
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def command_lines() -> list[str]:
    return [block.strip() for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)][:2]


def table_of_words() -> str:
    rows = [
        f"| `{entry.short_usage}` | {entry.help} |"
        f" {'moderators' if entry.moderators_only else 'everyone'} |"
        for entry in REGISTRY
    ]
    return "\n".join(["| word | what it does | who |", "|---|---|---|", *rows])


def test_the_first_two_command_lines_are_those_that_ci_runs() -> None:
    ask, test = command_lines()
    assert ask in CI.splitlines()
    assert test in CI.splitlines()
    assert ask.endswith('newsdesk ask "What did Sessions say about officers who break the law?"')
    assert test.endswith("pytest")


def test_the_table_of_words_is_made_from_the_registry() -> None:
    between = README.partition("made from the registry -->\n")[2].partition("\n<!-- end of words")[
        0
    ]
    assert between == table_of_words()


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_explained(name: str) -> None:
    setting = variable(name)
    assert f"`{setting}`" in README
    assert f"{setting}=" in (ROOT / "deploy" / "env.example").read_text(encoding="utf-8")


def test_env_example_names_no_setting_that_there_is_not() -> None:
    text = (ROOT / "deploy" / "env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE))
    assert named == {variable(name) for name in Settings.model_fields}


def test_the_answer_shown_is_the_answer_given(tmp_path: Path) -> None:
    shown = README.partition("## What an answer looks like\n\n```\n")[2].partition("\n```")[0]
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--db", str(tmp_path / "a.db"), "ask", QUESTION],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert done.stdout.startswith(shown)


def test_the_recorded_conversation_is_what_the_bot_says() -> None:
    shown = BLOCK.search(README)
    assert shown, "the README has no place for the recording"
    assert shown[0] == recorded(), "run: python -m tests.recording"


def test_the_seeds_are_the_five_documents() -> None:
    names = sorted(path.name for path in (ROOT / "seeds").iterdir())
    assert names == [
        "000_d569821d20d73420.txt",
        "001_69064135e9c191c9.txt",
        "002_1ed85cf378e4aadb.txt",
        "003_d3053dbbe095c25c.txt",
        "004_42e15ef78f8e8e44.txt",
    ]
