"""Intake: from a source as received to everything the store keeps of it, without any I/O."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from retrieval.analysis import paragraphs
from retrieval.analysis.abbreviations import defined_in
from retrieval.analysis.analyzer import FORM, Analyzer, Word, fold, folded_words
from retrieval.analysis.detection import language_of, sample_of
from retrieval.analysis.sentences import words_of
from retrieval.errors import SourceTooLarge
from retrieval.intake import metadata, roles
from retrieval.intake.details import cleaned
from retrieval.intake.fingerprints import fingerprint_of
from retrieval.intake.incoming import DEFAULT_MAX_BYTES, check_size
from retrieval.intake.names import file_name
from retrieval.intake.new_documents import NewDocument, NewPassage
from retrieval.intake.receipts import hash_of, receipt_of
from retrieval.model import NOTHING, Details, Role, Span
from retrieval.readers import DEFAULT_LIMITS, Limits, Reading, plain_text


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
    """Read a source; what is said of its details goes before what it states itself.

    ``analyzer`` is the library's; a document in another language is analysed by that one's.

    Raises SourceTooLarge, UnreadableSource or BadDetail, each with the sentence to show.
    """
    file, given = file_name(file), cleaned(given)
    check_size(len(content), file, max_bytes)
    reading = read(content, file)
    spans = paragraphs.split(reading.text)
    _check_paragraphs(len(spans), file, limits)
    texts = [span.of(reading.text) for span in spans]
    its_roles = roles.roles_of(texts)
    language = given.language
    if "language" not in given.said:
        language = language_of(sample_of(texts, its_roles), analyzer)
    words = [words_of(text, analyzer.of(language)) for text in texts]
    source_hash = hash_of(content)
    return NewDocument(
        file=file,
        content=content,
        hash=source_hash,
        reader=reading.reader,
        reader_version=reading.version,
        extraction=None if reading.reader == plain_text.NAME else reading.text,
        by_hand=given.said,
        details=replace(
            given.over(cleaned(reading.details))
            .over(metadata.stated_in(texts, its_roles))
            .over(cleaned(reading.properties)),
            language=language,
            denied=NOTHING,
        ),
        passages=tuple(_passages(reading, source_hash, spans, its_roles, words)),
        abbreviations=frozenset(_abbreviations(texts, its_roles)),
        words=words,
    )


def _check_paragraphs(number: int, file: str, limits: Limits) -> None:
    if number > limits.paragraphs:
        raise SourceTooLarge(
            f"{file} has {number:,} paragraphs and the limit is {limits.paragraphs:,}; "
            "add it in parts or have the limit raised.",
            limit="paragraphs",
        )


def _passages(
    reading: Reading,
    source_hash: str,
    spans: Sequence[Span],
    its_roles: Sequence[Role],
    words: Sequence[Sequence[Sequence[Word]]],
) -> Iterator[NewPassage]:
    """Yield the passages of a source, numbered from 1."""
    for number, (span, role, its_words) in enumerate(zip(spans, its_roles, words, strict=True), 1):
        text = span.of(reading.text)
        yield NewPassage(
            paragraph=number,
            start=span.start,
            end=span.end,
            text=text,
            role=role,
            receipt=receipt_of(source_hash, span.start, span.end, text),
            fingerprint=fingerprint_of(map(FORM, chain.from_iterable(its_words))),
            page=bisect_right(reading.pages, span.start) or None,
        )


def _abbreviations(texts: Sequence[str], its_roles: Sequence[Role]) -> Iterator[tuple[str, str]]:
    """Yield the short forms that a text defines, each with its long form, folded."""
    for text, role in zip(texts, its_roles, strict=True):
        if role is not Role.FURNITURE:
            for short, long in defined_in(text):
                yield fold(short), " ".join(folded_words(long))
