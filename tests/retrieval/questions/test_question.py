"""Any text is a question: its words become concepts, and what people say to a bot does not."""

from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis import words
from retrieval.analysis.analyzer import Analyzer
from retrieval.analysis.thesaurus import Thesaurus
from retrieval.questions.question import CONCEPT_LIMIT, QUESTION_LIMIT, Question, understand

ANALYZER = Analyzer()
THESAURUS = Thesaurus(ANALYZER)


def question(text: str) -> Question:
    return understand(text, (), ANALYZER, THESAURUS)


def typed(text: str) -> list[str]:
    return [concept.word for concept in question(text).concepts]


def test_concepts_are_the_words_that_say_something_as_typed_and_in_order() -> None:
    assert typed("Who introduced Sessions in Nashville?") == ["introduced", "Sessions", "Nashville"]


def test_words_with_which_a_bot_is_addressed_are_left_out() -> None:
    assert typed("Hey Newsdesk, please tell me about NOBLE, thanks!") == ["NOBLE"]


def test_a_word_said_twice_is_one_concept_as_first_typed() -> None:
    assert typed("Officers and the officer's OFFICER") == ["Officers"]


def test_pairs_are_neighbouring_terms_with_stop_words_left_out() -> None:
    first, second, third = (ANALYZER.term(word) for word in ("chiefs", "police", "Nashville"))
    assert question("The chiefs of the police in Nashville").pairs == {
        (first, second),
        (second, third),
    }


def test_stop_words_alone_are_no_concepts() -> None:
    read = question("What is it that they do?")
    assert (read.concepts, read.pairs, read.quotations) == ((), frozenset(), ())
    assert {term for _, term in read.words} == {""}


def test_its_words_are_kept_as_typed_and_in_order() -> None:
    assert [form for form, _ in question("Hey, who's the Chief's CHIEF?").words] == [
        "hey",
        "whos",
        "the",
        "chiefs",
        "chief",
    ]


def test_nothing_else_expresses_a_word_that_is_typed_elsewhere_in_the_question() -> None:
    for word, others in words.synonyms().items():
        concepts = question(f"{word} {others[0]}").concepts
        terms = [concept.term for concept in concepts]
        for concept in concepts:
            assert not {(term,) for term in terms} & concept.others.keys()


def test_what_else_expresses_a_word_counts_for_less_than_the_word() -> None:
    for word in ["murder", "DOJ", "ICE", "officer"]:
        for concept in question(word).concepts:
            assert all(0 < share < 1 for share in concept.others.values())


def test_an_abbreviation_is_also_read_as_its_phrase() -> None:
    [concept] = question("DOJ").concepts
    assert tuple(ANALYZER.terms("Department of Justice")) in concept.others


def test_a_phrase_is_also_read_as_its_abbreviation() -> None:
    short = (ANALYZER.term("DOJ"),)
    assert all(
        short in concept.others for concept in question("the Department of Justice").concepts
    )


def test_of_a_long_text_the_first_part_is_read() -> None:
    assert len(typed(" ".join(f"word{at}" for at in range(500)))) == CONCEPT_LIMIT
    assert typed("?" * QUESTION_LIMIT + " Nashville") == []


@given(st.text(st.characters(), max_size=200))
def test_any_text_is_a_question(text: str) -> None:
    understood = question(text)
    assert understood.text == text
    assert all(concept.term and concept.word in text for concept in understood.concepts)
    terms = [concept.term for concept in understood.concepts]
    assert len(set(terms)) == len(terms)
