"""Replies as lines of text: for a terminal, styled and wrapped there, bare in a pipe."""

from collections.abc import Iterator
from typing import assert_never

from bot.messages import (
    Answer,
    Changed,
    CheckedDraft,
    CheckedQuote,
    CitationLine,
    FamilyReply,
    Gaps,
    HelpText,
    History,
    Listing,
    Notice,
    Problem,
    Reasons,
    Reply,
    Sayings,
    SourceFile,
    StatusReport,
    Surroundings,
    VerifiedReceipt,
    WholeDocument,
)
from bot.rendering.plain_text.answers import (
    also_sentences,
    answer_lines,
    correction_sentence,
    coverage_sentence,
    place_of,
    reasons_lines,
)
from bot.rendering.plain_text.changes import changed_lines, history_lines
from bot.rendering.plain_text.documents import (
    gaps_lines,
    listing_lines,
    status_lines,
    surroundings_lines,
    verified_lines,
    whole_document_lines,
)
from bot.rendering.plain_text.drafts import draft_lines
from bot.rendering.plain_text.families import citation_lines, family_lines
from bot.rendering.plain_text.helping import help_lines
from bot.rendering.plain_text.line import Line, line
from bot.rendering.plain_text.quotes import quote_lines, sayings_lines

__all__ = [
    "Line",
    "also_sentences",
    "correction_sentence",
    "coverage_sentence",
    "place_of",
    "to_lines",
]


def to_lines(reply: Reply) -> list[Line]:
    """Return a reply as the lines to print."""
    return list(_lines(reply))


def _lines(reply: Reply) -> Iterator[Line]:  # noqa: C901, PLR0912 - one line per reply
    match reply:
        case Answer():
            yield from answer_lines(reply)
        case Reasons():
            yield from reasons_lines(reply.explanation)
        case Surroundings():
            yield from surroundings_lines(reply)
        case SourceFile():
            yield from (line(one) for one in reply.text.splitlines())
        case Listing():
            yield from listing_lines(reply)
        case WholeDocument():
            yield from whole_document_lines(reply)
        case StatusReport():
            yield from status_lines(reply)
        case HelpText():
            yield from help_lines(reply)
        case VerifiedReceipt():
            yield from verified_lines(reply)
        case CheckedQuote():
            yield from quote_lines(reply)
        case Sayings():
            yield from sayings_lines(reply)
        case FamilyReply():
            yield from family_lines(reply)
        case CheckedDraft():
            yield from draft_lines(reply)
        case CitationLine():
            yield from citation_lines(reply)
        case Changed():
            yield from changed_lines(reply)
        case History():
            yield from history_lines(reply)
        case Gaps():
            yield from gaps_lines(reply)
        case Notice() | Problem():
            yield line(reply.text)
        case _:
            assert_never(reply)
