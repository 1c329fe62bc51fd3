"""Copies: the same quotation in slightly different words is one entry, with what differs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Difference, Library
from retrieval.analysis.analyzer import folded_words
from retrieval.documents.copies import Wording, are_near, differences

QUOTE = "I will hold any officer responsible for breaking the law, the attorney general said."


def near(one: str, other: str) -> bool:
    words = [[hash(word) for word in folded_words(text)] for text in (one, other)]
    return are_near(*map(Wording.of, words))


@pytest.mark.parametrize(
    "other",
    [
        "“I will hold any officer responsible breaking the law,” the attorney general said.",
        "I will hold any officer responsible for breaking the law, Sessions said Tuesday.",
        "Sessions said: I will hold any officer responsible for breaking the law.",
        f"On Tuesday in Atlanta, {QUOTE}",
    ],
)
def test_the_same_in_slightly_different_words_is_near(other: str) -> None:
    assert near(QUOTE, other)
    assert near(other, QUOTE)


@pytest.mark.parametrize(
    "other",
    [
        "",
        "I will hold any officer",
        "The law says that any officer who will be breaking it is responsible, I hold.",
        "The mayor said that the harbor would be closed for repairs until the next spring.",
        QUOTE + " " + " ".join(f"Word{number}" for number in range(30)),
    ],
)
def test_other_words_another_order_or_a_part_of_much_more_are_not(other: str) -> None:
    assert not near(QUOTE, other)
    assert not near(other, QUOTE)


def test_what_differs_is_given_word_for_word_as_it_is_written() -> None:
    assert differences(
        "“I will hold any officer responsible breaking the law,” Sessions said.",
        "I will hold every officer responsible for breaking the law, the mayor’s aide said.",
    ) == (
        Difference("any", "every"),
        Difference("", "for"),
        Difference("", "the mayor’s"),
        Difference("Sessions", "aide"),
    )
    assert differences(QUOTE, QUOTE.upper()) == ()


@given(st.text(alphabet="ab -“"), st.text(alphabet="ab -“"))
def test_differences_are_slices_and_none_are_none(here: str, there: str) -> None:
    found = differences(here, there)
    assert (found == ()) is (list(folded_words(here)) == list(folded_words(there)))
    for one in found:
        assert one.here in here
        assert one.there in there
        assert one.here or one.there


async def test_near_copies_are_one_entry_the_best_first_with_what_differs(
    library: Library,
) -> None:
    await library.add(QUOTE.encode(), "wire.txt")
    await library.add(QUOTE.replace("responsible for", "responsible").encode(), "paper.txt")
    await library.add(QUOTE.upper().encode(), "blog.txt")
    await library.add(b"The law is broken, an officer said.", "other.txt")
    first, *others = await library.search("Who will hold an officer responsible for breaking law?")
    assert first.document.file == "wire.txt"
    assert [(copy.document.file, copy.differences) for copy in first.also] == [
        ("paper.txt", (Difference("for", ""),)),
        ("blog.txt", ()),
    ]
    assert [hit.document.file for hit in others] == ["other.txt"]


async def test_the_near_copy_of_another_space_is_not_told_of(library: Library) -> None:
    await library.add(QUOTE.encode(), "wire.txt")
    await library.add(QUOTE.replace("any", "every").encode(), "secret.txt", "T1")
    [hit] = await library.search("officer responsible", space="T2")
    assert hit.also == ()
    [hit] = await library.search("officer responsible", space="T1")
    assert len(hit.also) == 1
