"""Fingerprints: equal for passages that say the same words, whatever their case and punctuation."""

import hashlib
from collections.abc import Iterable

LENGTH = 16


def fingerprint_of(words: Iterable[str]) -> str:
    """Return 16 hex digits over a passage's folded words."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:LENGTH]
