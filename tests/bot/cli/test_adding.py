"""``newsdesk add``: files, folders and exports, and what is said of those that cannot be added."""

import json
from pathlib import Path

import pytest

from tests.bot.cli.known import FROZE, OPENED
from tests.bot.terminal import Terminal, process, screen

UNREADABLE = Path("/proc/self/mem")
"""A file that is there, may be opened, and cannot be read, whoever tries."""


def test_a_file_is_added_and_what_is_known_of_it_shown(terminal: Terminal) -> None:
    path = terminal.write("deep/ice.txt", FROZE)
    assert terminal.done("add", path) == (
        "ice.txt: added (version 1).\n"
        "  not stated: title, outlet, author, date · 1 passage\n"
        'To set right what was understood: edit ice.txt title:"…" author:"…"\n'
    )
    assert "ice.txt" in terminal.files()


def test_details_go_with_a_file(terminal: Terminal) -> None:
    path = terminal.write("ice.txt", FROZE)
    details = ["--title", "Harbor of Ice", "--outlet", "City Desk", "--author", "Robin Roe"]
    [added] = terminal.objects("add", path, *details, "--published", "2017-08-01", "--json")
    assert (added["file"], added["result"]) == ("ice.txt", "added")
    assert (added["title"], added["outlet"], added["author"], added["published"]) == (
        "Harbor of Ice",
        "City Desk",
        "Robin Roe",
        "2017-08-01",
    )


def test_a_folder_is_added_with_the_paths_below_it(terminal: Terminal) -> None:
    for name in ("coverage/a.txt", "coverage/2017/b.txt", "coverage/.hidden"):
        terminal.write(name, f"This is {name}.\n")
    added = terminal.objects("add", "coverage", "--json")
    assert [one["file"] for one in added] == ["2017/b.txt", "a.txt"]


def test_of_many_documents_only_the_first_and_those_that_failed_are_named(
    terminal: Terminal,
) -> None:
    for number in range(25):
        terminal.write(f"coverage/{number:02}.txt", f"This is number {number}.\n")
    terminal.write("coverage/24.txt", "")
    terminal.done("add", f"{terminal.folder}/coverage/03.txt")
    result = terminal.type("add", "coverage")
    assert result.exit_code == 1
    assert "18.txt: added" in result.stdout
    assert "22.txt" not in result.stdout
    assert result.stdout.endswith("25 documents: 23 added, 1 already there, 1 not added.\n")
    assert result.stderr.splitlines() == [
        "24.txt is empty; there is nothing to add.",
        "1 of 25 could not be added; see above.",
    ]


def test_an_export_is_added_line_by_line(terminal: Terminal) -> None:
    record = {"file": "ice.txt", "text": FROZE, "title": "Harbor of Ice", "author": "Roe"}
    path = terminal.write("archive.jsonl", f"{json.dumps(record)}\nnot JSON\n")
    result = terminal.type("add", path, "--json")
    assert result.exit_code == 1
    added, problem = (json.loads(line) for line in result.stdout.splitlines())
    assert (added["file"], added["title"], added["author"]) == ("ice.txt", "Harbor of Ice", "Roe")
    assert list(problem) == ["problem"]
    assert "archive.jsonl, line 2 is not JSON" in result.stderr


def test_what_is_already_there_is_done(terminal: Terminal) -> None:
    path = terminal.write("ice.txt", FROZE)
    terminal.done("add", path)
    assert terminal.done("add", path) == "ice.txt is already there, unchanged.\n"


def test_other_bytes_under_the_same_name_are_refused_and_replace_is_named(
    terminal: Terminal,
) -> None:
    terminal.done("add", terminal.write("ice.txt", FROZE))
    result = terminal.type("add", terminal.write("ice.txt", OPENED))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "use replace" in result.stderr


def test_a_path_that_leads_nowhere_is_wrong_use(terminal: Terminal) -> None:
    assert "'missing.txt' does not exist" in terminal.misuse("add", "missing.txt")


def test_add_without_a_path_is_wrong_use(terminal: Terminal) -> None:
    assert "Missing argument" in terminal.misuse("add")


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("empty.txt", "", "empty.txt is empty; there is nothing to add."),
        ("a.pdf", "%PDF-1.7", "a.pdf is a PDF that is damaged; save it anew and add it again."),
    ],
)
def test_one_file_that_cannot_be_added_is_one_sentence(
    terminal: Terminal, name: str, text: str, sentence: str
) -> None:
    assert terminal.refusal("add", terminal.write(name, text)) == sentence


def test_what_is_wrong_with_one_file_stops_no_other(terminal: Terminal) -> None:
    terminal.write("coverage/a.txt", FROZE)
    terminal.write("coverage/b.txt", "")
    terminal.write("coverage/c.txt", OPENED)
    result = terminal.type("add", "coverage")
    assert result.exit_code == 1
    assert "a.txt: added (version 1).\n" in result.stdout
    assert "c.txt: added (version 1).\n" in result.stdout
    first, *_ = result.stderr.splitlines()
    assert first == "b.txt is empty; there is nothing to add."
    assert {"a.txt", "c.txt"} <= set(terminal.files())


def test_a_file_that_is_too_large_names_the_setting(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_MAX_FILE_MB", "0.05")
    result = terminal.type("add", terminal.write("long.txt", "word " * 20_000))
    assert result.exit_code == 1
    assert "NEWSDESK_MAX_FILE_MB" in result.stderr


def test_a_date_that_is_none_is_refused(terminal: Terminal) -> None:
    path = terminal.write("ice.txt", FROZE)
    result = terminal.type("add", path, "--published", "August 1")
    assert result.exit_code == 1
    assert "'August 1' is no date; write it as YYYY-MM-DD" in result.stderr
    assert "ice.txt" not in terminal.files()


def test_a_title_goes_with_one_file(terminal: Terminal) -> None:
    paths = [terminal.write("ice.txt", FROZE), terminal.write("open.txt", OPENED)]
    result = terminal.type("add", *paths, "--title", "Both")
    assert result.exit_code != 0
    assert "itle" in result.stderr
    assert not {"ice.txt", "open.txt"} & set(terminal.files())


@pytest.mark.skipif(not UNREADABLE.exists(), reason="only Linux has a file that nobody can read")
def test_a_file_that_the_system_does_not_let_us_read_is_a_sentence_that_names_it(
    terminal: Terminal,
) -> None:
    assert terminal.database.exists()
    (terminal.folder / "mem.txt").symlink_to(UNREADABLE)
    done = process("add", "mem.txt")
    assert (done.returncode, done.stdout) == (1, b"")
    [line] = done.stderr.decode().splitlines()
    assert "mem.txt" in line


def test_no_control_character_of_a_file_name_reaches_the_terminal(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_MAX_FILE_MB", "0.05")
    terminal.write("coverage/a\x07\u202etxt.exe", "word " * 20_000)
    terminal.write("coverage/b\x07\u202etxt.jsonl", "not JSON\n")
    terminal.write("coverage/c\x07\u202etxt", FROZE)
    result = terminal.type("add", "coverage")
    assert result.exit_code == 1
    for character in "\x07\u202e":
        assert character not in result.stdout
        assert character not in result.stderr


def test_a_person_who_adds_a_folder_sees_how_far_it_is(terminal: Terminal) -> None:
    for number in range(3):
        terminal.write(f"coverage/{number}.txt", f"This is number {number}.\n")
    with screen("--db", str(terminal.database), "add", "coverage") as shown:
        text = shown.end()
    assert "Adding" in text
    assert "2.txt: added (version 1)." in text


def test_a_folder_without_files_is_a_sentence(terminal: Terminal) -> None:
    (terminal.folder / "empty").mkdir()
    terminal.done("ask", "consent decrees")
    assert terminal.refusal("add", "empty") == (
        "There is no file to add below the paths that were given."
    )
