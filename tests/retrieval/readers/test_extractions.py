"""What a reader took out of a source is kept with it: cited, verified and given as it was."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from retrieval import (
    DatabaseUnusable,
    Details,
    Incoming,
    Library,
    LibraryError,
    Limits,
    SourceTooLarge,
    Standing,
)
from tests import sources

FIRST = "The council doubled the harbor budget on Tuesday, after a long debate."
SECOND = "Mayor Ada Quill left the meeting early, and nobody asked her why she did."


@pytest.fixture
async def news(library: Library) -> Library:
    """Return a library with a PDF of two pages."""
    await library.add(sources.pdf([FIRST], [SECOND]), "budget.pdf")
    return library


async def test_a_passage_stands_in_the_text_at_its_offsets_and_on_its_page(news: Library) -> None:
    document = await news.document("budget.pdf")
    text = await news.text(document)
    passages = await news.passages(document)
    assert [text[one.start : one.end] for one in passages] == [FIRST, SECOND]
    assert [one.page for one in passages] == [1, 2]


async def test_a_question_finds_it_with_its_page(news: Library) -> None:
    [hit, *_] = await news.search("Who left the meeting early?")
    assert (hit.document.file, hit.passage.text, hit.passage.page) == ("budget.pdf", SECOND, 2)


async def test_plain_text_has_no_pages_and_nothing_taken_out(library: Library) -> None:
    document = (await library.add(FIRST.encode(), "a.txt")).document
    [passage] = await library.passages(document)
    assert (passage.page, await library.extraction(document)) == (None, None)
    assert await library.text(document) == FIRST


async def test_a_source_is_given_as_it_was_received(news: Library) -> None:
    assert (await news.source(await news.document("budget.pdf"))).startswith(b"%PDF-")


async def test_a_receipt_verifies_against_what_was_taken_out(news: Library) -> None:
    [_, passage] = await news.passages(await news.document("budget.pdf"))
    verified = await news.verify(passage.receipt)
    assert verified is not None
    assert (verified.standing, verified.passage) == (Standing.UNCHANGED, passage)


async def test_an_older_versions_receipt_verifies_against_its_own_text(news: Library) -> None:
    [passage, _] = await news.passages(await news.document("budget.pdf"))
    await news.replace(b"It was all different.", "budget.pdf")
    verified = await news.verify(passage.receipt)
    assert verified is not None
    assert (verified.standing, verified.passage.text) == (Standing.CHANGED, FIRST)


async def test_the_same_bytes_in_two_spaces_share_what_was_taken_out(news: Library) -> None:
    document = (await news.add(sources.word(FIRST), "a.docx", "T-one")).document
    other = (await news.add(await news.source(document), "b.docx", "T-two")).document
    assert await news.text(other) == await news.text(document) == FIRST


async def test_a_text_that_was_tampered_with_is_found_out(news: Library) -> None:
    [passage, _] = await news.passages(await news.document("budget.pdf"))
    with closing(sqlite3.connect(news.path)) as connection, connection:
        connection.execute("UPDATE extractions SET text = replace(text, 'doubled', 'halved')")
    with pytest.raises(DatabaseUnusable, match="the database is damaged"):
        await news.verify(passage.receipt)


async def test_what_was_taken_out_goes_with_the_bytes(news: Library) -> None:
    with closing(sqlite3.connect(news.path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM passages")
        connection.execute("DELETE FROM abbreviations")
        connection.execute("UPDATE documents SET version_id = NULL")
        connection.execute("DELETE FROM versions")
        connection.execute("DELETE FROM sources")
        [(kept,)] = connection.execute("SELECT count(*) FROM extractions")
    assert kept == 0


async def test_given_details_go_before_the_sources_and_those_before_the_texts(
    library: Library,
) -> None:
    given = Details(outlet="City Desk", url="https://example.org/a?b=1")
    content = sources.mail(f"By Jane Doe\n\n{FIRST}", sender="Robin Roe <robin@example.org>")
    outcome = await library.add(content, "a.eml", details=given)
    assert outcome.document.details == Details(
        sources.TITLE, "City Desk", "Robin Roe", date(2017, 8, 1), "https://example.org/a?b=1", "en"
    )


async def test_what_a_program_noted_comes_last(library: Library) -> None:
    text = ("A Headline of the Text", "By Jane Doe", FIRST)
    content = sources.word(*text, title="Draft 3", author="python-docx")
    details = (await library.add(content, "a.docx")).document.details
    assert (details.title, details.author) == ("A Headline of the Text", "Jane Doe")
    bare = sources.word(FIRST, title="Harbor of Ice", author="Robin Roe")
    details = (await library.add(bare, "b.docx")).document.details
    assert (details.title, details.author) == ("Harbor of Ice", "Robin Roe")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a b", "https://" + "a" * 3000, ""])
async def test_an_address_that_is_none_is_not_kept(library: Library, url: str) -> None:
    outcome = await library.add(FIRST.encode(), "a.txt", details=Details(url=url))
    assert outcome.document.details.url is None


async def test_many_sources_of_all_formats_are_added_at_once(library: Library) -> None:
    pages = [Incoming(sources.page(FIRST, f"{n}. {SECOND}"), f"{n}.html") for n in range(20)]
    texts = [Incoming(f"{n}. {FIRST}\n".encode() * 2000, f"{n}.txt") for n in range(20)]
    broken = [Incoming(b"%PDF-1.7", "broken.pdf")]
    came = [one async for one in library.add_all([*pages, *texts, *broken])]
    assert [str(one) for one in came if isinstance(one, LibraryError)] == [
        "broken.pdf is a PDF that is damaged; save it anew and add it again."
    ]
    document = await library.document("7.html")
    assert f"7. {SECOND}" in await library.text(document)


async def test_a_document_with_more_paragraphs_than_the_limit(tmp_path: Path) -> None:
    async with Library.open(tmp_path / "news.db", limits=Limits(paragraphs=2)) as library:
        with pytest.raises(SourceTooLarge) as refused:
            await library.add(b"One.\n\nTwo.\n\nThree.", "a.txt")
        assert (str(refused.value), refused.value.limit) == (
            "a.txt has 3 paragraphs and the limit is 2; add it in parts or have the limit raised.",
            "paragraphs",
        )
