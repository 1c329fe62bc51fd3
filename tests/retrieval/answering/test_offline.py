"""Receipts without Newsdesk: against the source file alone, and with sha256sum by hand."""

import subprocess
from pathlib import Path

import pytest

from retrieval import BadReceipt, Library, edits_between, verify_in_source

README = Path(__file__).parents[3] / "README.md"
SEED = "003_d3053dbbe095c25c.txt"


async def test_a_source_file_proves_the_receipts_of_its_passages(
    seeded: Library, seeds: dict[str, bytes]
) -> None:
    for passage in await seeded.passages(await seeded.document(SEED)):
        found = verify_in_source(passage.receipt[:8], seeds[SEED], SEED)
        assert found is not None
        assert (found.receipt, found.paragraph, found.text) == (
            passage.receipt,
            passage.paragraph,
            passage.text,
        )


def test_another_file_or_one_that_was_altered_proves_nothing(seeds: dict[str, bytes]) -> None:
    assert verify_in_source("aacb3eee99f2c0d0", seeds[SEED], SEED) is not None
    assert verify_in_source("aacb3eee99f2c0d0", seeds[SEED] + b" ", SEED) is None
    assert verify_in_source("0000000000000000", seeds[SEED], SEED) is None


@pytest.mark.parametrize("receipt", ["", "xyz", "aacb", "aacb3eee99f2c0d0aa"])
def test_what_is_no_receipt_is_refused_with_a_sentence(
    receipt: str, seeds: dict[str, bytes]
) -> None:
    with pytest.raises(BadReceipt):
        verify_in_source(receipt, seeds[SEED], SEED)


def printed_by(script: str, folder: Path) -> str:
    """Return what a shell prints for a script in a folder."""
    command = ["/bin/sh", "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
    return done.stdout.strip()


async def test_the_recipe_of_the_readme_gives_the_receipt(
    seeded: Library, seeds: dict[str, bytes], tmp_path: Path
) -> None:
    text = README.read_text(encoding="utf-8")
    recipe = text.partition("in a UTF-8 locale:\n\n```\n")[2].partition("```")[0]
    assert recipe.count("sha256sum") == 3
    source = seeds[SEED].decode()
    passages = await seeded.passages(await seeded.document(SEED))
    passage = next(one for one in passages if one.receipt == "aacb3eee99f2c0d0")
    (tmp_path / "FILE").write_bytes(seeds[SEED])
    (tmp_path / "before.txt").write_text(source[: passage.start], encoding="utf-8", newline="")
    (tmp_path / "passage.txt").write_text(passage.text, encoding="utf-8")
    assert printed_by(f"export LC_ALL=C.UTF-8\n{recipe}", tmp_path) == passage.receipt


def test_what_was_changed_is_shown_word_by_word() -> None:
    edits = edits_between("We will not go home today.", "Then we will go home.")
    assert [(one.tag.value, one.given, one.found) for one in edits] == [
        ("insert", "", "Then"),
        ("equal", "We will", "we will"),
        ("delete", "not", ""),
        ("equal", "go home", "go home"),
        ("delete", "today", ""),
    ]
    assert edits_between("", "") == []
