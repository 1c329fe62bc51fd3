"""Replies as JSON objects, for programs: ``--json`` prints one object a line."""

from collections.abc import Iterator, Sequence
from typing import Any, assert_never

from bot.messages import (
    Answer,
    Changed,
    CheckedDraft,
    CheckedQuote,
    Citation,
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
from bot.rendering.quote_objects import (
    citation_object,
    differences_of,
    draft_objects,
    family_object,
    quote_object,
    saying_object,
)
from retrieval import (
    Change,
    Copy,
    Coverage,
    Document,
    Explanation,
    Gap,
    Passage,
    Revision,
    Understood,
    Weighed,
)

Object = dict[str, Any]


def to_objects(reply: Reply) -> Iterator[Object]:  # noqa: C901, PLR0912 - one case per reply
    """Yield the objects of a reply, one to be printed a line."""
    match reply:
        case Answer():
            yield _answer(reply)
        case Listing():
            yield from map(_document, reply.documents)
        case WholeDocument():
            yield {
                **_document(reply.document),
                "paragraphs": [_paragraph(passage) for passage in reply.passages],
            }
        case History():
            yield from map(_change, reply.changes)
        case StatusReport():
            yield {
                **_coverage(reply.coverage),
                "database": reply.database or None,
                "version": reply.version,
                "read": reply.reading is None,
            }
        case VerifiedReceipt():
            yield _verified(reply)
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
            yield from _changed(reply)
        case Reasons():
            yield _reasons(reply.explanation)
        case Surroundings():
            near = (reply.before, reply.passage, reply.after)
            yield {
                **_document(reply.document),
                "paragraphs": [_paragraph(passage) for passage in near if passage],
            }
        case SourceFile():
            yield {
                **_document(reply.document),
                "text": reply.text,
            }
        case Gaps():
            yield from map(_gap, reply.gaps)
        case HelpText():
            yield {"words": list(reply.words)}
        case Notice():
            yield {"notice": reply.text}
        case Problem():
            yield {"problem": reply.text}
        case _:
            assert_never(reply)


def _answer(answer: Answer) -> Object:
    findings = answer.findings
    return {
        "question": findings.question,
        "verdict": findings.verdict,
        "confidence": findings.confidence,
        "reason": findings.reason,
        "passages": [_citation(citation) for citation in answer.citations],
        "missing": list(findings.missing),
        "origins": answer.origins,
        "coverage": _coverage(findings.coverage),
    } | ({"explanation": _grounds(answer.explanation)} if answer.explanation else {})


def _citation(citation: Citation) -> Object:
    hit = citation.hit
    details = hit.document.details
    return {
        "file": hit.document.file,
        "title": details.title,
        "outlet": details.outlet,
        "author": details.author,
        "published": details.published.isoformat() if details.published else None,
        **_place(hit.passage),
        "excerpt": hit.excerpt.of(hit.passage.text),
        "before": hit.before.text if hit.before else None,
        "receipt": hit.passage.receipt,
        "correction": hit.document.correction,
        "score": hit.score,
        "also": [_copy(copy) for copy in hit.also],
    }


def _place(passage: Passage) -> Object:
    return {
        "paragraph": passage.paragraph,
        **({"page": passage.page} if passage.page else {}),
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
    }


def _copy(copy: Copy) -> Object:
    return {
        "file": copy.document.file,
        "title": copy.document.details.title,
        **_place(copy.passage),
        "receipt": copy.passage.receipt,
        "correction": copy.document.correction,
    }


def _reasons(explanation: Explanation) -> Object:
    findings = explanation.findings
    return {
        "question": findings.question,
        "verdict": findings.verdict,
        "confidence": findings.confidence,
        "reason": findings.reason,
        **_grounds(explanation),
    }


def _grounds(explanation: Explanation) -> Object:
    return {
        "words": [
            {
                "word": one.word,
                "worth": one.worth,
                "others": list(one.others),
                "occurs": one.occurs,
            }
            for one in explanation.words
        ],
        "passages": [
            {
                "file": one.hit.document.file,
                **_place(one.hit.passage),
                "receipt": one.hit.passage.receipt,
                "score": one.hit.score,
                "parts": _weighed(one.parts),
                "holds": list(one.holds),
            }
            for one in explanation.hits
        ],
        "evidence": _weighed(explanation.evidence),
    }


def _weighed(parts: Sequence[Weighed]) -> Object:
    return {part.name: round(part.value, 4) for part in parts}


def _coverage(coverage: Coverage) -> Object:
    return {
        "documents": coverage.documents,
        "passages": coverage.passages,
        "newest": coverage.newest.isoformat() if coverage.newest else None,
    }


def _document(document: Document) -> Object:
    details = document.details
    return {
        "file": document.file,
        "title": details.title,
        "outlet": details.outlet,
        "author": details.author,
        "published": details.published.isoformat() if details.published else None,
        "language": document.language,
        "url": details.url,
        "space": document.space,
        "status": document.status,
        "version": document.version,
        "passages": document.passages,
        "bytes": document.size,
        "hash": document.hash,
        "added": document.added.isoformat(),
        "by_hand": sorted(document.by_hand),
        "correction": document.correction,
        "reason": document.reason,
        "hold_until": document.hold_until.isoformat() if document.hold_until else None,
    }


def _paragraph(passage: Passage) -> Object:
    return {**_place(passage), "role": passage.role, "receipt": passage.receipt}


def _change(change: Change) -> Object:
    return {
        "at": change.at.isoformat(),
        "by": change.actor.name,
        "by_id": change.actor.id,
        "platform": change.actor.platform,
        "space": change.space,
        "action": change.action,
        "file": change.file,
        "before": change.before,
        "after": change.after,
        "note": change.note,
        "id": change.id,
        "message": change.actor.message,
        "state_before": change.state_before.to_object() if change.state_before else None,
        "state_after": change.state_after.to_object() if change.state_after else None,
    }


def _revision(revision: Revision) -> Object:
    return {
        "change": revision.kind,
        "before": _paragraph(revision.before) if revision.before else None,
        "after": _paragraph(revision.after) if revision.after else None,
    }


def _verified(reply: VerifiedReceipt) -> Object:
    verification = reply.verification
    if verification is None:
        return {
            "receipt": reply.receipt,
            "status": "unknown",
            "file": None,
            "paragraph": None,
            "text": None,
            "since": None,
            "by": None,
            "reason": None,
            "correction": None,
            "now": None,
            "differences": None,
        }
    return {
        "receipt": verification.receipt,
        "status": verification.standing,
        "file": verification.document.file,
        "paragraph": verification.passage.paragraph,
        "text": verification.passage.text,
        "since": verification.since.isoformat(),
        "by": verification.by,
        "reason": verification.reason,
        "correction": verification.document.correction,
        "now": _paragraph(reply.now) if reply.now else None,
        "differences": differences_of(verification.passage.text, reply.now.text)
        if reply.now
        else None,
    }


def _changed(reply: Changed) -> Iterator[Object]:
    for outcome in reply.outcomes:
        result = reply.action if outcome.changed else "already there"
        understood = outcome.understood or Understood()
        yield {
            **_document(outcome.document),
            "result": result,
            "furniture": len(understood.furniture),
            "set_aside": [_paragraph(one) for one in understood.furniture],
            "near": [
                {"file": near.document.file, "shared": near.shared} for near in understood.near
            ],
            "changes": list(map(_revision, outcome.revisions)),
        }
    for problem in reply.problems:
        yield {"problem": problem}


def _gap(gap: Gap) -> Object:
    return {
        "question": gap.question,
        "verdict": gap.verdict,
        "times": gap.times,
        "unhelpful": gap.unhelpful,
        "last": gap.last.isoformat(),
    }
