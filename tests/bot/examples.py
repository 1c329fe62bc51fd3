"""Documents, passages and answers to render, made by hand."""

from datetime import UTC, date, datetime

from bot.messages import Answer, Citation
from retrieval import (
    Copy,
    Coverage,
    Details,
    Document,
    Findings,
    Hit,
    Passage,
    Role,
    Span,
    Status,
    Verdict,
)

ADDED = datetime(2017, 8, 2, 9, 30, tzinfo=UTC)
CHANGED = datetime(2017, 8, 3, 16, 5, 59, tzinfo=UTC)
COVERAGE = Coverage(1, 1204, date(2017, 8, 1))
HASH = "ab" * 32
KNOWN = Details("The Harbor Budget", "City Desk", "Robin Roe", date(2017, 8, 1))
UNKNOWN = Details()


def document(
    file: str = "budget.txt", details: Details = KNOWN, *, version: int = 1, passages: int = 3
) -> Document:
    """Return a document as the library states it."""
    return Document(
        id=1,
        space=None,
        file=file,
        status=Status.LIVE,
        version=version,
        hash=HASH,
        details=details,
        size=1234,
        passages=passages,
        added=ADDED,
        changed=CHANGED,
    )


def passage(
    text: str, paragraph: int = 2, role: Role = Role.TEXT, receipt: str = "0123456789abcdef"
) -> Passage:
    """Return a passage that stands at the beginning of its document."""
    return Passage(paragraph, paragraph, 0, len(text), text, role, receipt, "")


def marks(text: str, *words: str) -> tuple[Span, ...]:
    """Return where the words stand first in the text."""
    starts = [(text.index(word), len(word)) for word in words]
    return tuple(Span(start, start + length) for start, length in sorted(starts))


def hit(
    text: str,
    *,
    of: Document | None = None,
    excerpt: Span | None = None,
    matched: tuple[Span, ...] = (),
    before: Passage | None = None,
    also: tuple[Copy, ...] = (),
) -> Hit:
    """Return a hit whose excerpt is the whole passage unless another is given."""
    return Hit(
        document=of or document(),
        passage=passage(text),
        score=7.25,
        excerpt=excerpt or Span(0, len(text)),
        marks=matched,
        before=before,
        also=also,
    )


def answer(
    *hits: Hit,
    verdict: Verdict = Verdict.FOUND,
    reason: str = "The first passage holds what the question names.",
    coverage: Coverage = COVERAGE,
    answer_id: str = "",
    more: int = 0,
) -> Answer:
    """Return an answer that cites the hits."""
    findings = Findings(
        question="Who doubled the budget?",
        verdict=verdict,
        confidence=0.75,
        reason=reason,
        hits=hits,
        missing=("doubled",),
        coverage=coverage,
    )
    citations = tuple(Citation(number, one) for number, one in enumerate(hits, 1))
    return Answer(findings, citations, answer_id, more)
