"""The command line's words that only look: list, show, status, context, verify, source."""

from importlib.metadata import version

import pytest

from tests.bot.cli.known import HOLDS, NOBLE_RECEIPT, SEED, is_sentence
from tests.bot.terminal import Terminal, screen


def test_the_list_shows_the_documents_newest_first(terminal: Terminal) -> None:
    lines = terminal.done("list").splitlines()
    assert [line.split()[1] for line in lines[:-1]] == [
        "004_42e15ef78f8e8e44.txt",
        "002_1ed85cf378e4aadb.txt",
        "000_d569821d20d73420.txt",
        "001_69064135e9c191c9.txt",
        "003_d3053dbbe095c25c.txt",
    ]
    assert lines[-1] == HOLDS


def test_the_list_as_json_is_one_object_a_document(terminal: Terminal) -> None:
    listed = terminal.objects("list", "--json")
    assert [one["published"] for one in listed] == ["2018-03-16", "2017-04-18", None, None, None]


def test_a_page_of_the_list_that_there_is_not_is_a_sentence(terminal: Terminal) -> None:
    assert terminal.refusal("list", "2") == "There is no page 2; the list has 1."


def test_a_page_that_is_no_number_is_wrong_use(terminal: Terminal) -> None:
    assert "not a valid integer" in terminal.misuse("list", "two")


def test_show_prints_a_document_paragraph_by_paragraph(terminal: Terminal) -> None:
    shown = terminal.done("show", SEED)
    assert shown.startswith("After Trump's Use of Force Quip, Sessions Tells Police")
    assert "\n¶16 [furniture] We apologize, this video has expired.\n" in shown


def test_show_as_json_is_one_object(terminal: Terminal) -> None:
    [one] = terminal.objects("show", SEED, "--json")
    assert (one["file"], len(one["paragraphs"])) == (SEED, 23)


def test_the_status_says_where_the_database_is(terminal: Terminal) -> None:
    assert terminal.done("status") == (
        f"{HOLDS}\nDatabase: {terminal.database}\nNewsdesk {version('newsdesk')}\n"
    )


def test_the_status_as_json_is_one_object(terminal: Terminal) -> None:
    assert terminal.objects("status", "--json") == [
        {
            "documents": 5,
            "passages": 119,
            "newest": "2018-03-16",
            "database": str(terminal.database),
            "version": version("newsdesk"),
            "read": True,
        }
    ]


def test_context_prints_a_passage_between_its_neighbours(terminal: Terminal) -> None:
    shown = terminal.done("context", NOBLE_RECEIPT)
    assert [line[:3] for line in shown.splitlines() if line.startswith("¶")] == [
        "¶14",
        "¶15",
        "¶17",
    ]


def test_a_receipt_is_verified(terminal: Terminal) -> None:
    shown = terminal.done("verify", NOBLE_RECEIPT[:6])
    assert shown.startswith("Unchanged since 20")
    assert f"{SEED} ¶15 · receipt {NOBLE_RECEIPT}\n" in shown


def test_a_receipt_is_verified_for_programs(terminal: Terminal) -> None:
    [unchanged] = terminal.objects("verify", NOBLE_RECEIPT, "--json")
    terminal.done("remove", SEED)
    [withdrawn] = terminal.objects("verify", NOBLE_RECEIPT, "--json")
    [unknown] = terminal.objects("verify", "00000000deadbeef", "--json")
    assert [one["status"] for one in (unchanged, withdrawn, unknown)] == [
        "unchanged",
        "withdrawn",
        "unknown",
    ]


@pytest.mark.parametrize("receipt", ["fe42", "receipt", "fe42f91cc997fff300"])
def test_what_is_no_receipt_is_a_sentence(terminal: Terminal, receipt: str) -> None:
    assert terminal.refusal("verify", receipt) == (
        "A receipt is 6 to 16 of the digits 0-9 and a-f; copy it from under a citation."
    )


@pytest.mark.parametrize("word", ["show", "source", "remove", "restore"])
def test_a_name_that_there_is_not_is_a_sentence(terminal: Terminal, word: str) -> None:
    assert terminal.refusal(word, "nothing.txt") == (
        "There is no document nothing.txt here; list shows those that there are."
    )


def test_source_gives_a_pipe_the_very_bytes(terminal: Terminal, seeds: dict[str, bytes]) -> None:
    assert terminal.type("source", SEED).stdout_bytes == seeds[SEED]


def test_source_writes_the_very_bytes_to_a_path(
    terminal: Terminal, seeds: dict[str, bytes]
) -> None:
    path = terminal.folder / "copy.txt"
    assert terminal.done("source", SEED, "--output", path) == ""
    assert path.read_bytes() == seeds[SEED]


@pytest.mark.parametrize("path", ["missing/copy.txt", "."])
def test_a_path_that_cannot_be_written_is_a_sentence_that_names_it(
    terminal: Terminal, path: str
) -> None:
    sentence = terminal.refusal("source", SEED, "--output", terminal.folder / path)
    assert str(terminal.folder / path) in sentence
    assert is_sentence(sentence)


def test_a_source_is_legible_on_a_terminal(terminal: Terminal) -> None:
    with screen("--db", str(terminal.database), "source", SEED) as shown:
        assert "NOBLE President Perry Tarrant" in " ".join(shown.end().split())


def test_the_list_as_json_holds_all_pages(terminal: Terminal) -> None:
    for number in range(30):
        terminal.write(f"coverage/{number}.txt", f"This is number {number}.\n")
    terminal.done("add", "coverage")
    assert len(terminal.objects("list", "--json")) == 35
    assert len(terminal.objects("list", "2", "--json")) == 15
