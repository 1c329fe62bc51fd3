"""Replies as JSON objects, for programs: ``--json`` prints one object a line."""

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
from bot.rendering.json_objects.answers import (
    answer_object,
    coverage_object,
    gap_object,
    reasons_object,
)
from bot.rendering.json_objects.documents import (
    change_object,
    changed_objects,
    document_object,
    verified_object,
)
from bot.rendering.json_objects.passages import Object, paragraph_object
from bot.rendering.json_objects.quotes import (
    citation_object,
    draft_objects,
    family_object,
    quote_object,
    saying_object,
)


def to_objects(reply: Reply) -> Iterator[Object]:  # noqa: C901, PLR0912 - one case per reply
    """Yield the objects of a reply, one to be printed a line."""
    match reply:
        case Answer():
            yield answer_object(reply)
        case Listing():
            yield from map(document_object, reply.documents)
        case WholeDocument():
            yield {
                **document_object(reply.document),
                "paragraphs": [paragraph_object(passage) for passage in reply.passages],
            }
        case History():
            yield from map(change_object, reply.changes)
        case StatusReport():
            yield {
                **coverage_object(reply.coverage),
                "database": reply.database or None,
                "version": reply.version,
                "read": reply.reading is None,
            }
        case VerifiedReceipt():
            yield verified_object(reply)
        case CheckedQuote():
            yield quote_object(reply.check)
        case Sayings():
            yield from map(saying_object, reply.said.sayings)
        case FamilyReply():
            yield family_object(reply.family)
        case CheckedDraft():
            yield from draft_objects(reply.check)
        case CitationLine():
            yield citation_object(reply.line, reply.verification)
        case Changed():
            yield from changed_objects(reply)
        case Reasons():
            yield reasons_object(reply.explanation)
        case Surroundings():
            near = (reply.before, reply.passage, reply.after)
            yield {
                **document_object(reply.document),
                "paragraphs": [paragraph_object(passage) for passage in near if passage],
            }
        case SourceFile():
            yield {
                **document_object(reply.document),
                "text": reply.text,
            }
        case Gaps():
            yield from map(gap_object, reply.gaps)
        case HelpText():
            yield {"words": list(reply.words)}
        case Notice():
            yield {"notice": reply.text}
        case Problem():
            yield {"problem": reply.text}
        case _:
            assert_never(reply)
