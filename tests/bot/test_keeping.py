"""The operator's own words: backup, and the question log."""

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path

from retrieval import Asked, Library, Verdict
from tests.bot.terminal import Terminal


def test_a_backup_is_a_checked_copy_that_answers(terminal: Terminal) -> None:
    copy = terminal.folder / "copy.db"
    assert terminal.done("backup", copy) == f"{copy}: {copy.stat().st_size:,} bytes, checked.\n"
    assert "Perry Tarrant" in terminal.done("--db", copy, "ask", "Who is the president of NOBLE?")


def test_a_backup_into_a_folder_is_named_by_its_time(terminal: Terminal) -> None:
    (terminal.folder / "backups").mkdir()
    terminal.done("backup", "backups")
    [copy] = (terminal.folder / "backups").iterdir()
    assert copy.name.startswith("newsdesk-20")
    assert copy.suffix == ".db"


def test_a_backup_into_a_folder_that_is_not_there_makes_it(terminal: Terminal) -> None:
    terminal.done("backup", "backups/")
    assert (terminal.folder / "backups").stat().st_mode & 0o777 == 0o700
    [copy] = (terminal.folder / "backups").iterdir()
    assert copy.name.startswith("newsdesk-20")
    assert terminal.refusal("backup", "none/backups/") == (
        "none/backups cannot be made; name a folder that is there."
    )


def test_a_backup_overwrites_nothing(terminal: Terminal) -> None:
    path = terminal.write("notes.txt", "mine")
    assert terminal.refusal("backup", path) == f"{path} is already there; name another file."
    assert path.read_text() == "mine"


def test_a_backup_of_no_database_is_a_sentence(terminal: Terminal) -> None:
    sentence = terminal.refusal("backup", "copy.db", "--db", terminal.folder / "none.db")
    assert "none.db cannot be opened" in sentence
    assert list(terminal.folder.iterdir()) == []


def test_a_backup_that_is_put_back_holds_what_was_there_then(terminal: Terminal) -> None:
    """As deploy/operating.md says: the copy in the place of the file, what lay beside it gone."""
    before = terminal.done("list")
    terminal.done("backup", "copy.db")
    terminal.done("add", terminal.write("later.txt", "The council met later."))
    assert terminal.done("list") != before
    for beside in terminal.database.parent.glob("newsdesk.db-*"):
        beside.unlink()
    shutil.copy(terminal.folder / "copy.db", terminal.database)
    assert terminal.done("list") == before
    assert terminal.objects("verify", "fe42f91cc997", "--json")[0]["status"] == "unchanged"


def test_the_question_log_is_printed_as_json(terminal: Terminal) -> None:
    assert terminal.done("questions") == ""

    async def log() -> None:
        async with Library.open(terminal.database) as library:
            at = datetime(2017, 8, 2, tzinfo=UTC)
            await library.people.log(Asked(at, "slack", "T1", "U1", "Who?", Verdict.WEAK))

    asyncio.run(log())
    assert terminal.objects("questions") == [
        {
            "at": "2017-08-02T00:00:00+00:00",
            "platform": "slack",
            "space": "T1",
            "by_id": "U1",
            "question": "Who?",
            "verdict": "weak",
        }
    ]


def test_a_report_on_the_terminal_is_of_the_space_that_is_named(terminal: Terminal) -> None:
    assert "went without an answer" in terminal.done("report", "--space", "T1")
    assert terminal.objects("report", "gaps", "--json") == []
    assert "gaps" in terminal.misuse("report", "jails")


def test_privacy_on_the_terminal_is_the_operators(terminal: Terminal) -> None:
    assert terminal.done("privacy").startswith("Nothing is kept about you.")
    assert Path(terminal.database).exists()
