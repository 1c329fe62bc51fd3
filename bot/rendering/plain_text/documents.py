"""Documents, lists of them, and receipts as lines."""

from collections.abc import Iterator

from rich.text import Text

from bot.messages import (
    Gaps,
    Listing,
    StatusReport,
    Surroundings,
    VerifiedReceipt,
    WholeDocument,
)
from bot.rendering.plain_text.answers import correction_sentence, coverage_sentence, place_of
from bot.rendering.plain_text.line import DIM, MATCH, Line, count, day, line, reading_sentence
from bot.rendering.plain_text.quotes import marked
from bot.rendering.segments import paragraph_of, safe
from retrieval import Document, Gap, Role, Standing, Status, Verdict, edits_between

DATE_WIDTH = 10
HOLDS = "The coverage holds"
NONE_MATCHES = "No document matches; list without filters shows all."


def surroundings_lines(reply: Surroundings) -> Iterator[Line]:
    """Yield a passage between its neighbours."""
    yield line(reply.document.name, "italic")
    if reply.document.correction:
        yield line(correction_sentence(reply.document.correction), MATCH)
    for passage in (reply.before, reply.passage, reply.after):
        if passage:
            style = "" if passage is reply.passage else DIM
            yield Line()
            yield line(f"{paragraph_of(passage)}  {passage.text}", style)


def listing_lines(listing: Listing) -> Iterator[Line]:
    """Yield one page of the documents."""
    for document in listing.documents:
        details = document.details
        published = details.published.isoformat() if details.published else "undated"
        parts = [document.file, details.title, details.outlet, details.author]
        parts += [whose(document, listing.space), state_of(document)]
        rest = safe(" · ".join(part for part in parts if part))
        yield Line(Text(f"{published:<{DATE_WIDTH}}  {rest}"))
    if listing.pages > 1:
        further = (
            f": {list_page(listing, listing.page + 1)}" if listing.page < listing.pages else ""
        )
        yield line(f"Page {listing.page} of {listing.pages}{further}", DIM)
    if listing.undated:
        yield line(undated_sentence(listing), DIM)
    if not listing.documents and listing.coverage.documents:
        yield line(NONE_MATCHES)
    yield line(coverage_sentence(listing.coverage, HOLDS), DIM)


def undated_sentence(listing: Listing) -> str:
    """Return how many documents a filter by date left out."""
    return f"{count(listing.undated, 'document')} without a date left out."


def facts_of(document: Document, space: str | None) -> list[str]:
    """Return what is known of a document, besides what it is called: its date comes first."""
    details = document.details
    published = details.published.isoformat() if details.published else "undated"
    file = document.file if document.name != document.file else None
    parts = [published, state_of(document), file, details.outlet, details.author]
    return [part for part in (*parts, whose(document, space)) if part]


def whose(document: Document, space: str | None) -> str | None:
    """Tell a shared document from a space's own of the same name."""
    return "shared" if space is not None and document.space is None else None


def state_of(document: Document) -> str | None:
    """Return what is to be known of a document besides what its text says, None where nothing."""
    match document.status:
        case Status.RETRACTED:
            return f"retracted: {document.reason}"
        case Status.REMOVED:
            return "removed"
        case Status.HELD if document.hold_until:
            return f"held until {day(document.hold_until)}"
        case _:
            return None


def list_page(listing: Listing, page: int) -> str:
    """Return what to type for another page of the same list."""
    command = listing.command
    options = {"title": command.title, "sort": command.sort, "status": command.status}
    typed = [f'{name}:"{value}"' for name, value in options.items() if value]
    return " ".join(["list", str(page), *filter(None, [command.filters]), *typed])


def whole_document_lines(reply: WholeDocument) -> Iterator[Line]:
    """Yield a document, paragraph by paragraph."""
    document, details = reply.document, reply.document.details
    yield line(document.name, "bold")
    parts = [
        document.file,
        details.outlet,
        details.author,
        details.published.isoformat() if details.published else None,
        details.url,
        f"version {document.version}",
        f"{document.size:,} bytes",
        f"SHA-256 {document.hash}",
        state_of(document),
    ]
    yield line(" · ".join(part for part in parts if part), DIM)
    if document.correction:
        yield line(correction_sentence(document.correction), MATCH)
    for passage in reply.passages:
        yield Line()
        role = "" if passage.role is Role.TEXT else f"  [{passage.role}]"
        style = DIM if passage.role is Role.FURNITURE else ""
        yield line(f"{paragraph_of(passage)}{role}  {passage.text}", style)


def status_lines(report: StatusReport) -> Iterator[Line]:
    """Yield what the coverage holds."""
    yield line(coverage_sentence(report.coverage, HOLDS))
    if report.reading:
        yield line(reading_sentence(report.reading if report.database else None))
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
            Standing.WITHDRAWN: f"Withdrawn on {since}{_by(reply)}: the document answers no more.",
        }[verification.standing],
        MATCH,
    )
    if verification.reason:
        yield line(f"Reason: {verification.reason}")
    if verification.document.correction:
        yield line(correction_sentence(verification.document.correction))
    yield line(verification.passage.text, indent=4)
    yield line(place_of(verification.document, verification.passage), DIM, indent=4)
    if reply.now and reply.now.text == verification.passage.text:
        yield line(f"The same words stand now in ¶{reply.now.paragraph}.", DIM)
    elif reply.now:
        yield line(f"In its place stands now, ¶{reply.now.paragraph}:", DIM)
        yield line(reply.now.text, indent=4)
        yield line("Word by word, [-what is gone-] and {+what is new+}:", DIM)
        yield Line(marked(edits_between(verification.passage.text, reply.now.text)), indent=4)
    elif verification.standing is Standing.CHANGED:
        yield line("Nothing stands in its place now.", DIM)


def gaps_lines(reply: Gaps) -> Iterator[Line]:
    """Yield the questions that found nothing, or nothing that helped."""
    if not reply.gaps:
        yield line("No question of the last 30 days went without an answer.")
    else:
        yield line("Questions of the last 30 days that found nothing, or nothing that helped:")
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


def _by(reply: VerifiedReceipt) -> str:
    return f" by {reply.verification.by}" if reply.verification and reply.verification.by else ""
