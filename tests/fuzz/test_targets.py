"""The fuzzing targets, shortly: hypothesis draws the bytes; ``python -m tests.fuzz`` goes on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS

PIECES = st.sampled_from(
    ["in:", "from:", "since:2017", "until:", "by:“", '"', "-", "ask ", "verify ", "add title:", "¶",
     "é", "\u202e", "\0", "\r\n", "\n\n", "receipt fe42f91cc997", "<@U1>", "privacy delete", "…"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=12).map("".join)


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_taken(name: str, data: bytes) -> None:
    TARGETS[name](data)


@pytest.mark.parametrize("name", TARGETS)
@given(text=TEXTS)
def test_any_text_of_our_own_words_and_signs_is_taken(name: str, text: str) -> None:
    TARGETS[name](b"\0\0\0\0" + text.encode("utf-8", "surrogatepass"))
