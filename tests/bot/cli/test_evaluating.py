"""``newsdesk eval``: how well questions are answered whose answers somebody knows."""

import json

import pytest

from tests.bot.terminal import Terminal


def test_eval_says_how_well_questions_are_answered_whose_answers_somebody_knows(
    terminal: Terminal,
) -> None:
    lines = [
        {
            "question": "Who is the president of NOBLE?",
            "answers": [["001_69064135e9c191c9.txt", 15]],
        },
        {"question": "Who won the curling championship in Winnipeg?", "answers": []},
    ]
    file = terminal.write("mine.jsonl", "\n".join(map(json.dumps, lines)))
    shown = " ".join(terminal.done("eval", file).split())
    assert "questions 2 right passage first 100.0 %" in shown
    assert "unanswerable: not found 100.0 %" in shown
    known, unknown, sums = terminal.objects("eval", file, "--json")
    assert (known["rank"], known["verdict"]) == (1, "found")
    assert (unknown["rank"], unknown["verdict"]) == (None, "not_found")
    assert sums["MRR@10"] == 1.0


@pytest.mark.parametrize("line", ["[]", "{", '{"question": "Who?"}', '{"answers": [[1]]}', "7"])
def test_eval_names_the_line_that_is_no_judged_question(terminal: Terminal, line: str) -> None:
    file = terminal.write("mine.jsonl", '\n{"question": "Who?", "answers": []}\n' + line)
    assert terminal.refusal("eval", file).startswith("mine.jsonl, line 3: write ")


def test_eval_of_nothing_says_so(terminal: Terminal) -> None:
    file = terminal.write("mine.jsonl", "\n")
    assert terminal.refusal("eval", file) == f"{file} holds no judged question."
