"""Passages that are read with one before them: a row with its header, an answer with its question.

“Fernleigh Rovers | 5 | 10” says nothing of points, and “We counted 417 in January.” nothing of who
sleeps outside; the lines that do stand above.
"""

from collections.abc import Sequence

import regex

BETWEEN_CELLS = " | "
"""What the readers put between the cells of a row."""
QUESTION_LIMIT = 200
"""Characters of a line that asks; a longer paragraph that ends with a question is no heading."""

_QUESTION = regex.compile(r"(?:Q(?:uestion)?\s*[:.]\s*)?[^\"“”„«»‘.!?]+\?")
_QUESTION_LABEL = regex.compile(r"Q(?:uestion)?\s*[:.]\s")
_ANSWER_LABEL = regex.compile(r"A(?:nswer)?\s*[:.]\s")


def leaning(texts: Sequence[str]) -> list[int | None]:
    """Return for each passage of a document the number of the one that it is read with, from 0."""
    its: list[int | None] = []
    header: int | None = None
    for number, text in enumerate(texts):
        is_row = BETWEEN_CELLS in text
        if is_row and header is not None:
            its.append(header)
            continue
        header = number if is_row else None
        before = texts[number - 1] if number else ""
        its.append(number - 1 if answers(text, before) else None)
    return its


def answers(text: str, before: str) -> bool:
    """Say whether a passage answers the one before it, in an interview or among questions."""
    if _ANSWER_LABEL.match(text):
        return _QUESTION_LABEL.match(before) is not None
    return only_asks(before) and not only_asks(text)


def is_labelled(text: str) -> bool:
    """Say whether a line is marked as a question or an answer."""
    return bool(_QUESTION_LABEL.match(text) or _ANSWER_LABEL.match(text))


def only_asks(text: str) -> bool:
    """Say whether a passage is a question and nothing else; one that somebody asked is quoted."""
    return len(text) <= QUESTION_LIMIT and _QUESTION.fullmatch(text) is not None
