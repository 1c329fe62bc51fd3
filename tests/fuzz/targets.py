"""What is fuzzed: each target takes any bytes and must hold what it asserts, or fail.

An error of the library is a sentence and no failure; whatever else is raised is one.
"""

from collections.abc import Callable
from typing import Final

from bot.adapters.slack_adapter.texts import to_text
from bot.messages import Ask, Help
from bot.parsing import to_command
from bot.registry import BY_COMMAND, BY_WORD
from retrieval import BadFilter, BadReceipt, is_receipt
from retrieval.errors import BadQuotation
from retrieval.intake.receipts import cleaned
from retrieval.questions.query import QUERY_LIMIT, parse
from retrieval.quotes.wording import WORDS_LIMIT, quotation_of
from tests.fuzz.renderers import RENDERERS
from tests.fuzz.sources import SOURCES, assert_sentence


def parser(data: bytes) -> None:
    """Make a command of any text."""
    text = text_from(data)
    command = to_command(text, with_files=bool(data[:1] == b"\1"))
    assert type(command) in BY_COMMAND
    if not text.strip():
        assert command == Help()
    if isinstance(command, Ask) and not text.strip().lower().lstrip("/").startswith("ask"):
        assert command.question == text.strip()


def query(data: bytes) -> None:
    """Read the operators of any question."""
    text = text_from(data)
    try:
        read = parse(text)
    except BadFilter as error:
        assert_sentence(error)
        return
    assert len(read.text) <= QUERY_LIMIT
    assert all(any(phrase) for phrase in (*read.phrases, *read.excluded_phrases))
    assert isinstance(str(read.filter), str)
    assert len(read.timeless_text) <= len(read.text) + 1


def slack_texts(data: bytes) -> None:
    """Read any text as Slack's markup."""
    text = to_text(text_from(data), "U0NEWSDESK")
    assert text == text.strip()
    text.encode()  # no half of a character is left


def quotations(data: bytes) -> None:
    """Read any text as a quotation."""
    text = text_from(data)
    try:
        quotation = quotation_of(text)
    except BadQuotation as error:
        assert_sentence(error)
        return
    words = quotation.wording.words
    assert 0 < len(words) <= WORDS_LIMIT
    assert all(0 < gap < len(words) for gap in quotation.gaps)
    ends = [0, *(word.end for word in words)]
    assert all(end <= word.start < word.end for end, word in zip(ends, words, strict=False))


def receipts(data: bytes) -> None:
    """Read any text as a receipt."""
    text = text_from(data)
    try:
        receipt = cleaned(text)
    except BadReceipt as error:
        assert_sentence(error)
        assert not is_receipt(text.strip())
        return
    assert is_receipt(receipt)
    assert cleaned(receipt) == receipt


WORDS: Final = (
    *BY_WORD,
    *(f" {argument.name}:" for entry in BY_WORD.values() for argument in entry.options),
    *(f" {operator}:" for operator in ("in", "from", "by", "since", "until")),
    *("2017-08", "“", "”", '"', "-", "fe42f91cc997fff3", "story.txt", "delete", "gaps"),
)
"""What texts are made of that mean something: a fuzzer puts it in here and there."""

TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    **{target.__name__: target for target in (parser, query, receipts, slack_texts, quotations)},
    **RENDERERS,
    **SOURCES,
}


def text_from(data: bytes) -> str:
    """Return any text, lone surrogates included: platforms send JSON, which may hold them."""
    return data.decode("utf-8", "surrogateescape")
