"""A text is cut into passages: one a line, joined only where lines were wrapped by hand."""

import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis.paragraphs import split

PROSE = """\
Attorney General Jeff Sessions told a conference of police chiefs on Tuesday that his office will \
prosecute officers who break the law, and that it will go on supporting those who do not, whatever \
the critics of the administration may say about the speech of last week.
The chiefs answered with polite applause. Several of them said afterwards that they would have \
liked to hear more about money, and less about the mayors and the city councils that they have to \
work with from one day to the next.
Nobody asked a question. The next conference will be held in Nashville in the spring, where the \
attorney general is expected to speak again, this time about the training of officers.
""".splitlines()
ANY_TEXT = st.text(
    st.one_of(
        st.sampled_from("ab .\n\r\t\x0b\x0c\x1c\x85\u00a0\u2028\u2029\u3000\u200b\ufeff"),
        st.characters(codec="utf-8"),
    ),
    max_size=120,
)


def texts(text: str) -> list[str]:
    return [span.of(text) for span in split(text)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_line_is_a_passage_whatever_ends_the_lines(end: str) -> None:
    assert texts(end.join(["One.", "Two.", "Three."])) == ["One.", "Two.", "Three."]


@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n", "\r\r", "\n \t\n", "\n\r\n\n", "\n\u00a0\n"])
def test_blank_lines_between_passages_are_left_out(end: str) -> None:
    assert texts(f"{end}One.{end}Two.{end}") == ["One.", "Two."]


@pytest.mark.parametrize(
    "mark", ["\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85"]
)
def test_no_other_character_ends_a_line(mark: str) -> None:
    assert texts(f"One{mark}two.") == [f"One{mark}two."]


@pytest.mark.parametrize("space", [" ", "\t", "\u00a0", "\u3000", "\u2028", "\x0c"])
def test_outer_white_space_is_left_out_of_a_passage_and_inner_is_kept(space: str) -> None:
    assert texts(f"{space}{space}One{space}two.{space}\nThree.") == [f"One{space}two.", "Three."]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\r\n \r\n", "\u00a0\n\u2028"])
def test_a_blank_text_has_no_passages(text: str) -> None:
    assert split(text) == []


def test_bounds_are_code_points_of_the_text() -> None:
    [first, second] = split("😀 é.\r\n\u00a0Two.")
    assert (first.start, first.end, second.start, second.end) == (0, 4, 7, 11)


@pytest.mark.parametrize("width", [65, 72, 78, 80, 100])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_hard_wrapped_file_has_a_passage_for_each_block(width: int, end: str) -> None:
    blocks = [textwrap.fill(paragraph, width).replace("\n", end) for paragraph in PROSE]
    assert texts(f"{end}{end}".join(blocks)) == blocks


def test_a_heading_in_a_hard_wrapped_file_stays_by_itself() -> None:
    blocks = ["Sessions Speaks to Chiefs", *(textwrap.fill(one, 72) for one in PROSE)]
    assert texts("\n\n".join(blocks)) == blocks


def test_paragraphs_one_a_line_stay_apart_with_blank_lines_and_without() -> None:
    assert texts("\n".join(PROSE)) == PROSE
    assert texts("\n\n".join(PROSE)) == PROSE


@pytest.mark.parametrize(
    "lines",
    [
        ["Chicago", "New York", "Los Angeles", "Nashville", "Atlanta", "Washington"],
        ["Yes: 52 percent", "No: 41 percent", "Undecided: 7 percent", "Others: none"],
        [
            "The mayor spoke first.",
            "The chief followed her.",
            "Both left soon.",
            "Nobody had asked them a question.",
        ],
        ["Q: Who asked?", "A: The chief.", "Q: And who answered him?", "A: Nobody did."],
    ],
)
def test_short_lines_that_nobody_wrapped_stay_apart(lines: list[str]) -> None:
    assert texts("\n".join(lines)) == lines


@pytest.mark.parametrize(("first_word", "passages"), [("chief", 5), ("chiefs", 1)])
def test_a_line_is_wrapped_where_the_next_word_would_not_have_fitted(
    first_word: str, passages: int
) -> None:
    line = f"{first_word} {'y' * 60}"[:54]  # room for a space and five letters
    lines = ["x" * 60, *[line] * 4]
    assert len(texts("\n".join(lines))) == passages


@pytest.mark.parametrize(
    ("name", "passages"),
    [
        ("000_d569821d20d73420.txt", 29),
        ("001_69064135e9c191c9.txt", 23),
        ("002_1ed85cf378e4aadb.txt", 11),
        ("003_d3053dbbe095c25c.txt", 12),
        ("004_42e15ef78f8e8e44.txt", 66),
    ],
)
def test_in_the_seeds_every_line_that_is_not_blank_is_a_passage(
    seeds: dict[str, bytes], name: str, passages: int
) -> None:
    text = seeds[name].decode()
    lines = [line.strip() for line in re.split(r"\r\n|\r|\n", text) if line.strip()]
    assert texts(text) == lines
    assert len(lines) == passages


@given(ANY_TEXT)
def test_passages_are_in_order_and_cover_every_character_that_is_not_blank(text: str) -> None:
    spans = split(text)
    bounds = [0, *(bound for span in spans for bound in (span.start, span.end)), len(text)]
    assert bounds == sorted(bounds)
    gaps = zip(bounds[::2], bounds[1::2], strict=True)
    assert all(not text[start:end].strip() for start, end in gaps)


@given(ANY_TEXT)
def test_no_passage_is_empty_or_has_outer_white_space(text: str) -> None:
    for passage in texts(text):
        assert passage
        assert passage == passage.strip()


@given(ANY_TEXT)
def test_passages_begin_and_end_with_lines_of_the_text(text: str) -> None:
    lines = [line.strip() for line in re.split(r"\r\n|\r|\n", text) if line.strip()]
    assert [
        line.strip() for passage in texts(text) for line in re.split(r"\r\n|\r|\n", passage)
    ] == lines
