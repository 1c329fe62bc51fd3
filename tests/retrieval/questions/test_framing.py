"""What people ask an archive for something with is no part of what they ask about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis import words
from retrieval.analysis.analyzer import fold
from retrieval.questions.framing import subject_of


def subject(question: str) -> str:
    return subject_of(question).of(question).strip(" ?.")


@pytest.mark.parametrize(
    ("question", "is_about"),
    [
        ("Any stories mentioning Baltimore?", "Baltimore"),
        ("Do we have any articles that mention Perry Tarrant?", "Perry Tarrant"),
        ("latest coverage of Sessions", "Sessions"),
        ("Have we ever covered MS-13?", "MS-13"),
        ("What did we write about homicide rates?", "about homicide rates"),
        ("have we published a piece on consent decrees", "consent decrees"),
        ("Is there a piece quoting James O'Neill", "James O'Neill"),
        ("What happened in Baltimore?", "in Baltimore"),
        ("Did anything happen to the homicide rate?", "to the homicide rate"),
        ("Summarise what Sessions said", "what Sessions said"),
        ("could you summarize our coverage of the speech", "the speech"),
        ("When did Trump speak, in our coverage?", "When did Trump speak,"),
        ("What did he say in the archives", "What did he say"),
        ("quotes by Sessions about police", "Sessions about police"),
    ],
)
def test_a_question_is_about_what_its_frame_leaves(question: str, is_about: str) -> None:
    assert subject(question) == is_about


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote the cover story?",
        "What did Sessions report about crime?",
        "Which police report names the officer",
        "How did the accident happen?",
        "The report on Russian interference",
        "Where did they say it happened?",
        '"stories about police"',
        "What did the attorney general publish in USA Today",
        "articles",
        "latest news",
        "What happened?",
        "",
    ],
)
def test_what_is_no_frame_stays_in_a_question(question: str) -> None:
    assert subject_of(question).of(question) == question


@given(
    st.text(st.sampled_from("any stories about we covered what happened in\n\"'?.é"), max_size=80)
)
def test_any_text_has_a_subject_in_it(question: str) -> None:
    span = subject_of(question)
    assert 0 <= span.start <= span.end <= len(question)
    assert bool(question.split()) == bool(span.of(question).split())


def test_frames_are_folded_words_of_known_parts() -> None:
    parts = {"holding", "which", "link", "doing", "occurring", "telling", "polite"}
    assert words.frames().keys() == parts
    assert [one for its in words.frames().values() for one in its if fold(one) != one] == []
