"""The operator's words at the terminal: edit, retract, undo, lists, the trail, purge, reindex."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.bot.cli.known import FROZE, OPENED, SEED
from tests.bot.terminal import Terminal, screen

LATER = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
ICE = "ice.txt"


def test_one_file_is_added_under_another_name(terminal: Terminal) -> None:
    path = terminal.write("draft.txt", FROZE)
    [added] = terminal.objects("add", path, "--as", "2017/ice.txt", "--json")
    assert (added["file"], added["result"]) == ("2017/ice.txt", "added")
    terminal.write("other/b.txt", OPENED)
    assert (
        "one name goes with one file"
        in terminal.misuse("add", path, "other", "--as", "x.txt").lower()
    )


def test_what_was_understood_is_edited(terminal: Terminal) -> None:
    terminal.done("add", terminal.write(ICE, FROZE), "--outlet", "City Desk")
    [edited] = terminal.objects("edit", ICE, "--author", "Roe", "--outlet", "-", "--json")
    assert (edited["author"], edited["outlet"], edited["result"]) == ("Roe", None, "edited")
    assert edited["by_hand"] == ["author", "outlet"]
    assert terminal.done("edit", ICE, "--title", "Ice").startswith("ice.txt: edited (version 1).\n")
    assert terminal.refusal("edit", ICE) == (
        'Say what is so, for example: edit ice.txt title:"…" author:"…"'
    )


def test_a_correction_and_a_retraction_are_in_what_is_printed(terminal: Terminal) -> None:
    terminal.done("add", terminal.write(ICE, FROZE))
    terminal.done("correct", ICE, "--note", "It thawed.")
    asked = json.loads(terminal.done("ask", "Who froze the harbor?", "--json"))
    passage = next(one for one in asked["passages"] if one["file"] == ICE)
    assert passage["correction"] == "It thawed."
    terminal.done("retract", ICE, "--reason", "Nothing froze.")
    [verified] = terminal.objects("verify", passage["receipt"], "--json")
    assert (verified["status"], verified["by"]) == ("withdrawn", "operator")
    assert verified["reason"] == "Nothing froze."


def test_an_embargo_is_given_at_the_terminal(terminal: Terminal) -> None:
    terminal.done("add", terminal.write(ICE, FROZE), "--hold-until", LATER)
    terminal.write("folder/a.txt", "One harbor.")
    terminal.write("folder/b.txt", "Two harbors.")
    terminal.done("add", "folder", "--hold-until", LATER)
    assert terminal.files("--status", "held", "--sort", "name") == ["a.txt", "b.txt", ICE]
    assert len(terminal.files()) == 5
    assert terminal.refusal("add", "folder", "--hold-until", "2017-08-01") == (
        "2017-08-01 00:00 UTC is past; an embargo ends at a time to come."
    )


def test_the_last_change_is_undone(terminal: Terminal) -> None:
    terminal.done("remove", SEED)
    assert terminal.done("undo") == f"{SEED}: undone (remove by operator) (version 1).\n"
    assert SEED in terminal.files()


def test_a_list_takes_the_filters_of_questions(terminal: Terminal) -> None:
    assert terminal.files("--since", "2018") == ["004_42e15ef78f8e8e44.txt"]
    assert terminal.files("--in", "001", "--by", "nobody") == []
    assert terminal.files("--title", "handcuffing") == ["002_1ed85cf378e4aadb.txt"]
    assert terminal.files("--sort", "name") == sorted(terminal.files())
    assert "3 documents without a date left out." in terminal.done("list", "--since", "2018")
    assert "No document matches; " in terminal.done("list", "--in", "nothing-like-it")


def test_the_history_as_json_is_whole(terminal: Terminal) -> None:
    for number in range(250):
        terminal.write(f"coverage/{number}.txt", f"This is number {number}.\n")
    terminal.done("add", "coverage", "--space", "T-1")
    lines = terminal.objects("history", "--space", "T-1", "--json")
    assert [one["id"] for one in lines] == sorted((one["id"] for one in lines), reverse=True)
    assert len({one["file"] for one in lines}) == len(lines) == 250
    assert lines[0]["state_after"]["status"] == "live"
    assert len(terminal.objects("history", "--page", "2", "--space", "T-1", "--json")) == 100


def test_a_purge_asks_whether_it_is_meant(terminal: Terminal) -> None:
    terminal.done("add", terminal.write(ICE, FROZE))
    with screen("purge", ICE, status=1) as shown:
        shown.until("Erase it? [y/N]: ")
        shown.type("n\n")
        shown.end()
    assert ICE in terminal.files()
    with screen("purge", ICE) as shown:
        assert "This erases ice.txt with all its versions for good" in shown.until("[y/N]: ")
        shown.type("y\n")
        assert "ice.txt is purged: 1 version erased for good." in shown.end()
    assert ICE not in terminal.files()
    assert terminal.objects("history", ICE, "--json")[0]["action"] == "purge"
    assert b"harbor froze" not in terminal.database.read_bytes()


def test_a_purge_with_yes_asks_nothing(terminal: Terminal) -> None:
    terminal.done("add", terminal.write(ICE, FROZE), terminal.write("copy.txt", FROZE))
    said = terminal.done("purge", ICE, "--yes")
    assert "The same bytes stand in 1 other document" in said
    assert "was purged before" in terminal.done("purge", ICE, "--yes")
    assert terminal.refusal("purge", "nothing.txt", "--yes") == (
        "There is no document nothing.txt here; list shows those that there are."
    )


def test_the_index_is_built_anew(terminal: Terminal) -> None:
    assert terminal.done("reindex") == "Indexed 119 passages.\n"


@pytest.mark.parametrize("word", ["purge", "reindex"])
def test_only_the_terminal_has_these_words(terminal: Terminal, word: str) -> None:
    assert word in terminal.done("--help")
    assert word not in terminal.done("chat", typed="help\n")
