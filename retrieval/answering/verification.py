"""Verification: a receipt held against the bytes that are kept and against what stands now."""

import asyncio

from retrieval.errors import BadReceipt, DatabaseUnusable
from retrieval.intake.receipts import cleaned, hash_of, receipt_of
from retrieval.model import Standing, Status, Verification
from retrieval.readers import text_of
from retrieval.store.documents import Documents
from retrieval.store.passages import Passages, Placed
from retrieval.store.trail import Trail


async def verify(
    receipt: str, space: str | None, documents: Documents, passages: Passages, trail: Trail
) -> Verification | None:
    """Return what a receipt stands for, None where it is unknown.

    Raises BadReceipt where the text is no receipt, or the beginning of several.
    """
    placed = await _placed_by(receipt, space, passages)
    if placed is None:
        return None
    await _prove(placed, documents)
    document = placed.document
    if document.status is not Status.LIVE:
        standing, since = Standing.WITHDRAWN, document.changed
    elif placed.superseded:
        standing, since = Standing.CHANGED, placed.superseded
    else:
        standing, since = Standing.UNCHANGED, document.added
    is_retracted = document.status is Status.RETRACTED
    by = await trail.retracted_by(document) if is_retracted else None
    return Verification(
        placed.passage.receipt, standing, document, placed.passage, since, by, document.reason
    )


async def _placed_by(receipt: str, space: str | None, passages: Passages) -> Placed | None:
    """Return the passage that a receipt or its beginning names, None where there is none.

    Raises BadReceipt where the text is no receipt, or the beginning of several.
    """
    found = await passages.by_receipt(cleaned(receipt), space)
    if len({placed.passage.receipt for placed in found}) > 1:
        raise BadReceipt(f"Several receipts begin with {receipt}; give more of its digits.")
    standing = [placed for placed in found if _stands(placed)]
    return next(iter(standing or found), None)


def _stands(placed: Placed) -> bool:
    return placed.superseded is None and placed.document.status is Status.LIVE


async def _prove(placed: Placed, documents: Documents) -> None:
    """Compute the receipt again from the bytes as received; raise where it comes out otherwise.

    In a thread: reading a source of many megabytes takes a second.
    """
    content = await documents.source(placed.document)
    extraction = await documents.extraction(placed.document)
    if not await asyncio.to_thread(_proves, content, extraction, placed):
        raise DatabaseUnusable(
            f"The kept bytes of {placed.document.file} do not match its receipts: the database is"
            " damaged; restore it from a backup."
        )


def _proves(content: bytes, extraction: str | None, placed: Placed) -> bool:
    passage = placed.passage
    source_hash = hash_of(content)
    if source_hash != placed.document.hash:
        return False
    whole = text_of(content, placed.document.file) if extraction is None else extraction
    text = whole[passage.start : passage.end]
    receipt = receipt_of(source_hash, passage.start, passage.end, text)
    return (receipt, text) == (passage.receipt, passage.text)
