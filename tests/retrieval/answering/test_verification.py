"""A receipt is held against the bytes that are kept and against what stands now."""

import sqlite3
from contextlib import closing

import pytest

from retrieval import BadReceipt, DatabaseUnusable, Library, Standing, Verification

FIRST = b"The mayor spoke.\nNobody answered."
SECOND = b"The mayor spoke.\nThe chief answered."
THIRD = b"The mayor spoke at length."


async def receipts_of(library: Library, file: str, space: str | None = None) -> list[str]:
    return [one.receipt for one in await library.passages(await library.document(file, space))]


async def verified(library: Library, receipt: str, space: str | None = None) -> Verification:
    verification = await library.verify(receipt, space)
    assert verification is not None
    return verification


def in_the_file(library: Library, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(library.path)) as connection, connection:
        connection.execute(sql, values)


async def test_a_receipt_names_its_passage_and_says_that_it_stands(library: Library) -> None:
    document = (await library.add(FIRST, "story.txt")).document
    [_, second] = await library.passages(document)
    assert await library.verify(second.receipt) == Verification(
        second.receipt, Standing.UNCHANGED, document, second, document.added
    )


async def test_every_receipt_of_the_seeds_verifies(seeded: Library) -> None:
    for document in await seeded.documents():
        for passage in await seeded.passages(document):
            assert (await verified(seeded, passage.receipt)).passage == passage


@pytest.mark.parametrize("digits", [6, 7, 15, 16])
async def test_the_beginning_of_a_receipt_is_enough_in_any_case(
    library: Library, digits: int
) -> None:
    await library.add(FIRST, "story.txt")
    [receipt, _] = await receipts_of(library, "story.txt")
    assert (await verified(library, f" {receipt[:digits].upper()} ")).receipt == receipt


async def test_an_unknown_receipt_is_none(library: Library) -> None:
    await library.add(FIRST, "story.txt")
    assert await library.verify("0123456789abcdef") is None


@pytest.mark.parametrize("text", ["", "0a1b2", "0123456789abcdef0", "story.txt", "\ud800"])
async def test_what_is_no_receipt_is_refused(library: Library, text: str) -> None:
    with pytest.raises(BadReceipt, match="copy it from under a citation"):
        await library.verify(text)


async def test_the_beginning_of_several_receipts_is_refused(library: Library) -> None:
    await library.add(FIRST, "story.txt")
    in_the_file(library, "UPDATE passages SET receipt = 'abcdef' || substr(receipt, 7)")
    with pytest.raises(BadReceipt, match=r"^Several receipts begin with abcdef; .+\.$"):
        await library.verify("abcdef")


async def test_the_receipt_of_a_replaced_document_verifies_against_the_kept_version(
    library: Library,
) -> None:
    before = (await library.add(FIRST, "story.txt")).document
    [_, old] = await receipts_of(library, "story.txt")
    after = (await library.replace(SECOND, "story.txt")).document
    assert old not in await receipts_of(library, "story.txt")
    verification = await verified(library, old)
    assert verification.standing is Standing.CHANGED
    assert verification.passage.text == "Nobody answered."
    assert (verification.document.version, verification.document.hash) == (1, before.hash)
    assert after.added <= verification.since <= after.changed


async def test_a_receipt_changed_with_the_first_replacement_and_not_with_a_later_one(
    library: Library,
) -> None:
    await library.add(FIRST, "story.txt")
    [_, old] = await receipts_of(library, "story.txt")
    first = (await library.replace(SECOND, "story.txt")).document
    await library.replace(THIRD, "story.txt")
    assert first.added <= (await verified(library, old)).since <= first.changed


async def test_restoring_a_document_is_not_when_its_old_versions_changed(library: Library) -> None:
    await library.add(FIRST, "story.txt")
    [_, old] = await receipts_of(library, "story.txt")
    replaced = (await library.replace(SECOND, "story.txt")).document
    await library.remove("story.txt")
    await library.restore("story.txt")
    assert replaced.added <= (await verified(library, old)).since <= replaced.changed


async def test_a_version_that_an_undo_let_stand_again_changed_with_the_next_replacement(
    library: Library,
) -> None:
    await library.add(FIRST, "story.txt")
    [_, old] = await receipts_of(library, "story.txt")
    await library.replace(SECOND, "story.txt")
    await library.undo()
    assert (await verified(library, old)).standing is Standing.UNCHANGED
    third = (await library.replace(THIRD, "story.txt")).document
    assert (await verified(library, old)).since == third.changed


async def test_a_version_that_was_undone_changed_with_the_undo_and_not_with_what_came_later(
    library: Library,
) -> None:
    await library.add(FIRST, "story.txt")
    await library.replace(SECOND, "story.txt")
    [receipt, *_] = await receipts_of(library, "story.txt")
    [undone] = (await library.undo()).outcomes
    await library.correct("story.txt", "The day was wrong.")
    verification = await verified(library, receipt)
    assert (verification.standing, verification.since) == (
        Standing.CHANGED,
        undone.document.changed,
    )


async def test_a_document_that_is_replaced_by_its_first_version_stands_again(
    library: Library,
) -> None:
    await library.add(FIRST, "story.txt")
    [_, old] = await receipts_of(library, "story.txt")
    await library.replace(SECOND, "story.txt")
    await library.replace(FIRST, "story.txt")
    verification = await verified(library, old)
    assert (verification.standing, verification.document.version) == (Standing.UNCHANGED, 3)


async def test_the_receipt_of_a_removed_document_is_withdrawn_since_then(library: Library) -> None:
    await library.add(FIRST, "story.txt")
    [receipt, _] = await receipts_of(library, "story.txt")
    removed = (await library.remove("story.txt")).document
    verification = await verified(library, receipt)
    assert (verification.standing, verification.since) == (Standing.WITHDRAWN, removed.changed)
    await library.restore("story.txt")
    assert (await verified(library, receipt)).standing is Standing.UNCHANGED


async def test_a_receipt_that_stands_in_another_document_stands(library: Library) -> None:
    await library.add(FIRST, "story.txt")
    await library.add(FIRST, "copy.txt")
    [receipt, _] = await receipts_of(library, "story.txt")
    await library.remove("story.txt")
    verification = await verified(library, receipt)
    assert (verification.standing, verification.document.file) == (Standing.UNCHANGED, "copy.txt")


async def test_a_receipt_of_another_space_is_unknown(library: Library) -> None:
    await library.add(FIRST, "story.txt", "T1")
    [receipt, _] = await receipts_of(library, "story.txt", "T1")
    assert (await verified(library, receipt, "T1")).document.space == "T1"
    assert await library.verify(receipt, "T2") is None
    assert await library.verify(receipt) is None


async def test_the_passages_before_and_after_are_those_of_the_cited_version(
    library: Library,
) -> None:
    await library.add(b"One.\nAdvertisement\nTwo.\nThree.", "story.txt")
    [one, _, two, three] = await receipts_of(library, "story.txt")
    await library.replace(SECOND, "story.txt")
    verification = await verified(library, two)
    before = await library.neighbour(verification, step=-1)
    after = await library.neighbour(verification, step=1)
    assert (before and before.receipt, after and after.receipt) == (one, three)
    assert await library.neighbour(await verified(library, one), step=-1) is None
    assert await library.neighbour(await verified(library, three), step=1) is None


@pytest.mark.parametrize(
    "damaged",
    [
        b"The mayor spoke!\nNobody answered.",
        b"The mayor spoke.\nNobody answered. ",
        b"",
        b"\x00\x01\x02\x03\x04\x05",
        b"%PDF-1.7",
    ],
)
async def test_kept_bytes_that_were_altered_are_found_out(library: Library, damaged: bytes) -> None:
    await library.add(FIRST, "story.txt")
    [receipt, _] = await receipts_of(library, "story.txt")
    in_the_file(library, "UPDATE sources SET content = ?", damaged)
    with pytest.raises(DatabaseUnusable, match=r"damaged; restore it from a backup\.$"):
        await library.verify(receipt)


async def test_a_passage_that_was_altered_in_the_database_is_found_out(library: Library) -> None:
    await library.add(FIRST, "story.txt")
    [receipt, _] = await receipts_of(library, "story.txt")
    in_the_file(library, "UPDATE passages SET text = 'The mayor lied.' WHERE paragraph = 1")
    with pytest.raises(DatabaseUnusable, match=r"damaged; restore it from a backup\.$"):
        await library.verify(receipt)
