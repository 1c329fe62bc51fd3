"""What an answer is made of: the best passages with marks, excerpts, copies and what they lack."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval import Findings, Library, Role, Verdict
from retrieval.answering.excerpts import EXCERPT_LIMIT

FILLER = (
    "The council met again and put the matter off. Nobody took the floor for two hours. "
    "The clerk read the minutes of the meeting of the week before. Several members left early. "
    "A decision is expected in the spring, when the new budget comes before the committee. "
)


def texts(findings: Findings) -> list[str]:
    return [hit.passage.text for hit in findings.hits]


async def test_the_passage_that_says_it_comes_first(seeded: Library) -> None:
    best, *_ = await seeded.search("Who is the president of NOBLE?")
    assert best.document.file == "001_69064135e9c191c9.txt"
    assert best.passage.paragraph == 15
    assert "NOBLE President Perry Tarrant said" in best.passage.text


async def test_hits_come_best_first_and_no_more_than_were_asked_for(seeded: Library) -> None:
    hits = await seeded.search("police officers and the law", limit=7)
    assert len(hits) == 7
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert await seeded.search("police officers and the law", limit=3) == hits[:3]


async def test_the_same_question_has_the_same_answer(seeded: Library) -> None:
    question = "What did Sessions say about officers who break the law?"
    assert await seeded.find(question) == await seeded.find(question)


async def test_every_hit_is_verbatim(seeded: Library, seeds: dict[str, bytes]) -> None:
    for hit in await seeded.search("law enforcement officers", limit=50):
        text = seeds[hit.document.file].decode()
        assert text[hit.passage.start : hit.passage.end] == hit.passage.text


async def test_what_a_headline_announces_comes_after_the_passage_that_tells_it(
    library: Library,
) -> None:
    story = (
        "Harbor vote delayed\nBy Robin Roe\nMarch 3, 2024\n\n"
        "The council put off the vote on the harbor until May.\n\n"
        "“We need more time,” Mayor Ann Lee said.\n"
    )
    await library.add(story.encode(), "harbor.txt")
    best, *_ = await library.search("Why was the harbor vote delayed?")
    assert best.passage.text == "The council put off the vote on the harbor until May."


async def test_of_like_passages_the_one_that_states_what_is_asked_for_comes_first(
    library: Library,
) -> None:
    plan = b"The housing plan of the mayor saves the roof.\n\nThe plan will cost $410 million.\n"
    await library.add(plan, "plan.txt")
    question = "How much does the mayor's plan cost the city?"
    best, second = await library.search(question)
    assert best.passage.text == "The plan will cost $410 million."
    assert best.score > second.score
    assert await library.search(question, limit=1) == [best]


async def test_a_row_of_a_table_is_found_by_its_header_and_shown_with_it(library: Library) -> None:
    table = "# State League\n\n| Team | Points |\n|---|---|\n| Rovers | 10 |\n| Ellis | 13 |\n"
    await library.add(table.encode(), "league.md")
    findings = await library.find("How many points does Ellis have?")
    assert findings.verdict is Verdict.FOUND
    assert findings.hits[0].passage.text == "Ellis | 13"
    assert findings.hits[0].before is not None
    assert findings.hits[0].before.text == "Team | Points"


async def test_an_answer_comes_before_its_question_and_is_shown_with_it(library: Library) -> None:
    interview = b"Tran runs the shelter.\nQ: How many people sleep outside?\nA: We counted 417.\n"
    await library.add(interview, "tran.txt")
    findings = await library.find("How many people sleep outside?")
    assert findings.verdict is Verdict.FOUND
    assert findings.hits[0].passage.text == "A: We counted 417."
    assert findings.hits[0].before is not None
    assert findings.hits[0].before.text == "Q: How many people sleep outside?"
    assert findings.hits[0].score > findings.hits[1].score


async def test_furniture_is_never_cited(seeded: Library) -> None:
    for question in ["Skip to main content", "masthead editor publisher", "newsletter", "browser"]:
        hits = await seeded.search(question, limit=50)
        assert all(hit.passage.role is not Role.FURNITURE for hit in hits)


async def test_the_words_that_matched_are_marked_and_no_others(library: Library) -> None:
    await library.add(b"The mayor's chiefs met. A chief of staff came, too.", "a.txt")
    [hit] = await library.search("Which chief met the mayor?")
    assert [mark.of(hit.passage.text) for mark in hit.marks] == [
        "mayor's",
        "chiefs",
        "met",
        "chief",
    ]


async def test_the_excerpt_of_a_long_passage_is_its_best_sentence(library: Library) -> None:
    await library.add(f"{FILLER}Then the mayor named a chief. {FILLER}".encode(), "a.txt")
    [hit] = await library.search("Who named the chief?")
    assert hit.excerpt.of(hit.passage.text) == "Then the mayor named a chief."
    assert hit.before is None


async def test_an_excerpt_that_points_back_brings_the_passage_before(library: Library) -> None:
    await library.add(b"The mayor spoke first.\nAdvertisement\nHe named a new chief.", "a.txt")
    [hit] = await library.search("Who named the chief?")
    assert hit.before is not None
    assert hit.before.text == "The mayor spoke first."


async def test_the_first_passage_of_a_document_has_none_before(library: Library) -> None:
    await library.add(b"He named a new chief.", "a.txt")
    [hit] = await library.search("Who named the chief?")
    assert hit.before is None


async def test_copies_of_a_passage_are_one_hit_that_names_them(library: Library) -> None:
    await library.add(b"The mayor named a chief.\nOne more.", "a.txt")
    await library.add(b"Nobody knew.\nTHE MAYOR NAMED A CHIEF!", "b.txt")
    await library.add(b"The mayor named the chief.", "c.txt")
    first, second = await library.search("mayor chief")
    assert {first.document.file, second.document.file} <= {"a.txt", "b.txt", "c.txt"}
    with_copy = first if first.also else second
    [copy] = with_copy.also
    assert {with_copy.document.file, copy.document.file} == {"a.txt", "b.txt"}
    assert copy.passage.receipt != with_copy.passage.receipt


async def test_a_copy_does_not_take_the_place_of_another_passage(library: Library) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        await library.add(b"The mayor named a chief.", name)
    await library.add(b"The chief answered the mayor at some length.", "d.txt")
    assert texts(await library.find("mayor chief", limit=2)) == [
        "The mayor named a chief.",
        "The chief answered the mayor at some length.",
    ]


async def test_words_that_occur_nowhere_are_missing_as_typed(seeded: Library) -> None:
    findings = await seeded.find("Did Sessions thank Zaphod Beeblebrox in Nashville?")
    assert findings.missing == ("Zaphod", "Beeblebrox")
    assert "Zaphod" in findings.reason


async def test_what_nothing_in_the_coverage_says_is_not_found(seeded: Library) -> None:
    findings = await seeded.find("Zaphod Beeblebrox")
    assert (findings.verdict, findings.hits) == (Verdict.NOT_FOUND, ())
    assert findings.confidence == 0
    assert findings.reason.endswith(".")


async def test_a_question_of_common_words_finds_nothing_and_says_why(seeded: Library) -> None:
    findings = await seeded.find("What is it?")
    assert (findings.hits, findings.missing) == ((), ())
    assert findings.verdict is Verdict.NOT_FOUND
    assert "name a person, a place or a thing" in findings.reason


async def test_an_empty_library_finds_nothing_and_says_why(library: Library) -> None:
    findings = await library.find("Who spoke?")
    assert (findings.verdict, findings.hits) == (Verdict.NOT_FOUND, ())
    assert "The coverage is empty" in findings.reason


async def test_a_misspelt_word_is_read_as_the_one_that_occurs(seeded: Library) -> None:
    findings = await seeded.find("Nashvlle")
    assert findings.missing == ("Nashvlle",)
    assert findings.hits[0].passage.text == "Nashville, TN"
    assert "“Nashvlle” is read as “Nashville”" in findings.reason


async def test_the_word_that_was_read_is_shown_whole_wherever_it_stands(seeded: Library) -> None:
    findings = await seeded.find("Who deters police officers in Nashvlle from enforcing the law?")
    assert "“Nashvlle” is read as “Nashville”" in findings.reason


async def test_a_synonym_finds_what_the_word_does_not(library: Library) -> None:
    await library.add(b"Two homicides were reported.\nThe council met.", "a.txt")
    [hit] = await library.search("murders")
    assert hit.passage.text == "Two homicides were reported."


async def test_an_abbreviation_finds_its_phrase_and_the_phrase_its_abbreviation(
    library: Library,
) -> None:
    await library.add(b"The Department of Justice answered.\nThe council met.", "a.txt")
    await library.add(b"Nobody at the DOJ spoke.\nThe council met.", "b.txt")
    for question in ("DOJ", "Department of Justice"):
        assert {hit.document.file for hit in await library.search(question)} == {"a.txt", "b.txt"}


@pytest.mark.parametrize("written", ["J. R. Whitmore", "J.R. Whitmore", "JR Whitmore"])
@pytest.mark.parametrize(
    "typed", ["J. R. Whitmore", "J.R. Whitmore", "J R Whitmore", "JR Whitmore"]
)
async def test_initials_are_found_with_and_without_full_stops_and_spaces(
    library: Library, typed: str, written: str
) -> None:
    await library.add(f"The prize went to {written} for a novel.".encode(), "prize.txt")
    findings = await library.find(f"Which prize did {typed} win for a novel?")
    assert findings.verdict is Verdict.FOUND
    assert "JR" not in findings.reason
    assert "J." not in findings.reason


async def test_a_byline_answers_who_wrote_a_story(seeded: Library) -> None:
    hits = await seeded.search("Who wrote the article on handcuffing the police?")
    assert "By Kenrya Rankin Apr 18, 2017" in [hit.passage.text for hit in hits]


async def test_the_coverage_that_was_searched_is_part_of_the_findings(seeded: Library) -> None:
    findings = await seeded.find("Sessions")
    assert findings.coverage == await seeded.coverage()


async def test_a_capital_before_an_unbreakable_space_and_a_full_stop_is_answered(
    library: Library,
) -> None:
    await library.add("The mayor chose plan B\u00a0. Nobody objected.".encode(), "a.txt")
    [hit] = await library.search("Which plan did the mayor choose?")
    assert hit.passage.text == "The mayor chose plan B\u00a0. Nobody objected."


async def test_a_text_without_line_ends_is_answered_in_time(library: Library) -> None:
    line = " ".join(
        f"The council met on day {day} and voted for the budget." for day in range(4000)
    )
    await library.add(f"{line} Then the mayor spoke.".encode(), "long.txt")
    [hit] = await library.search("Did the mayor speak?")
    assert hit.excerpt.of(hit.passage.text) == "Then the mayor spoke."


@pytest.mark.parametrize("limit", [0, 1, 1000])
async def test_any_limit_is_kept(seeded: Library, limit: int) -> None:
    assert len(await seeded.search("Sessions", limit=limit)) <= limit


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # it is only read
@given(
    question=st.text(st.characters(), max_size=60)
    | st.lists(
        st.sampled_from(
            ["Sessions", '"', "“police", "-law", "in:", "“”", "the", "😀", "'s", "U.S."]
        )
    ).map(" ".join)
)
async def test_any_text_as_a_question_gives_findings(seeded: Library, question: str) -> None:
    findings = await seeded.find(question.replace(":", " "), limit=5)
    question = findings.question
    assert findings.question == question
    assert 0 <= findings.confidence <= 1
    assert findings.reason.endswith(".")
    assert len(findings.hits) <= 5
    assert all(word in question for word in findings.missing)
    for hit in findings.hits:
        assert hit.score >= 0
        assert hit.marks or hit.passage.role in {Role.BYLINE, Role.DATELINE}
        assert 0 <= hit.excerpt.start < hit.excerpt.end <= len(hit.passage.text)
        assert hit.excerpt.end - hit.excerpt.start <= EXCERPT_LIMIT
