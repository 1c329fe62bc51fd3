"""``newsdesk chat``: a conversation in the terminal, or from a pipe."""

import io

import pytest

from bot.terminal import typed_lines
from tests.bot.cli.known import FROZE, HOLDS, NOBLE
from tests.bot.terminal import Terminal, screen


def test_a_conversation_comes_from_a_pipe(terminal: Terminal) -> None:
    terminal.write("ice.txt", FROZE)
    shown = terminal.done("chat", typed=f"{NOBLE}\nmore\n\nadd ice.txt\nDid the harbor freeze?\n")
    found, more, added, froze = (
        shown.index(text)
        for text in ("Perry Tarrant", "[4] ", "ice.txt: added", "    The harbor froze.")
    )
    assert found < more < added < froze
    assert "ice.txt" in terminal.files()


def test_what_cannot_be_done_ends_no_conversation(terminal: Terminal) -> None:
    shown = terminal.done("chat", typed="show nothing.txt\nstatus\n")
    assert shown.startswith("There is no document nothing.txt here; ")
    assert HOLDS in shown


def test_a_conversation_in_a_space_sees_its_documents(terminal: Terminal) -> None:
    terminal.done("add", terminal.write("ice.txt", FROZE), "--space", "T-1")
    assert "ice.txt" in terminal.done("chat", "--space", "T-1", typed="list\n")
    assert "ice.txt" not in terminal.done("chat", typed="list\n")


def test_a_person_at_a_terminal_is_welcomed_and_prompted(terminal: Terminal) -> None:
    with screen("--db", str(terminal.database), "chat") as shown:
        assert shown.until("newsdesk> ") == (
            "Ask the coverage a question, or type help. Ctrl-D ends.\nnewsdesk> "
        )
        shown.type("status\n")
        assert HOLDS in shown.until("newsdesk> ")
        shown.type("\x04")
        shown.end()


def test_a_key_of_another_encoding_spoils_its_own_line_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    typed = io.TextIOWrapper(io.BytesIO(b"caf\xe9\nharbor\n"), encoding="utf-8", errors="strict")
    monkeypatch.setattr("sys.stdin", typed)
    assert list(typed_lines()) == ["caf\ufffd", "harbor"]


def test_ctrl_c_ends_a_chat_at_once(terminal: Terminal) -> None:
    with screen("--db", str(terminal.database), "chat", status=1) as shown:
        shown.until("newsdesk> ")
        shown.interrupt()
        assert "Aborted!" in shown.end()
