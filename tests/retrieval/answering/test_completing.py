"""Completing what is typed: newest first, at most 25, and only what the space may see."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from retrieval import Details, Library, Status

STORIES = {
    "2017/ice.txt": Details("Harbor of Ice", "The Washington Post", "Sari Horwitz"),
    "2018/thaw.txt": Details("The Thaw", "New York Post", "Robin Roe"),
    "icebergs_100%.txt": Details(None, "Échos du Port", "Sari Horwitz"),
}


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    async with Library.open(tmp_path / "news.db") as library:
        for file, details in STORIES.items():
            await library.add(f"The text of {file}.".encode(), file, details=details)
        secret = Details("Secret Ice", "Secret Gazette", "Jane Doe")
        await library.add(b"The harbor will be sold.", "ice-plan.txt", "T1", details=secret)
        yield library


async def completed(library: Library, kind: str, typed: str, space: str | None = None) -> list[str]:
    return [one.value for one in await library.completions(kind, typed, space)]


@pytest.mark.parametrize(
    ("kind", "typed", "values"),
    [
        ("file", "ice", ["icebergs_100%.txt", "2017/ice.txt"]),
        ("file", "ICE", ["icebergs_100%.txt", "2017/ice.txt"]),
        ("file", "the thaw", ["2018/thaw.txt"]),
        ("file", "", ["icebergs_100%.txt", "2018/thaw.txt", "2017/ice.txt"]),
        ("file", "%", ["icebergs_100%.txt"]),
        ("file", "2018_thaw", []),
        ("file", "\\", []),
        ("outlet", "post", ["New York Post", "The Washington Post"]),
        ("outlet", "the", ["The Washington Post"]),
        ("outlet", "echos", ["Échos du Port"]),
        ("outlet", "", ["Échos du Port", "New York Post", "The Washington Post"]),
        ("author", "ro", ["Robin Roe"]),
        ("author", "h", ["Sari Horwitz"]),
        ("author", "zz", []),
    ],
)
async def test_what_begins_so_comes_first_then_what_holds_it_each_newest_first(
    library: Library, kind: str, typed: str, values: list[str]
) -> None:
    assert await completed(library, kind, typed) == values


async def test_a_file_is_shown_with_its_title(library: Library) -> None:
    [one] = await library.completions("file", "2017")
    assert (one.value, one.label) == ("2017/ice.txt", "2017/ice.txt · Harbor of Ice")
    [other] = await library.completions("file", "icebergs")
    assert other.label == other.value


async def test_what_begins_so_goes_before_what_is_newer(library: Library) -> None:
    await library.add(b"New.", "new-2017.txt")
    assert await completed(library, "file", "2017") == ["2017/ice.txt", "new-2017.txt"]


@pytest.mark.parametrize("kind", ["file", "outlet", "author"])
async def test_nothing_of_another_space_is_offered(library: Library, kind: str) -> None:
    own = set(await completed(library, kind, "", "T1")) - set(await completed(library, kind, ""))
    assert own <= {"ice-plan.txt", "Secret Gazette", "Jane Doe"}
    assert len(own) == 1
    assert await completed(library, kind, "", "T2") == await completed(library, kind, "")


@pytest.mark.parametrize("kind", ["file", "outlet", "author"])
async def test_what_was_removed_is_not_offered(library: Library, kind: str) -> None:
    before = await completed(library, kind, "")
    await library.remove("2018/thaw.txt")
    after = await completed(library, kind, "")
    assert len(after) == len(before) - 1


@pytest.mark.parametrize("kind", ["file", "outlet", "author"])
async def test_at_most_twenty_five_are_offered(library: Library, kind: str) -> None:
    for number in range(30):
        name = f"zebra {number:02}"
        details = Details(None, name, name)
        await library.add(f"Number {number}.".encode(), f"{name}.txt", details=details)
    offered = await completed(library, kind, "zebra")
    assert len(offered) == 25
    assert offered[0].startswith("zebra 29")


async def test_a_namesake_is_offered_once(library: Library) -> None:
    await library.add(b"Ours.", "2017/ice.txt", "T1")
    assert (await completed(library, "file", "2017", "T1")) == ["2017/ice.txt"]


async def test_moderators_complete_what_is_out_or_held_of_their_own_space(library: Library) -> None:
    await library.remove("ice-plan.txt", "T1")
    removed = await library.completions("file", "", "T1", status=Status.REMOVED)
    assert [one.value for one in removed] == ["ice-plan.txt"]
    assert await library.completions("author", "", "T2", status=Status.REMOVED) == []
    await library.remove("2018/thaw.txt")
    assert len(await library.completions("file", "", "T1", status=Status.REMOVED)) == 1
