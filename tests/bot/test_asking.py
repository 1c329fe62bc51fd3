"""Questions in a chat: the cited answer, the weak one, the honest “not found”, and more of it."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.desk import Desk
from bot.messages import Answer, Gaps, HelpText, Notice, Problem, Reasons, Reply
from bot.rendering.plain_text import to_lines
from retrieval import Library, Verdict
from tests.newsroom import MODERATOR, Chat


def answer_of(reply: Reply) -> Answer:
    assert isinstance(reply, Answer), reply
    return reply


async def test_a_question_is_answered_with_the_passage_that_says_it(chat: Chat) -> None:
    answer = answer_of(await chat.say("Who is the president of NOBLE?"))
    best = answer.citations[0]
    assert answer.findings.verdict is Verdict.FOUND
    assert best.number == 1
    assert "NOBLE President Perry Tarrant said" in best.hit.passage.text
    assert best.hit.document.file == "001_69064135e9c191c9.txt"
    assert best.hit.passage.paragraph == 15


async def test_the_words_that_matched_are_marked(chat: Chat) -> None:
    answer = answer_of(await chat.say("ask Who is the president of NOBLE?"))
    hit = answer.citations[0].hit
    assert {mark.of(hit.passage.text) for mark in hit.marks} == {"NOBLE", "President"}


async def test_an_answer_says_what_was_searched(chat: Chat) -> None:
    answer = answer_of(await chat.say("consent decrees"))
    assert answer.findings.coverage == await chat.library.coverage()
    assert answer.findings.coverage.documents == 5


async def test_what_the_coverage_does_not_say_is_not_found_and_says_why(chat: Chat) -> None:
    answer = answer_of(await chat.say("Who won the curling championship in Winnipeg?"))
    assert answer.findings.verdict is Verdict.NOT_FOUND
    assert set(answer.findings.missing) >= {"curling", "Winnipeg"}
    assert "“curling”" in answer.findings.reason


async def test_not_found_still_shows_the_nearest_passages(chat: Chat) -> None:
    answer = answer_of(await chat.say("Which police officers won the curling championship?"))
    assert answer.findings.verdict is not Verdict.FOUND
    assert answer.citations


async def test_three_passages_are_shown_and_more_shows_the_rest_numbered_on(chat: Chat) -> None:
    first = answer_of(await chat.say("police officers and the law"))
    rest = answer_of(await chat.say("more"))
    assert [citation.number for citation in first.citations] == [1, 2, 3]
    assert [citation.number for citation in rest.citations] == list(range(4, 11))
    assert rest.id == first.id
    assert (first.more, rest.more) == (7, 0)
    assert await chat.say("more") == Problem(
        "That answer has no further passages; ask with other words."
    )


async def test_more_names_an_answer_by_its_id_after_others_were_given(chat: Chat) -> None:
    first = answer_of(await chat.say("police officers and the law"))
    await chat.say("consent decrees")
    rest = answer_of(await chat.say(f"more {first.id}"))
    assert rest.findings.question == first.findings.question


async def test_share_gives_an_answer_anew_with_the_passages_that_it_first_showed(
    chat: Chat,
) -> None:
    private = answer_of(await chat.say("police officers and the law", place="D-robin"))
    await chat.say(f"more {private.id}", place="D-robin")
    shared = answer_of(await chat.say(f"share {private.id}", sender=MODERATOR))
    assert shared.citations == private.citations
    assert shared.id != private.id
    rest = answer_of(await chat.say(f"more {shared.id}"))
    assert [citation.number for citation in rest.citations] == list(range(4, 11))


@pytest.mark.parametrize("word", ["share", "helpful", "unhelpful"])
async def test_a_word_on_an_answer_is_a_sentence_where_there_is_none(chat: Chat, word: str) -> None:
    nothing = await chat.say(word)
    assert isinstance(nothing, Problem)
    answer = answer_of(await chat.say("consent decrees"))
    assert await chat.say(f"{word} {answer.id}", space="T-elsewhere") == nothing


async def test_whether_an_answer_helped_is_noted_and_may_be_said_anew(chat: Chat) -> None:
    answer = answer_of(await chat.say("consent decrees"))
    thanks = Notice("Thank you; it is noted.")
    assert await chat.say("helpful") == thanks
    assert await chat.say(f"unhelpful {answer.id}") == thanks
    assert await chat.say(f"unhelpful {answer.id}", sender=MODERATOR) == thanks


async def test_more_is_of_the_senders_own_answer_and_of_this_space(chat: Chat) -> None:
    nothing = Problem("There is no answer here to show more of; ask a question first.")
    answer = answer_of(await chat.say("police officers and the law"))
    assert await chat.say("more", place="C-sports") == nothing
    assert await chat.say(f"more {answer.id}", space="T-elsewhere") == nothing


async def test_a_private_question_without_a_place_leaves_nothing_behind(chat: Chat) -> None:
    answer = answer_of(await chat.say("consent decrees", place=""))
    assert answer.id == ""


@pytest.mark.parametrize("text", ["", "  \n", "\N{NO-BREAK SPACE}"])
async def test_a_message_of_nothing_gets_the_help(chat: Chat, text: str) -> None:
    assert isinstance(await chat.say(text), HelpText)


@pytest.mark.parametrize(
    "question", ["who is it?", "🎉🎉", "“unbalanced", "why why why", "?", "the " * 2500, "\u202e"]
)
async def test_a_question_that_names_nothing_says_so(chat: Chat, question: str) -> None:
    answer = answer_of(await chat.say(question))
    assert answer.findings.verdict is Verdict.NOT_FOUND
    assert answer.findings.reason


@pytest.mark.parametrize("said", ["thanks", "Hi!", "how much?", "by:Rankin", "why why why"])
async def test_what_names_nothing_is_no_gap_and_more_goes_on_with_the_answer_before(
    chat: Chat, said: str
) -> None:
    await chat.say("police officers and the law")
    answer = answer_of(await chat.say(said))
    assert answer.findings.names_nothing
    assert answer.id == ""
    assert to_lines(answer)[0].text.plain == (
        "Nothing to look for. Name a person, a place or a thing; help says what can be asked, "
        "list what there is."
    )
    assert answer_of(await chat.say("more")).findings.question == "police officers and the law"
    assert await chat.say("report", sender=MODERATOR) == Gaps(())


async def test_a_question_of_ten_thousand_characters_is_answered(chat: Chat) -> None:
    question = "What did Sessions say about consent decrees? " * 223
    answer = answer_of(await chat.say(question))
    assert answer.citations[0].hit.document.file == "002_1ed85cf378e4aadb.txt"


async def test_a_misspelt_word_is_read_as_the_one_that_occurs(chat: Chat) -> None:
    answer = answer_of(await chat.say("concent decrees"))
    assert "consent decrees" in answer.citations[0].hit.passage.text
    assert answer.findings.missing == ("concent",)
    assert "“concent” is read as “consent”" in answer.findings.reason


async def test_an_empty_library_says_how_to_add(chat: Chat) -> None:
    for document in await chat.library.documents():
        await chat.library.remove(document.file)
    answer = answer_of(await chat.say("anything about police?"))
    assert answer.citations == ()
    assert answer.findings.coverage.documents == 0
    assert answer.findings.reason == "The coverage is empty: a moderator adds documents with add."


async def test_the_same_words_in_two_documents_are_one_passage_with_both_places(
    chat: Chat,
) -> None:
    wire = "The mayor of Springfield has resigned over the harbor contract.\n"
    await chat.library.add(f"Mayor Resigns\n{wire}".encode(), "a.txt")
    await chat.library.add(f"City in turmoil\n{wire.upper()}".encode(), "b.txt")
    answer = answer_of(await chat.say("Why has the mayor of Springfield resigned?"))
    [copy] = answer.citations[0].hit.also
    assert {answer.citations[0].hit.document.file, copy.document.file} == {"a.txt", "b.txt"}
    assert answer.origins == len(
        {citation.hit.document.file for citation in answer.citations} - {"b.txt"}
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text())
async def test_any_text_gets_a_reply(chat: Chat, text: str) -> None:
    reply = await chat.say(text)
    assert not (isinstance(reply, Problem) and "our side" in reply.text)


async def test_what_nobody_expected_is_a_sentence_with_a_reference_and_a_log_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with Library.open(tmp_path / "gone.db") as library:
        pass
    reply = await Chat(Desk(library, {}), library).say("status")
    assert isinstance(reply, Problem)
    [record] = caplog.records
    reference = record.getMessage().split()[-1]
    assert reply.text == (
        "Something went wrong on our side; nothing was changed. "
        f"The operator finds it in the log under {reference}."
    )


async def test_a_filter_that_cannot_be_read_is_a_sentence_that_says_how(chat: Chat) -> None:
    reply = await chat.say("Sessions since:August")
    assert reply == Problem(
        "since:August names no date; write since:2017, since:2017-08 or since:2017-08-01."
    )


async def test_why_takes_a_receipt_of_the_last_answer(chat: Chat) -> None:
    answer = answer_of(await chat.say("Who is the president of NOBLE?"))
    receipt = answer.citations[1].hit.passage.receipt
    reply = await chat.say(f"why {receipt[:8]}")
    assert isinstance(reply, Reasons)
    assert [one.hit.passage.receipt for one in reply.explanation.hits] == [receipt]
    assert reply.explanation.findings.question == "Who is the president of NOBLE?"
    shown = "\n".join(str(line.text) for line in to_lines(reply))
    assert "“president” counts for" in shown
    assert "\nholds: " in shown
    assert " = BM25 " in shown
    assert "\nSure to " in shown


async def test_why_alone_is_of_the_last_answer(chat: Chat) -> None:
    assert await chat.say("why") == Problem(
        "There is no answer here to explain; ask a question first."
    )
    answer = answer_of(await chat.say("Who is the president of NOBLE?"))
    reply = await chat.say("why")
    assert isinstance(reply, Reasons)
    assert reply.explanation.findings.question == "Who is the president of NOBLE?"
    explained = [one.hit.passage.receipt for one in reply.explanation.hits]
    assert explained == [one.hit.passage.receipt for one in answer.citations]


async def test_a_question_that_begins_with_why_is_a_question(chat: Chat) -> None:
    for question in ("Why did Sessions speak?", "Why Nashville?", "why not"):
        assert isinstance(await chat.say(question), Answer)


async def test_why_knows_no_receipt_of_another_answer(chat: Chat) -> None:
    sentence = "Your last answer here has no such receipt; ask again, then ask why."
    assert await chat.say("why 0123456789abcdef") == Problem(sentence)
    await chat.say("Who is the president of NOBLE?")
    assert await chat.say("why 0123456789abcdef") == Problem(sentence)


async def test_an_answer_says_on_how_many_documents_and_origins_it_stands(chat: Chat) -> None:
    for name, text in [
        ("wire.txt", "The harbor budget was doubled on Monday."),
        ("copy.txt", "The harbor budget was doubled on Monday!"),
        ("own.txt", "Nobody at the harbor knew of the budget."),
    ]:
        await chat.library.add(text.encode(), name)
    answer = answer_of(await chat.say("Who doubled the harbor budget? harbor in:.txt -police"))
    assert answer.documents > answer.origins > 1
    sentence = f"Cited: {answer.documents} documents of {answer.origins} origins."
    assert sentence in [line.text.plain for line in to_lines(answer)]
