"""What is derived for the quote desk follows the documents: one at once, many in the background."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Details, Incoming, Library
from retrieval.analysis.analyzer import folded_words
from retrieval.index.passage_index import PassageIndex
from retrieval.index.postings.table import Hashes, hash_of
from retrieval.quotes.sketches import KEPT, SHINGLE, sketches_of
from retrieval.store import families
from retrieval.store.families import number_of
from tests.retrieval.conftest import RowCounts

STORY = "“The pier number {0} will never again be safe for any of us,” said Ann Lee on day {0}."


async def until_read(library: Library) -> None:
    """Wait until all is read for quotations and copies."""
    for _ in range(1200):
        if (await library.reading()).is_done:
            return
        await asyncio.sleep(0.05)
    pytest.fail("the background did not follow")


async def test_one_document_is_followed_when_it_is_added(library: Library) -> None:
    await library.add(STORY.format(1).encode(), "a.txt")
    progress = await library.reading()
    assert (progress.followed, progress.changes) == (1, 1)
    assert len((await library.said("Ann Lee")).sayings) == 1


async def test_a_new_version_takes_the_place_of_the_old_one(library: Library) -> None:
    await library.add("“We won,” said Ann Lee.".encode(), "a.txt")
    await library.replace("“We lost,” said Ann Lee.".encode(), "a.txt")
    assert [one.saying.quote for one in (await library.said("Lee")).sayings] == ["We lost,"]
    await library.remove("a.txt")
    assert not (await library.said("Lee")).sayings
    await library.restore("a.txt")
    assert len((await library.said("Lee")).sayings) == 1


async def test_a_document_whose_language_is_set_right_is_read_in_it(library: Library) -> None:
    text = "« Nous ne vendrons rien du tout », a déclaré Paul Noir lundi.\nNoir said: “No.”"
    await library.add(text.encode(), "a.txt", details=Details(language="en"))
    assert [one.saying.quote for one in (await library.said("Noir")).sayings] == ["No."]
    await library.edit("a.txt", details=Details(language="fr"))
    assert [one.saying.quote for one in (await library.said("Noir")).sayings] == [
        "Nous ne vendrons rien du tout",
        "No.",
    ]


async def test_many_documents_are_followed_in_the_background(library: Library) -> None:
    incoming = [Incoming(STORY.format(one).encode(), f"{one}.txt") for one in range(120)]
    async for _ in library.add_all(incoming):
        pass
    assert not (await library.reading()).is_done
    check = await library.check_quote("The pier number 7 will never again be safe for any of us")
    assert check.wordings[0].speaker == "Ann Lee"  # read at once where it was not followed yet
    await until_read(library)
    assert len((await library.said("Ann Lee")).sayings) == 120


async def test_the_index_is_read_by_the_thread_that_changes_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers: set[int] = set()
    forms = PassageIndex.forms

    def read(index: PassageIndex, passages: Sequence[int]) -> Iterator[tuple[int, Hashes]]:
        readers.add(threading.get_ident())
        return forms(index, passages)

    monkeypatch.setattr(PassageIndex, "forms", read)
    await library.add(STORY.format(1).encode(), "a.txt")
    async for _ in library.add_all([Incoming(STORY.format(2).encode(), "b.txt")]):
        pass
    await until_read(library)
    assert readers == {threading.get_ident()}


async def test_what_one_process_left_the_next_one_follows(tmp_path: Path) -> None:
    incoming = [Incoming(STORY.format(one).encode(), f"{one}.txt") for one in range(60)]
    async with Library.open(tmp_path / "a.db") as library:
        async for _ in library.add_all(incoming):
            pass
    async with Library.open(tmp_path / "a.db") as library:
        assert not (await library.reading()).is_done
        await until_read(library)
        assert len((await library.said("Ann Lee")).sayings) == 60


async def test_two_processes_follow_nothing_twice(tmp_path: Path, row_counts: RowCounts) -> None:
    async with Library.open(tmp_path / "a.db") as one, Library.open(tmp_path / "a.db") as other:
        await asyncio.gather(
            *(one.add(STORY.format(number).encode(), f"{number}.txt") for number in range(8)),
            *(other.add(STORY.format(number).encode(), f"b{number}.txt") for number in range(8)),
        )
        await one.said("Lee")
        assert (await one.reading()).is_done
        assert row_counts(one)["sayings"] == 16


async def test_what_comes_at_once_has_the_near_copies_that_it_has_one_by_one(
    tmp_path: Path, row_counts: RowCounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a list of ten thousand lines alike, each once led to 64 others."""
    monkeypatch.setattr(families, "TOO_COMMON", 3)
    lines = [f"The board met on day {one} and said nothing at all of the pier." for one in range(9)]
    counts = []
    for texts in (lines, ["\n\n".join(lines)]):
        async with Library.open(tmp_path / f"{len(texts)}.db") as library:
            for number, text in enumerate(texts):
                await library.add(text.encode(), f"{number}.txt")
            counts.append(row_counts(library)["near"])
    assert counts[0] == counts[1] < len(lines) * (len(lines) - 1)


def sketch_of(text: str) -> list[int]:
    """Return the sketch of a text."""
    forms = [hash_of(form) for form in folded_words(text)]
    [sketch] = sketches_of([np.array(forms, np.uint64)])
    return sketch


def test_texts_that_are_near_share_a_shingle_and_others_do_not() -> None:
    text = "The pier will never again be safe for any of us who fish there every day of the year"
    assert set(sketch_of(text)) & set(sketch_of(f"On Monday she said: {text}, and left the room"))
    other = "A bus to the other side of town would take my daughter forty minutes each morning"
    assert not set(sketch_of(text)) & set(sketch_of(other))


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=20), max_size=8))
def test_a_text_has_the_same_sketch_whatever_stands_beside_it(texts: list[list[str]]) -> None:
    forms = [np.array([hash_of(one) for one in text], np.uint64) for text in texts]
    together = sketches_of(forms)
    assert together == [sketches_of([one])[0] for one in forms]
    for text, sketch in zip(texts, together, strict=True):
        assert len(sketch) <= KEPT
        assert bool(sketch) is (len(text) >= SHINGLE)


@pytest.mark.parametrize("fingerprint", ["0" * 16, "7" + "f" * 15, "8" + "0" * 15, "f" * 16])
def test_a_fingerprint_is_a_number_that_sqlite_can_hold(fingerprint: str) -> None:
    assert -(1 << 63) <= number_of(fingerprint) < 1 << 63
