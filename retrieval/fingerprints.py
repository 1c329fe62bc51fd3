"""Fingerprints: equal for passages that say the same words, whatever their case and punctuation."""

import hashlib

from retrieval.analysis import folded_words

LENGTH = 16


def fingerprint_of(passage: str) -> str:
    """Return 16 hex digits over the passage's folded words."""
    return hashlib.sha256(" ".join(folded_words(passage)).encode()).hexdigest()[:LENGTH]
