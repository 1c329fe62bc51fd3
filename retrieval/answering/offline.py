"""A receipt held against a source file alone, without any database."""

from dataclasses import dataclass

from retrieval.analysis import paragraphs
from retrieval.errors import BadReceipt
from retrieval.intake.receipts import cleaned, hash_of, receipt_of
from retrieval.readers import Readers


@dataclass(frozen=True, slots=True)
class FoundInSource:
    """The passage of a source that a receipt proves."""

    receipt: str
    paragraph: int
    text: str


def verify_in_source(receipt: str, content: bytes, file: str) -> FoundInSource | None:
    """Return the passage of a source that a receipt stands for, None where it has none.

    Raises BadReceipt where the text is no receipt or the beginning of several, UnreadableSource
    where the bytes are no text.
    """
    wanted = cleaned(receipt)
    readers = Readers()
    try:
        text = readers.read(content, file).text
    finally:
        readers.close()
    source_hash = hash_of(content)
    found = []
    for number, span in enumerate(paragraphs.split(text), 1):
        its = receipt_of(source_hash, span.start, span.end, span.of(text))
        if its.startswith(wanted):
            found.append(FoundInSource(its, number, span.of(text)))
    if len(found) > 1:
        raise BadReceipt(f"Several receipts begin with {receipt}; give more of its digits.")
    return found[0] if found else None
