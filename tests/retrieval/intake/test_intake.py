"""A source comes in: its name, its size, its details and its passages, or a sentence."""

from datetime import date
from unicodedata import is_normalized

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis.analyzer import Analyzer
from retrieval.errors import BadDetail, LibraryError, SourceTooLarge, UnreadableSource
from retrieval.intake.details import DETAIL_LIMIT, cleaned, publication_date
from retrieval.intake.incoming import check_size
from retrieval.intake.names import FILE_NAME_LIMIT, base_name, file_name
from retrieval.intake.taking_in import take_in
from retrieval.model import Details, Role

ANY_CHARACTERS = st.text(st.characters(), max_size=40)
NAMES = (
    st.text(st.sampled_from("ab. /\\\u00a0\u200b\ue000é\u0301\n~:"), max_size=20) | ANY_CHARACTERS
)

ANALYZER = Analyzer()


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("story.txt", "story.txt"),
        (" story.txt\n", "story.txt"),
        ("2017/08/story.txt", "2017/08/story.txt"),
        ("2017\\08\\story.txt", "2017/08/story.txt"),
        ("/etc/story.txt", "etc/story.txt"),
        ("cafe\u0301.txt", "café.txt"),
        ("stor\u202ey.\u200btxt\x00", "story.txt"),
        ("Sessions’ remarks (final).txt", "Sessions’ remarks (final).txt"),
        ("..story", "..story"),
        (" / story.txt", "story.txt"),
    ],
)
def test_a_file_name_has_one_form(given_name: str, name: str) -> None:
    assert file_name(given_name) == name


@pytest.mark.parametrize(
    "name",
    ["", " ", "/", ".", "..", "../story.txt", "a/../b.txt", "a//b.txt", "./a", "\u200b", "a\\.."],
)
def test_what_is_no_plain_name_is_refused(name: str) -> None:
    with pytest.raises(BadDetail, match=r"^A document needs a plain file name, such as .+\.$"):
        file_name(name)


def test_a_file_name_has_a_limit() -> None:
    assert file_name("x" * FILE_NAME_LIMIT) == "x" * FILE_NAME_LIMIT
    with pytest.raises(BadDetail, match=rf"at most {FILE_NAME_LIMIT} characters"):
        file_name("x" * (FILE_NAME_LIMIT + 1))


@given(NAMES)
def test_any_text_is_a_file_name_in_its_one_form_or_the_documented_error(text: str) -> None:
    try:
        name = file_name(text)
    except BadDetail:
        return
    assert file_name(name) == name
    assert is_normalized("NFC", name)
    assert not set(name.split("/")) & {"", ".", ".."}
    assert 0 < len(name) <= FILE_NAME_LIMIT
    name.encode()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("story.txt", "story.txt"),
        ("/home/robin/story.txt", "story.txt"),
        ("C:\\Users\\robin\\story.txt", "story.txt"),
        ("../../story.txt", "story.txt"),
        ("folder/", "folder"),
        ("", ""),
    ],
)
def test_of_a_name_from_a_chat_only_the_last_part_counts(path: str, name: str) -> None:
    assert base_name(path) == name


@given(NAMES)
def test_the_last_part_of_any_name_has_no_folders(text: str) -> None:
    assert not set(base_name(text)) & set("/\\")


def test_a_source_may_be_as_large_as_the_limit_and_no_larger() -> None:
    check_size(100, "story.txt", 100)
    with pytest.raises(SourceTooLarge, match=r"^story\.txt has .+ the limit is .+\.$"):
        check_size(101, "story.txt", 100)


def test_the_sentence_about_the_size_names_both_sizes() -> None:
    with pytest.raises(SourceTooLarge) as caught:
        check_size(1100 * 2**20, "story.txt", 25 * 2**20)
    assert "1,100.0 MiB" in str(caught.value)
    assert "25.0 MiB" in str(caught.value)


def test_a_large_source_is_refused_before_it_is_read() -> None:
    with pytest.raises(SourceTooLarge):
        take_in(b"%PDF-" + bytes(100), "story.txt", Details(), ANALYZER, max_bytes=50)


def test_details_are_one_line_without_invisible_characters() -> None:
    details = Details(
        title=" Mayor\r\n speaks\u200b ",
        outlet="\t",
        author="Jane\u202eDoe",
        published=date(2017, 8, 1),
    )
    assert cleaned(details) == Details("Mayor speaks", None, "JaneDoe", date(2017, 8, 1))


def test_long_details_are_cut() -> None:
    assert cleaned(Details(title="x" * 1000)) == Details(title="x" * DETAIL_LIMIT)


@given(ANY_CHARACTERS)
def test_any_text_is_a_detail_of_one_line_or_none(text: str) -> None:
    title = cleaned(Details(title=text)).title
    if title is not None:
        assert title
        assert title.splitlines() == [title]
        title.encode()


@pytest.mark.parametrize("text", ["2017-08-01", " 2017-08-01\n"])
def test_a_publication_date_is_written_as_in_the_json(text: str) -> None:
    assert publication_date(text) == date(2017, 8, 1)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2017-02-30", "08/01/2017", "2017", "1 Aug 2017"]
)
def test_any_other_text_is_no_date_and_the_sentence_says_how_to_write_one(text: str) -> None:
    with pytest.raises(BadDetail, match=r"is no date; write it as YYYY-MM-DD, .+\.$"):
        publication_date(text)


@given(st.text(st.characters(), max_size=20) | st.dates().map(str))
def test_any_text_is_a_publication_date_or_the_documented_error(text: str) -> None:
    sentence = ""
    try:
        assert isinstance(publication_date(text), date)
    except BadDetail as error:
        sentence = str(error)
    assert not sentence or sentence.endswith(".")


def test_what_is_taken_in_is_all_that_the_store_keeps() -> None:
    content = b"Skip to main content\r\n\r\nMayor Speaks\r\nBy Jane Doe\r\nThe mayor spoke.\r\n"
    new = take_in(content, " story.txt", Details(outlet="The Daily Planet"), ANALYZER)
    assert (new.file, new.content, new.reader, new.citable) == (
        "story.txt",
        content,
        "plain text",
        3,
    )
    assert new.details == Details("Mayor Speaks", "The Daily Planet", "Jane Doe")
    assert [(one.paragraph, one.role, one.text) for one in new.passages] == [
        (1, Role.FURNITURE, "Skip to main content"),
        (2, Role.HEADLINE, "Mayor Speaks"),
        (3, Role.BYLINE, "By Jane Doe"),
        (4, Role.TEXT, "The mayor spoke."),
    ]


def test_details_that_are_given_go_before_those_that_the_text_states() -> None:
    content = b"Mayor Speaks\nBy Jane Doe Aug. 1, 2017\nThe mayor spoke.\nNobody answered."
    stated = take_in(content, "story.txt", Details(), ANALYZER).details
    assert stated == Details("Mayor Speaks", None, "Jane Doe", date(2017, 8, 1))
    given_ones = Details("Remarks", "City Hall", "The mayor", date(2018, 1, 2))
    assert take_in(content, "story.txt", given_ones, ANALYZER).details == given_ones
    assert take_in(content, "story.txt", Details(title=" \n"), ANALYZER).details == stated


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_passages_of_any_source_are_exact_slices_that_cover_its_text(content: bytes) -> None:
    try:
        new = take_in(content, "story.txt", Details(), ANALYZER)
    except UnreadableSource:
        return
    assert [one.paragraph for one in new.passages] == list(range(1, len(new.passages) + 1))
    assert new.passages
    assert all(len(one.text) == one.end - one.start for one in new.passages)


@given(st.binary(max_size=60), NAMES, ANY_CHARACTERS)
def test_any_source_is_taken_in_or_refused_with_a_sentence(
    content: bytes, name: str, title: str
) -> None:
    sentence = ""
    try:
        assert (
            take_in(content, name, Details(title=title), ANALYZER, max_bytes=50).content == content
        )
    except LibraryError as error:
        sentence = str(error)
    assert not sentence or sentence.endswith(".")
