"""What the coverage says of a draft, as lines: a table of its quotations and figures."""

from collections import Counter
from collections.abc import Iterator

from rich.text import Text

from bot.messages import CheckedDraft
from bot.rendering.plain_text.answers import coverage_sentence
from bot.rendering.plain_text.line import DIM, Line, line
from bot.rendering.plain_text.quotes import HEADINGS, LEGEND, marked, verdict_of
from bot.rendering.segments import safe
from retrieval import CheckedFigure, CheckedSpan, FigureVerdict, Place, QuoteVerdict

SHOWN = 60
"""Characters of a quotation in the table."""
FIGURES = {
    FigureVerdict.MATCHES: ("Stands there.", "bold green"),
    FigureVerdict.DIFFERS: ("Another figure.", "bold yellow"),
    FigureVerdict.ABSENT: ("Not in this coverage.", "bold red"),
}
_FINE = {QuoteVerdict.EXACT, QuoteVerdict.PUNCTUATION, FigureVerdict.MATCHES}
_ABSENT = {QuoteVerdict.ABSENT, FigureVerdict.ABSENT}


def draft_lines(reply: CheckedDraft) -> Iterator[Line]:
    """Yield what matches, what differs and what is not in the coverage, in the draft's order."""
    check = reply.check
    yield Line(Text(f"{safe(check.name)}: {_summary(reply)}", style="bold"))
    for item in check.items:
        match item:
            case CheckedSpan():
                yield from _span_lines(item)
            case CheckedFigure():
                yield from _figure_lines(item)
    if any(isinstance(item, CheckedSpan) for item in check.items):
        yield line(LEGEND, DIM)
    if check.unchecked:
        yield line(
            f"{check.unchecked:,} more of its quotations and figures are not checked; check the"
            " draft in parts."
        )
    yield line("The draft is not kept.", DIM)
    yield line(coverage_sentence(check.coverage), DIM)


def _summary(reply: CheckedDraft) -> str:
    verdicts = Counter[str]()
    for item in reply.check.items:
        verdict = item.check.verdict if isinstance(item, CheckedSpan) else item.verdict
        fine = "match" if verdict in _FINE else "differ"
        verdicts["not in the coverage" if verdict in _ABSENT else fine] += 1
    if not verdicts:
        return "no quotation and no figure in it."
    return ", ".join(f"{number:,} {what}" for what, number in sorted(verdicts.items())) + "."


def _span_lines(item: CheckedSpan) -> Iterator[Line]:
    heading, style = HEADINGS[item.check.verdict]
    quote = _shortened(item.check.quote)
    verdict = verdict_of(heading, style, item.check)
    yield Line(Text.assemble(f"¶{item.paragraph}  “{quote}”  ", *verdict))
    for wording in item.check.wordings[:1]:
        if item.check.verdict is not QuoteVerdict.EXACT:
            yield Line(marked(wording.edits), indent=4)
        speaker = f"said by {wording.speaker}, " if wording.speaker else ""
        yield line(f"{speaker}{_where(wording.places[0])}", DIM, indent=4)


def _figure_lines(item: CheckedFigure) -> Iterator[Line]:
    heading, style = FIGURES[item.verdict]
    yield Line(Text.assemble(f"¶{item.paragraph}  {safe(item.text)}  ", (heading, style)))
    for text, place in item.found[:1]:
        yield line(f"{text}: {_where(place)}", DIM, indent=4)


def _where(place: Place) -> str:
    document, passage = place.document, place.passage
    return f"{document.file} ¶{passage.paragraph} · receipt {passage.receipt}"


def _shortened(text: str) -> str:
    text = safe(text)
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rpartition(' ')[0]} …"
