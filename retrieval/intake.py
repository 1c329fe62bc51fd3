"""Intake: from a source as received to everything the store keeps of it, without any I/O."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from unicodedata import normalize

import regex

from retrieval import metadata, roles
from retrieval.analysis import paragraphs
from retrieval.analysis.abbreviations import defined_in
from retrieval.analysis.analyzer import FORM, Analyzer, Word, fold, folded_words
from retrieval.analysis.detection import language_of, sample_of
from retrieval.analysis.sentences import words_of
from retrieval.errors import BadDetail, SourceTooLarge
from retrieval.fingerprints import fingerprint_of
from retrieval.model import Details, Role
from retrieval.readers import DEFAULT_LIMITS, Limits, Reading, plain_text
from retrieval.receipts import hash_of, receipt_of

DEFAULT_MAX_BYTES = 25 * 1024 * 1024
FILE_NAME_LIMIT = 255
DETAIL_LIMIT = 300
NOTE_LIMIT = 500
"""Characters of a correction: it is shown with every citation, and platforms have limits."""
ADDRESS_LIMIT = 2000
"""Characters; browsers and search engines take addresses of about so many."""

_OUTER = "/ \N{NO-BREAK SPACE}"
_WEB_ADDRESS = regex.compile(r"https?://[^\s\p{C}]+", regex.IGNORECASE)
_INVISIBLE = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]")


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage that is not stored yet."""

    paragraph: int
    start: int
    end: int
    text: str
    role: Role
    receipt: str
    fingerprint: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document that is not stored yet, read and taken apart."""

    file: str
    content: bytes
    hash: str
    reader: str
    reader_version: int
    extraction: str | None
    """The text that the reader took out; None where it is the decoded bytes."""
    details: Details
    by_hand: frozenset[str]
    """Names of the details that were given and not read."""
    passages: tuple[NewPassage, ...]
    abbreviations: frozenset[tuple[str, str]]
    """Short forms that its text defines, with their long forms, folded."""
    language: str | None
    """ISO 639-1 code of its language, None where that is not safe to say."""
    words: Sequence[Sequence[Sequence[Word]]]
    """For each passage, the words of each of its sentences."""

    @property
    def citable(self) -> int:
        """How many of its passages can be cited."""
        return sum(passage.role is not Role.FURNITURE for passage in self.passages)


def take_in(
    content: bytes,
    file: str,
    given: Details,
    analyzer: Analyzer,
    *,
    max_bytes: int = DEFAULT_MAX_BYTES,
    read: Callable[[bytes, str], Reading] = plain_text.read,
    limits: Limits = DEFAULT_LIMITS,
) -> NewDocument:
    """Read a source; details that are given go before those that it states.

    ``analyzer`` is the library's; a document in another language is analysed by that one's.

    Raises SourceTooLarge, UnreadableSource or BadDetail, each with the sentence to show.
    """
    file = file_name(file)
    check_size(len(content), file, max_bytes)
    reading = read(content, file)
    source_hash = hash_of(content)
    spans = paragraphs.split(reading.text)
    _check_paragraphs(len(spans), file, limits)
    texts = [span.of(reading.text) for span in spans]
    its_roles = roles.roles_of(texts)
    language = language_of(sample_of(texts, its_roles), analyzer)
    words = [words_of(text, analyzer.of(language)) for text in texts]
    passages = tuple(
        NewPassage(
            paragraph=number,
            start=span.start,
            end=span.end,
            text=text,
            role=role,
            receipt=receipt_of(source_hash, span.start, span.end, text),
            fingerprint=fingerprint_of(map(FORM, chain.from_iterable(its_words))),
            page=bisect_right(reading.pages, span.start) or None,
        )
        for number, (span, text, role, its_words) in enumerate(
            zip(spans, texts, its_roles, words, strict=True), 1
        )
    )
    return NewDocument(
        file=file,
        content=content,
        hash=source_hash,
        reader=reading.reader,
        reader_version=reading.version,
        extraction=None if reading.reader == plain_text.NAME else reading.text,
        by_hand=cleaned(given).known,
        details=cleaned(given)
        .over(cleaned(reading.details))
        .over(metadata.stated_in(texts, its_roles))
        .over(cleaned(reading.properties)),
        passages=passages,
        abbreviations=frozenset(
            (fold(short), " ".join(folded_words(long)))
            for text, role in zip(texts, its_roles, strict=True)
            if role is not Role.FURNITURE
            for short, long in defined_in(text)
        ),
        language=language,
        words=words,
    )


def file_name(file: str) -> str:
    """Return a document's name in its one form; raise BadDetail where it cannot be one.

    A name may have folders in it (“2017/08/story.txt”) but never leads out of them.
    """
    name = normalize("NFC", _INVISIBLE.sub("", file)).replace("\\", "/").strip(_OUTER)
    parts = name.split("/")
    if not name or any(part in {"", ".", ".."} for part in parts):
        raise BadDetail("A document needs a plain file name, such as story.txt.")
    if len(name) > FILE_NAME_LIMIT:
        raise BadDetail(f"A file name has at most {FILE_NAME_LIMIT} characters; shorten it.")
    return name


def base_name(file: str) -> str:
    """Return the last part of a name that came from a chat, where paths mean nothing."""
    return file.replace("\\", "/").rstrip("/").rpartition("/")[2]


def check_size(size: int, file: str, max_bytes: int) -> None:
    """Raise SourceTooLarge where a source of ``size`` bytes is over the limit."""
    if size > max_bytes:
        raise SourceTooLarge(
            f"{file} has {size / 2**20:,.1f} MiB and the limit is {max_bytes / 2**20:,.1f} MiB; "
            "add it in parts or have the limit raised."
        )


def _check_paragraphs(number: int, file: str, limits: Limits) -> None:
    if number > limits.paragraphs:
        raise SourceTooLarge(
            f"{file} has {number:,} paragraphs and the limit is {limits.paragraphs:,}; "
            "add it in parts or have the limit raised.",
            limit="paragraphs",
        )


def cleaned(details: Details) -> Details:
    """Return details in one line each and without invisible characters."""
    title, outlet, author = (
        _INVISIBLE.sub("", " ".join(text.split()))[:DETAIL_LIMIT] or None if text else None
        for text in (details.title, details.outlet, details.author)
    )
    return Details(title, outlet, author, details.published, _web_address(details.url))


def _web_address(text: str | None) -> str | None:
    """Return a web address that can be shown; anything else is none."""
    is_address = text and len(text) <= ADDRESS_LIMIT and _WEB_ADDRESS.fullmatch(text)
    return text if is_address else None


def note(text: str) -> str:
    """Return a correction or a reason in one line; raise BadDetail where it is none or too long."""
    written = _INVISIBLE.sub("", " ".join(text.split()))
    if not written or len(written) > NOTE_LIMIT:
        raise BadDetail(f"Write a sentence or two, at most {NOTE_LIMIT:,} characters.")
    return written


def publication_date(text: str) -> date:
    """Return the date that a person gave; raise BadDetail where it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadDetail(
            f"{text!r} is no date; write it as YYYY-MM-DD, for example 2017-08-01."
        ) from error
