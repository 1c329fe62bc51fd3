"""Abbreviations that a text defines itself, and what the coverage makes of them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Library
from retrieval.analysis.abbreviations import defined_in


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("the Department of Justice (DOJ) said", "DOJ", "Department of Justice"),
        ("by the Friends of the Old Harbor (“FOH”).", "FOH", "Friends of the Old Harbor"),
        ("Ward Seven Swimmers' Club [WSSC]", "WSSC", "Ward Seven Swimmers' Club"),
        ("said the FOH (Friends of the Old Harbor) again", "FOH", "Friends of the Old Harbor"),
        ("the Environmental Harbor Agency (E.H.A.)", "E.H.A.", "Environmental Harbor Agency"),
    ],
)
def test_a_definition_is_read_in_both_orders(text: str, short: str, long: str) -> None:
    assert list(defined_in(text)) == [(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        "Rep. Smith (D-NY) spoke",
        "the mayor (who swam) left",
        "in the harbor (FOH)",
        "(DOJ) Department of Justice",
        "he said (in August) that",
        "the chief (R)",
        "a ship ()",
        "ABC (the boat club)",
    ],
)
def test_what_stands_in_brackets_otherwise_is_no_abbreviation(text: str) -> None:
    assert list(defined_in(text)) == []


@given(st.text(alphabet="AB ab.()[]“”\n-") | st.text())
def test_any_text_defines_only_what_stands_in_it(text: str) -> None:
    for short, long in defined_in(text):
        assert short in text
        assert long in text
        assert len(long) > len(short)


async def test_they_work_both_ways_in_a_question(tmp_path: Path) -> None:
    async with Library.open(tmp_path / "news.db") as library:
        await library.add(b"Friends of the Old Harbor (FOH) met on Monday.", "met.txt")
        await library.add(b"FOH wants a new pier.", "pier.txt")
        await library.add(b"The friends of the old harbor like ships.", "ships.txt")
        for question in ("What does the Friends of the Old Harbor want?", "What does FOH like?"):
            found = {hit.document.file for hit in await library.search(question)}
            assert found >= {"met.txt", "pier.txt", "ships.txt"}
        await library.remove("met.txt")
        found = {hit.document.file for hit in await library.search("What does FOH like?")}
        assert "ships.txt" not in found


async def test_those_of_another_space_are_not_drawn_on(tmp_path: Path) -> None:
    async with Library.open(tmp_path / "news.db") as library:
        await library.add(b"Friends of the Old Harbor (FOH) met.", "met.txt", "T1")
        await library.add(b"The friends of the old harbor sing.", "song.txt")
        assert await library.search("What does FOH sing?", space="T1")
        assert [hit.document.file for hit in await library.search("FOH", space="T2")] == []
