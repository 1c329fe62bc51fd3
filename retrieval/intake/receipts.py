"""Receipts: the short id of a cited passage that anyone can check with SHA-256 and a text editor.

A receipt is the first 16 hex digits of SHA-256 over ``HASH:start:end:PASSAGE``, where HASH is the
hex SHA-256 of the source's bytes and PASSAGE that of the passage's text in UTF-8.
"""

import hashlib

import regex

from retrieval.errors import BadReceipt

LENGTH = 16
SHORTEST_PREFIX = 6

_RECEIPT = regex.compile(rf"[0-9a-f]{{{SHORTEST_PREFIX},{LENGTH}}}")


def hash_of(content: bytes) -> str:
    """Return the hex SHA-256 of a source's bytes."""
    return hashlib.sha256(content).hexdigest()


def receipt_of(source_hash: str, start: int, end: int, passage: str) -> str:
    """Return the receipt of the passage that stands at ``start`` to ``end`` of a source's text."""
    line = f"{source_hash}:{start}:{end}:{hash_of(passage.encode())}"
    return hash_of(line.encode())[:LENGTH]


def is_receipt(text: str) -> bool:
    """Say whether ``text`` has the form of a receipt or of the beginning of one."""
    return _RECEIPT.fullmatch(text.lower()) is not None


def cleaned(text: str) -> str:
    """Return a typed receipt in its own form; raise BadReceipt where it has another."""
    receipt = text.strip().lower()
    if not is_receipt(receipt):
        raise BadReceipt(
            f"A receipt is {SHORTEST_PREFIX} to {LENGTH} of the digits 0-9 and a-f; "
            "copy it from under a citation."
        )
    return receipt
