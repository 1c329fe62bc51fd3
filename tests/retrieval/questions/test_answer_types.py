"""What kind of thing is asked for, and whether a passage states one of its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.questions.answer_types import ANSWER_TYPES, type_asked_for, type_lacking


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("How much money will the states get?", "sum of money"),
        ("How much did it cost?", "sum of money"),
        ("What’s the chief's salary?", "sum of money"),
        ("What is the budget of the harbor?", "sum of money"),
        ("How many officers were hired?", "figure"),
        ("What percentage of officers agree?", "figure"),
        ("When did Sessions speak?", "time"),
        ("In what year was he born?", "time"),
    ],
)
def test_a_question_says_what_it_asks_for(question: str, name: str) -> None:
    asked_for = type_asked_for(question)
    assert asked_for is not None
    assert asked_for.name == name


@pytest.mark.parametrize(
    "question",
    [
        "",
        "consent decrees",
        "Why did he resign?",
        "Did the chief agree?",
        "Who doubled the harbor budget?",
        "What did the mayor say about the budget?",
    ],
)
def test_any_other_question_asks_for_no_kind_of_thing(question: str) -> None:
    assert type_asked_for(question) is None


@pytest.mark.parametrize(
    ("question", "passage", "stated"),
    [
        ("How much money did it cost?", "It cost $1 million.", True),
        ("How much money did it cost?", "It cost the city dearly.", False),
        ("How many officers came?", "About 30 officers came.", True),
        ("How many officers came?", "Many officers came.", False),
        ("How much did burglaries fall?", "They fell by a fifth.", True),
        ("How much did burglaries rise?", "They doubled.", True),
        ("How many people were hurt?", "Nobody was hurt.", True),
        ("How many officers came?", "Fifteen came.", True),
        ("How many of the 30 officers came?", "The 30 officers met.", False),
        ("When did they meet?", "They met on Tuesday.", True),
        ("When did they meet?", "They met in a hall.", False),
        ("When in August did they meet?", "They met in August.", False),
        ("When did they meet?", "They met at 6:40 a.m.", True),
        ("At what time did they meet?", "They met at 6 p.m. in a hall.", True),
        ("At what time did they meet?", "They met at noon.", True),
        ("When did they meet?", "They met on 3 May.", True),
        ("When did they meet?", "They may meet in 3 halls.", False),
        ("When on May 3 did they meet?", "They met on May 3.", False),
    ],
)
def test_a_passage_states_what_was_asked_for_or_not(
    question: str, passage: str, stated: bool
) -> None:
    asked_for = type_asked_for(question)
    assert asked_for is not None
    assert asked_for.stands_in(passage, question) is stated


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_question_and_passage_are_judged(question: str, passage: str) -> None:
    assert type_asked_for(question) in {None, *ANSWER_TYPES}
    assert all(one.stands_in(passage, question) in {True, False} for one in ANSWER_TYPES)


@pytest.mark.parametrize(
    ("passage", "lacking"),
    [
        ("The bridge reopens on 14 November.", None),
        ("The repairs have cost $33.5 million.", None),
        ("The bridge reopens to cars only.", "time"),
    ],
)
def test_one_part_of_a_question_is_enough_to_answer(passage: str, lacking: str | None) -> None:
    found = type_lacking("When does the bridge reopen and how much did it cost?", passage)
    assert (found.name if found else None) == lacking
