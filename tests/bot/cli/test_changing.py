"""The command line's words that change documents: replace, remove, restore; and their history."""

import pytest

from tests.bot.cli.known import FROZE, OPENED, SEED
from tests.bot.terminal import Terminal


def test_replace_puts_a_file_in_the_place_of_its_namesake(terminal: Terminal) -> None:
    terminal.done("add", terminal.write("ice.txt", FROZE))
    shown = terminal.done("replace", terminal.write("ice.txt", OPENED), "--author", "Robin Roe")
    assert shown.startswith("ice.txt: replaced (version 2).\n")
    assert "author: Robin Roe" in shown
    assert terminal.done("source", "ice.txt") == OPENED


def test_replace_puts_a_file_in_the_place_of_another_document(terminal: Terminal) -> None:
    terminal.done("add", terminal.write("ice.txt", FROZE))
    path = terminal.write("open.txt", OPENED)
    [replaced] = terminal.objects("replace", path, "--as", "ice.txt", "--json")
    assert (replaced["file"], replaced["version"], replaced["result"]) == ("ice.txt", 2, "replaced")


def test_what_is_not_there_cannot_be_replaced(terminal: Terminal) -> None:
    path = terminal.write("ice.txt", FROZE)
    assert terminal.refusal("replace", path) == (
        "There is no document ice.txt here; list shows those that there are."
    )


@pytest.mark.parametrize("path", ["missing.txt", "."])
def test_replace_with_what_is_no_file_is_wrong_use(terminal: Terminal, path: str) -> None:
    assert "Invalid value for 'PATH'" in terminal.misuse("replace", path)


def test_a_document_is_removed_and_restored(terminal: Terminal) -> None:
    assert terminal.done("remove", SEED) == f"{SEED}: removed (version 1).\n"
    assert SEED not in terminal.files()
    assert terminal.done("restore", SEED) == f"{SEED}: restored (version 1).\n"
    assert SEED in terminal.files()


def test_remove_as_json_is_one_object(terminal: Terminal) -> None:
    [removed] = terminal.objects("remove", SEED, "--json")
    assert (removed["file"], removed["result"], removed["status"]) == (SEED, "removed", "removed")


def test_remove_seeds_takes_the_seeds_out_and_nothing_else(terminal: Terminal) -> None:
    terminal.done("add", terminal.write("ice.txt", FROZE))
    terminal.done("remove", SEED)
    assert len(terminal.done("remove", "--seeds").splitlines()) == 4
    assert terminal.files() == ["ice.txt"]


def test_to_remove_the_seeds_twice_is_done(terminal: Terminal) -> None:
    terminal.done("remove", "--seeds")
    terminal.done("remove", "--seeds")
    assert terminal.files() == []


@pytest.mark.parametrize("words", [[], [SEED, "--seeds"]])
def test_remove_wants_one_document_or_the_seeds(terminal: Terminal, words: list[str]) -> None:
    assert "Name one document, or give --seeds." in terminal.misuse("remove", *words)


def test_the_history_tells_who_did_what(terminal: Terminal) -> None:
    terminal.done("remove", SEED)
    first, *rest = terminal.done("history").splitlines()
    assert first.endswith(f" UTC remove {SEED} by operator on console")
    assert rest[0] == "  status: live → removed"
    assert len(rest) == 6


def test_the_history_as_json_is_one_object_a_change(terminal: Terminal) -> None:
    terminal.done("add", terminal.write("ice.txt", FROZE), "--space", "T-1")
    [change] = terminal.objects("history", "--space", "T-1", "--json")
    assert (change["action"], change["file"], change["space"]) == ("add", "ice.txt", "T-1")
    assert [one["action"] for one in terminal.objects("history", SEED, "--json")] == ["add"]


def test_the_same_file_with_other_details_is_a_new_version(terminal: Terminal) -> None:
    path = terminal.write("story.txt", "The harbor froze.\n")
    terminal.done("add", path)
    shown = terminal.done("replace", path, "--title", "Harbor Freezes")
    assert shown.startswith("story.txt: replaced (version 2).\n  title: Harbor Freezes")
    assert "already there" in terminal.done("replace", path, "--title", "Harbor Freezes")


def test_the_seeds_are_of_no_space(terminal: Terminal) -> None:
    assert "leave --space out" in terminal.misuse("remove", "--seeds", "--space", "T1")
