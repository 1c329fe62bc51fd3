"""Why an answer is as it is: words, scores and evidence that add up to what was answered."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval import Explanation, Library, Verdict

QUESTIONS = (
    "Who is the president of NOBLE?",
    "What did Sessions say about officers who break the law?",
    "“hold any officer responsible”",
    "Did the mayor of Springfield resign in 1904?",
)


@pytest.mark.parametrize("question", QUESTIONS)
async def test_it_explains_the_answer_that_is_given(seeded: Library, question: str) -> None:
    explanation = await seeded.explain(question)
    assert explanation.findings == await seeded.find(question)
    assert [one.hit for one in explanation.hits] == list(explanation.findings.hits)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    question=st.lists(
        st.sampled_from(
            ["Sessions", "police", '"break the law"', "zebra", "Nashvlle", "the", "DOJ"]
        )
    ).map(" ".join)
)
async def test_scores_and_confidence_are_the_sums_of_their_parts(
    seeded: Library, question: str
) -> None:
    explanation = await seeded.explain(question)
    for one in explanation.hits:
        assert sum(part.value for part in one.parts) == pytest.approx(one.hit.score, abs=1e-3)
    if explanation.evidence:
        odds = sum(part.value for part in explanation.evidence)
        assert 1 / (1 + math.exp(-odds)) == pytest.approx(explanation.findings.confidence, abs=1e-3)


def words_of(explanation: Explanation) -> dict[str, bool]:
    return {one.word: one.occurs for one in explanation.words}


async def test_words_are_as_typed_with_what_is_taken_for_them(seeded: Library) -> None:
    explanation = await seeded.explain("Who attacked DOJ lawyers in Nashvlle and Xanadu?")
    assert words_of(explanation) == {
        "attacked": True,
        "DOJ": True,
        "lawyers": False,
        "Nashvlle": False,
        "Xanadu": False,
    }
    others = {one.word: one.others for one in explanation.words}
    assert "department justice" in others["DOJ"]
    assert others["Nashvlle"] == ("Nashville",)
    assert others["Xanadu"] == ()


async def test_a_rarer_word_counts_for_more(seeded: Library) -> None:
    common, rare = (await seeded.explain("police Tarrant")).words
    assert rare.worth > common.worth > 0


async def test_a_passage_holds_words_in_other_forms_and_in_its_title(library: Library) -> None:
    await library.add(b"Harbor of Ice\n\nThe ships were freezing for a week, it was said.", "a.txt")
    explanation = await library.explain("Which ship froze in the harbor of Springfield?")
    holds = {one.hit.passage.text[:3]: one.holds for one in explanation.hits}
    assert holds["The"] == ("ship", "froze", "harbor")


async def test_nothing_found_is_explained_by_its_words(seeded: Library) -> None:
    explanation = await seeded.explain("zebra quagga")
    assert explanation.findings.verdict is Verdict.NOT_FOUND
    assert (explanation.hits, explanation.evidence) == ((), ())
    assert words_of(explanation) == {"zebra": False, "quagga": False}


async def test_words_are_written_as_in_no_document_that_the_space_may_not_see(
    library: Library,
) -> None:
    await library.add(b"The Department of Zorbing Affairs (DZA) met on Monday.", "a.txt", "A")
    await library.add(b"The Ministry of Zorbed Affairs (MZA) met on Tuesday.", "b.txt", "B")
    await library.find("Where did the DZA meet?", space="A")
    [word] = (await library.explain("MZA", space="B")).words
    assert word.others == ("ministry zorbed affairs",)
