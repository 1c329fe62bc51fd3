"""What ``add PATH…`` brings in: files, whole folders, and exports with one document a line."""

import json
from pathlib import Path

import pytest

from bot.importing import Load, loads
from bot.messages import Add, Problem

NOTHING = Add()


def named(*paths: Path) -> list[str]:
    """Return the names of what is loaded, in order."""
    return [load.attachment.name for load in loaded(*paths)]


def loaded(*paths: Path, details: Add = NOTHING) -> list[Load]:
    """Return what is loaded where nothing goes wrong."""
    found = list(loads(paths, details))
    problems = [one for one in found if isinstance(one, Problem)]
    assert problems == []
    return [one for one in found if isinstance(one, Load)]


def export(folder: Path, *lines: str) -> Path:
    """Write an export of these lines."""
    path = folder / "archive.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def problem_of(path: Path) -> str:
    """Return the sentence on an export of which nothing can be loaded."""
    [problem] = loads((path,), NOTHING)
    assert isinstance(problem, Problem)
    return problem.text


async def test_a_file_goes_by_its_base_name(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "story.txt"
    path.parent.mkdir()
    path.write_bytes(b"The harbor froze.\r\n")
    [load] = loaded(path)
    assert (load.attachment.name, load.attachment.size) == ("story.txt", 19)
    assert load.command == NOTHING
    assert await load.attachment.fetch() == b"The harbor froze.\r\n"


def test_the_files_of_a_folder_go_by_their_paths_below_it(tmp_path: Path) -> None:
    for name in ("b.txt", "2017/08/a.txt", "2017/c.md", "a.txt"):
        path = tmp_path / "coverage" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Text.")
    assert named(tmp_path / "coverage") == ["2017/08/a.txt", "2017/c.md", "a.txt", "b.txt"]


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    for name in (".DS_Store", ".git/config", "2017/.hidden/a.txt", "2017/a.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Text.")
    assert named(tmp_path) == ["2017/a.txt"]


def test_a_hidden_folder_that_is_named_is_meant(tmp_path: Path) -> None:
    folder = tmp_path / ".coverage"
    folder.mkdir()
    (folder / "a.txt").write_text("Text.")
    assert named(folder) == ["a.txt"]


def test_paths_are_loaded_in_the_order_in_which_they_are_given(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Text.")
    assert named(tmp_path / "b.txt", tmp_path / "a.txt") == ["b.txt", "a.txt"]


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert named(tmp_path) == []


def test_details_go_with_every_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    details = Add(outlet="City Desk")
    [load] = loaded(tmp_path, details=details)
    assert load.command == details


async def test_a_line_of_an_export_is_a_document_with_its_details(tmp_path: Path) -> None:
    record = {
        "file": "2017/story.txt",
        "title": "Harbor of Ice",
        "text": "The harbor froze — again.\n",
        "published": "2017-08-01T09:30:00Z",
        "outlet": "City Desk",
        "author": "Robin Roe",
        "url": "https://example.org/story",
    }
    [load] = loaded(export(tmp_path, json.dumps(record)))
    assert load.attachment.name == "2017/story.txt"
    assert await load.attachment.fetch() == "The harbor froze — again.\n".encode()
    assert load.attachment.size == 28
    assert load.command == Add("Harbor of Ice", "City Desk", "Robin Roe", "2017-08-01")


def test_what_a_line_does_not_state_is_taken_from_the_command_line(tmp_path: Path) -> None:
    path = export(tmp_path, '{"file": "a.txt", "text": "Text.", "outlet": "Theirs", "title": null}')
    [load] = loaded(path, details=Add(outlet="Ours", author="Roe", published="2017-08-01"))
    assert load.command == Add("", "Theirs", "Roe", "2017-08-01")


def test_a_line_without_a_file_name_is_named_by_its_export_and_number(tmp_path: Path) -> None:
    lines = ['{"text": "One."}', "", '{"file": "", "text": "Three."}', '{"file": 4, "text": "4."}']
    path = export(tmp_path, *lines)
    assert named(path) == ["archive-1.txt", "archive-3.txt", "archive-4.txt"]


async def test_each_line_keeps_its_own_text(tmp_path: Path) -> None:
    loads_of_it = loaded(export(tmp_path, '{"text": "One."}', '{"text": "Two."}'))
    assert [await load.attachment.fetch() for load in loads_of_it] == [b"One.", b"Two."]


def test_an_export_in_a_folder_is_read_line_by_line_too(tmp_path: Path) -> None:
    export(tmp_path, '{"file": "one.txt", "text": "One."}')
    (tmp_path / "archive.jsonl").rename(tmp_path / "ARCHIVE.JSONL")
    (tmp_path / "b.txt").write_text("Text.")
    assert named(tmp_path) == ["one.txt", "b.txt"]


def test_a_byte_order_mark_before_an_export_is_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "archive.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"file": "one.txt", "text": "One."}\r\n')
    assert named(path) == ["one.txt"]


@pytest.mark.parametrize(
    "line", ["{", "not JSON", '{"text": "no end}', "\x00", "[" * 100_000, "{'text': 'x'}"]
)
def test_a_line_that_is_no_json_is_reported_with_its_number(tmp_path: Path, line: str) -> None:
    assert problem_of(export(tmp_path, "", line)) == (
        "archive.jsonl, line 2 is not JSON; each line must hold one JSON object."
    )


@pytest.mark.parametrize(
    "line", ["{}", "[]", "null", "7", '"text"', '{"text": null}', '{"text": 7}', '{"Text": "x"}']
)
def test_a_line_without_a_text_is_reported_with_its_number(tmp_path: Path, line: str) -> None:
    assert problem_of(export(tmp_path, line)) == (
        "archive.jsonl, line 1 has no text; each line needs at least file and text."
    )


def test_a_bad_line_stops_no_good_one(tmp_path: Path) -> None:
    path = export(tmp_path, '{"text": "One."}', "bad", '{"text": "Three."}')
    first, second, third = loads((path,), NOTHING)
    assert isinstance(second, Problem)
    assert isinstance(first, Load)
    assert isinstance(third, Load)
    assert (first.attachment.name, third.attachment.name) == ("archive-1.txt", "archive-3.txt")


async def test_half_a_character_in_an_export_is_replaced_and_the_rest_kept(tmp_path: Path) -> None:
    [load] = loaded(export(tmp_path, '{"text": "Half \\ud83d and whole \\ud83c\\udf89."}'))
    assert await load.attachment.fetch() == "Half ? and whole 🎉.".encode()
