"""Passages as JSON objects."""

from typing import Any

from retrieval import Passage

Object = dict[str, Any]


def place_object(passage: Passage) -> Object:
    """Return a passage and where it stands."""
    return {
        "paragraph": passage.paragraph,
        **({"page": passage.page} if passage.page else {}),
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
    }


def paragraph_object(passage: Passage) -> Object:
    """Return a passage with what it is in its document."""
    return {**place_object(passage), "role": passage.role, "receipt": passage.receipt}
