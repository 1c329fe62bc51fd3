"""Replies as lines of text for a terminal: styled and wrapped there, bare in a pipe."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from rich.text import Text

from bot.messages import (
    Answer,
    Changed,
    Citation,
    HelpText,
    History,
    Listing,
    Notice,
    Problem,
    Reasons,
    Reply,
    SourceFile,
    StatusReport,
    Surroundings,
    VerifiedReceipt,
    WholeDocument,
)
from bot.registry import BY_WORD, Entry
from bot.rendering.segments import excerpt_segments, safe
from retrieval import (
    Copy,
    Coverage,
    Difference,
    Document,
    ExplainedWord,
    Explanation,
    Outcome,
    Passage,
    Role,
    Standing,
    Verdict,
    Weighed,
    text_of,
)

MATCH = "bold"
DIM = "dim"
DIFFERENCES_SHOWN = 3
"""Of a copy; more of them say only that the words are others."""
DATE_WIDTH = 10
HOLDS = "The coverage holds"
HEADINGS = {
    Verdict.FOUND: ("Found.", "bold green"),
    Verdict.WEAK: ("Perhaps.", "bold yellow"),
    Verdict.NOT_FOUND: ("Not in the coverage.", "bold red"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of output; it wraps below its own indentation."""

    text: Text = field(default_factory=Text)
    indent: int = 0


def to_lines(reply: Reply) -> list[Line]:
    """Return a reply as the lines to print."""
    return list(_lines(reply))


def _lines(reply: Reply) -> Iterator[Line]:  # noqa: C901, PLR0912 - one line per reply
    match reply:
        case Answer():
            yield from _answer(reply)
        case Reasons():
            yield from _reasons(reply.explanation)
        case Surroundings():
            yield from _surroundings(reply)
        case SourceFile():
            text = text_of(reply.content, reply.document.file)
            yield from (_line(line) for line in text.splitlines())
        case Listing():
            yield from _listing(reply)
        case WholeDocument():
            yield from _whole_document(reply)
        case StatusReport():
            yield from _status(reply)
        case HelpText():
            yield from _help(reply)
        case VerifiedReceipt():
            yield from _verified(reply)
        case Changed():
            yield from _changed(reply)
        case History():
            yield from _history(reply)
        case Notice() | Problem():
            yield _line(reply.text)
        case _:
            assert_never(reply)


def _line(text: str, style: str = "", indent: int = 0) -> Line:
    return Line(Text(safe(text), style=style), indent)


def _answer(answer: Answer) -> Iterator[Line]:
    findings = answer.findings
    heading, style = HEADINGS[findings.verdict]
    yield Line(Text.assemble((heading, style), " ", safe(findings.reason)))
    if findings.verdict is not Verdict.FOUND and answer.citations:
        yield _line("The nearest passages:", DIM)
    for citation in answer.citations:
        yield Line()
        yield from _citation(citation)
    if not findings.coverage.documents:
        return
    yield Line()
    if answer.more:
        how = "type more" if answer.id else "ask with --limit"
        yield _line(f"{answer.more} more: {how}.", DIM)
    yield _line(coverage_sentence(findings.coverage), DIM)


def _reasons(explanation: Explanation) -> Iterator[Line]:
    findings = explanation.findings
    heading, style = HEADINGS[findings.verdict]
    yield Line(Text.assemble((heading, style), " ", safe(findings.reason)))
    for word in explanation.words:
        yield _line(_worth(word), indent=4)
    for one in explanation.hits:
        yield Line()
        yield _line(f"{place_of(one.hit.document, one.hit.passage)}", "italic")
        yield _line(f"holds: {', '.join(one.holds) or 'none of the words'}", indent=4)
        yield _line(f"score {one.hit.score:.2f} = {_sum(one.parts)}", DIM, indent=4)
    if explanation.evidence:
        yield Line()
        yield _line(f"Sure to {findings.confidence:.0%}; for and against, in log odds:")
        for part in explanation.evidence:
            yield _line(f"{part.value:+.2f}  {part.name}", DIM, indent=4)


def _worth(word: ExplainedWord) -> str:
    others = f"; also {', '.join(word.others)}" if word.others else ""
    nowhere = "" if word.occurs else ", occurs nowhere"
    return f"“{word.word}” counts for {word.worth:.2f}{nowhere}{others}"


def _sum(parts: Sequence[Weighed]) -> str:
    return " + ".join(f"{part.name} {part.value:.2f}" for part in parts)


def _citation(citation: Citation) -> Iterator[Line]:
    hit = citation.hit
    yield Line(Text.assemble((f"[{citation.number}] ", DIM), (safe(hit.document.name), "italic")))
    if hit.before:
        yield _line(f"Before it, ¶{hit.before.paragraph}: {hit.before.text}", DIM, indent=4)
    quotation = Text()
    for segment in excerpt_segments(hit):
        quotation.append(segment.text, style=MATCH if segment.matched else "")
    yield Line(quotation, indent=4)
    yield _line(place_of(hit.document, hit.passage), DIM, indent=4)
    for sentence in also_sentences(hit.also):
        yield _line(sentence, DIM, indent=4)


def place_of(document: Document, passage: Passage) -> str:
    """Return where a passage stands and what proves it, in one line."""
    details = document.details
    parts = [
        f"{document.file} ¶{passage.paragraph}",
        details.outlet,
        details.author,
        details.published.isoformat() if details.published else None,
        f"receipt {passage.receipt}",
    ]
    return " · ".join(part for part in parts if part)


def also_sentences(also: Sequence[Copy]) -> Iterator[str]:
    """Yield where the same words stand besides, and where nearly the same."""
    same = [_place(copy) for copy in also if not copy.differences]
    if same:
        yield f"The same words stand in {', '.join(same)}."
    for copy in also:
        if copy.differences:
            yield f"Nearly the same stands in {_place(copy)}: {_differing(copy.differences)}."


def _place(copy: Copy) -> str:
    return f"{copy.document.file} ¶{copy.passage.paragraph}"


def _differing(differences: Sequence[Difference]) -> str:
    """Return the first differences in words."""
    said = [_difference(one) for one in differences[:DIFFERENCES_SHOWN]]
    left = len(differences) - len(said)
    return "; ".join([*said, f"and {left} more"] if left else said)


def _difference(one: Difference) -> str:
    if not one.there:
        return f"without “{one.here}”"
    return f"with “{one.there}”" if not one.here else f"“{one.there}” for “{one.here}”"


def coverage_sentence(coverage: Coverage, said: str = "Searched") -> str:
    """Return how much was searched, or is there, and how fresh it is."""
    if not coverage.documents:
        return "The coverage is empty; add documents with: newsdesk add PATH"
    newest = (
        f"the newest is of {coverage.newest.isoformat()}" if coverage.newest else "none is dated"
    )
    return (
        f"{said} {_count(coverage.documents, 'document')} with "
        f"{_count(coverage.passages, 'passage')}; {newest}."
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _surroundings(reply: Surroundings) -> Iterator[Line]:
    yield _line(reply.document.name, "italic")
    for passage in (reply.before, reply.passage, reply.after):
        if passage:
            style = "" if passage is reply.passage else DIM
            yield Line()
            yield _line(f"¶{passage.paragraph}  {passage.text}", style)


def _listing(listing: Listing) -> Iterator[Line]:
    for document in listing.documents:
        details = document.details
        published = details.published.isoformat() if details.published else "undated"
        parts = [document.file, details.title, details.outlet, details.author]
        rest = safe(" · ".join(part for part in parts if part))
        yield Line(Text(f"{published:<{DATE_WIDTH}}  {rest}"))
    if listing.pages > 1:
        further = f": list {listing.page + 1}" if listing.page < listing.pages else ""
        yield _line(f"Page {listing.page} of {listing.pages}{further}", DIM)
    yield _line(coverage_sentence(listing.coverage, HOLDS), DIM)


def _whole_document(reply: WholeDocument) -> Iterator[Line]:
    document, details = reply.document, reply.document.details
    yield _line(document.name, "bold")
    parts = [
        document.file,
        details.outlet,
        details.author,
        details.published.isoformat() if details.published else None,
        f"version {document.version}",
        f"{document.size:,} bytes",
        f"SHA-256 {document.hash}",
    ]
    yield _line(" · ".join(part for part in parts if part), DIM)
    for passage in reply.passages:
        yield Line()
        role = "" if passage.role is Role.TEXT else f"  [{passage.role}]"
        style = DIM if passage.role is Role.FURNITURE else ""
        yield _line(f"¶{passage.paragraph}{role}  {passage.text}", style)


def _status(report: StatusReport) -> Iterator[Line]:
    yield _line(coverage_sentence(report.coverage, HOLDS))
    if report.database:
        yield _line(f"Database: {report.database}")
    yield _line(f"Newsdesk {report.version}", DIM)


def _help(reply: HelpText) -> Iterator[Line]:
    entries = [BY_WORD[word] for word in reply.words]
    if len(entries) == 1:
        yield from _help_on(entries[0])
        return
    yield _line("Type a question, or one of these words:")
    for entry in entries:
        yield Line(Text.assemble((entry.usage.split(" [title:")[0], MATCH)), indent=2)
        yield _line(entry.help, indent=6)


def _help_on(entry: Entry) -> Iterator[Line]:
    yield _line(entry.usage, MATCH)
    yield _line(entry.help)
    for argument in entry.arguments:
        yield _line(f"{argument.name}: {argument.help}", indent=2)
    if entry.takes_files:
        yield _line("Attach the file to your message.", indent=2)


def _verified(reply: VerifiedReceipt) -> Iterator[Line]:
    verification = reply.verification
    if verification is None:
        yield _line(f"Unknown: no citation of this coverage has the receipt {reply.receipt}.")
        return
    since = _day(verification.since)
    yield _line(
        {
            Standing.UNCHANGED: f"Unchanged since {since}: these words stand in the document.",
            Standing.CHANGED: f"Changed on {since}: the document was replaced after this citation.",
            Standing.WITHDRAWN: f"Withdrawn on {since}: the document answers no more.",
        }[verification.standing],
        MATCH,
    )
    yield _line(verification.passage.text, indent=4)
    yield _line(place_of(verification.document, verification.passage), DIM, indent=4)
    if reply.now:
        yield _line("In its place stands now:", DIM)
        yield _line(reply.now.text, indent=4)


def _changed(reply: Changed) -> Iterator[Line]:
    for outcome in reply.outcomes:
        yield from _outcome(reply.action, outcome)
    for problem in reply.problems:
        yield _line(problem)


def _outcome(action: str, outcome: Outcome) -> Iterator[Line]:
    document, details = outcome.document, outcome.document.details
    if not outcome.changed:
        yield _line(f"{document.file} is already there, unchanged.")
        return
    yield _line(f"{document.file}: {action} (version {document.version}).")
    if action in {"added", "replaced"}:
        published = details.published.isoformat() if details.published else "not stated"
        yield _line(
            f"title: {details.title or 'not stated'} · outlet: {details.outlet or 'not stated'} · "
            f"author: {details.author or 'not stated'} · date: {published} · "
            f"{_count(document.passages, 'passage')}",
            DIM,
            indent=2,
        )


def _history(history: History) -> Iterator[Line]:
    if not history.changes:
        yield _line("Nothing was changed yet.")
    if history.older:
        yield _line("There are older changes: name a document to see its own.", DIM)
    for change in history.changes:
        note = f" ({change.note})" if change.note else ""
        yield _line(
            f"{change.at:%Y-%m-%d %H:%M:%S} UTC  {change.action}{note}  {change.file}  by "
            f"{change.actor.name} on {change.actor.platform}"
        )


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
