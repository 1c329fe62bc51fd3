"""Documents, what was changed of them and what became of them, as JSON objects."""

from collections.abc import Iterator

from bot.messages import Changed, VerifiedReceipt
from bot.rendering.json_objects.passages import Object, paragraph_object
from bot.rendering.json_objects.quotes import differences_of
from retrieval import Change, Document, Revision, Understood


def document_object(document: Document) -> Object:
    """Return a document."""
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


def change_object(change: Change) -> Object:
    """Return a line of the audit trail."""
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
        "before": paragraph_object(revision.before) if revision.before else None,
        "after": paragraph_object(revision.after) if revision.after else None,
    }


def verified_object(reply: VerifiedReceipt) -> Object:
    """Return what became of a cited passage."""
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
        "now": paragraph_object(reply.now) if reply.now else None,
        "differences": differences_of(verification.passage.text, reply.now.text)
        if reply.now
        else None,
    }


def changed_objects(reply: Changed) -> Iterator[Object]:
    """Yield what came of each document that was to be changed, and the problems."""
    for outcome in reply.outcomes:
        result = reply.action if outcome.changed else "already there"
        understood = outcome.understood or Understood()
        yield {
            **document_object(outcome.document),
            "result": result,
            "furniture": len(understood.furniture),
            "set_aside": [paragraph_object(one) for one in understood.furniture],
            "near": [
                {"file": near.document.file, "shared": near.shared} for near in understood.near
            ],
            "changes": list(map(_revision, outcome.revisions)),
        }
    for problem in reply.problems:
        yield {"problem": problem}
