"""Moderators set right what stands, in a chat: edit, correct, retract, hold and undo."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.desk import Desk
from bot.messages import (
    Answer,
    Changed,
    HelpText,
    History,
    Listing,
    Problem,
    Reply,
    Request,
    Sender,
    SourceFile,
    VerifiedReceipt,
    WholeDocument,
)
from bot.rendering.json_objects import to_objects
from bot.rendering.plain_text import to_lines
from retrieval import Details, Document, Outcome, Standing, Status
from tests.newsroom import ADMIN, MODERATOR, NEWSROOM, OPERATOR, REPORTER, Chat, attached
from tests.sources import zipped

BUDGET = b"The harbor budget was doubled by the council.\n"
CUT = b"The harbor budget was halved by the council.\n"
SHARED = "002_1ed85cf378e4aadb.txt"
LATER = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")


def one_of(reply: Reply) -> Outcome:
    """Return what came of the one document that was changed."""
    assert isinstance(reply, Changed), reply
    assert reply.problems == ()
    [outcome] = reply.outcomes
    return outcome


def shown(reply: Reply) -> str:
    return "\n".join(" " * one.indent + one.text.plain for one in to_lines(reply))


async def added(chat: Chat, text: str = "add") -> Document:
    reply = await chat.say(text, attached("budget.txt", BUDGET), sender=MODERATOR)
    return one_of(reply).document


async def told(chat: Chat, text: str) -> Reply:
    return await chat.say(text, sender=MODERATOR)


# Edit


async def test_what_was_understood_is_set_right(chat: Chat) -> None:
    await added(chat)
    reply = await told(
        chat, 'edit budget.txt title:"The Harbor Budget" author:Roe published:2017-08-01'
    )
    assert isinstance(reply, Changed)
    assert reply.action == "edited"
    expected = Details("The Harbor Budget", None, "Roe", date(2017, 8, 1), language="en")
    assert one_of(reply).document.details == expected


async def test_a_dash_takes_out_what_is_not_so(chat: Chat) -> None:
    await added(chat, 'add author:"Getty Images" outlet:"City Desk"')
    edited = one_of(await told(chat, "edit budget.txt author:- published:-")).document
    assert edited.details == Details(outlet="City Desk", language="en")


async def test_a_dash_says_that_a_detail_is_not_known_with_the_add_itself(
    chat: Chat, seeds: dict[str, bytes]
) -> None:
    reply = await chat.say(
        "add author:- published:- language:- title:-",
        attached("again.txt", seeds[SHARED]),
        sender=MODERATOR,
    )
    document = one_of(reply).document
    assert document.details == Details(outlet=document.details.outlet)
    assert document.by_hand == {"author", "published", "language", "title"}
    assert "not stated: title, outlet, author, date" in shown(reply)


async def test_a_dash_in_a_replacement_is_not_the_name_of_somebody(chat: Chat) -> None:
    await added(chat, "add author:Roe outlet:Post")
    reply = await chat.say("replace author:-", attached("budget.txt", CUT), sender=MODERATOR)
    assert one_of(reply).document.details == Details(outlet="Post", language="en")


async def test_a_dash_with_a_replacement_ends_an_embargo(chat: Chat) -> None:
    await added(chat, f"add hold_until:{LATER}")
    reply = await chat.say("replace hold_until:-", attached("budget.txt", CUT), sender=MODERATOR)
    assert one_of(reply).document.status is Status.LIVE
    held = await chat.say("add hold_until:-", attached("b.txt", CUT), sender=MODERATOR)
    assert one_of(held).document.status is Status.LIVE


async def test_several_files_may_be_without_titles(chat: Chat) -> None:
    files = (attached("a.txt", BUDGET), attached("b.txt", CUT))
    reply = await chat.say("add title:-", *files, sender=MODERATOR)
    assert isinstance(reply, Changed)
    assert [one.document.details.title for one in reply.outcomes] == [None, None]


# Language


async def test_the_language_is_given_with_a_document_or_set_right_later(chat: Chat) -> None:
    text = "Die Maus lief. Die Mäuse liefen.".encode()
    reply = await chat.say("add language:German", attached("maus.txt", text), sender=MODERATOR)
    assert one_of(reply).document.language == "de"
    assert " · language: de · " in shown(reply)
    found = await chat.say("Mäuse language in:maus.txt")
    assert isinstance(found, Answer)
    edited = one_of(await told(chat, "edit maus.txt language:en")).document
    assert (edited.language, sorted(edited.by_hand)) == ("en", ["language"])
    again = await chat.say("replace", attached("maus.txt", b"Mehr davon."), sender=MODERATOR)
    assert one_of(again).document.language == "en"
    assert one_of(await told(chat, "edit maus.txt language:-")).document.language is None
    await told(chat, "undo")
    undone = await chat.library.document("maus.txt", NEWSROOM)
    assert undone.language == "en"


async def test_what_was_taken_for_another_language_is_found_by_its_own(chat: Chat) -> None:
    """German folds “Häuser” and “Hauses” into one word, and English does not."""
    text = b"Hauses Garten Strasse Kirche."
    await chat.say("add language:english", attached("haus.txt", text), sender=MODERATOR)

    async def found() -> set[str]:
        hits = await chat.library.search("Die Häuser und die Kinder sind nicht da", 9, NEWSROOM)
        return {hit.document.file for hit in hits}

    assert "haus.txt" not in await found()
    await told(chat, "edit haus.txt language:de")
    assert "haus.txt" in await found()


@pytest.mark.parametrize("text", ["add language:klingon", "add language:xx"])
async def test_a_language_that_is_none_is_a_sentence_and_nothing_is_added(
    chat: Chat, text: str
) -> None:
    reply = await chat.say(text, attached("budget.txt", BUDGET), sender=MODERATOR)
    assert shown(reply) == (
        f"{text[13:]!r} is no language that is known; "
        "write its English name or its code, for example german or de."
    )
    assert "budget.txt" not in shown(await chat.say("list"))


async def test_an_edit_that_changes_nothing_says_so(chat: Chat) -> None:
    await added(chat, "add author:Roe")
    reply = await told(chat, "edit budget.txt author:Roe")
    assert shown(reply) == "budget.txt stands so already, unchanged."


async def test_an_edit_that_says_nothing_is_told_how(chat: Chat) -> None:
    await added(chat)
    assert await told(chat, "edit budget.txt") == Problem(
        'Say what is so, for example: edit budget.txt title:"…" author:"…"'
    )


@pytest.mark.parametrize("option", ["published:yesterday", "hold_until:tomorrow"])
async def test_an_edit_with_a_bad_date_changes_nothing(chat: Chat, option: str) -> None:
    before = await added(chat)
    reply = await told(chat, f"edit budget.txt title:New {option}")
    assert isinstance(reply, Problem)
    assert "write it as YYYY-MM-DD" in reply.text
    assert await chat.library.document("budget.txt", NEWSROOM) == before


@pytest.mark.parametrize(
    "text",
    [
        "edit {} title:Mine",
        'correct {} note:"Not so."',
        'retract {} reason:"Not so."',
        "remove {}",
    ],
)
async def test_what_is_shared_is_the_operators_to_change(chat: Chat, text: str) -> None:
    before = await chat.library.document(SHARED)
    assert await told(chat, text.format(SHARED)) == Problem(
        f"{SHARED} is a shared document; only the operator changes those, on the command line."
    )
    assert await chat.library.document(SHARED) == before


async def test_of_two_namesakes_the_spaces_own_is_changed(chat: Chat) -> None:
    await chat.say("add", attached(SHARED, BUDGET), sender=MODERATOR)
    edited = one_of(await told(chat, f"edit {SHARED} title:Ours")).document
    assert (edited.space, edited.details.title) == (NEWSROOM, "Ours")
    assert (await chat.library.document(SHARED)).details.title != "Ours"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("edit budget.txt title:Mine", "edit"),
        ("correct budget.txt note:Mine", "correct"),
        ("retract budget.txt reason:Mine", "retract"),
        ("undo", "undo"),
    ],
)
async def test_a_reporter_sets_nothing_right(chat: Chat, text: str, word: str) -> None:
    before = await added(chat)
    assert await chat.say(text) == Problem(
        f"Only moderators may use {word}; ask one of them to do it."
    )
    assert await chat.library.document("budget.txt", NEWSROOM) == before
    [refusal, _] = await chat.library.history(space=NEWSROOM)
    assert (refusal.action, refusal.note) == ("refused", word)


@pytest.mark.parametrize("text", ["edit", "correct", "retract"])
async def test_a_word_without_its_document_is_explained(chat: Chat, text: str) -> None:
    assert await told(chat, text) == HelpText((text,))


async def test_the_confirmation_says_what_was_understood_and_how_to_set_it_right(
    chat: Chat, seeds: dict[str, bytes]
) -> None:
    reply = await chat.say("add", attached("again.txt", seeds[SHARED]), sender=MODERATOR)
    outcome = one_of(reply)
    assert outcome.understood is not None
    [near] = outcome.understood.near
    assert near.document.file == SHARED
    lines = shown(reply).splitlines()
    assert "author: Kenrya Rankin · date: 2017-04-18" in lines[1]
    [aside] = outcome.understood.furniture
    assert lines[1].endswith(" · 1 paragraph set aside")
    assert lines[2] == f"  set aside ¶{aside.paragraph}: {aside.text}"
    assert lines[3] == f"  Nearly a copy: {near.shared} passages of it in {SHARED} too."
    assert lines[4] == ('To set right what was understood: edit again.txt title:"…" author:"…"')
    [one] = to_objects(reply)
    assert (one["furniture"], one["set_aside"][0]["text"]) == (1, aside.text)
    assert one["near"] == [{"file": SHARED, "shared": near.shared}]


async def test_nearly_copies_of_another_space_are_not_told_of(chat: Chat) -> None:
    long = b"The harbor budget was doubled by the council after a long and bitter debate.\n"
    await chat.say("add", attached("a.txt", long), sender=MODERATOR, space="T-elsewhere")
    outcome = one_of(await chat.say("add", attached("b.txt", long), sender=MODERATOR))
    assert outcome.understood is not None
    assert outcome.understood.near == ()


# Replace


async def test_the_confirmation_of_a_replacement_shows_what_changed(chat: Chat) -> None:
    await added(chat)
    reply = await chat.say("replace", attached("budget.txt", CUT), sender=MODERATOR)
    assert shown(reply).splitlines()[2:4] == [
        "  − ¶1 The harbor budget was doubled by the council.",
        "  + ¶1 The harbor budget was halved by the council.",
    ]
    [one] = to_objects(reply)
    [change] = one["changes"]
    assert (change["change"], change["after"]["text"]) == ("changed", CUT.decode().strip())


async def test_an_old_receipt_says_what_stands_there_now(chat: Chat) -> None:
    document = await added(chat)
    [cited] = await chat.library.passages(document)
    new = b"A new beginning of the story.\n\n" + CUT
    await chat.say("replace", attached("budget.txt", new), sender=MODERATOR)
    reply = await chat.say(f"verify {cited.receipt}")
    assert isinstance(reply, VerifiedReceipt)
    assert reply.verification is not None
    assert reply.verification.standing is Standing.CHANGED
    assert reply.now is not None
    assert (reply.now.paragraph, reply.now.text) == (2, CUT.decode().strip())
    [one] = to_objects(reply)
    assert one["now"]["paragraph"] == 2


async def test_an_old_receipt_says_where_its_words_moved_to(chat: Chat) -> None:
    document = await added(chat)
    [cited] = await chat.library.passages(document)
    new = b"A new beginning of the story.\n\n" + BUDGET
    await chat.say("replace", attached("budget.txt", new), sender=MODERATOR)
    assert shown(await chat.say(f"verify {cited.receipt}")).endswith(
        "The same words stand now in ¶2."
    )


# Correct


async def test_a_correction_is_shown_with_every_citation(chat: Chat) -> None:
    await added(chat)
    reply = await told(chat, "correct budget.txt note:“The budget was tripled.”")
    assert one_of(reply).document.correction == "The budget was tripled."
    answer = await chat.say("Who doubled the harbor budget?")
    assert isinstance(answer, Answer)
    assert "    Correction: The budget was tripled." in shown(answer).splitlines()
    [one] = to_objects(answer)
    assert one["passages"][0]["correction"] == "The budget was tripled."
    document = await chat.say("show budget.txt")
    assert "Correction: The budget was tripled." in shown(document).splitlines()
    receipt = answer.citations[0].hit.passage.receipt
    verified = await chat.say(f"verify {receipt}")
    assert "Correction: The budget was tripled." in shown(verified).splitlines()


async def test_a_dash_takes_a_correction_back(chat: Chat) -> None:
    await added(chat)
    await told(chat, "correct budget.txt note:Wrong.")
    assert one_of(await told(chat, "correct budget.txt note:-")).document.correction is None
    assert "Correction" not in shown(await chat.say("harbor budget"))


async def test_a_correction_of_a_copy_is_shown_too(chat: Chat) -> None:
    long = b"The harbor budget was doubled by the council after a long and bitter debate.\n"
    for name in ("one.txt", "two.txt"):
        await chat.say("add", attached(name, long), sender=MODERATOR)
    await told(chat, "correct two.txt note:Tripled.")
    assert "two.txt: Correction: Tripled." in shown(await chat.say("harbor budget debate"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("correct budget.txt", 'Say what is corrected: correct budget.txt note:"…"'),
        ("retract budget.txt", 'Say why: retract budget.txt reason:"…"'),
        ("retract budget.txt reason:-", 'Say why: retract budget.txt reason:"…"'),
    ],
)
async def test_a_note_that_is_not_there_is_asked_for(chat: Chat, text: str, sentence: str) -> None:
    before = await added(chat)
    assert await told(chat, text) == Problem(sentence)
    assert await chat.library.document("budget.txt", NEWSROOM) == before


# Retract


async def test_a_receipt_of_what_was_retracted_says_who_when_and_why(chat: Chat) -> None:
    document = await added(chat)
    [cited] = await chat.library.passages(document)
    reply = await told(chat, 'retract budget.txt reason:"The figures were made up."')
    since = one_of(reply).document.changed
    verified = await chat.say(f"verify {cited.receipt}")
    assert shown(verified).splitlines()[:2] == [
        f"Withdrawn on {since:%Y-%m-%d %H:%M} UTC by Morgan: the document answers no more.",
        "Reason: The figures were made up.",
    ]
    [one] = to_objects(verified)
    assert (one["status"], one["by"], one["reason"]) == (
        "withdrawn",
        "Morgan",
        "The figures were made up.",
    )
    answer = await chat.say("harbor budget")
    assert isinstance(answer, Answer)
    assert "budget.txt" not in {one.hit.document.file for one in answer.citations}
    assert one_of(await told(chat, "restore budget.txt")).document.status is Status.LIVE


# Hold


@pytest.mark.parametrize("text", ["show budget.txt", "source budget.txt"])
async def test_what_is_held_is_shown_to_moderators_only(chat: Chat, text: str) -> None:
    await added(chat, f"add hold_until:{LATER}")
    assert isinstance(await chat.say(text), Problem)
    for sender in (MODERATOR, ADMIN, OPERATOR):
        assert isinstance(await chat.say(text, sender=sender), WholeDocument | SourceFile)
    assert isinstance(await chat.say(text, sender=OPERATOR, space="T-elsewhere"), Problem)


async def test_what_is_held_answers_nobody_and_is_in_nobodys_list(chat: Chat) -> None:
    await added(chat, f"add hold_until:{LATER}")
    for sender in (REPORTER, MODERATOR):
        answer = await chat.say("harbor budget doubled", sender=sender)
        assert isinstance(answer, Answer)
        assert "budget.txt" not in {one.hit.document.file for one in answer.citations}
        assert "budget.txt" not in shown(await chat.say("list", sender=sender))
    assert "budget.txt" in shown(await told(chat, "list status:held"))


async def test_an_embargo_is_lifted_by_a_dash(chat: Chat) -> None:
    held = await added(chat, f"add hold_until:{LATER}")
    assert held.status is Status.HELD
    assert shown(await told(chat, "list status:held")).count(" · held until ") == 1
    assert one_of(await told(chat, "edit budget.txt hold_until:-")).document.status is Status.LIVE


async def test_of_a_replacement_that_is_held_it_is_said_what_answers_meanwhile(chat: Chat) -> None:
    await added(chat)
    reply = await chat.say(
        f"replace hold_until:{LATER}", attached("budget.txt", CUT), sender=MODERATOR
    )
    assert "  The version before does not answer meanwhile; undo brings it back." in (
        shown(reply).splitlines()
    )
    await told(chat, "undo")
    assert (await chat.library.document("budget.txt", NEWSROOM)).version == 1


async def test_an_embargo_that_is_past_is_a_sentence_and_nothing_is_added(chat: Chat) -> None:
    reply = await chat.say(
        "add hold_until:2017-08-01T18:00", attached("budget.txt", BUDGET), sender=MODERATOR
    )
    assert reply == Problem("2017-08-01 18:00 UTC is past; an embargo ends at a time to come.")


# Undo


async def test_the_last_change_is_undone_and_brought_back(chat: Chat) -> None:
    await added(chat)
    await chat.say("replace", attached("budget.txt", CUT), sender=MODERATOR)
    reply = await told(chat, "undo")
    assert shown(reply) == "budget.txt: undone (replace by Morgan) (version 1)."
    assert one_of(reply).document.version == 1
    assert one_of(await told(chat, "undo budget.txt")).document.version == 2


async def test_where_there_is_nothing_to_undo_a_sentence_says_so(chat: Chat) -> None:
    assert await told(chat, "undo") == Problem("Nothing was changed here yet.")


async def test_the_history_tells_what_was_before_and_after(chat: Chat) -> None:
    await added(chat)
    await told(chat, 'edit budget.txt author:"Robin Roe"')
    await told(chat, "correct budget.txt note:Wrong.")
    await told(chat, "undo")
    reply = await told(chat, "history budget.txt")
    assert isinstance(reply, History)
    assert [line.rpartition(" UTC ")[2] for line in shown(reply).splitlines()] == [
        "undo (correct) budget.txt by Morgan on slack",
        "  correction: Wrong. → none",
        "correct (Wrong.) budget.txt by Morgan on slack",
        "  correction: none → Wrong.",
        "edit budget.txt by Morgan on slack",
        "  author: none → Robin Roe",
        "add budget.txt by Morgan on slack",
    ]


# Lists and pages


async def test_a_list_is_filtered_sorted_and_paged(chat: Chat) -> None:
    for number in range(25):
        details = Details(f"Report {number}", "City Desk" if number % 2 else "Post")
        await chat.library.add(b"%d." % number, f"{number:02}.txt", NEWSROOM, details=details)
    first = await chat.say('list from:"City Desk" sort:name')
    assert isinstance(first, Listing)
    assert [one.file for one in first.documents] == [f"{one:02}.txt" for one in range(1, 25, 2)]
    newest = await chat.say("list sort:added title:report")
    assert isinstance(newest, Listing)
    assert ([one.file for one in newest.documents[:2]], newest.pages) == (["24.txt", "23.txt"], 2)
    assert shown(newest).splitlines()[-2] == 'Page 1 of 2: list 2 title:"report" sort:"added"'
    second = await chat.say('list 2 title:"report" sort:"added"')
    assert isinstance(second, Listing)
    assert [one.file for one in second.documents] == [f"{one:02}.txt" for one in range(4, -1, -1)]
    assert (await chat.say("list title:nothing-of-that")) == Listing(
        (), 1, 1, newest.coverage, NEWSROOM, second.command.__class__(title="nothing-of-that")
    )


async def test_a_list_by_date_counts_what_has_none(chat: Chat) -> None:
    listing = await chat.say("list since:2017-05 until:2017-12")
    assert isinstance(listing, Listing)
    assert listing.undated == 0 or "without a date left out" in shown(listing)
    assert all(one.details.published for one in listing.documents)
    await chat.say("add", attached("budget.txt", BUDGET), sender=MODERATOR)
    again = await chat.say("list since:2017-05 until:2017-12")
    assert isinstance(again, Listing)
    assert again.undated == listing.undated + 1


async def test_in_a_spaces_list_what_is_shared_is_told_apart(chat: Chat) -> None:
    await chat.say("add", attached(SHARED, BUDGET), sender=MODERATOR)
    shared, ours = shown(await chat.say(f"list in:{SHARED}")).splitlines()[:2]
    assert ours.endswith(SHARED)
    assert shared.endswith(" · shared")
    everywhere = await chat.say("list", space=None)
    assert " · shared" not in shown(everywhere)


@pytest.mark.parametrize(
    ("status", "text"),
    [
        ("removed", "remove budget.txt"),
        ("retracted", "retract budget.txt reason:No."),
        ("held", f"edit budget.txt hold_until:{LATER}"),
    ],
)
async def test_what_is_not_live_is_listed_for_moderators_only(
    chat: Chat, status: str, text: str
) -> None:
    await added(chat)
    assert one_of(await told(chat, text)).document.status == status
    listing = await told(chat, f"list status:{status}")
    assert isinstance(listing, Listing)
    assert [(one.file, one.status) for one in listing.documents] == [("budget.txt", status)]
    assert await chat.say(f"list status:{status}") == Problem(
        f"Only moderators may list what is {status}; ask one of them."
    )
    other = await chat.say(f"list status:{status}", sender=ADMIN, space="T-elsewhere")
    assert isinstance(other, Listing)
    assert other.documents == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("list sort:size", "A list cannot be sorted by size; write sort:published, added or name."),
        ("list status:lost", "No document is lost; write status:live, removed, retracted or held."),
        (
            "list since:yesterday",
            "since:yesterday names no date; write since:2017, since:2017-08 or since:2017-08-01.",
        ),
    ],
)
async def test_a_list_that_cannot_be_read_is_a_sentence(
    chat: Chat, text: str, sentence: str
) -> None:
    assert await chat.say(text) == Problem(sentence)


async def test_the_history_comes_in_pages(chat: Chat) -> None:
    for number in range(150):
        await chat.library.add(b"%d." % number, f"{number}.txt", NEWSROOM)
    first, second = await told(chat, "history"), await told(chat, "history page:2")
    assert isinstance(first, History)
    assert isinstance(second, History)
    assert (len(first.changes), first.older, len(second.changes), second.older) == (
        100,
        True,
        50,
        False,
    )
    assert shown(first).splitlines()[-1] == "Page 1 of 2: history page:2"
    assert await told(chat, "history page:3") == Problem("There is no page 3; the history has 2.")


# Completion


async def test_names_are_completed_to_what_a_word_can_be_about(chat: Chat) -> None:
    for name in ("live.txt", "gone.txt", "wrong.txt", "held.txt"):
        await chat.say("add", attached(name, name.encode()), sender=MODERATOR)
    await told(chat, "remove gone.txt")
    await told(chat, "retract wrong.txt reason:Wrong.")
    await told(chat, f"edit held.txt hold_until:{LATER}")

    async def offered(sender: Sender, word: str, typed: str = ".txt") -> set[str]:
        request = Request(sender, "slack", space=NEWSROOM)
        found = await chat.desk.completions("file", typed, request, word)
        return {one.value for one in found} & {"live.txt", "gone.txt", "wrong.txt", "held.txt"}

    assert await offered(REPORTER, "show") == {"live.txt"}
    assert await offered(REPORTER, "restore") == {"live.txt"}
    assert await offered(MODERATOR, "edit") == {"live.txt", "held.txt"}
    assert await offered(MODERATOR, "restore") == {"gone.txt", "wrong.txt"}
    assert await offered(MODERATOR, "restore", "gone") == {"gone.txt"}


# Many files at once


async def test_many_files_are_taken_in_with_progress_and_a_report(chat: Chat) -> None:
    seen: list[tuple[int, int]] = []

    async def progress(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 2:
            raise ConnectionError("the platform hung up")

    files = tuple(attached(f"{number}.txt", b"Number %d." % number) for number in range(3))
    reply = await chat.say(
        "add", *files, attached("empty.txt", b""), sender=MODERATOR, progress=progress
    )
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert isinstance(reply, Changed)
    assert len(reply.outcomes) == 3
    first, *_, last = shown(reply).splitlines()
    assert first == "4 files: 3 added, 1 refused."
    assert last == 'To set right what was understood: edit FILE title:"…" author:"…"'


async def test_of_one_file_no_progress_is_told(chat: Chat) -> None:
    seen: list[int] = []

    async def progress(done: int, total: int) -> None:
        seen.append(done + total)

    await chat.say("add", attached("a.txt", BUDGET), sender=MODERATOR, progress=progress)
    assert seen == []


async def test_of_an_archive_the_files_in_it_are_told(chat: Chat) -> None:
    seen: list[tuple[int, int]] = []

    async def progress(done: int, total: int) -> None:
        seen.append((done, total))

    held = {f"{number}.txt": b"Number %d." % number for number in range(3)}
    files = (attached("a.txt", BUDGET), attached("all.zip", zipped(held)))
    await chat.say("add", *files, sender=MODERATOR, progress=progress)
    assert seen == [(1, 2), (2, 4), (3, 4), (4, 4)]


async def test_of_a_draft_the_spans_and_figures_are_told(chat: Chat) -> None:
    seen: list[tuple[int, int]] = []

    async def progress(done: int, total: int) -> None:
        seen.append((done, total))

    draft = "“The tram line opens in May,” she said.\n\nIt cost 40 million dollars.\n"
    await chat.say("checkdraft", attached("draft.txt", draft.encode()), progress=progress)
    assert seen == [(0, 2), (1, 2)]


async def test_a_desk_for_another_platform_has_the_same_words(chat: Chat) -> None:
    desk = Desk(chat.library, {"slack": frozenset({"U1"})})
    reply = await Chat(desk, chat.library).say("undo")
    assert reply == Problem("Nothing was changed here yet.")
