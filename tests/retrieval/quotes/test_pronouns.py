"""For whom a pronoun stands, and that a paragraph is read for it once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Passage, Role
from retrieval.quotes.attribution.attributing import attributed_in
from retrieval.quotes.attribution.clauses import LONGEST, Clauses
from retrieval.quotes.attribution.narration import Narration
from retrieval.quotes.attribution.people import Kind, Mention, People
from retrieval.quotes.attribution.pronouns import Pronouns
from retrieval.quotes.attribution.spans import quoted_in

HE = Mention("He", Kind.PRONOUN, 0, 2)


class Reading(People):
    """People that count the characters in which they are looked for."""

    read = 0

    def mentioned(self, text: str) -> list[Mention]:
        """Return the mentions of people in a text."""
        self.read += len(text)
        return super().mentioned(text)


def passages(*texts: str) -> list[Passage]:
    """Return paragraphs of text."""
    return [
        Passage(number, number, 0, len(text), text, Role.TEXT, "", "")
        for number, text in enumerate(texts, 1)
    ]


def characters_read(text: str) -> int:
    """Return how many characters are read for all pronouns of a paragraph."""
    people = Reading([text])
    people.read = 0
    pronouns = Pronouns(Narration(passages(text), []), people)
    for at in (at for at in range(len(text)) if text.startswith("He said", at)):
        assert pronouns.person(HE, 0, at, {}) == ("Ann Lee", True)
    return people.read


def test_the_sentences_of_a_paragraph_are_read_once_for_all_its_pronouns() -> None:
    text = "Then Ann Lee came in. " + "It was a long day in the town. He said it was late. " * 200
    assert characters_read(text) < 2 * len(text)


def test_a_sentence_without_an_end_is_read_as_far_as_sentences_go() -> None:
    text = (
        "Ann Lee came in, and " + "it was a long day in the town, and He said it was late, " * 200
    )
    assert characters_read(text) < 200 * LONGEST + 2 * len(text)


@pytest.mark.parametrize(
    ("text", "at", "sentence"),
    [
        ("It was late. Then Ann Lee left.", 20, " Then Ann Lee left"),
        ("It was late. Mr. Ray and J. Lee left.", 36, " Mr. Ray and J. Lee left"),
        ("Ann Lee said “□□□□” Then she left.", 25, "Then she left"),
        ("Ann Lee said “□□□” and left.", 20, "Ann Lee said “□□□” and left"),
        ("It", 0, "It"),
        ("", 0, ""),
    ],
)  # fmt: skip
def test_a_sentence_goes_on_at_a_place(text: str, at: int, sentence: str) -> None:
    clauses = Clauses(text)
    assert text[clauses.begin_of(at) : clauses.end_of(at)] == sentence


@given(st.text(alphabet="Ab. “”□\n'!", max_size=60), st.integers(0, 60))
def test_every_place_stands_in_its_sentence(text: str, at: int) -> None:
    at = min(at, len(text))
    clauses = Clauses(text)
    assert 0 <= clauses.begin_of(at) <= at <= clauses.end_of(at) <= len(text)


@given(st.lists(st.text(alphabet="Ab. “”\"'\n", max_size=30), max_size=4))
def test_what_is_quoted_is_hidden_character_for_character(texts: list[str]) -> None:
    its = passages(*texts)
    quotations = quoted_in(its)
    narration = Narration(its, quotations)
    assert [len(one) for one in narration.texts] == [len(one) for one in texts]
    for part in (part for quoted in quotations for part in quoted.parts):
        hidden = part.span.of(narration.texts[part.paragraph])
        assert set(hidden) <= {"□"}


@pytest.mark.parametrize(
    "text",
    [
        "Asked by the mayor whether it was late, Bob Ray sat down. He said it was “never late.”",
        "Bob Ray came. Asked by Mayor Ann Lee about it, he sat down. He said it was “never late.”",
        "Bob Ray came. Told by the mayor to go, he said it was “never late.”",
        "Bob Ray came. When Ann Lee, the mayor, rose, he sat down. He said it was “never late.”",
        "Bob Ray came. While the mayor slept, he said it was “never late.”",
        "Bob Ray came. He was stopped by the mayor. He said it was “never late.”",
        "Bob Ray was stopped by Ann Lee. He said it was “never late.”",
        "Ann Lee rose. As she did, Bob Ray sat down. He said it was “never late.”",
    ],
)
def test_whom_a_clause_before_the_main_one_names_is_not_the_pronouns_person(text: str) -> None:
    assert [one.speaker for one in attributed_in(passages(text))] == ["Bob Ray"]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Bob Ray came. When the mayor rose, he said it was “never late.”", [("Bob Ray", True)]),
        ("Bob Ray came. When Ann Lee rose, he said it was “never late.”", [("Bob Ray", False)]),
        ("Bob Ray came. As Ann Lee rose, he fell. He said it was “never late.”",
         [("Bob Ray", False)]),
        ("When Ann Lee rose, she said it was “never late.”", [("Ann Lee", False)]),
        ("When Ann Lee rose, Bob Ray fell. He said it was “never late.”", [("Bob Ray", True)]),
        ("As Ann Lee rose, she fell. Bob Ray came. He said it was “never late.”",
         [("Bob Ray", True)]),
    ],
)  # fmt: skip
def test_whom_else_a_pronoun_may_mean_by_name_makes_it_unsure(
    text: str, due: list[tuple[str, bool]]
) -> None:
    assert [(one.speaker, one.is_sure) for one in attributed_in(passages(text))] == due
