"""Sources laid out as newsrooms get them: every text comes out whole, once, and in its order."""

import textwrap

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from retrieval import Limits
from retrieval.analysis import paragraphs
from retrieval.readers.formats import read_format
from retrieval.readers.recognition import format_of
from tests import sources
from tests.articles import story
from tests.sources import TITLE

LIMITS = Limits()
LONG = (
    "The council doubled the harbor budget on Tuesday, to 5 million dollars, after a long debate "
    "among its members about what the city can afford."
)
CAPTION = "The harbor in winter, seen from the old bridge. Photo: Robin Roe"


def read(content: bytes, file: str) -> list[str]:
    """Return the paragraphs of a source."""
    return read_format(format_of(content, file), content, file, LIMITS).text.split("\n\n")


# PDF


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_columns_stand_above_and_below_a_picture_over_all_of_them(columns: int) -> None:
    its = [" ".join(one.split()[:40]) + "." for one in story(2 * columns).paragraphs]
    above, below = its[:columns], its[columns:]
    content = sources.pdf_with_picture(above, CAPTION, below)
    assert read(content, "a.pdf") == [TITLE, *above, CAPTION, *below]


# Word


def test_a_table_within_a_table_is_read_once() -> None:
    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "Budget"
    outer.cell(0, 1).text = "by year:"
    outer.cell(0, 1).add_table(1, 1).cell(0, 0).text = "5 million"
    assert read(sources.saved(document), "a.docx") == ["Budget | by year: 5 million"]


def test_notes_follow_the_text() -> None:
    document = docx.Document()
    document.add_paragraph("The budget was doubled.")
    document.add_paragraph("The mayor left.")
    content = sources.word_with_note(document, "By 5 million dollars.")
    assert read(content, "a.docx") == [
        "The budget was doubled.",
        "The mayor left.",
        "By 5 million dollars.",
    ]


def test_a_box_of_text_follows_the_paragraph_that_it_hangs_on() -> None:
    document = docx.Document()
    document.add_paragraph("Before it.")
    box = (
        "<w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"
        "<w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape>"
        "</w:pict>"
    )
    hanging = f"<w:p {nsdecls('w')}><w:r><w:t>It hangs here.</w:t></w:r><w:r>{box}</w:r></w:p>"
    document.element.body.insert(1, parse_xml(hanging))
    document.add_paragraph("After it.")
    assert read(sources.saved(document), "a.docx") == [
        "Before it.",
        "It hangs here.",
        "In the box.",
        "After it.",
    ]


def test_running_headers_and_hidden_words_are_no_text() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "The Daily Planet"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    shown = document.add_paragraph("The budget was ")
    shown.add_run("halved").font.hidden = True
    shown.add_run("doubled.").font.hidden = False
    assert read(sources.saved(document), "a.docx") == ["The budget was doubled."]


# Rich text


def test_a_table_of_rich_text_is_read_row_by_row() -> None:
    table = (
        r"{\rtf1\ansi Before it.\par"
        r"\trowd\cellx1000\cellx2000\intbl Year\cell Budget\cell\row"
        r"\trowd\cellx1000\cellx2000\intbl 2017\cell 5 million|or more\cell\row"
        r"\pard After it.\par}"
    )
    assert read(table.encode(), "a.rtf") == [
        "Before it.",
        "Year | Budget",
        "2017 | 5 million|or more",
        "After it.",
    ]


# Web pages


def test_paragraphs_that_breaks_part_are_paragraphs() -> None:
    its = [f"{number}. {LONG}" for number in range(4)]
    for between in ("<br><br>", "<br/>", "<br />\n<br />"):
        page = sources.page(between.join(its))
        assert read(page, "a.html") == [TITLE, *its]


@pytest.mark.parametrize("refrain", ["No.", "We will rebuild, she said again and again.", LONG])
def test_what_is_said_several_times_is_kept_each_time(refrain: str) -> None:
    its = [one for number in range(5) for one in (f"{number}. {LONG}", refrain)]
    assert read(sources.page(*its), "a.html") == [TITLE, *its]


def test_lists_quotations_and_tables_stay_where_they_stand() -> None:
    page = sources.page(
        LONG,
        "</p><ul><li>one thing</li><li>two things</li></ul><p>",
        "</p><blockquote><p>Quoted words.</p></blockquote><p>",
        "</p><table><tr><th>Year</th><th>Budget</th></tr><tr><td>2017</td><td>5</td></tr></table><p>",
        f"{LONG} Again.",
    )
    assert read(page, "a.html")[1:] == [
        LONG,
        "one thing",
        "two things",
        "Quoted words.",
        "Year | Budget",
        "2017 | 5",
        f"{LONG} Again.",
    ]


# E-mails


def test_a_quoted_reply_is_marked_once_a_paragraph() -> None:
    quoted = [*textwrap.wrap(LONG * 3, 70), "", *textwrap.wrap(LONG, 70)]
    body = "\n".join(
        ["I agree.", "", "Ada wrote:", *(f"> {one}" for one in quoted), ">> Earlier.", "Robin"]
    )
    assert read(sources.mail(body), "a.eml") == [
        "I agree.",
        "Ada wrote:",
        f"> {' '.join((LONG * 3).split())}",
        f"> {LONG}",
        ">> Earlier.",
        "Robin",
    ]


def test_a_mail_of_breaks_and_boxes_keeps_its_lines() -> None:
    body = (
        "<div>Dear all,</div><div><br></div><div>The budget was doubled.<br>It is so.</div>"
        "<blockquote>Quoted words.</blockquote>"
    )
    assert read(sources.mail(body, subtype="html"), "a.eml") == [
        "Dear all,",
        "The budget was doubled.",
        "It is so.",
        "Quoted words.",
    ]


def test_a_forwarded_mail_keeps_its_head() -> None:
    body = "FYI\n\n----- Forwarded -----\nFrom: Ada\nSubject: Budget\n\nIt was doubled.\n"
    assert read(sources.mail(body), "a.eml") == [
        "FYI",
        "----- Forwarded -----",
        "From: Ada",
        "Subject: Budget",
        "It was doubled.",
    ]


# Plain text


@pytest.mark.parametrize("width", [65, 72, 78])
def test_lines_that_an_editor_wrapped_are_paragraphs_again(width: int) -> None:
    its = story(6).paragraphs
    text = "\n\n".join(textwrap.fill(one, width) for one in its)
    found = [" ".join(span.of(text).split()) for span in paragraphs.split(text)]
    assert found == [" ".join(one.split()) for one in its]
