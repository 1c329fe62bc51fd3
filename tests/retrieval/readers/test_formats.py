"""Sources of every format give their text in order, with what their own fields state."""

from collections.abc import Iterator
from datetime import date

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from retrieval import Details, Limits
from retrieval.readers import Readers, Reading
from retrieval.readers.formats import read_format
from retrieval.readers.recognition import Format, format_of
from tests import sources
from tests.articles import story
from tests.sources import AUTHOR, TITLE

FIRST = (
    "The council doubled the harbor budget on Tuesday, to 5 million dollars, after a long debate "
    "among its members about what the city can afford."
)
SECOND = (
    "“We could not wait any longer,” Mayor Ada Quill said – and left. The café reopened; nobody "
    "had expected the naïve plan to work, she said later."
)
THIRD = "A third paragraph has Ελληνικά, русский, 😀 and {braces} \\ in it."
PARAGRAPHS = [FIRST, SECOND]
LIMITS = Limits()


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    """Return readers with their processes."""
    readers = Readers()
    yield readers
    readers.close()


def read(content: bytes, file: str) -> Reading:
    """Return what a source holds, read in this process."""
    return read_format(format_of(content, file), content, file, LIMITS)


def paragraphs_of(content: bytes, file: str) -> list[str]:
    return read(content, file).text.split("\n\n")


SOURCES = {
    "story.pdf": sources.pdf(PARAGRAPHS, title=TITLE, author=AUTHOR),
    "story.docx": sources.word(*PARAGRAPHS, title=TITLE, author=AUTHOR),
    "story.rtf": sources.rich_text(
        *PARAGRAPHS, info=rf"{{\info{{\title {TITLE}}}{{\author {AUTHOR}}}}}"
    ),
    "story.eml": sources.mail("\n\n".join(PARAGRAPHS)),
    "story.md": f"---\ntitle: {TITLE}\nauthor: {AUTHOR}\n---\n{FIRST}\n\n{SECOND}\n".encode(),
}


@pytest.mark.parametrize("file", SOURCES)
def test_each_format_gives_its_paragraphs_and_details(readers: Readers, file: str) -> None:
    reading = readers.read(SOURCES[file], file)
    assert reading.text.split("\n\n") == PARAGRAPHS
    details = reading.details.over(reading.properties)
    assert (details.title, details.author) == (TITLE, AUTHOR)


@pytest.mark.parametrize("file", SOURCES)
def test_what_a_source_is_decides_and_not_its_name(file: str) -> None:
    lying = "story.txt" if file != "story.md" else file
    assert format_of(SOURCES[file], lying) is format_of(SOURCES[file], file)
    assert format_of(b"The harbor froze.", file) in {Format.TEXT, Format.MARKDOWN}


def test_a_reader_is_named_with_the_version_of_its_library() -> None:
    assert read(SOURCES["story.docx"], "story.docx").reader == f"python-docx {docx.__version__}"


def test_characters_of_all_scripts_come_out_of_rich_text() -> None:
    assert paragraphs_of(sources.rich_text(THIRD), "story.rtf") == [THIRD]


def test_characters_of_all_scripts_come_out_of_a_word_document() -> None:
    assert paragraphs_of(sources.word(THIRD), "story.docx") == [THIRD]


def test_the_pages_of_a_pdf_are_where_their_paragraphs_begin() -> None:
    reading = read(sources.pdf([FIRST], [SECOND, "End of it."], ["Page three."]), "story.pdf")
    at = reading.text.index
    assert reading.pages == (0, at(SECOND), at("Page three."))


def test_a_page_without_text_begins_where_the_next_one_does() -> None:
    reading = read(sources.pdf([FIRST], ["&nbsp;"], ["Page three."]), "story.pdf")
    assert reading.pages == (0, reading.text.index("Page"), reading.text.index("Page"))


def test_a_sentence_that_goes_on_over_the_page_stays_one_paragraph() -> None:
    pages = (["The council doubled the budget for the"], ["harbor on Tuesday. He left."])
    assert paragraphs_of(sources.pdf(*pages), "story.pdf") == [
        "The council doubled the budget for the harbor on Tuesday. He left."
    ]


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_columns_are_read_one_after_the_other_below_their_headline(columns: int) -> None:
    its = story(9)
    content = sources.pdf_in_columns(its.paragraphs, columns)
    assert paragraphs_of(content, "a.pdf") == [TITLE, *its.paragraphs]


def test_a_word_that_was_broken_at_a_lines_end_is_whole_again() -> None:
    text = "The council doubled the bud-<br/>get of the harbor.<br/>It is well-<br/>Known."
    assert paragraphs_of(sources.pdf([text]), "a.pdf")[0].startswith(
        "The council doubled the budget of the harbor."
    )


def test_running_headers_and_page_numbers_are_left_out() -> None:
    pages = [
        ["The Daily Planet", f"Text of page {name} is here.", f"{number}"]
        for number, name in enumerate(("one", "two", "three", "four"), 1)
    ]
    assert paragraphs_of(sources.pdf(*pages), "story.pdf") == [
        f"Text of page {name} is here." for name in ("one", "two", "three", "four")
    ]


def test_a_table_of_a_word_document_stands_where_it_stood_row_by_row() -> None:
    document = docx.Document()
    document.add_paragraph("Before it.")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["Year", "Budget", "2017", "5 million"], strict=True):  # noqa: SLF001 - the short way to all cells
        cell.text = text
    document.add_paragraph("After it.")
    assert paragraphs_of(sources.saved(document), "a.docx") == [
        "Before it.",
        "Year | Budget",
        "2017 | 5 million",
        "After it.",
    ]


def test_changes_that_word_tracked_are_read_as_accepted() -> None:
    document = docx.Document()
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:p {nsdecls('w')}><w:r><w:t>The budget was </w:t></w:r>"
            "<w:del><w:r><w:delText>halved</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>doubled</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>"
        ),
    )
    assert paragraphs_of(sources.saved(document), "a.docx") == ["The budget was doubled."]


def test_markdown_loses_its_marks_and_keeps_its_words() -> None:
    text = (
        "# Harbor *Budget*\n\nThe **council** [voted](https://example.org)\non `it`.\n\n"
        "- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n<div>shown</div>\n"
    )
    reading = read(text.encode(), "story.md")
    assert reading.text.split("\n\n") == [
        "Harbor Budget",
        "The council voted on it.",
        "one",
        "two",
        "a | b",
        "1 | 2",
        "code",
        "shown",
    ]
    assert reading.details == Details(title="Harbor Budget")


def test_front_matter_gives_details_and_is_no_text() -> None:
    front = (
        '---\ntitle: "Harbor of Ice"\nauthor: Roe\noutlet: Planet\ndate: 2017-08-01 09:30\n---\n'
    )
    reading = read(f"{front}It froze.".encode(), "a.markdown")
    assert reading.details == Details("Harbor of Ice", "Planet", "Roe", date(2017, 8, 1))
    assert reading.text == "It froze."


def test_a_date_in_front_matter_that_is_none_is_left_out() -> None:
    assert read(b"---\ndate: soon\n---\nText.", "a.md").details == Details()


def test_the_header_of_a_mail_gives_its_details() -> None:
    reading = read(SOURCES["story.eml"], "story.eml")
    assert reading.details == Details(TITLE, None, AUTHOR, date(2017, 8, 1))


@pytest.mark.parametrize(
    "header",
    [
        "Date: Mon, 1 Aug 99999999999 10:00:00 +0000",
        'From: "a" <',
        "From: ,,,;",
        "Content-Type: text/plain; charset=undefined",
    ],
)
def test_a_header_that_says_nothing_keeps_no_mail_from_being_read(header: str) -> None:
    reading = read(f"{header}\nMessage-ID: <1@x>\nSubject: Harbor\n\nIt froze.\n".encode(), "a.eml")
    assert reading.text == "It froze."
    assert reading.details == Details(title="Harbor")


def test_wrapped_lines_of_a_mail_are_paragraphs_again() -> None:
    lines = ["one two three four five six seven eight nine ten eleven " for _ in range(8)]
    assert paragraphs_of(sources.mail("\n".join(lines) + "\n\nShort."), "a.eml") == [
        " ".join("".join(lines).split()),
        "Short.",
    ]


def test_a_mail_without_plain_text_is_read_from_its_page() -> None:
    content = sources.mail(sources.page(*PARAGRAPHS).decode(), subtype="html")
    assert paragraphs_of(content, "a.eml")[-2:] == PARAGRAPHS


def test_what_is_attached_to_a_mail_follows_under_its_name() -> None:
    forwarded = sources.mail("See the file.", attached={"b.docx": sources.word(SECOND)})
    content = sources.mail(
        "Two files.",
        attached={"a.txt": b"The harbor froze.", "c.png": b"\x89PNG", "b.eml": forwarded},
    )
    assert paragraphs_of(content, "a.eml") == [
        "Two files.",
        "a.txt",
        "The harbor froze.",
        "b.eml",
        "See the file.",
        "b.docx",
        SECOND,
    ]


def test_mails_in_mails_end_at_a_depth() -> None:
    content = sources.mail("Mail 0.")
    for depth in range(1, 9):
        content = sources.mail(f"Mail {depth}.", attached={"a.eml": content})
    assert paragraphs_of(content, "a.eml") == [
        "Mail 8.",
        "a.eml",
        "Mail 7.",
        "a.eml",
        "Mail 6.",
        "a.eml",
        "Mail 5.",
    ]


def test_a_mail_in_an_unknown_encoding_is_read_all_the_same() -> None:
    content = sources.mail("The café reopened.").replace(b"utf-8", b"klingon")
    assert paragraphs_of(content, "a.eml") == ["The café reopened."]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("windows-1252", "windows-1252"),
        ("iso-8859-1", "windows-1252"),
        ("utf-8", "utf-8"),
        ("koi8-r", "koi8-r"),
        ("none-such", "utf-8"),
        ("undefined", "utf-8"),
        ("idna", "utf-8"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_declares(declared: str, encoding: str) -> None:
    text = "Полиция сообщила" if encoding == "koi8-r" else "The “café” reopened"
    content = sources.page(f"{text} on Tuesday. {FIRST}").decode()
    encoded = content.replace("charset=utf-8", f"charset={declared}").encode(encoding)
    assert f"{text} on Tuesday." in read(encoded, "a.html").text


def test_a_page_in_utf_16_is_one_too() -> None:
    content = sources.page(*PARAGRAPHS).decode().encode("utf-16")
    assert FIRST in read(content, "a.html").text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_page_in_utf_16_without_its_mark_is_one_too(encoding: str) -> None:
    content = sources.page(*PARAGRAPHS).decode().encode(encoding)
    assert paragraphs_of(content, "a.html") == [TITLE, *PARAGRAPHS]


def test_scripts_and_styles_are_no_text() -> None:
    page = sources.page(
        f"{FIRST}<script>alert('harm')</script>", SECOND, head="<style>p {color: red}</style>"
    )
    text = read(page, "a.html").text
    assert FIRST in text
    assert "harm" not in text
    assert "color" not in text


def test_a_pages_markup_gives_its_details() -> None:
    head = (
        '<meta property="og:site_name" content="The Daily Planet">'
        '<meta name="author" content="Robin Roe">'
        '<meta property="article:published_time" content="2017-08-01T09:30:00Z">'
    )
    reading = read(sources.page(*PARAGRAPHS, head=head), "a.html")
    assert reading.details == Details(TITLE, "The Daily Planet", AUTHOR, date(2017, 8, 1))


def test_an_old_file_without_a_name_for_it_is_told_by_its_first_bytes() -> None:
    assert format_of(sources.page(FIRST), "story") is Format.WEB_PAGE
    assert format_of(b"  \n<!-- saved --><HTML>", "x") is Format.WEB_PAGE
    assert format_of(b"<p>One.</p>", "x.html") is Format.WEB_PAGE
    assert format_of(b"<p>One.</p>", "x.txt") is Format.TEXT
    assert format_of(b"From: Roe\nSubject: x\n\nText.", "x.eml") is Format.MAIL
    assert format_of(b"From: Roe\nSubject: x\n\nText.", "x.txt") is Format.TEXT
    assert format_of(b"Dear all,\n\nText.", "x.eml") is Format.TEXT
