"""Sources that want to do harm, or that lie, get one sentence each and hurt nobody."""

import io
import tarfile
import time
import zipfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import LibraryError, Limits, SourceTooLarge, UnreadableSource
from retrieval.readers import Readers
from retrieval.readers.isolation import IsolatedReader
from retrieval.readers.recognition import Format
from tests import sources

TEXT = "The council doubled the harbor budget on Tuesday, after a long debate."


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    """Return readers with their processes."""
    readers = Readers()
    yield readers
    readers.close()


def refusal(readers: Readers, content: bytes, file: str) -> str:
    """Return the sentence with which a source is refused."""
    with pytest.raises((UnreadableSource, SourceTooLarge)) as refused:
        readers.read(content, file)
    return str(refused.value)


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return a Word document with another part in the place of its own."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    return sources.zipped({**parts, name: part})


def pdf_with_stream(stream: bytes) -> bytes:
    """Return a PDF of one page that is drawn by a packed stream."""
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 9 9]>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n"
        % len(stream)
        + stream
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n"
    )


def balloon(size: int) -> bytes:
    """Return few bytes that unpack to ``size`` spaces."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * 2**20) for _ in range(size >> 20)) + packer.flush()


def document_xml(entities: str, text: str) -> bytes:
    return (
        f'<?xml version="1.0"?><!DOCTYPE x [{entities}]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    ).encode()


def test_a_locked_pdf(readers: Readers) -> None:
    content = sources.pdf([TEXT], password="secret")  # noqa: S106 - the lock is the point
    assert refusal(readers, content, "a.pdf") == (
        "a.pdf is locked with a password; save it without one and add it again."
    )


def test_a_pdf_that_breaks_off(readers: Readers) -> None:
    assert refusal(readers, sources.pdf([TEXT])[:300], "a.pdf").startswith("a.pdf ")


def test_a_pdf_that_is_none(readers: Readers) -> None:
    assert refusal(readers, b"%PDF-1.7 and so on", "a.txt") == (
        "a.txt is a PDF that is damaged; save it anew and add it again."
    )


def test_a_pdf_whose_pages_are_a_ring(readers: Readers) -> None:
    content = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>\n"
    )
    assert refusal(readers, content, "a.pdf") == (
        "a.pdf has no page that can be read; save it anew and add it again."
    )


def test_a_scan_without_text(readers: Readers) -> None:
    assert refusal(readers, sources.pdf([], []), "scan.pdf") == (
        "scan.pdf has no text in it, only pictures of 1 page; "
        "run text recognition (OCR) on it and add it again."
    )


def test_a_pdf_with_more_pages_than_the_limit() -> None:
    with closing(Readers(Limits(pages=2))) as readers:
        content = sources.pdf([TEXT], [TEXT], [TEXT])
        assert refusal(readers, content, "a.pdf") == (
            "a.pdf has more than 2 pages, the limit; add it in parts or have the limit raised."
        )


def test_a_balloon_of_memory_is_one_sentence_and_the_next_source_is_read() -> None:
    with closing(Readers(Limits(memory_bytes=300 << 20))) as readers:
        content = pdf_with_stream(balloon(256 << 20))
        assert refusal(readers, content, "bomb.pdf") == (
            "bomb.pdf could not be read within 300 MiB of memory, the limit; "
            "add it in parts or have the limit raised."
        )
        assert readers.read(sources.pdf([TEXT]), "a.pdf").text == TEXT


def test_what_takes_too_long_is_one_sentence() -> None:
    with closing(
        Readers(Limits(seconds=0.01))
    ) as readers:  # a process does not even begin in that time
        for _ in range(3):
            assert refusal(readers, sources.pdf([TEXT]), "slow.pdf") == (
                "slow.pdf could not be read within 0.01 seconds, the limit; "
                "add it in parts or have the limit raised."
            )


def test_a_loop_without_end_is_one_sentence() -> None:
    with (
        closing(IsolatedReader(Limits(seconds=0.5), ("-c", "while True: pass"))) as reader,
        pytest.raises(SourceTooLarge, match=r"^a\.pdf could not be read within 0\.5 seconds"),
    ):
        reader.read(Format.PDF, b"", "a.pdf")


def test_whoever_stops_waits_for_no_source_that_is_being_read(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    worker = f"open({str(begun)!r}, 'w').close()\nwhile True: pass"
    reader = IsolatedReader(Limits(seconds=60), ("-c", worker))
    with ThreadPoolExecutor() as threads:
        reading = threads.submit(reader.read, Format.PDF, b"", "a.pdf")
        while not begun.exists():
            time.sleep(0.01)
        reader.close()
        with pytest.raises(UnreadableSource):  # and not, after a minute, that it took too long
            reading.result()
        with pytest.raises(UnreadableSource):
            reader.read(Format.PDF, b"", "late.pdf")


@pytest.mark.parametrize(
    "worker", ["import os; os.abort()", "print('nonsense' * 9)", "print('{' + chr(0) * 11 + '{')"]
)
def test_a_process_that_dies_or_errs_is_one_sentence_each_time(worker: str) -> None:
    with closing(IsolatedReader(Limits(), ("-c", worker))) as reader:
        for _ in range(3):
            with pytest.raises(UnreadableSource, match=r"^a\.pdf is a PDF that is damaged; "):
                reader.read(Format.PDF, b"x" * 1_000_000, "a.pdf")


def test_a_process_that_reads_knows_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    answer = (
        "from retrieval.readers.protocol import send, receive\n"
        "import os, sys\n"
        "receive(sys.stdin.buffer)\n"
        "said = 'token' if 'SLACK_BOT_TOKEN' in os.environ else 'no token'\n"
        "send(sys.stdout.buffer, {'problem': said, 'limit': None})\n"
    )
    with closing(IsolatedReader(Limits(), ("-c", answer))) as reader:
        for _ in range(3):  # and one that has ended meanwhile is replaced
            with pytest.raises(UnreadableSource, match=r"^no token$"):
                reader.read(Format.PDF, b"", "a.pdf")


def test_a_word_document_that_laughs_a_billion_times(readers: Readers) -> None:
    laughs = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    content = with_part(sources.word(TEXT), "word/document.xml", document_xml(laughs, "&j;"))
    assert refusal(readers, content, "a.docx").startswith("a.docx ")


def test_a_word_document_that_wants_another_file(readers: Readers) -> None:
    entity = '<!ENTITY x SYSTEM "file:///etc/passwd">'
    content = with_part(sources.word(TEXT), "word/document.xml", document_xml(entity, "&x;"))
    assert refusal(readers, content, "a.docx") == (
        "a.docx declares entities, as no Word document does; save it anew and add it again."
    )


def test_a_word_document_that_is_a_bomb() -> None:
    with closing(Readers(Limits(unpacked_bytes=1 << 20))) as readers:
        content = with_part(sources.word(TEXT), "word/media/a.bin", bytes(2 << 20))
        assert refusal(readers, content, "a.docx") == (
            "a.docx has 2.8 MiB unpacked and the limit is 1.0 MiB; "
            "add it in parts or have the limit raised."
        )


def test_a_text_that_grows_beyond_the_limit() -> None:
    with closing(Readers(Limits(unpacked_bytes=1000))) as readers:
        content = ("Text of many words. " * 100).encode()
        assert refusal(readers, content, "a.md").startswith("a.md has more than 0.0 MiB of text")


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("xl/workbook.xml", "a spreadsheet"),
        ("ppt/presentation.xml", "a presentation"),
        ("content.xml", "an OpenDocument file"),
        ("META-INF/container.xml", "an e-book"),
    ],
)
def test_documents_that_are_not_read_are_named(readers: Readers, name: str, what: str) -> None:
    assert refusal(readers, sources.zipped({name: b"<x/>"}), "a.zip") == (
        f"a.zip is {what}; add its text as .txt, .md, .html, .pdf, .docx, .rtf or .eml."
    )


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture"),
        (b"GIF89a\x01\x00", "a picture"),
        (b"\x1f\x8b\x08\x00", "a compressed file"),
        (b"MZ\x90\x00", "a program"),
        (b"SQLite format 3\x00", "a database"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an old office program"),
    ],
)
def test_a_known_binary_is_refused_by_what_it_is(
    readers: Readers, content: bytes, what: str
) -> None:
    for name in ("story.txt", "story.pdf", "story.html"):
        assert refusal(readers, content, name).startswith(f"{name} is {what}; ")


def test_an_archive_is_not_read_as_one_document(readers: Readers) -> None:
    assert refusal(readers, sources.zipped({"a.txt": b"A."}), "a.txt") == (
        "a.txt holds several files; unpack it and add them by themselves."
    )


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x05\x06" + bytes(10), b"PK\x03\x04" * 99])
def test_an_archive_that_is_damaged(readers: Readers, content: bytes) -> None:
    assert refusal(readers, content, "a.zip") == (
        "a.zip is a damaged archive or document; save or pack it anew and add it again."
    )


def test_an_archive_that_lists_more_than_anybody_reads(readers: Readers) -> None:
    content = bytearray(sources.zipped({"a.txt": b"A."}))
    end = content.rfind(b"PK\x05\x06")
    content[end + 12 : end + 16] = (1 << 30).to_bytes(4, "little")
    assert refusal(readers, bytes(content), "a.zip") == (
        "a.zip lists more files than any archive of articles has."
    )


@pytest.mark.parametrize("file", ["a.html", "a.eml", "a.md", "a.rtf"])
def test_sources_without_text(readers: Readers, file: str) -> None:
    content = {
        "a.html": b"<!doctype html><html><body></body></html>",
        "a.eml": sources.mail("\n"),
        "a.md": b"***",
        "a.rtf": b"{\\rtf1 }",
    }[file]
    assert refusal(readers, content, file).startswith(
        (f"{file} has no text in it", f"No article could be found in {file}")
    )


def test_a_page_behind_a_paywall_says_so(readers: Readers) -> None:
    ld = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}'
    page = sources.page(TEXT, head=f"{ld}</script>")
    assert refusal(readers, page, "a.html") == (
        "a.html is behind a paywall: the page holds only the beginning of the article; "
        "add the article as a file that you may use."
    )
    whole = sources.page(*(f"{number}. {TEXT}" for number in range(20)), head=f"{ld}</script>")
    assert readers.read(whole, "a.html").text.count(TEXT) == 20


def test_a_tar_is_no_text(readers: Readers) -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"), io.BytesIO(b""))
    assert refusal(readers, file.getvalue(), "a.tar").startswith("a.tar ")


REAL = [
    sources.pdf([TEXT], [TEXT]),
    sources.word(TEXT),
    sources.rich_text(TEXT),
    sources.mail(TEXT, attached={"a.docx": sources.word(TEXT)}),
    sources.page(TEXT),
    b"# Head\n\n| a | b |\n|--|--|\n",
    sources.zipped({"a.txt": b"A."}),
]
NAMES = ["a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a.rtf", "a.eml", "a.zip", "a"]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Return a real source with some bytes changed, taken out or put in."""
    content = bytearray(draw(st.sampled_from(REAL)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        content[at : at + draw(st.integers(0, 20))] = draw(st.binary(max_size=20))
    return bytes(content)


@given(st.binary(max_size=500) | damaged(), st.sampled_from(NAMES))
def test_any_bytes_under_any_name_give_a_text_or_a_sentence(
    readers: Readers, content: bytes, file: str
) -> None:
    sentence, text = "", ""
    try:
        text = readers.read(content, file).text
    except LibraryError as error:
        sentence = str(error)
    assert bool(text.strip()) != bool(sentence)
    assert not sentence or (file in sentence and sentence.endswith("."))
    text.encode()
