"""``newsdesk ask``: a cited answer for a person, JSON for a program, one question or many."""

import json

import pytest

from tests.bot.cli.known import (
    FROZE,
    NOBLE,
    NOBLE_RECEIPT,
    SEARCHED,
    SEED,
    break_answers,
    is_sentence,
)
from tests.bot.terminal import Terminal, process


def test_a_question_is_answered_with_cited_passages(terminal: Terminal) -> None:
    shown = terminal.done("ask", NOBLE)
    assert shown.startswith("Found. ")
    assert "\n[1] After Trump's Use of Force Quip" in shown
    assert "NOBLE President Perry Tarrant said" in shown
    assert f"{SEED} ¶15 · receipt {NOBLE_RECEIPT}\n" in shown
    assert shown.endswith(f"7 more: ask with --limit.\n{SEARCHED}\n")


def test_not_found_is_an_answer_too(terminal: Terminal) -> None:
    shown = terminal.done("ask", "Who won the curling championship in Winnipeg?")
    assert shown.startswith("Not in the coverage. ")
    assert shown.endswith(f"{SEARCHED}\n")


def test_a_question_needs_no_quotation_marks(terminal: Terminal) -> None:
    assert terminal.done("ask", *NOBLE.split(), "--limit", "1") == terminal.done(
        "ask", NOBLE, "--limit", "1"
    )


def test_a_question_of_nothing_is_answered_as_well(terminal: Terminal) -> None:
    [answer] = terminal.objects("ask", "", "--json")
    assert (answer["question"], answer["verdict"]) == ("", "not_found")


def test_an_answer_as_json_is_one_object_on_one_line(terminal: Terminal) -> None:
    [answer] = terminal.objects("ask", NOBLE, "--json")
    assert (answer["question"], answer["verdict"]) == (NOBLE, "found")
    assert len(answer["passages"]) == 3
    assert answer["passages"][0]["receipt"] == NOBLE_RECEIPT


@pytest.mark.parametrize("limit", ["1", "5", "20"])
def test_a_limit_says_how_many_passages_are_wanted(terminal: Terminal, limit: str) -> None:
    [answer] = terminal.objects("ask", "police officers", "--limit", limit, "--json")
    assert len(answer["passages"]) == int(limit)


@pytest.mark.parametrize("limit", ["0", "-1", "51", "many"])
def test_a_limit_that_cannot_be_is_wrong_use(terminal: Terminal, limit: str) -> None:
    assert "--limit" in terminal.misuse("ask", NOBLE, "--limit", limit)


def test_questions_from_standard_input_are_answered_in_order_one_line_each(
    terminal: Terminal,
) -> None:
    typed = f"{NOBLE}\r\n\nconsent “decrees”\nthe last without an end"
    answers = terminal.objects("ask", "--json", typed=typed)
    assert [answer["question"] for answer in answers] == [
        NOBLE,
        "",
        "consent “decrees”",
        "the last without an end",
    ]


def test_questions_from_standard_input_are_answered_in_plain_text_too(terminal: Terminal) -> None:
    shown = terminal.done("ask", typed=f"{NOBLE}\nconsent decrees\n")
    assert shown.index("Perry Tarrant") < shown.index("consent decrees")
    assert shown.count(SEARCHED) == 2


def test_no_questions_get_no_answers(terminal: Terminal) -> None:
    assert terminal.done("ask", "--json") == ""


def test_a_line_that_fails_is_an_object_with_its_problem_and_stops_no_other(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_SEEDS", "off")
    terminal.database.unlink()
    assert terminal.done("ask", "Is anything there?").startswith("Not in the coverage.")
    break_answers(terminal.database)
    result = terminal.type("ask", "--json", typed="one\ntwo\n")
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert (list(first), first["question"]) == (["question", "problem"], "one")
    assert (list(second), second["question"]) == (["question", "problem"], "two")
    assert is_sentence(first["problem"])


def test_a_line_in_another_encoding_stops_no_other(terminal: Terminal) -> None:
    assert terminal.database.exists()
    done = process(
        "ask",
        "--json",
        typed=b"Who asked in the caf\xe9?\nconsent decrees\n",
        PYTHONIOENCODING="utf-8:strict",  # as in most languages' locales
    )
    assert (done.returncode, done.stderr) == (0, b"")
    first, second = (json.loads(line) for line in done.stdout.decode().splitlines())
    assert first["question"].startswith("Who asked in the caf")
    assert second["question"] == "consent decrees"


def test_a_question_in_a_space_sees_what_was_added_there(terminal: Terminal) -> None:
    terminal.done("add", terminal.write("ice.txt", FROZE), "--space", "T-1")
    [ours] = terminal.objects("ask", "Did the harbor freeze?", "--space", "T-1", "--json")
    [shared] = terminal.objects("ask", "Did the harbor freeze?", "--json")
    assert ours["passages"][0]["file"] == "ice.txt"
    assert ours["coverage"]["documents"] == 6
    assert "ice.txt" not in {passage["file"] for passage in shared["passages"]}
    assert shared["coverage"]["documents"] == 5


def test_filters_are_options_of_ask(terminal: Terminal) -> None:
    [typed] = terminal.objects("ask", "police in:001", "--json")
    [given] = terminal.objects("ask", "police", "--in", "001", "--json")
    assert given["passages"] == typed["passages"]
    assert {passage["file"][:3] for passage in given["passages"]} == {"001"}


def test_an_answer_explains_itself_where_that_is_asked_for(terminal: Terminal) -> None:
    question = "Who is the president of NOBLE?"
    [plain] = terminal.objects("ask", question, "--json")
    [explained] = terminal.objects("ask", question, "--explain", "--json")
    assert [word["word"] for word in explained["explanation"]["words"]] == ["president", "NOBLE"]
    assert len(explained["explanation"]["passages"]) == len(plain["passages"]) == 3
    assert {key: explained[key] for key in plain} == plain
    assert "What it rests on:" in terminal.done("ask", question, "--explain")


def test_each_answer_to_a_list_of_questions_stands_under_its_question(terminal: Terminal) -> None:
    shown = terminal.done("ask", typed="consent decrees\nbump stocks\n")
    assert shown.startswith("> consent decrees\nFound.")
    assert "\n> bump stocks\nFound." in shown


def test_the_name_of_no_space_is_wrong_use(terminal: Terminal) -> None:
    assert "Name a space" in terminal.misuse("ask", "consent decrees", "--space", " ")
