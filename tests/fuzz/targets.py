"""What is fuzzed: each target takes any bytes and must hold what it asserts, or fail.

An error of the library is a sentence and no failure; whatever else is raised is one.
"""

import json
from collections.abc import Callable
from typing import Final

from bot.messages import Ask, Help
from bot.parsing import to_command
from bot.registry import BY_COMMAND, BY_WORD
from bot.rendering.json_objects import to_objects
from bot.rendering.plain_text import to_lines
from retrieval import BadFilter, BadReceipt, Details, LibraryError, Span, is_receipt, text_of
from retrieval.analysis.analyzer import Analyzer
from retrieval.analysis.sentences import sentences_of
from retrieval.intake.receipts import cleaned, receipt_of
from retrieval.intake.taking_in import take_in
from retrieval.questions.query import QUERY_LIMIT, parse
from tests.bot import examples

SUFFIXES: Final = (".txt", ".md", ".html", ".eml", ".rtf", ".docx", ".pdf", "")
"""Of file names that a source may come with; the first byte chooses one."""
ANALYZER: Final = Analyzer()
INVISIBLE: Final = set(map(chr, (*range(32), 127, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066, 0x2069)))


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
    assert all(phrase and all(phrase) for phrase in (*read.phrases, *read.excluded_phrases))
    assert isinstance(str(read.filter), str)
    assert len(read.timeless_text) <= len(read.text) + 1


def readers(data: bytes) -> None:
    """Take in a source of any bytes, of any kind of file."""
    name = f"story{SUFFIXES[data[0] % len(SUFFIXES)] if data else ''}"
    content = data[1:]
    try:
        document = take_in(content, name, Details(), ANALYZER, max_bytes=1 << 20)
    except LibraryError as error:
        assert_sentence(error)
        return
    text, end = text_of(content, name), 0
    for passage in document.passages:
        assert text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip() != ""
        assert end <= passage.start
        assert passage.receipt == receipt_of(
            document.hash, passage.start, passage.end, passage.text
        )
        end = passage.end


def renderers(data: bytes) -> None:
    """Show a citation of any text, with any words of it marked."""
    text = data[4:].decode("utf-8", "replace") or "."  # as readers make them
    at = sorted(byte % (len(text) + 1) for byte in data[:4].ljust(4, b"\0"))
    marked = (Span(at[1], at[2]),) if at[1] < at[2] else ()
    of = examples.document(details=Details(text, text, text))
    cited = examples.hit(text, of=of, excerpt=Span(at[0], at[3]), matched=marked)
    reply = examples.answer(cited, reason=text)
    for line in to_lines(reply):
        assert not INVISIBLE & set(line.text.plain)
    for one in to_objects(reply):
        assert json.loads(json.dumps(one))["passages"][0]["text"] == text
    spans = sentences_of(text)
    assert [one.start for one in spans] == sorted(one.start for one in spans)


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
    target.__name__: target for target in (parser, query, readers, renderers, receipts)
}


def text_from(data: bytes) -> str:
    """Return any text, lone surrogates included: platforms send JSON, which may hold them."""
    return data.decode("utf-8", "surrogateescape")


def assert_sentence(error: LibraryError) -> None:
    """Check that what is said is one sentence for a person."""
    assert str(error).strip()
    assert "Traceback" not in str(error)
