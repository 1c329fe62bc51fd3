"""What a receipt leads to: the passages around a citation, and what became of it."""

from typing import Any

import pytest

from bot.messages import (
    Answer,
    CitationLine,
    Context,
    Problem,
    Reasons,
    Request,
    SourceFile,
    Surroundings,
    VerifiedReceipt,
    Verify,
)
from retrieval import Document, Passage, Standing, Verification
from tests.newsroom import MODERATOR, NEWSROOM, REPORTER, Chat

SESSIONS = "000_d569821d20d73420.txt"
LAWFUL = "001_69064135e9c191c9.txt"
TWINS = (3241, 3820)
"""Items of the agenda whose receipts begin with the same six digits."""


async def passages_of(
    chat: Chat, file: str, space: str | None = NEWSROOM
) -> tuple[Document, dict[int, Passage]]:
    document = await chat.library.document(file, space)
    passages = await chat.library.passages(document)
    return document, {passage.paragraph: passage for passage in passages}


def verified(reply: object) -> Verification:
    assert isinstance(reply, VerifiedReceipt), reply
    assert reply.verification is not None
    return reply.verification


@pytest.mark.parametrize(
    ("file", "cited", "before", "after"),
    [
        (SESSIONS, 8, 7, 9),
        (SESSIONS, 6, 3, 7),  # a newsletter is advertised in 4 and 5
        (LAWFUL, 17, 15, 18),  # a video has expired in 16
        (LAWFUL, 18, 17, 20),  # a related story is named in 19
    ],
)
async def test_context_shows_the_passages_around_and_passes_over_furniture(
    chat: Chat, file: str, cited: int, before: int, after: int
) -> None:
    document, passages = await passages_of(chat, file)
    assert await chat.say(f"context {passages[cited].receipt}") == Surroundings(
        document, passages[cited], passages[before], passages[after]
    )


@pytest.mark.parametrize(("file", "first"), [(SESSIONS, 1), (LAWFUL, 2)])
async def test_before_the_first_passage_stands_nothing(chat: Chat, file: str, first: int) -> None:
    document, passages = await passages_of(chat, file)
    assert await chat.say(f"context {passages[first].receipt}") == Surroundings(
        document, passages[first], None, passages[first + 1]
    )


@pytest.mark.parametrize(("file", "last"), [(SESSIONS, 14), (LAWFUL, 23)])
async def test_after_the_last_passage_stands_nothing(chat: Chat, file: str, last: int) -> None:
    document, passages = await passages_of(chat, file)
    assert await chat.say(f"context {passages[last].receipt}") == Surroundings(
        document, passages[last], passages[last - 1], None
    )


async def test_context_after_a_replacement_is_of_the_version_that_was_cited(chat: Chat) -> None:
    await chat.library.add(b"Old one.\n\nOld two.\n\nOld three.\n", "a.txt")
    document, passages = await passages_of(chat, "a.txt")
    await chat.library.replace(b"New one.\n\nNew two.\n\nNew three.\n", "a.txt")
    reply = await chat.say(f"context {passages[2].receipt}")
    assert isinstance(reply, Surroundings)
    assert (reply.passage, reply.before, reply.after) == (passages[2], passages[1], passages[3])
    assert reply.document.version == document.version == 1


async def test_context_of_a_withdrawn_document_is_not_shown(chat: Chat) -> None:
    _, passages = await passages_of(chat, SESSIONS)
    await chat.library.remove(SESSIONS)
    assert await chat.say(f"context {passages[8].receipt}") == Problem(
        "The document of that citation was withdrawn; its passages are not shown."
    )


async def test_context_of_an_unknown_receipt_is_a_sentence(chat: Chat) -> None:
    assert await chat.say("context 00000000deadbeef") == Problem(
        "No passage here has the receipt 00000000deadbeef; copy it from a citation."
    )


async def test_a_passage_that_stands_as_it_was_cited_is_unchanged(chat: Chat) -> None:
    document, passages = await passages_of(chat, SESSIONS)
    receipt = passages[8].receipt
    assert await chat.say(f"verify {receipt}") == VerifiedReceipt(
        receipt,
        Verification(receipt, Standing.UNCHANGED, document, passages[8], document.added),
    )


async def test_six_digits_of_a_receipt_in_any_case_are_enough(chat: Chat) -> None:
    _, passages = await passages_of(chat, SESSIONS)
    receipt = passages[8].receipt
    assert verified(await chat.say(f"verify {receipt[:6].upper()}")).receipt == receipt


async def test_verify_after_a_replacement_shows_what_stands_there_now(chat: Chat) -> None:
    await chat.library.add(b"The mayor stays.\n\nThe council met.\n", "a.txt")
    old, passages = await passages_of(chat, "a.txt")
    await chat.library.replace(b"The mayor goes.\n\nThe council met.\n", "a.txt")
    new, today = await passages_of(chat, "a.txt")
    reply = await chat.say(f"verify {passages[1].receipt}")
    assert isinstance(reply, VerifiedReceipt)
    verification = verified(reply)
    assert verification.standing is Standing.CHANGED
    assert verification.passage == passages[1]
    assert (verification.document.version, verification.document.hash) == (1, old.hash)
    assert verification.since == new.added
    assert reply.now == today[1]
    assert reply.now.text == "The mayor goes."


async def test_where_the_new_version_is_shorter_nothing_stands_in_the_place(chat: Chat) -> None:
    await chat.library.add(b"The mayor stays.\n\nThe council met.\n", "a.txt")
    _, passages = await passages_of(chat, "a.txt")
    await chat.library.replace(b"The mayor goes.\n", "a.txt")
    reply = await chat.say(f"verify {passages[2].receipt}")
    assert isinstance(reply, VerifiedReceipt)
    assert verified(reply).standing is Standing.CHANGED
    assert reply.now is None


async def test_what_stands_there_now_is_of_the_cited_document_and_of_no_namesake(
    chat: Chat,
) -> None:
    await chat.library.add(b"The mayor stays.\n", "a.txt")
    _, passages = await passages_of(chat, "a.txt")
    await chat.library.replace(b"The mayor goes.\n", "a.txt")
    await chat.library.add(b"A recipe for soup.\n", "a.txt", NEWSROOM)
    reply = await chat.say(f"verify {passages[1].receipt}")
    assert isinstance(reply, VerifiedReceipt)
    assert reply.now is not None
    assert reply.now.text == "The mayor goes."


async def test_a_removed_document_makes_its_receipts_withdrawn(chat: Chat) -> None:
    document, passages = await passages_of(chat, SESSIONS)
    outcome = await chat.library.remove(SESSIONS)
    receipt = passages[8].receipt
    assert await chat.say(f"verify {receipt}") == VerifiedReceipt(
        receipt,
        Verification(
            receipt, Standing.WITHDRAWN, outcome.document, passages[8], outcome.document.changed
        ),
    )
    assert outcome.document.hash == document.hash


async def test_a_restored_document_makes_its_receipts_good_again(chat: Chat) -> None:
    _, passages = await passages_of(chat, SESSIONS)
    await chat.library.remove(SESSIONS)
    await chat.library.restore(SESSIONS)
    verification = verified(await chat.say(f"verify {passages[8].receipt}"))
    assert verification.standing is Standing.UNCHANGED


async def test_a_document_that_came_back_with_other_bytes_has_changed(chat: Chat) -> None:
    await chat.library.add(b"The mayor stays.\n", "a.txt")
    _, passages = await passages_of(chat, "a.txt")
    await chat.library.remove("a.txt")
    await chat.library.add(b"The mayor goes.\n", "a.txt")
    reply = await chat.say(f"verify {passages[1].receipt}")
    assert isinstance(reply, VerifiedReceipt)
    assert verified(reply).standing is Standing.CHANGED
    assert reply.now is not None
    assert reply.now.text == "The mayor goes."


async def test_an_unknown_receipt_is_said_to_be_unknown(chat: Chat) -> None:
    assert await chat.say("verify 00000000deadbeef") == VerifiedReceipt("00000000deadbeef", None)


async def test_the_beginning_of_two_receipts_asks_for_more_digits(chat: Chat) -> None:
    for number in TWINS:
        text = f"Item {number} of the council's agenda was put off.\n"
        await chat.library.add(text.encode(), f"{number}.txt")
    assert await chat.say("verify 858042") == Problem(
        "Several receipts begin with 858042; give more of its digits."
    )
    assert verified(await chat.say("verify 858042b")).document.file == "3241.txt"


@pytest.mark.parametrize("command", [Verify("fe42"), Verify("<script>"), Context("")])
async def test_what_is_no_receipt_is_told_what_one_looks_like(
    chat: Chat, command: Verify | Context
) -> None:
    request = Request(REPORTER, "slack", space=NEWSROOM)
    assert await chat.desk.carry_out(command, request) == Problem(
        "A receipt is 6 to 16 of the digits 0-9 and a-f; copy it from under a citation."
    )


@pytest.mark.parametrize("space", ["T-elsewhere", None])
async def test_the_receipts_of_another_space_are_unknown(chat: Chat, space: str | None) -> None:
    await chat.library.add(b"Between us.", "secret.txt", NEWSROOM)
    _, passages = await passages_of(chat, "secret.txt")
    receipt = passages[1].receipt
    assert await chat.say(f"verify {receipt}", space=space) == VerifiedReceipt(receipt, None)
    assert await chat.say(f"context {receipt}", space=space) == Problem(
        f"No passage here has the receipt {receipt}; copy it from a citation."
    )
    assert verified(await chat.say(f"verify {receipt}")).passage == passages[1]


async def test_one_receipt_in_two_spaces_is_verified_in_ones_own(chat: Chat) -> None:
    for space in ("T-elsewhere", NEWSROOM):
        await chat.library.add(b"The same release.", "release.txt", space)
    _, passages = await passages_of(chat, "release.txt")
    await chat.library.remove("release.txt", "T-elsewhere")
    ours = verified(await chat.say(f"verify {passages[1].receipt}"))
    theirs = verified(await chat.say(f"verify {passages[1].receipt}", space="T-elsewhere"))
    assert (ours.standing, ours.document.space) == (Standing.UNCHANGED, NEWSROOM)
    assert (theirs.standing, theirs.document.space) == (Standing.WITHDRAWN, "T-elsewhere")


@pytest.mark.parametrize("number", ["2", "[2]", "02"])
async def test_a_citation_of_the_last_answer_may_be_meant_by_its_number(
    chat: Chat, number: str
) -> None:
    answer = await chat.say("What did Sessions say about officers who break the law?")
    assert isinstance(answer, Answer)
    receipt = answer.citations[1].hit.passage.receipt
    for word in ("context", "verify", "copies", "cite", "why"):
        assert await chat.say(f"{word} {number}") == await chat.say(f"{word} {receipt}")


async def test_the_source_of_a_citation_may_be_meant_by_its_number(chat: Chat) -> None:
    answer = await chat.say("Who is the president of NOBLE?")
    assert isinstance(answer, Answer)
    file = answer.citations[1].hit.document.file
    assert await chat.say("source 2") == await chat.say(f"source {file}")
    await chat.library.add(b"A document with a number for its name.", "77")
    assert await chat.say("source 77") == SourceFile(
        await chat.library.document("77"), b"A document with a number for its name."
    )


async def test_more_makes_more_numbers(chat: Chat) -> None:
    await chat.say("police officers and the law")
    assert await chat.say("cite 4") == Problem(
        "Your last answer here has no passage [4]; copy the receipt from under a citation."
    )
    further = await chat.say("more")
    assert isinstance(further, Answer)
    cited = await chat.say("cite 4")
    assert isinstance(cited, CitationLine)
    assert cited.verification.passage == further.citations[0].hit.passage


@pytest.mark.parametrize("elsewhere", [{"place": "C-other"}, {"sender": MODERATOR}])
async def test_a_number_is_of_the_senders_own_answer_in_this_place(
    chat: Chat, elsewhere: dict[str, Any]
) -> None:
    await chat.say("Who is the president of NOBLE?")
    assert isinstance(await chat.say("context 1", **elsewhere), Problem)


async def test_why_with_a_number_explains_that_passage_alone(chat: Chat) -> None:
    await chat.say("Who is the president of NOBLE?")
    reasons = await chat.say("why 1")
    assert isinstance(reasons, Reasons)
    [one] = reasons.explanation.hits
    assert one.hit.passage.paragraph == 15
