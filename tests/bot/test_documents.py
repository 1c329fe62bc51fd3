"""Reading the coverage in a chat: list, show, source and status."""

from importlib.metadata import version

import pytest

from bot.messages import (
    Listing,
    Problem,
    Sender,
    SourceFile,
    StatusReport,
    WholeDocument,
)
from retrieval import Coverage, Role
from tests.newsroom import ADMIN, MODERATOR, NEWSROOM, OPERATOR, REPORTER, Chat, attached


def listing_of(reply: object) -> Listing:
    assert isinstance(reply, Listing), reply
    return reply


async def add_many(chat: Chat, count: int) -> None:
    for number in range(count):
        await chat.library.add(f"Council meeting {number} is over.\n".encode(), f"{number:02}.txt")


async def test_the_list_shows_the_newest_first_and_the_undated_last(chat: Chat) -> None:
    listing = listing_of(await chat.say("list"))
    assert listing == Listing(
        documents=tuple(await chat.library.documents(NEWSROOM)),
        page=1,
        pages=1,
        coverage=await chat.library.coverage(NEWSROOM),
        space=NEWSROOM,
    )
    assert [document.file for document in listing.documents] == [
        "004_42e15ef78f8e8e44.txt",
        "002_1ed85cf378e4aadb.txt",
        "000_d569821d20d73420.txt",
        "001_69064135e9c191c9.txt",
        "003_d3053dbbe095c25c.txt",
    ]


async def test_a_page_of_the_list_holds_twenty_documents(chat: Chat) -> None:
    await add_many(chat, 16)
    first, second = listing_of(await chat.say("list")), listing_of(await chat.say("list 2"))
    assert (len(first.documents), first.page, first.pages) == (20, 1, 2)
    assert (len(second.documents), second.page, second.pages) == (1, 2, 2)
    assert first.documents + second.documents == tuple(await chat.library.documents(NEWSROOM))


async def test_twenty_documents_fill_one_page(chat: Chat) -> None:
    await add_many(chat, 15)
    listing = listing_of(await chat.say("list 1"))
    assert (len(listing.documents), listing.pages) == (20, 1)


@pytest.mark.parametrize("page", ["0", "2", "999999999"])
async def test_a_page_that_there_is_not_is_a_sentence(chat: Chat, page: str) -> None:
    assert await chat.say(f"list {page}") == Problem(f"There is no page {page}; the list has 1.")


async def test_a_page_after_the_last_of_several_is_a_sentence(chat: Chat) -> None:
    await add_many(chat, 16)
    assert await chat.say("list 3") == Problem("There is no page 3; the list has 2.")


async def test_the_list_of_an_empty_library_is_one_empty_page(chat: Chat) -> None:
    for document in await chat.library.documents():
        await chat.library.remove(document.file)
    assert await chat.say("list") == Listing((), 1, 1, Coverage(0, 0, None), NEWSROOM)


async def test_show_gives_every_paragraph_furniture_included(
    chat: Chat, seeds: dict[str, bytes]
) -> None:
    name = "001_69064135e9c191c9.txt"
    reply = await chat.say(f"show {name}")
    assert isinstance(reply, WholeDocument)
    assert reply.document == await chat.library.document(name)
    assert [passage.paragraph for passage in reply.passages] == list(range(1, 24))
    assert reply.passages[15].role is Role.FURNITURE
    text = seeds[name].decode("utf-8-sig")
    for passage in reply.passages:
        assert text[passage.start : passage.end] == passage.text


@pytest.mark.parametrize(
    "name",
    [
        "000_d569821d20d73420.txt",
        "001_69064135e9c191c9.txt",
        "002_1ed85cf378e4aadb.txt",
        "003_d3053dbbe095c25c.txt",
        "004_42e15ef78f8e8e44.txt",
    ],
)
async def test_source_gives_the_very_bytes_of_a_seed(
    chat: Chat, seeds: dict[str, bytes], name: str
) -> None:
    document = await chat.library.document(name)
    assert await chat.say(f"source {name}") == SourceFile(document, seeds[name])


async def test_a_receipt_leads_to_the_file_that_it_was_cited_from(chat: Chat) -> None:
    await chat.say("add", attached("budget.txt", b"The harbor budget is short."), sender=MODERATOR)
    hit = (await chat.library.search("harbor budget", space=NEWSROOM))[0]
    source = f"source {hit.passage.receipt}"
    reply = await chat.say(source)
    assert reply == SourceFile(hit.document, b"The harbor budget is short.")
    await chat.say("remove budget.txt", sender=MODERATOR)
    assert await chat.say(source) == Problem(
        "The document of that citation was withdrawn; its file is not given."
    )
    assert isinstance(await chat.say("source 0123456789abcdef"), Problem)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfWith a mark.\r\n\r\nAnd CRLF.  \r\n",
        "In sixteen bits.\n".encode("utf-16"),
        b"Windows says caf\xe9.\r",
    ],
)
async def test_source_changes_no_byte_whatever_the_encoding(chat: Chat, content: bytes) -> None:
    await chat.library.add(content, "odd.txt")
    document = await chat.library.document("odd.txt")
    assert await chat.say("source odd.txt") == SourceFile(document, content)


@pytest.mark.parametrize("sender", [REPORTER, MODERATOR, ADMIN])
async def test_status_in_a_chat_does_not_say_where_the_database_is(
    chat: Chat, sender: Sender
) -> None:
    coverage = await chat.library.coverage()
    reply = await chat.say("status", sender=sender)
    assert reply == StatusReport(coverage, "", version("newsdesk"))


async def test_status_tells_the_operator_where_the_database_is(chat: Chat) -> None:
    coverage = await chat.library.coverage()
    assert await chat.say("status", sender=OPERATOR) == StatusReport(
        coverage, str(chat.library.path), version("newsdesk")
    )


@pytest.mark.parametrize(
    ("space", "content"),
    [(NEWSROOM, b"Ours."), ("T-elsewhere", b"Everybody's."), (None, b"Everybody's.")],
)
async def test_a_spaces_own_document_stands_before_the_shared_one_of_its_name(
    chat: Chat, space: str | None, content: bytes
) -> None:
    await chat.library.add(b"Everybody's.", "budget.txt")
    await chat.library.add(b"Ours.", "budget.txt", NEWSROOM)
    source = await chat.say("source budget.txt", space=space)
    shown = await chat.say("show budget.txt", space=space)
    assert isinstance(source, SourceFile)
    assert isinstance(shown, WholeDocument)
    assert source.content == content
    assert [passage.text for passage in shown.passages] == [content.decode()]


async def test_the_shared_document_shows_again_once_the_spaces_own_is_removed(chat: Chat) -> None:
    await chat.library.add(b"Everybody's.", "budget.txt")
    await chat.library.add(b"Ours.", "budget.txt", NEWSROOM)
    await chat.say("remove budget.txt", sender=MODERATOR)
    shared = await chat.library.document("budget.txt")
    assert await chat.say("source budget.txt") == SourceFile(shared, b"Everybody's.")


@pytest.mark.parametrize("word", ["show", "source"])
async def test_a_name_that_there_is_not_is_a_sentence(chat: Chat, word: str) -> None:
    assert await chat.say(f"{word} nothing.txt") == Problem(
        "There is no document nothing.txt here; list shows those that there are."
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("002", "002_1ed85cf378e4aadb.txt"),
        ("002_1ed85cf378e4aadb.md", "002_1ed85cf378e4aadb.txt"),
        ("Handcuffing", "002_1ed85cf378e4aadb.txt"),
        ("1ed85", "002_1ed85cf378e4aadb.txt"),
    ],
)
async def test_a_part_of_a_name_or_of_a_title_leads_to_the_document(
    chat: Chat, typed: str, meant: str
) -> None:
    assert await chat.say(f"show {typed}") == Problem(
        f"There is no document {typed} here; did you mean {meant}?"
    )


async def test_of_many_documents_that_may_be_meant_three_are_named(chat: Chat) -> None:
    await add_many(chat, 12)
    assert await chat.say("source meeting") == Problem(
        "There is no document meeting here; list shows those that there are."
    )
    assert await chat.say("source 00_") == Problem(
        "There is no document 00_ here; did you mean 000_d569821d20d73420.txt?"
    )
    assert await chat.say("source txt") == Problem(
        "There is no document txt here; did you mean 11.txt, 10.txt or 09.txt?"
    )


@pytest.mark.parametrize("sender", [REPORTER, MODERATOR])
async def test_whoever_may_not_see_a_document_does_not_hear_its_name(
    chat: Chat, sender: Sender
) -> None:
    await chat.library.add(b"Elsewhere.", "secret-1.txt", "T-elsewhere")
    await chat.library.add(b"Here, and out.", "secret-2.txt", NEWSROOM)
    await chat.library.remove("secret-2.txt", NEWSROOM)
    assert await chat.say("show secret", sender=sender) == Problem(
        "There is no document secret here; list shows those that there are."
    )


@pytest.mark.parametrize("word", ["show", "source"])
async def test_a_removed_document_is_there_no_more(chat: Chat, word: str) -> None:
    await chat.library.add(b"Gone tomorrow.", "gone.txt")
    await chat.library.remove("gone.txt")
    assert isinstance(await chat.say(f"{word} gone.txt"), Problem)


@pytest.mark.parametrize("word", ["show", "source"])
@pytest.mark.parametrize("space", ["T-elsewhere", None])
async def test_the_document_of_another_space_is_as_unknown_as_any_other(
    chat: Chat, word: str, space: str | None
) -> None:
    await chat.library.add(b"Between us.", "secret.txt", NEWSROOM)
    assert await chat.say(f"{word} secret.txt", space=space) == Problem(
        "There is no document secret.txt here; list shows those that there are."
    )


async def test_the_list_and_the_status_count_no_document_of_another_space(chat: Chat) -> None:
    before = await chat.say("list", space="T-elsewhere")
    await chat.library.add(b"Between us.", "secret.txt", NEWSROOM)
    assert await chat.say("list", space="T-elsewhere") == before
    report = await chat.say("status", space="T-elsewhere")
    assert isinstance(report, StatusReport)
    assert report.coverage.documents == 5
