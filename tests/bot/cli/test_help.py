"""The help of the command line, and what it says of wrong use."""

from importlib.metadata import version

import pytest

from bot.cli import OF_A_CONVERSATION
from bot.registry import BY_WORD, REGISTRY
from tests.bot.terminal import Terminal


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_the_help_lists_every_word(terminal: Terminal, option: str) -> None:
    shown = terminal.done(option)
    words = {line.split()[0] for line in shown.splitlines() if line.startswith("  ")}
    assert {entry.word for entry in REGISTRY} - OF_A_CONVERSATION <= words
    assert "chat" in words


@pytest.mark.parametrize("word", sorted({*BY_WORD} - OF_A_CONVERSATION))
def test_every_word_has_a_help_of_its_own(terminal: Terminal, word: str) -> None:
    shown = terminal.done(word, "--help")
    assert shown.startswith(f"Usage: newsdesk {word} [OPTIONS]")


def test_help_explains_the_words_of_the_bot(terminal: Terminal) -> None:
    assert terminal.done("help").startswith("Type a question, or one of these words:\n")
    assert terminal.done("help", "verify").startswith("verify RECEIPT\n")


def test_help_takes_a_word_in_any_case(terminal: Terminal) -> None:
    assert terminal.done("help", "VERIFY").startswith("verify RECEIPT\n")


def test_help_on_a_word_that_there_is_not_is_a_sentence(terminal: Terminal) -> None:
    result = terminal.type("help", "nonsense")
    assert result.exit_code in {1, 2}
    assert "nonsense" in result.stderr


def test_the_version_is_the_packages(terminal: Terminal) -> None:
    assert version("newsdesk") in terminal.done("--version")


@pytest.mark.parametrize("words", [["nonsense"], ["ask", "--nonsense"], ["show"], ["verify"]])
def test_wrong_use_is_told_apart_from_failure(terminal: Terminal, words: list[str]) -> None:
    assert terminal.misuse(*words).startswith("Usage: newsdesk")
