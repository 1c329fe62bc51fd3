"""``newsdesk`` as a process of its own: its streams and its exit status."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.bot.cli.known import NOBLE, NOBLE_RECEIPT, SEED, break_answers, is_sentence
from tests.bot.terminal import Terminal, process


def test_python_m_bot_is_newsdesk(terminal: Terminal) -> None:
    done = process("--db", str(terminal.database), "ask", NOBLE, "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    [line] = done.stdout.decode().splitlines()
    assert json.loads(line)["passages"][0]["receipt"] == NOBLE_RECEIPT


def test_a_failure_is_one_sentence_on_standard_error_and_status_1(terminal: Terminal) -> None:
    done = process("--db", str(terminal.folder / "none.db"), "status")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == (
        f"There is no database at {terminal.folder / 'none.db'}; "
        "newsdesk ask, chat, add or run makes one.\n"
    )


@pytest.mark.usefixtures("terminal")
def test_wrong_use_is_status_2_and_names_the_program() -> None:
    done = process("list", "two")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"Usage: newsdesk list [OPTIONS] [PAGE]")


@pytest.mark.usefixtures("terminal")
def test_a_pipe_gets_a_source_byte_for_byte(seeds: dict[str, bytes]) -> None:
    done = process("source", SEED)
    assert (done.returncode, done.stdout, done.stderr) == (0, seeds[SEED], b"")


@pytest.mark.parametrize("attempt", range(3))  # a thread that outlives its loop shows by chance
def test_a_folder_for_a_database_is_one_sentence_every_time(
    terminal: Terminal, attempt: int
) -> None:
    folder = terminal.folder / f"attempt {attempt}"
    folder.mkdir()
    done = process("--db", str(folder), "status")
    assert (done.returncode, done.stdout) == (1, b"")
    [line] = done.stderr.decode().splitlines()
    assert line.startswith(str(folder))
    assert is_sentence(line)


def test_a_broken_database_is_a_sentence_and_no_traceback(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_SEEDS", "off")
    terminal.database.unlink()
    terminal.done("chat")
    break_answers(terminal.database)
    done = process("ask", NOBLE)
    assert (done.returncode, done.stdout) == (1, b"")
    [line] = done.stderr.decode().splitlines()
    assert is_sentence(line)


def test_what_nobody_expected_is_one_sentence_with_a_reference_too(terminal: Terminal) -> None:
    with closing(sqlite3.connect(terminal.database)) as connection:
        connection.execute(
            "CREATE TRIGGER unexpected BEFORE INSERT ON changes"
            " BEGIN SELECT raise(ABORT, 'not today'); END"
        )
        connection.commit()
    done = process("remove", SEED)
    assert (done.returncode, done.stdout) == (1, b"")
    [line] = done.stderr.decode().splitlines()
    assert line.startswith("Something went wrong on our side; history says what was changed. ")
    assert is_sentence(line)
    assert SEED in terminal.files()
