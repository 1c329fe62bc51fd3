"""Bytes become text: the encodings that newsrooms send, and the refusals with their sentences."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import UnreadableSource
from retrieval.readers.plain_text import NAME, VERSION, decode, read

STORY = "Sessions said: “No officer is above the law.” — café\r\n\r\n\tHe left at 3 p.m.\n"
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=200).map(
    lambda text: f"A story: {text}"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "windows-1252"])
def test_text_without_a_mark_is_read(encoding: str) -> None:
    assert decode(STORY.encode(encoding), "story.txt") == STORY


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_the_mark_is_removed_and_nothing_else_is_changed(mark: bytes, encoding: str) -> None:
    assert decode(mark + STORY.encode(encoding), "story.txt") == STORY


def test_only_the_first_mark_is_removed() -> None:
    assert decode(codecs.BOM_UTF8 * 2 + b"Story.", "story.txt") == "\ufeffStory."


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_the_spaces_of_a_russian_text_show_utf_16_without_a_mark(encoding: str) -> None:
    story = "Полиция сообщила, что в городе стало спокойнее.\nМэр согласен."
    assert decode(story.encode(encoding), "story.txt") == story


@pytest.mark.parametrize(
    "text",
    [
        "  One.\n\n\n Two. \n",
        "Mac\rlines\r",
        "A\u2028line\u2029and\x0banother\x0cpage\x85end",
        "e\u0301 stays two code points, and é stays one",
        "soft\u00adhyphen, no\u00a0break, zero\u200bwidth, 😀",
    ],
)
def test_white_space_and_special_characters_stay_as_they_are(text: str) -> None:
    assert decode(text.encode(), "story.txt") == text


def test_windows_1252_gives_its_quotes_and_dashes() -> None:
    assert decode(b"\x93Rough\x94 \x96 he said\x85 it\x92s a joke", "story.txt") == (
        "“Rough” – he said… it’s a joke"
    )


def test_a_reading_names_its_reader_and_version() -> None:
    reading = read(b"A story.", "story.txt")
    assert (reading.text, reading.reader, reading.version) == ("A story.", NAME, VERSION)


@pytest.mark.parametrize(
    "content", [b"", b" \r\n\t\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, "\u00a0\u2028".encode()]
)
def test_what_holds_no_text_is_refused_as_empty(content: bytes) -> None:
    with pytest.raises(UnreadableSource, match=r"^story\.txt is empty; .+\.$"):
        decode(content, "story.txt")


@pytest.mark.parametrize(
    "content",
    [
        b"A NUL byte at the end\x00",
        b"A NUL byte at the end.\x00",
        b"A NUL byte\x00 in the middle of a story.",
        b"A NUL byte\x00 in the middle of a story",
        b"Columns\x00of\x00a\x00dump\x00",
        b"\x00\x00\x00\x00",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00",
        codecs.BOM_UTF8 + b"A NUL byte\x00.",
        codecs.BOM_UTF16_LE + "A NUL\0.".encode("utf-16-le"),
        "A NUL\0 in the story.".encode("utf-16-le"),
        "A story in UTF-32.".encode("utf-32"),
    ],
)
def test_bytes_with_nul_in_them_are_refused(content: bytes) -> None:
    with pytest.raises(UnreadableSource, match=r"^story\.txt .+\.$"):
        decode(content, "story.txt")


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(1, 32)) * 4,
        b"\x01\x02\x03 some words between controls \x04\x05",
        b"\x81\x8d\x8f is no Windows-1252",
        codecs.BOM_UTF8 + b"broken \xff UTF-8",
        codecs.BOM_UTF16_LE + b"odd",
        codecs.BOM_UTF16_BE + b"\xd8\x00\x00A",
    ],
)
def test_other_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    with pytest.raises(UnreadableSource, match=r"^story\.txt .+\.$"):
        decode(content, "story.txt")


def test_a_stray_control_character_in_a_long_text_is_no_reason_to_refuse_it() -> None:
    story = f"{'Words of a story. ' * 20}\x0c\x1a"
    assert decode(story.encode(), "story.txt") == story


@given(WORDS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_any_text_comes_out_of_its_encoding_unchanged(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "story.txt") == text


@given(st.binary(max_size=300))
def test_any_bytes_are_text_without_nul_or_a_sentence(content: bytes) -> None:
    sentence = ""
    try:
        text = decode(content, "story.txt")
    except UnreadableSource as error:
        sentence = str(error)
    else:
        assert text.strip()
        assert "\0" not in text
    assert not sentence or (sentence.startswith("story.txt ") and sentence.endswith("."))
