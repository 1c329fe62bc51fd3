"""Archives give the sources that they hold, and a sentence for each that cannot be had."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Incoming, LibraryError, Limits, unpacked
from tests import sources

MAX = 1_000_000


def came(
    content: bytes, name: str = "news.zip", max_bytes: int = MAX, limits: Limits | None = None
) -> list[tuple[str, bytes] | str]:
    """Return names and bytes of what an archive gives, and sentences."""
    return [
        str(one) if isinstance(one, LibraryError) else (one.filename, one.content)
        for one in unpacked(Incoming(content, name), max_bytes, limits or Limits())
    ]


def test_the_files_of_an_archive_come_in_order_by_their_paths_in_it() -> None:
    files = {"2017/b.txt": b"B.", "a.pdf": b"%PDF-", "2017/08/c.html": b"<html>"}
    assert came(sources.zipped(files)) == list(files.items())


def test_what_is_no_archive_comes_as_it_is() -> None:
    assert came(b"The harbor froze.", "a.zip") == [("a.zip", b"The harbor froze.")]
    assert came(sources.word("Text."), "a.docx")[0][0] == "a.docx"
    assert came(b"PK\x03\x04 damaged", "a.zip") == [("a.zip", b"PK\x03\x04 damaged")]


def test_a_link_in_an_archive_is_no_file() -> None:
    file = io.BytesIO()
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert came(file.getvalue()) == [
        "link.txt in news.zip is a link to another file; pack the file itself."
    ]


def test_folders_and_hidden_files_are_passed_over() -> None:
    files = {"__MACOSX/a.txt": b"x", "a/": b"", ".DS_Store": b"x", "a/.git/b": b"x", "c.txt": b"C."}
    assert came(sources.zipped(files)) == [("c.txt", b"C.")]


def test_a_file_without_a_name_is_passed_over() -> None:
    content = sources.zipped({"c.txt": b"C.", "name": b"x"})
    assert came(content.replace(b"name", b"\0ame")) == [("c.txt", b"C.")]  # found by fuzzing


def test_an_archive_without_files() -> None:
    assert came(sources.zipped({})) == ["news.zip holds no files; there is nothing to add."]


@pytest.mark.parametrize("path", ["../a.txt", "/etc/passwd", "a/../../b.txt", "..\\a.txt"])
def test_a_path_that_climbs_is_left_out_and_stops_no_other(path: str) -> None:
    assert came(sources.zipped({path: b"A.", "b.txt": b"B."})) == [
        f"{path} in news.zip has a path that leads out of the archive; it is left out.",
        ("b.txt", b"B."),
    ]


def test_more_files_than_the_limit() -> None:
    content = sources.zipped({f"{number}.txt": b"x" for number in range(4)})
    assert came(content, limits=Limits(files=3)) == [
        "news.zip holds 4 files and the limit is 3; add it in parts or have the limit raised."
    ]


def test_more_bytes_unpacked_than_the_limit() -> None:
    content = sources.zipped({"a.txt": bytes(3 << 20)})
    [sentence] = came(content, limits=Limits(unpacked_bytes=1 << 20))
    assert sentence == (
        "news.zip has 3.0 MiB unpacked and the limit is 1.0 MiB; "
        "add it in parts or have the limit raised."
    )


def test_one_file_over_the_limit_stops_no_other() -> None:
    content = sources.zipped({"long.txt": bytes(3 << 20), "b.txt": b"B."})
    first, second = came(content)
    assert first == (
        "long.txt in news.zip has 3.0 MiB and the limit is 1.0 MiB; "
        "add it in parts or have the limit raised."
    )
    assert second == ("b.txt", b"B.")


def test_a_file_that_lies_about_its_size_is_damaged() -> None:
    content = bytearray(sources.zipped({"a.txt": b"The harbor froze. " * 99}))
    directory = content.rfind(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (5).to_bytes(4, "little")
    assert came(bytes(content)) == ["a.txt in news.zip is damaged; pack it anew and add it again."]


def test_a_file_that_is_locked() -> None:
    content = bytearray(sources.zipped({"a.txt": b"The harbor froze."}))
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    assert came(bytes(content)) == [
        "a.txt in news.zip is locked with a password; pack it without one."
    ]


def test_a_file_that_is_packed_in_an_unusual_way() -> None:
    assert came(sources.zipped({"a.txt": b"A."}, zipfile.ZIP_LZMA)) == [
        "a.txt in news.zip is packed in a way that is not read; pack it as usual."
    ]


def test_an_archive_in_an_archive() -> None:
    content = sources.zipped({"inner.zip": sources.zipped({"a.txt": b"A."})})
    assert came(content) == ["inner.zip in news.zip is an archive in an archive; add it by itself."]


@given(st.binary(max_size=200), st.data())
def test_any_damage_gives_files_or_sentences(piece: bytes, data: st.DataObject) -> None:
    content = bytearray(sources.zipped({"a.txt": b"A story.", "b/c.txt": b"Another."}))
    at = data.draw(st.integers(0, len(content)))
    content[at : at + len(piece) // 2] = piece
    assert came(bytes(content))
