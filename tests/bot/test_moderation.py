"""Moderators change the coverage in a chat: add, replace, remove, restore, and the trail of it."""

from datetime import UTC, date, datetime
from typing import cast

import pytest

from bot.desk import Desk
from bot.messages import (
    Answer,
    Attachment,
    Changed,
    History,
    Listing,
    Problem,
    Reply,
    Request,
    Sender,
)
from retrieval import Action, Actor, Change, Details, Outcome, Status
from tests.newsroom import ADMIN, MODERATOR, NEWSROOM, OPERATOR, REPORTER, Chat, attached

BUDGET = b"The harbor budget was doubled by the council.\n"
CUT = b"The harbor budget was halved by the council.\n"
MORGAN = Actor("U2", "Morgan", "slack")
SHARED = "002_1ed85cf378e4aadb.txt"


class Upload:
    """A file in a chat that counts how often its bytes are fetched, or whose fetching fails."""

    def __init__(self, content: bytes, *, size: int | None = None, lost: bool = False) -> None:
        self._content = content
        self._size = len(content) if size is None else size
        self._lost = lost
        self.fetched = 0

    def named(self, name: str) -> Attachment:
        """Return the file as it comes with a message."""
        return Attachment(name, self._size, self._fetch)

    async def _fetch(self) -> bytes:
        self.fetched += 1
        if self._lost:
            raise ConnectionError("the platform hung up")
        return self._content


def changed(reply: Reply) -> Changed:
    assert isinstance(reply, Changed), reply
    return reply


async def one_change(chat: Chat, space: str | None = NEWSROOM) -> Change:
    [change] = await chat.library.history(space=space)
    return change


async def files_of(chat: Chat, space: str | None = NEWSROOM) -> set[str]:
    return {document.file for document in await chat.library.documents(space)}


async def quoted(chat: Chat, question: str, space: str | None = NEWSROOM) -> set[str]:
    answer = await chat.say(question, space=space)
    assert isinstance(answer, Answer)
    return {citation.hit.passage.text for citation in answer.citations}


@pytest.mark.parametrize("sender", [MODERATOR, ADMIN, OPERATOR])
async def test_a_moderator_an_admin_and_the_operator_may_add(chat: Chat, sender: Sender) -> None:
    reply = await chat.say("add", attached("budget.txt", BUDGET), sender=sender)
    document = await chat.library.document("budget.txt", NEWSROOM)
    assert reply == Changed("added", (Outcome(document, changed=True),))
    assert (document.space, document.file, document.version) == (NEWSROOM, "budget.txt", 1)


async def test_what_was_added_answers_at_once(chat: Chat) -> None:
    await chat.say("add", attached("budget.txt", BUDGET), sender=MODERATOR)
    assert BUDGET.decode().strip() in await quoted(chat, "Who doubled the harbor budget?")


async def test_a_user_may_be_named_as_moderator_by_id(chat: Chat) -> None:
    desk = Desk(chat.library, {"slack": frozenset({"U1"})})
    reply = await Chat(desk, chat.library).say("add", attached("budget.txt", BUDGET))
    assert changed(reply).problems == ()


async def test_a_role_counts_on_the_platform_that_it_was_named_for_only(chat: Chat) -> None:
    request = Request(MODERATOR, "discord", "add", "G-1", attachments=(attached("b.txt", BUDGET),))
    assert await chat.desk.handle(request) == Problem(
        "Only moderators may use add; ask one of them to do it."
    )


@pytest.mark.parametrize(
    ("text", "word", "file"),
    [
        ("add", "add", "-"),
        ("replace", "replace", "-"),
        ("replace budget.txt", "replace", "budget.txt"),
        ("remove budget.txt", "remove", "budget.txt"),
        ("restore budget.txt", "restore", "budget.txt"),
        ("history", "history", "-"),
        ("history budget.txt", "history", "budget.txt"),
    ],
)
async def test_a_reporter_is_refused_politely_and_the_trail_says_so(
    chat: Chat, text: str, word: str, file: str
) -> None:
    upload = Upload(BUDGET)
    reply = await chat.say(text, upload.named("budget.txt"))
    assert reply == Problem(f"Only moderators may use {word}; ask one of them to do it.")
    change = await one_change(chat)
    assert change == Change(
        at=change.at,
        actor=Actor("U1", "Robin", "slack"),
        space=NEWSROOM,
        action=Action.REFUSED,
        file=file,
        before=None,
        after=None,
        note=word,
    )
    assert upload.fetched == 0
    assert "budget.txt" not in await files_of(chat)


@pytest.mark.parametrize("sender", [REPORTER, MODERATOR, ADMIN])
@pytest.mark.parametrize("text", ["add", f"remove {SHARED}", f"replace {SHARED}"])
async def test_in_a_direct_message_nobody_changes_the_shared_documents(
    chat: Chat, sender: Sender, text: str
) -> None:
    before = await chat.library.documents()
    reply = await chat.say(text, attached("budget.txt", BUDGET), sender=sender, space=None)
    assert reply == Problem("Only the operator changes shared documents, on the command line.")
    assert await chat.library.documents() == before
    [change, *_] = await chat.library.history()
    assert (change.action, change.actor.id) == (Action.REFUSED, sender.id)


async def test_the_operator_changes_the_shared_documents(chat: Chat) -> None:
    await chat.say("add", attached("budget.txt", BUDGET), sender=OPERATOR, space=None)
    document = await chat.library.document("budget.txt", "T-elsewhere")
    assert document.space is None


@pytest.mark.parametrize(
    "name", ["budget.txt", "../../etc/budget.txt", "C:\\Users\\Morgan\\budget.txt", "/budget.txt"]
)
async def test_a_file_from_a_chat_goes_by_its_base_name(chat: Chat, name: str) -> None:
    reply = changed(await chat.say("add", attached(name, BUDGET), sender=MODERATOR))
    [outcome] = reply.outcomes
    assert outcome.document.file == "budget.txt"


@pytest.mark.parametrize("name", ["", "..", "/", "\u202e\u200b", "n" * 256])
async def test_a_file_whose_name_cannot_be_one_is_a_sentence(chat: Chat, name: str) -> None:
    reply = changed(await chat.say("add", attached(name, BUDGET), sender=MODERATOR))
    [problem] = reply.problems
    assert reply.outcomes == ()
    assert "file name" in problem


async def test_the_same_bytes_under_the_same_name_are_already_there(chat: Chat) -> None:
    await chat.say("add", attached("budget.txt", BUDGET), sender=MODERATOR)
    document = await chat.library.document("budget.txt", NEWSROOM)
    reply = await chat.say("add", attached("budget.txt", BUDGET), sender=MODERATOR)
    assert reply == Changed("added", (Outcome(document, changed=False),))
    assert (await one_change(chat)).action is Action.ADD


async def test_other_bytes_under_the_same_name_are_refused_and_replace_is_named(
    chat: Chat,
) -> None:
    await chat.say("add", attached("budget.txt", BUDGET), sender=MODERATOR)
    reply = await chat.say("add", attached("budget.txt", CUT), sender=MODERATOR)
    taken = (
        "There is another document named budget.txt; use replace to put this one in its place, "
        "or give this one another name."
    )
    assert reply == Changed("added", (), (taken,))
    assert BUDGET.decode().strip() in await quoted(chat, "harbor budget")


async def test_a_space_may_name_its_document_as_a_shared_one_is_named(chat: Chat) -> None:
    reply = changed(await chat.say("add", attached(SHARED, BUDGET), sender=MODERATOR))
    [outcome] = reply.outcomes
    assert outcome.document.space == NEWSROOM


async def test_add_without_a_file_asks_for_one(chat: Chat) -> None:
    assert await chat.say("add", sender=MODERATOR) == Problem(
        "Attach the file to add, or give the address of a page."
    )


async def test_what_is_wrong_with_one_file_stops_no_other(chat: Chat) -> None:
    reply = changed(
        await chat.say(
            "add",
            attached("one.txt", b"The first was read."),
            attached("two.txt", b""),
            attached("three.txt", b"The third was read."),
            attached("four.pdf", b"%PDF-1.7 and so on"),
            sender=MODERATOR,
        )
    )
    assert [outcome.document.file for outcome in reply.outcomes] == ["one.txt", "three.txt"]
    assert reply.problems == (
        "two.txt is empty; there is nothing to add.",
        "four.pdf is a PDF that is damaged; save it anew and add it again.",
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("all.csv", b'\xef\xbb\xbffile,"text"\na.txt,The harbor froze.\n'),
        ("all.JSONL", b'{"file": "a.txt", "text": "The harbor froze."}\n'),
    ],
)
async def test_a_file_with_many_documents_is_for_whoever_runs_the_bot(
    chat: Chat, name: str, content: bytes
) -> None:
    table = attached("table.csv", b"year,budget\n2017,5 million\n")
    reply = changed(await chat.say("add", attached(name, content), table, sender=MODERATOR))
    assert [outcome.document.file for outcome in reply.outcomes] == ["table.csv"]
    [problem] = reply.problems
    assert problem.startswith(f"{name} holds many documents; newsdesk add takes it")


async def test_a_file_that_cannot_be_fetched_stops_no_other_and_is_named(chat: Chat) -> None:
    reply = changed(
        await chat.say(
            "add",
            attached("one.txt", b"The first was read."),
            Upload(b"", lost=True).named("two.txt"),
            attached("three.txt", b"The third was read."),
            sender=MODERATOR,
        )
    )
    assert [outcome.document.file for outcome in reply.outcomes] == ["one.txt", "three.txt"]
    [problem] = reply.problems
    assert "two.txt" in problem
    assert "hung up" not in problem


async def test_a_file_that_is_too_large_is_refused_before_its_bytes_are_fetched(
    chat: Chat,
) -> None:
    upload = Upload(b"", size=200_000)
    reply = await chat.say("add", upload.named("archive.txt"), sender=MODERATOR)
    too_large = (
        "archive.txt has 0.2 MiB and the limit is 0.1 MiB; add it in parts or have the limit "
        "raised. (NEWSDESK_MAX_FILE_MB sets it.)"
    )
    assert reply == Changed("added", (), (too_large,))
    assert upload.fetched == 0


async def test_a_file_that_is_larger_than_the_platform_said_is_refused_too(chat: Chat) -> None:
    upload = Upload(b"word " * 40_000, size=10)
    reply = changed(await chat.say("add", upload.named("archive.txt"), sender=MODERATOR))
    [problem] = reply.problems
    assert "NEWSDESK_MAX_FILE_MB" in problem
    assert reply.outcomes == ()


async def test_details_are_given_in_the_message(chat: Chat) -> None:
    reply = changed(
        await chat.say(
            'add title:"The Harbor Budget" outlet:“City Desk” author:Roe published:2017-08-01',
            attached("budget.txt", BUDGET),
            sender=MODERATOR,
        )
    )
    [outcome] = reply.outcomes
    assert outcome.document.details == Details(
        title="The Harbor Budget",
        outlet="City Desk",
        author="Roe",
        published=date(2017, 8, 1),
        language="en",
    )


async def test_given_details_go_before_those_that_the_text_states(
    chat: Chat, seeds: dict[str, bytes]
) -> None:
    file = attached("essay.txt", seeds[SHARED])
    reply = changed(await chat.say("add author:Roe", file, sender=MODERATOR))
    [outcome] = reply.outcomes
    details = outcome.document.details
    assert (details.author, details.published) == ("Roe", date(2017, 4, 18))
    assert details.title is not None


@pytest.mark.parametrize("day", ["2017-13-01", "1 August 2017", "yesterday", "08/01/2017"])
@pytest.mark.parametrize("word", ["add", "replace"])
async def test_a_date_that_is_none_is_a_sentence_and_nothing_is_added(
    chat: Chat, word: str, day: str
) -> None:
    upload = Upload(BUDGET)
    reply = await chat.say(
        f'{word} published:"{day}"', upload.named("budget.txt"), sender=MODERATOR
    )
    assert reply == Problem(f"'{day}' is no date; write it as YYYY-MM-DD, for example 2017-08-01.")
    assert upload.fetched == 0


async def test_a_title_goes_with_one_file(chat: Chat) -> None:
    reply = await chat.say(
        'add title:"Both"',
        attached("one.txt", BUDGET),
        attached("two.txt", CUT),
        sender=MODERATOR,
    )
    assert reply == Problem("A title goes with one file; add the files one by one.")
    assert len(await files_of(chat)) == 5


async def test_replace_puts_a_file_in_the_place_of_the_document_of_its_name(chat: Chat) -> None:
    await chat.say("add", attached("budget.txt", BUDGET), sender=MODERATOR)
    reply = await chat.say("replace", attached("old/budget.txt", CUT), sender=MODERATOR)
    document = await chat.library.document("budget.txt", NEWSROOM)
    [passage] = await chat.library.passages(document)
    [outcome] = changed(reply).outcomes
    [revision] = outcome.revisions
    assert (outcome.document, outcome.changed) == (document, True)
    assert revision.before is not None
    assert revision.before.text == BUDGET.decode().strip()
    assert revision.after == passage
    assert (document.version, await chat.library.source(document)) == (2, CUT)
    quotations = await quoted(chat, "Was the harbor budget doubled or halved?")
    assert CUT.decode().strip() in quotations
    assert BUDGET.decode().strip() not in quotations


async def test_replace_puts_a_file_in_the_place_of_the_document_that_is_named(chat: Chat) -> None:
    await chat.say("add", attached("budget.txt", BUDGET), sender=MODERATOR)
    reply = changed(
        await chat.say(
            'replace budget.txt author:"Robin Roe"',
            attached("budget-final.txt", CUT),
            sender=MODERATOR,
        )
    )
    [outcome] = reply.outcomes
    assert (outcome.document.file, outcome.document.version) == ("budget.txt", 2)
    assert outcome.document.details.author == "Robin Roe"
    assert "budget-final.txt" not in await files_of(chat)


async def test_to_replace_a_document_with_its_own_bytes_changes_nothing(chat: Chat) -> None:
    await chat.say("add", attached("budget.txt", BUDGET), sender=MODERATOR)
    document = await chat.library.document("budget.txt", NEWSROOM)
    reply = await chat.say("replace", attached("budget.txt", BUDGET), sender=MODERATOR)
    assert reply == Changed("replaced", (Outcome(document, changed=False),))


async def test_a_document_that_there_is_not_cannot_be_replaced(chat: Chat) -> None:
    reply = await chat.say("replace", attached("budget.txt", BUDGET), sender=MODERATOR)
    assert reply == Changed(
        "replaced",
        (),
        ("There is no document budget.txt here; list shows those that there are.",),
    )


@pytest.mark.parametrize("count", [0, 2])
async def test_replace_wants_one_file(chat: Chat, count: int) -> None:
    files = [attached(f"{number}.txt", BUDGET) for number in range(count)]
    assert await chat.say("replace", *files, sender=MODERATOR) == Problem(
        "Attach one file, the one to put in the document's place."
    )


async def test_a_removed_document_answers_no_more_until_it_is_restored(chat: Chat) -> None:
    await chat.say("add", attached("budget.txt", BUDGET), sender=MODERATOR)
    quotation = BUDGET.decode().strip()

    removed = changed(await chat.say("remove budget.txt", sender=MODERATOR))
    [outcome] = removed.outcomes
    assert (removed.action, outcome.changed) == ("removed", True)
    assert outcome.document.status is Status.REMOVED
    assert quotation not in await quoted(chat, "harbor budget")
    assert "budget.txt" not in await files_of(chat)

    restored = await chat.say("restore budget.txt", sender=MODERATOR)
    document = await chat.library.document("budget.txt", NEWSROOM)
    assert restored == Changed("restored", (Outcome(document, changed=True),))
    assert quotation in await quoted(chat, "harbor budget")


async def test_to_restore_what_was_never_removed_changes_nothing(chat: Chat) -> None:
    await chat.say("add", attached("budget.txt", BUDGET), sender=MODERATOR)
    document = await chat.library.document("budget.txt", NEWSROOM)
    reply = await chat.say("restore budget.txt", sender=MODERATOR)
    assert reply == Changed("restored", (Outcome(document, changed=False),))


async def test_what_is_out_already_is_said_to_be_so(chat: Chat) -> None:
    for file in ("budget.txt", "harbor.txt"):
        await chat.say("add", attached(file, BUDGET), sender=MODERATOR)
    await chat.say("remove budget.txt", sender=MODERATOR)
    await chat.say("retract harbor.txt reason:wrong", sender=MODERATOR)
    assert await chat.say("remove budget.txt", sender=MODERATOR) == Problem(
        "budget.txt is removed; restore brings it back."
    )
    assert await chat.say("edit harbor.txt author:Roe", sender=MODERATOR) == Problem(
        "harbor.txt is retracted; restore brings it back."
    )
    assert await chat.say("restore budget", sender=MODERATOR) == Problem(
        "There is no document budget here; did you mean budget.txt?"
    )


async def test_a_shared_document_is_said_to_be_one_whatever_else_has_its_name(chat: Chat) -> None:
    for file in ("budget.txt", "budget.txt.old"):
        await chat.library.add(file.encode(), file)
    assert await chat.say("remove budget.txt", sender=MODERATOR) == Problem(
        "budget.txt is a shared document; only the operator changes those, on the command line."
    )


@pytest.mark.parametrize("text", ["remove nothing.txt", "restore nothing.txt"])
async def test_a_document_that_there_is_not_is_a_sentence(chat: Chat, text: str) -> None:
    assert await chat.say(text, sender=MODERATOR) == Problem(
        "There is no document nothing.txt here; list shows those that there are."
    )


async def test_a_document_cannot_be_removed_twice(chat: Chat) -> None:
    await chat.say("add", attached("budget.txt", BUDGET), sender=MODERATOR)
    await chat.say("remove budget.txt", sender=MODERATOR)
    assert isinstance(await chat.say("remove budget.txt", sender=MODERATOR), Problem)


async def test_a_moderator_cannot_remove_a_shared_document_and_is_told_that_it_is_shared(
    chat: Chat,
) -> None:
    reply = await chat.say(f"remove {SHARED}", sender=MODERATOR)
    assert SHARED in await files_of(chat)
    assert isinstance(reply, Problem)
    assert "shared" in reply.text


async def test_the_history_says_who_did_what_with_the_bytes_before_and_after(chat: Chat) -> None:
    started = datetime.now(UTC)
    await chat.say("add", attached("budget.txt", BUDGET), sender=MODERATOR)
    first = await chat.library.document("budget.txt", NEWSROOM)
    await chat.say("replace", attached("budget.txt", CUT), sender=MODERATOR)
    second = await chat.library.document("budget.txt", NEWSROOM)
    await chat.say("remove budget.txt", sender=MODERATOR)
    await chat.say("restore budget.txt", sender=MODERATOR)

    reply = await chat.say("history", sender=MODERATOR)
    assert isinstance(reply, History)
    assert [(change.action, change.before, change.after) for change in reply.changes] == [
        (Action.RESTORE, None, second.hash),
        (Action.REMOVE, second.hash, None),
        (Action.REPLACE, first.hash, second.hash),
        (Action.ADD, None, first.hash),
    ]
    for change in reply.changes:
        assert (change.actor, change.space, change.file) == (MORGAN, NEWSROOM, "budget.txt")
        assert started <= change.at <= datetime.now(UTC)


async def test_the_history_of_one_document_is_of_that_one_only(chat: Chat) -> None:
    await chat.say("add", attached("budget.txt", BUDGET), sender=MODERATOR)
    await chat.say("add", attached("other.txt", CUT), sender=MODERATOR)
    reply = await chat.say("history budget.txt", sender=MODERATOR)
    assert isinstance(reply, History)
    [change] = reply.changes
    assert change.file == "budget.txt"


async def test_the_history_of_a_space_in_which_nothing_was_done_is_empty(chat: Chat) -> None:
    assert await chat.say("history", sender=MODERATOR) == History(())


async def test_the_history_of_an_unknown_document_is_a_sentence(chat: Chat) -> None:
    assert await chat.say("history nothing.txt", sender=MODERATOR) == Problem(
        "Nothing was ever done to a document nothing.txt here."
    )


async def test_spaces_see_neither_one_anothers_documents_nor_their_history(chat: Chat) -> None:
    await chat.say("add", attached("budget.txt", BUDGET), sender=MODERATOR)
    listing = await chat.say("list", space="T-elsewhere")
    assert isinstance(listing, Listing)
    assert "budget.txt" not in {document.file for document in listing.documents}
    assert BUDGET.decode().strip() not in await quoted(chat, "harbor budget", "T-elsewhere")
    assert await chat.say("history", sender=MODERATOR, space="T-elsewhere") == History(())
    assert await chat.say("history budget.txt", sender=MODERATOR, space="T-elsewhere") == Problem(
        "Nothing was ever done to a document budget.txt here."
    )


@pytest.mark.parametrize("text", ["remove budget.txt", "restore budget.txt"])
async def test_a_moderator_of_one_space_changes_nothing_in_another(chat: Chat, text: str) -> None:
    await chat.say("add", attached("budget.txt", BUDGET), sender=MODERATOR)
    reply = await chat.say(text, sender=MODERATOR, space="T-elsewhere")
    assert isinstance(reply, Problem)
    assert "budget.txt" in await files_of(chat)


async def test_a_change_in_one_space_alters_no_answer_in_another(chat: Chat) -> None:
    before = await chat.say("consent decrees", space="T-elsewhere", place="")
    await chat.say("add", attached("decrees.txt", b"Consent decrees work."), sender=MODERATOR)
    after = await chat.say("consent decrees", space="T-elsewhere", place="")
    assert isinstance(before, Answer)
    assert isinstance(after, Answer)
    assert [one.hit.passage for one in after.citations] == [
        one.hit.passage for one in before.citations
    ]
    assert after.findings.coverage == before.findings.coverage


async def test_a_long_history_says_that_there_is_more(chat: Chat) -> None:
    for number in range(101):
        await chat.library.add(f"Number {number}.".encode(), f"{number}.txt", NEWSROOM)
    history = await chat.say("history", sender=MODERATOR)
    assert isinstance(history, History)
    assert (len(history.changes), history.older) == (100, True)


async def test_after_what_nobody_expected_nobody_is_told_that_nothing_was_changed(
    chat: Chat,
) -> None:
    async def fetch() -> bytes:
        return cast("bytes", None)

    spoiled = Attachment("b.txt", 1, fetch)
    reply = await chat.say("add", attached("a.txt", b"Ann won."), spoiled, sender=MODERATOR)
    assert isinstance(reply, Problem)
    assert "on our side; history says what was changed. The operator" in reply.text
    assert (await chat.library.document("a.txt", NEWSROOM)).file == "a.txt"
