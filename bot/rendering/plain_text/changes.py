"""What moderators changed, and the trail of it, as lines."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from textwrap import shorten

from bot.messages import Changed, History
from bot.rendering.plain_text.documents import state_of
from bot.rendering.plain_text.line import DIM, MATCH, Line, count, day, line
from bot.rendering.segments import safe
from retrieval import Action, Change, Document, Outcome, Passage, Revision, Status, Understood

REVISIONS_SHOWN = 20
"""Paragraphs of a replacement that are shown; of more it is said how many there are."""
SET_ASIDE_SHOWN = 10
SET_ASIDE_WIDTH = 100
"""Characters of a line that was set aside."""
SET_RIGHT = {"edited", "corrected"}
UNDERSTOOD = {"added", "replaced", "edited"}
"""Actions after which it is shown what is known of a document."""


def changed_lines(reply: Changed) -> Iterator[Line]:
    """Yield what became of documents: of several how many, then what was refused, then the rest."""
    if len(reply.outcomes) + len(reply.problems) > 1:
        yield line(_counts(reply), MATCH)
    for problem in reply.problems:
        yield line(problem)
    for outcome in reply.outcomes:
        yield from _outcome(reply.action, outcome)
    read = [one.document.file for one in reply.outcomes if one.changed and one.understood]
    if read and reply.action in {"added", "replaced"}:
        file = read[0] if len(read) == 1 else "FILE"
        yield line(f'To set right what was understood: edit {file} title:"…" author:"…"', DIM)


def _counts(reply: Changed) -> str:
    done = sum(outcome.changed for outcome in reply.outcomes)
    there = len(reply.outcomes) - done
    parts = [
        f"{number:,} {what}"
        for number, what in (
            (done, reply.action),
            (there, "already there"),
            (len(reply.problems), "left as they are" if reply.action == "undone" else "refused"),
        )
        if number
    ]
    return f"{len(reply.outcomes) + len(reply.problems):,} files: {', '.join(parts)}."


def _outcome(action: str, outcome: Outcome) -> Iterator[Line]:
    document, understood = outcome.document, outcome.understood or Understood()
    if not outcome.changed:
        there = "stands so already" if action in SET_RIGHT else "is already there"
        yield line(f"{document.file} {there}, unchanged.")
        return
    yield line(_said(action, outcome))
    if action in UNDERSTOOD:
        yield line(_known(document, understood), DIM, indent=2)
        yield from _set_aside(understood.furniture)
    is_told = document.status is Status.REMOVED and action == "removed"
    if not is_told and (state := state_of(document)):
        yield line(f"{document.file} is {state}.", indent=2)
    if action == "replaced" and document.status is Status.HELD:
        yield line("The version before does not answer meanwhile; undo brings it back.", indent=2)
    if document.correction:
        yield line(f"Shown with every citation: {document.correction}", indent=2)
    for near in understood.near:
        yield line(
            f"Nearly a copy: {count(near.shared, 'passage')} of it in {near.document.file} too.",
            indent=2,
        )
    yield from _revisions(outcome.revisions)


def _said(action: str, outcome: Outcome) -> str:
    document, undone = outcome.document, outcome.undone
    what = f"{action} ({_deed(undone)} by {undone.actor.name})" if undone else action
    return f"{document.file}: {what} (version {document.version})."


def _deed(undone: Change) -> str:
    """Return what was taken back: “replace”, or “undo of replace”."""
    is_undo = undone.action is Action.UNDO and undone.note
    return f"{undone.action} of {undone.note}" if is_undo else undone.action


def _known(document: Document, understood: Understood) -> str:
    details = document.details
    named = {
        "title": details.title,
        "outlet": details.outlet,
        "author": details.author,
        "date": details.published.isoformat() if details.published else None,
    }
    parts = [f"{name}: {value}" for name, value in named.items() if value]
    if unknown := [name for name, value in named.items() if not value]:
        parts.append(f"not stated: {', '.join(unknown)}")
    if document.language:
        parts.append(f"language: {document.language}")
    parts.append(count(document.passages, "passage"))
    if understood.furniture:
        parts.append(f"{count(len(understood.furniture), 'paragraph')} set aside")
    return " · ".join(parts)


def _set_aside(furniture: Sequence[Passage]) -> Iterator[Line]:
    """Yield the lines that are no part of the text, so that a wrong one is seen."""
    for one in furniture[:SET_ASIDE_SHOWN]:
        text = shorten(safe(one.text), SET_ASIDE_WIDTH, placeholder=" …")
        yield line(f"set aside ¶{one.paragraph}: {text}", DIM, indent=2)
    if left := len(furniture) - len(furniture[:SET_ASIDE_SHOWN]):
        yield line(f"{count(left, 'further paragraph')} set aside.", DIM, indent=2)


def _revisions(revisions: Sequence[Revision]) -> Iterator[Line]:
    """Yield what a replacement changed, paragraph by paragraph."""
    for revision in revisions[:REVISIONS_SHOWN]:
        if revision.before:
            yield line(f"− ¶{revision.before.paragraph}  {revision.before.text}", DIM, indent=2)
        if revision.after:
            yield line(f"+ ¶{revision.after.paragraph}  {revision.after.text}", MATCH, indent=2)
    if left := len(revisions) - len(revisions[:REVISIONS_SHOWN]):
        yield line(f"{count(left, 'further paragraph')} changed.", DIM, indent=2)


def history_lines(history: History) -> Iterator[Line]:
    """Yield a page of the audit trail."""
    if not history.changes:
        yield line("Nothing was changed yet.")
    for change in history.changes:
        note = f" ({change.note})" if change.note else ""
        yield line(
            f"{change.at:%Y-%m-%d %H:%M:%S} UTC  {change.action}{note}  {change.file}  by "
            f"{change.actor.name} on {change.actor.platform}"
        )
        for difference in differences_of(change):
            yield line(difference, DIM, indent=2)
    if history.pages > 1:
        further = f": {history_page(history, history.page + 1)}" if history.older else ""
        yield line(f"Page {history.page} of {history.pages}{further}", DIM)


def history_page(history: History, page: int) -> str:
    """Return what to type for another page of the same trail."""
    return " ".join(filter(None, ["history", history.command.file, f"page:{page}"]))


def differences_of(change: Change) -> Iterator[str]:
    """Yield what a change made of a document's details and state, one sentence each."""
    before, after = change.state_before, change.state_after
    if before is None or after is None:
        return
    old_details, new_details = before.details.to_object(), after.details.to_object()
    values: list[tuple[str, object, object]] = [
        (name, old_details[name], new_details[name]) for name in old_details
    ]
    values += [
        ("version", before.version, after.version),
        ("status", before.status.value, after.status.value),
        ("correction", before.correction, after.correction),
        ("held until", _moment(before.hold_until), _moment(after.hold_until)),
    ]
    for name, old, new in values:
        if old != new:
            yield f"{name}: {old or 'none'} → {new or 'none'}"


def _moment(at: datetime | None) -> str | None:
    return day(at) if at else None
