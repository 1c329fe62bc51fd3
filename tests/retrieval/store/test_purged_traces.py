"""After a purge no five words in a row of a document are left in any file beside the database."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path

import docx
import pytest
import regex

from retrieval import Details, KeptAnswer, Library
from retrieval.index import keeping
from tests import sources

RUN = 5
KEPT = b"The mayor named a chief.\nNobody in the whole town objected to that.\n"
SAID = (
    "“We will never again pay for a bridge that nobody in this county wanted to build,” said "
    "Commissioner Wilhelmina Quuxville, who had voted for it twice."
)
NEARLY = SAID.replace("never again", "never once more")
STORY = [
    "The Zanzibar Harbor Authority (ZHA) paid 14 million dollars for cranes that were not there.",
    SAID,
    "An auditor found the bills in a xylophone case below the stairs of the old customs house.",
]
DETAILS = Details(
    "The Cranes That Never Stood in Zanzibar", "Quuxville Daily Gazette", "Ada Source"
)
WORD = regex.compile(r"[\p{L}\p{N}]+")


def runs_of(text: str) -> Iterator[str]:
    """Yield every five words in a row, as they may stand in a file: folded, one space between."""
    words = WORD.findall(text.lower())
    yield from (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def folded(content: bytes) -> str:
    """Return what a file says in UTF-8 or UTF-16, as words with one space between them."""
    texts = (content.decode(encoding, "ignore") for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
    return " ".join(" ".join(WORD.findall(text.lower())) for text in texts)


def files_beside(path: Path) -> list[Path]:
    return [one for one in path.parent.rglob("*") if one.is_file()]


def left_of(path: Path, texts: list[str], raw: list[bytes]) -> set[str]:
    """Return what of texts and bytes is left in any file: runs of words, and pieces of bytes."""
    contents = [one.read_bytes() for one in files_beside(path)]
    said = [folded(content) for content in contents]
    runs = set(chain.from_iterable(map(runs_of, texts)))
    found = {run for run in runs for one in said if run in one}
    pieces = {one[at : at + 24] for one in raw for at in range(0, max(len(one) - 24, 1), 24)}
    found |= {repr(piece) for piece in pieces for content in contents if piece in content}
    return found


def word_with_a_table() -> bytes:
    document = docx.Document()
    for text in STORY:
        document.add_paragraph(text)
    document.add_table(1, 1).cell(0, 0).text = STORY[0]
    return sources.saved(document)


SOURCES = {
    "plan.txt": "\n".join(STORY).encode(),
    "plan.pdf": sources.pdf(STORY[:2], STORY[2:], title=DETAILS.title or ""),
    "plan.docx": word_with_a_table(),
    "plan.eml": sources.mail("\n\n".join(STORY), attached={"a.txt": STORY[0].encode()}),
}


@pytest.mark.parametrize("name", SOURCES)
async def test_no_five_words_of_it_are_left_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for limit in ("SAVED_FROM", "SAVED_AFTER"):
        monkeypatch.setattr(keeping, limit, 1)
    path, content = tmp_path / "news.db", SOURCES[name]
    texts = [*STORY, "Withdrawn because a source in the harbor is at risk."]
    titles = [one for one in (DETAILS.title, DETAILS.outlet) if one]
    async with Library.open(path) as library:
        await library.add(KEPT, "kept.txt")
        await library.add(content, name, details=DETAILS)
        await library.add("\n".join([NEARLY, *STORY[:1]]).encode(), "newer.txt")
        await library.replace(content + b"\n", name)
        await library.correct(name, "Corrected: the cranes were never paid for in full.")
        [one, *_] = await library.search("who said never again pay for a bridge", 9)
        verified = await library.verify(one.passage.receipt)
        assert verified is not None
        await library.family(verified)
        await library.check_quote(SAID)
        assert (await library.said("Quuxville")).sayings
        kept = KeptAnswer("a", None, "C1", "U1", STORY[0], (one.passage.receipt,))
        await library.answers.keep(kept)
        await library.retract(name, texts[-1])
    assert left_of(path, texts, [content])
    async with Library.open(path) as library:
        for file in (name, "newer.txt"):
            await library.purge(file)
        assert left_of(path, [*texts, *titles, NEARLY], [content]) == set()
        assert sketched(path) == set()
    assert left_of(path, [*texts, *titles, NEARLY], [content]) == set()
    assert left_of(path, [KEPT.decode()], [])
    async with Library.open(path) as library:
        await library.reindex()
    assert left_of(path, [*texts, *titles, NEARLY], [content]) == set()


def sketched(path: Path) -> set[int]:
    """Return the fingerprints by which wordings are found, and which no passage has any more."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT DISTINCT fingerprint FROM sketches")
        kept = {row[0] & (1 << 64) - 1 for row in rows}
        passages = connection.execute("SELECT DISTINCT fingerprint FROM passages")
        return kept - {int(row[0], 16) for row in passages}
