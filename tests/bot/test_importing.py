"""What ``add PATH…`` brings in: files, whole folders, and exports with one document a line."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot.importing import documents_in, files_at
from retrieval import Details, Incoming, LibraryError

NO_DETAILS = Details()
MAX = 1_000_000


def came(
    *paths: Path, given: Details = NO_DETAILS, max_bytes: int = MAX
) -> list[Incoming | LibraryError]:
    return list(documents_in(files_at(paths), given, max_bytes, lambda _: None))


def loaded(*paths: Path, given: Details = NO_DETAILS) -> list[Incoming]:
    """Return what is loaded where nothing goes wrong."""
    found = came(*paths, given=given)
    assert [one for one in found if isinstance(one, LibraryError)] == []
    return [one for one in found if isinstance(one, Incoming)]


def named(*paths: Path) -> list[str]:
    """Return the names of what is loaded, in order."""
    return [one.filename for one in loaded(*paths)]


def export(folder: Path, *lines: str) -> Path:
    """Write an export of these lines."""
    path = folder / "archive.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def problem_of(path: Path, max_bytes: int = MAX) -> str:
    """Return the sentence on a file of which nothing can be loaded."""
    [problem] = came(path, max_bytes=max_bytes)
    assert isinstance(problem, LibraryError)
    return str(problem)


def test_a_file_goes_by_its_base_name(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "story.txt"
    path.parent.mkdir()
    path.write_bytes(b"The harbor froze.\r\n")
    [load] = loaded(path)
    assert load == Incoming(b"The harbor froze.\r\n", "story.txt")


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
    given = Details(outlet="City Desk")
    [load] = loaded(tmp_path, given=given)
    assert load.details == given


def test_a_line_of_an_export_is_a_document_with_its_details(tmp_path: Path) -> None:
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
    address = "https://example.org/story"
    details = Details("Harbor of Ice", "City Desk", "Robin Roe", date(2017, 8, 1), address)
    assert load == Incoming("The harbor froze — again.\n".encode(), "2017/story.txt", details)


def test_what_a_line_does_not_state_is_taken_from_the_command_line(tmp_path: Path) -> None:
    path = export(tmp_path, '{"file": "a.txt", "text": "Text.", "outlet": "Theirs", "title": null}')
    given = Details(outlet="Ours", author="Roe", published=date(2017, 8, 1))
    [load] = loaded(path, given=given)
    assert load.details == Details(None, "Theirs", "Roe", date(2017, 8, 1))


def test_a_date_that_is_none_is_reported_with_its_line(tmp_path: Path) -> None:
    path = export(tmp_path, '{"text": "Text.", "published": "in August"}')
    assert problem_of(path) == (
        "archive.jsonl, line 1: 'in August' is no date; "
        "write it as YYYY-MM-DD, for example 2017-08-01."
    )


def test_a_line_without_a_file_name_is_named_by_its_export_and_number(tmp_path: Path) -> None:
    lines = ['{"text": "One."}', "", '{"file": "", "text": "Three."}', '{"file": 4, "text": "4."}']
    path = export(tmp_path, *lines)
    assert named(path) == ["archive-1.txt", "archive-3.txt", "archive-4.txt"]


def test_each_line_keeps_its_own_text(tmp_path: Path) -> None:
    loads_of_it = loaded(export(tmp_path, '{"text": "One."}', '{"text": "Two."}'))
    assert [load.content for load in loads_of_it] == [b"One.", b"Two."]


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
    first, second, third = came(path)
    assert first == Incoming(b"One.", "archive-1.txt")
    assert isinstance(second, LibraryError)
    assert third == Incoming(b"Three.", "archive-3.txt")


def test_a_line_without_end_is_passed_over_without_being_held(tmp_path: Path) -> None:
    endless = '{"text": "' + "x" * 8_000_000 + '"}'
    path = export(tmp_path, endless, '{"text": "Two."}', endless)
    first, second, third = came(path, max_bytes=1000)
    assert str(first) == "archive.jsonl, line 1 is longer than a document may be."
    assert second == Incoming(b"Two.", "archive-2.txt")
    assert str(third) == "archive.jsonl, line 3 is longer than a document may be."


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_bytes(b"x" * 2000)
    assert problem_of(tmp_path / "long.txt", max_bytes=1000).startswith("long.txt has ")


@pytest.mark.parametrize("name", ["story.txt", "archive.jsonl"])
def test_a_file_that_went_away_meanwhile_is_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("Text.")
    files = files_at([tmp_path])
    (tmp_path / name).unlink()
    [problem] = documents_in(files, NO_DETAILS, MAX, lambda _: None)
    assert str(problem) == (
        f"{name} could not be read; check that it is there and that you may read it."
    )


def test_it_is_told_how_many_bytes_were_read(tmp_path: Path) -> None:
    path = export(tmp_path, '{"text": "One."}', "bad", "", '{"text": "' + "x" * 8_000_000 + '"}')
    (tmp_path / "b.txt").write_text("Text.")
    told: list[int] = []
    for _ in documents_in(files_at([tmp_path]), NO_DETAILS, 1000, told.append):
        pass
    assert sum(told) == path.stat().st_size + 5


def test_half_a_character_in_an_export_is_replaced_and_the_rest_kept(tmp_path: Path) -> None:
    [load] = loaded(export(tmp_path, '{"text": "Half \\ud83d and whole \\ud83c\\udf89."}'))
    assert load.content == "Half ? and whole 🎉.".encode()


def table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write a table."""
    path = folder / "archive.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_row_of_a_table_is_a_document_with_its_details(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "File,Title,Text,Published,Outlet,Author,URL\r\n"
        '2017/a.txt,"Harbor, of Ice","It ""froze"".\r\n\r\nAgain.",2017-08-01,Desk,Roe,https://e.org/\r\n'
        ",,Two.,,,,\r\n",
        "utf-8-sig",
    )
    first, second = loaded(path)
    details = Details("Harbor, of Ice", "Desk", "Roe", date(2017, 8, 1), "https://e.org/")
    assert first == Incoming(b'It "froze".\r\n\r\nAgain.', "2017/a.txt", details)
    assert second == Incoming(b"Two.", "archive-3.txt")


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_table_may_have_other_separators(tmp_path: Path, separator: str) -> None:
    rows = [["file", "text"], ["a.txt", "One, two."]]
    path = table(tmp_path, "".join(f"{separator.join(row)}\n" for row in rows))
    assert loaded(path) == [Incoming(b"One, two.", "a.txt")]


def test_a_table_without_a_column_for_texts_is_a_text_itself(tmp_path: Path) -> None:
    path = table(tmp_path, "year,budget\n2017,5 million\n")
    assert loaded(path) == [Incoming(b"year,budget\n2017,5 million\n", "archive.csv")]


def test_a_bad_row_stops_no_good_one_and_a_quote_without_end_is_said(tmp_path: Path) -> None:
    path = table(tmp_path, 'text,published\nOne.,soon\nTwo.,\n"' + "x" * 2_000_000)
    first, second, third = came(path, max_bytes=1000)
    assert str(first).startswith("archive.csv, row 2: 'soon' is no date")
    assert second == Incoming(b"Two.", "archive-3.txt")
    assert str(third).startswith("archive.csv cannot be read from line 4 on; ")


def test_it_is_told_how_many_bytes_of_a_table_were_read(tmp_path: Path) -> None:
    path = table(tmp_path, "text\n" + "A story.\n" * 2000)
    told: list[int] = []
    assert len(list(documents_in(files_at([path]), NO_DETAILS, 1000, told.append))) == 2000
    assert sum(told) == path.stat().st_size
