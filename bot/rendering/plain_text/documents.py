"""Documents, their changes and receipts as lines."""

from collections.abc import Iterator

from rich.text import Text

from bot.messages import (
    Changed,
    Gaps,
    History,
    Listing,
    StatusReport,
    Surroundings,
    VerifiedReceipt,
    WholeDocument,
)
from bot.rendering.plain_text.answers import coverage_sentence, place_of
from bot.rendering.plain_text.line import DIM, MATCH, Line, count, day, line
from bot.rendering.segments import safe
from retrieval import Gap, Outcome, Role, Standing, Verdict

DATE_WIDTH = 10
HOLDS = "The coverage holds"


def surroundings_lines(reply: Surroundings) -> Iterator[Line]:
    """Yield a passage between its neighbours."""
    yield line(reply.document.name, "italic")
    for passage in (reply.before, reply.passage, reply.after):
        if passage:
            style = "" if passage is reply.passage else DIM
            yield Line()
            yield line(f"¶{passage.paragraph}  {passage.text}", style)


def listing_lines(listing: Listing) -> Iterator[Line]:
    """Yield one page of the documents."""
    for document in listing.documents:
        details = document.details
        published = details.published.isoformat() if details.published else "undated"
        parts = [document.file, details.title, details.outlet, details.author]
        rest = safe(" · ".join(part for part in parts if part))
        yield Line(Text(f"{published:<{DATE_WIDTH}}  {rest}"))
    if listing.pages > 1:
        further = f": list {listing.page + 1}" if listing.page < listing.pages else ""
        yield line(f"Page {listing.page} of {listing.pages}{further}", DIM)
    yield line(coverage_sentence(listing.coverage, HOLDS), DIM)


def whole_document_lines(reply: WholeDocument) -> Iterator[Line]:
    """Yield a document, paragraph by paragraph."""
    document, details = reply.document, reply.document.details
    yield line(document.name, "bold")
    parts = [
        document.file,
        details.outlet,
        details.author,
        details.published.isoformat() if details.published else None,
        f"version {document.version}",
        f"{document.size:,} bytes",
        f"SHA-256 {document.hash}",
    ]
    yield line(" · ".join(part for part in parts if part), DIM)
    for passage in reply.passages:
        yield Line()
        role = "" if passage.role is Role.TEXT else f"  [{passage.role}]"
        style = DIM if passage.role is Role.FURNITURE else ""
        yield line(f"¶{passage.paragraph}{role}  {passage.text}", style)


def status_lines(report: StatusReport) -> Iterator[Line]:
    """Yield what the coverage holds."""
    yield line(coverage_sentence(report.coverage, HOLDS))
    if report.database:
        yield line(f"Database: {report.database}")
    yield line(f"Newsdesk {report.version}", DIM)


def verified_lines(reply: VerifiedReceipt) -> Iterator[Line]:
    """Yield what a receipt stands for."""
    verification = reply.verification
    if verification is None:
        yield line(f"Unknown: no citation of this coverage has the receipt {reply.receipt}.")
        return
    since = day(verification.since)
    yield line(
        {
            Standing.UNCHANGED: f"Unchanged since {since}: these words stand in the document.",
            Standing.CHANGED: f"Changed on {since}: the document was replaced after this citation.",
            Standing.WITHDRAWN: f"Withdrawn on {since}: the document answers no more.",
        }[verification.standing],
        MATCH,
    )
    yield line(verification.passage.text, indent=4)
    yield line(place_of(verification.document, verification.passage), DIM, indent=4)
    if reply.now:
        yield line("In its place stands now:", DIM)
        yield line(reply.now.text, indent=4)


def changed_lines(reply: Changed) -> Iterator[Line]:
    """Yield what became of documents, one by one."""
    for outcome in reply.outcomes:
        yield from _outcome(reply.action, outcome)
    for problem in reply.problems:
        yield line(problem)


def _outcome(action: str, outcome: Outcome) -> Iterator[Line]:
    document, details = outcome.document, outcome.document.details
    if not outcome.changed:
        yield line(f"{document.file} is already there, unchanged.")
        return
    yield line(f"{document.file}: {action} (version {document.version}).")
    if action in {"added", "replaced"}:
        published = details.published.isoformat() if details.published else "not stated"
        yield line(
            f"title: {details.title or 'not stated'} · outlet: {details.outlet or 'not stated'} · "
            f"author: {details.author or 'not stated'} · date: {published} · "
            f"{count(document.passages, 'passage')}",
            DIM,
            indent=2,
        )


def history_lines(history: History) -> Iterator[Line]:
    """Yield lines of the audit trail."""
    if not history.changes:
        yield line("Nothing was changed yet.")
    if history.older:
        yield line("There are older changes: name a document to see its own.", DIM)
    for change in history.changes:
        note = f" ({change.note})" if change.note else ""
        yield line(
            f"{change.at:%Y-%m-%d %H:%M:%S} UTC  {change.action}{note}  {change.file}  by "
            f"{change.actor.name} on {change.actor.platform}"
        )


def gaps_lines(reply: Gaps) -> Iterator[Line]:
    """Yield the questions that found nothing, or nothing that helped."""
    if not reply.gaps:
        yield line("No question of the last 30 days went without an answer.")
    for gap in reply.gaps:
        yield line(gap.question, MATCH)
        yield line(" · ".join(gap_facts(gap)), DIM, indent=2)


def gap_facts(gap: Gap) -> Iterator[str]:
    """Yield what is known of a question that found nothing, or nothing that helped."""
    if gap.verdict is Verdict.NOT_FOUND:
        yield "not in the coverage"
    if gap.unhelpful:
        yield f"called unhelpful by {gap.unhelpful:,}"
    yield f"asked {gap.times:,} times" if gap.times > 1 else "asked once"
    yield f"last {day(gap.last)}"
