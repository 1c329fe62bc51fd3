"""Which database the command line works on, who makes it, and what is said where it cannot be."""

import sqlite3
from contextlib import closing

import pytest

from tests.bot.cli.known import FROZE, NOBLE, NOBLE_RECEIPT, SEED, is_sentence
from tests.bot.terminal import Terminal


@pytest.mark.parametrize("words", [["ask", "consent decrees"], ["chat"], ["add", "ice.txt"]])
def test_ask_chat_and_add_make_a_database_with_the_seeds(
    terminal: Terminal, words: list[str]
) -> None:
    terminal.database.unlink()
    terminal.write("ice.txt", FROZE)
    terminal.done(*words)
    [status] = terminal.objects("status", "--json")
    assert status["documents"] == (6 if "add" in words else 5)


def test_with_the_seeds_off_it_is_made_empty(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_SEEDS", "off")
    terminal.database.unlink()
    terminal.done("chat")
    assert terminal.done("list") == "The coverage is empty; add documents with: newsdesk add PATH\n"


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["show", SEED],
        ["status"],
        ["history"],
        ["verify", NOBLE_RECEIPT],
        ["context", NOBLE_RECEIPT],
        ["source", SEED],
        ["remove", SEED],
        ["remove", "--seeds"],
        ["restore", SEED],
        ["replace", "ice.txt"],
    ],
)
def test_every_other_word_says_that_there_is_no_database(
    terminal: Terminal, words: list[str]
) -> None:
    terminal.database.unlink()
    terminal.write("ice.txt", FROZE)
    assert terminal.refusal(*words) == (
        f"There is no database at {terminal.database}; newsdesk ask, chat, add or run makes one."
    )
    assert not terminal.database.exists()


def test_db_names_another_database_before_or_after_the_word(terminal: Terminal) -> None:
    here, there = str(terminal.folder / "here.db"), str(terminal.folder / "there.db")
    terminal.done("--db", here, "chat")
    terminal.done("chat", "--db", there)
    [before] = terminal.objects("--db", here, "status", "--json")
    [after] = terminal.objects("status", "--db", there, "--json")
    [both] = terminal.objects("--db", here, "status", "--db", there, "--json")
    assert (before["database"], after["database"], both["database"]) == (here, there, there)


def test_a_dot_env_file_names_the_database_as_well(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEWSDESK_DB")
    terminal.write(".env", f"NEWSDESK_DB={terminal.database}\n")
    [status] = terminal.objects("status", "--json")
    assert status["database"] == str(terminal.database)


@pytest.mark.parametrize("word", ["status", "list", "history", "chat"])
def test_a_file_that_is_no_database_is_a_sentence(terminal: Terminal, word: str) -> None:
    path = terminal.write("story.txt", "This is a story and no database at all. " * 20)
    assert terminal.refusal(word, "--db", path) == (
        f"{path} is not a Newsdesk database; name another file with --db."
    )


def test_the_database_of_another_program_is_a_sentence(terminal: Terminal) -> None:
    path = terminal.folder / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.commit()
    assert terminal.refusal("ask", "soup", "--db", path) == (
        f"{path} is the database of another program; name another file."
    )


def test_a_folder_is_no_database(terminal: Terminal) -> None:
    sentence = terminal.refusal("status", "--db", terminal.folder)
    assert sentence.startswith(str(terminal.folder))
    assert is_sentence(sentence)


def test_a_database_in_a_folder_that_there_is_not_cannot_be_made(terminal: Terminal) -> None:
    path = terminal.folder / "typo" / "new.db"
    assert terminal.refusal("ask", NOBLE, "--db", path) == (
        f"{path} cannot be made; check that its folder exists and may be written."
    )


def test_a_name_too_long_for_a_database_is_a_sentence(terminal: Terminal) -> None:
    assert is_sentence(terminal.refusal("status", "--db", f"{'long' * 100}.db"))


def test_a_wrong_setting_is_named(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_MAX_FILE_MB", "large")
    sentence = terminal.refusal("status")
    assert sentence.startswith("The setting NEWSDESK_MAX_FILE_MB cannot be used: ")
    assert is_sentence(sentence)
