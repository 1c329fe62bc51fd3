"""Receipts: anyone can compute them again with SHA-256, and a typed one is read leniently."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis.analyzer import Analyzer
from retrieval.errors import BadReceipt
from retrieval.intake.receipts import cleaned, hash_of, is_receipt, receipt_of
from retrieval.intake.taking_in import take_in
from retrieval.model import Details

ANALYZER = Analyzer()


def independently(content: bytes, start: int, end: int, passage: str) -> str:
    document = hashlib.sha256(content).hexdigest()
    quoted = hashlib.sha256(passage.encode("utf-8")).hexdigest()
    return hashlib.sha256(f"{document}:{start}:{end}:{quoted}".encode()).hexdigest()[:16]


def test_a_receipt_is_the_documented_formula() -> None:
    content = "Café.\n“Rough,” he said.\n".encode()
    receipt = receipt_of(hash_of(content), 6, 23, "“Rough,” he said.")
    assert receipt == independently(content, 6, 23, "“Rough,” he said.")
    assert receipt == "71a51cae4860f567"


def test_every_passage_of_the_seeds_has_the_receipt_that_the_file_gives(
    seeds: dict[str, bytes],
) -> None:
    for name, content in seeds.items():
        text = content.decode()
        for passage in take_in(content, name, Details(), ANALYZER).passages:
            quoted = text[passage.start : passage.end]
            assert passage.receipt == independently(content, passage.start, passage.end, quoted)


def test_a_mark_and_an_encoding_count_in_the_hash_and_not_in_the_offsets() -> None:
    content = "One.\nTwo.".encode("utf-16")
    [_, second] = take_in(content, "story.txt", Details(), ANALYZER).passages
    assert second.receipt == independently(content, 5, 9, "Two.")


@given(st.binary(max_size=50), st.integers(0), st.integers(0), st.text(max_size=50))
def test_any_passage_has_a_receipt(content: bytes, start: int, end: int, passage: str) -> None:
    receipt = receipt_of(hash_of(content), start, end, passage)
    assert receipt == independently(content, start, end, passage)
    assert is_receipt(receipt)
    assert cleaned(f" {receipt.upper()}\n") == receipt


@pytest.mark.parametrize("text", ["0a1b2c", "0A1B2C3D", "0123456789abcdef", "FACADE"])
def test_six_to_sixteen_hex_digits_are_a_receipt(text: str) -> None:
    assert is_receipt(text)
    assert cleaned(text) == text.lower()


@pytest.mark.parametrize(
    "text",
    ["", "0a1b2", "0123456789abcdef0", "0a1b2g", "0a1b 2c3d", "0x1b2c3d", "٠١٢٣٤٥", "receipt", "%"],
)
def test_anything_else_is_none_and_the_sentence_says_what_one_is(text: str) -> None:
    assert not is_receipt(text)
    with pytest.raises(BadReceipt, match=r"^A receipt is 6 to 16 of the digits 0-9 and a-f; .+\.$"):
        cleaned(text)


@given(st.text(st.characters(), max_size=30))
def test_any_text_is_a_receipt_or_the_documented_error(text: str) -> None:
    try:
        receipt = cleaned(text)
    except BadReceipt:
        assert not is_receipt(text.strip())
    else:
        assert is_receipt(receipt)
