"""What the quote desk says, as lines; what differs is marked so that it reads without styles."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.text import Text

from bot.messages import CheckedQuote, Sayings
from bot.rendering.plain_text.answers import coverage_sentence, place_of
from bot.rendering.plain_text.line import DIM, Line, count, line, listed, reading_sentence
from bot.rendering.segments import safe
from retrieval import Edit, PlacedSaying, QuoteCheck, QuoteVerdict, SourceWording, Tag

PLACES_SHOWN = 5
"""Of one wording; the others are counted."""
WORDINGS_SHOWN = 8
SAYINGS_SHOWN = 10
STRUCK = "strike red"
ADDED = "bold green"
HEADINGS = {
    QuoteVerdict.EXACT: ("Exact.", "bold green"),
    QuoteVerdict.PUNCTUATION: ("Punctuation or case only.", "bold green"),
    QuoteVerdict.ELIDED: ("Elided.", "bold yellow"),
    QuoteVerdict.OTHER_SPEAKER: ("Said by someone else.", "bold red"),
    QuoteVerdict.DIFFERS: ("Words differ.", "bold yellow"),
    QuoteVerdict.STITCHED: ("Stitched together.", "bold yellow"),
    QuoteVerdict.ABSENT: ("Not in this coverage.", "bold red"),
}
LEGEND = "[-only in your words-] {+only in the source+}"


def quote_lines(reply: CheckedQuote) -> Iterator[Line]:
    """Yield the verdict on a quotation, and each wording with what differs in it."""
    check = reply.check
    heading, style = HEADINGS[check.verdict]
    yield Line(Text.assemble(*verdict_of(heading, style, check), " ", safe(check.reason)))
    for wording in check.wordings[:WORDINGS_SHOWN]:
        yield Line()
        yield from _wording_lines(wording)
    left = len(check.wordings) - WORDINGS_SHOWN
    if left > 0:
        yield line(f"{count(left, 'more wording')}: see them with --json.", DIM)
    if check.wordings:
        yield Line()
    if any(edit.tag is not Tag.EQUAL for one in check.wordings for edit in one.edits):
        yield line(LEGEND, DIM)
    yield line(coverage_sentence(check.coverage), DIM)


def verdict_of(heading: str, style: str, check: QuoteCheck) -> list[tuple[str, str]]:
    """Return the verdict on a quotation, and whether what differs is critical, as pieces."""
    critical = [(" ", ""), ("CRITICAL.", "bold red")] if check.is_critical else []
    return [(heading, style), *critical]


def _wording_lines(wording: SourceWording) -> Iterator[Line]:
    yield Line(marked(wording.edits), indent=4)
    parts = [
        f"said by {wording.speaker}" if wording.speaker else "",
        "critical" if wording.is_critical else "",
        f"in {count(wording.documents, 'document')}, {count(wording.origins, 'origin')}",
    ]
    yield line(" · ".join(part for part in parts if part), DIM, indent=4)
    for place in wording.places[:PLACES_SHOWN]:
        yield line(place_of(place.document, place.passage), DIM, indent=4)
    left = len(wording.places) - PLACES_SHOWN
    if left > 0:
        yield line(f"and {count(left, 'more place')}", DIM, indent=4)


def marked(edits: Sequence[Edit]) -> Text:
    """Return a source's words, with those of the quotation that are others struck before them."""
    text = Text()
    for number, edit in enumerate(edits):
        text.append(" " if number else "")
        if edit.tag is Tag.EQUAL:
            text.append(safe(edit.found))
            continue
        if edit.given:
            text.append(f"[-{safe(edit.given)}-]", STRUCK)
        if edit.given and edit.found:
            text.append(" ")
        if edit.found:
            text.append(f"{{+{safe(edit.found)}+}}", ADDED)
    return text


def sayings_lines(reply: Sayings) -> Iterator[Line]:
    """Yield what a person said, each quotation with where it stands and what attributes it."""
    said = reply.said
    topic = f" about {said.topic}" if said.topic else ""
    if not said.sayings:
        yield line(f"No quotation here can be attributed to {said.person}{topic}.", "bold red")
    sentences = [tuple(parts) for _, parts in groupby(said.sayings, key=_sentence)][:SAYINGS_SHOWN]
    for speaker, its in groupby(sentences, key=lambda parts: _speaker(parts[0])):
        yield line(f"{speaker}:", "bold")
        for parts in its:
            yield from _saying_lines(*parts)
    left = len(said.sayings) + said.left_out - sum(map(len, sentences))
    if left > 0:
        yield line(f"{count(left, 'more quotation')}: name a topic, or since:2017.", DIM)
    if not said.progress.is_done:
        yield line(reading_sentence(), DIM)
    if said.unread:
        yield line(f"In {listed(said.unread)} only transcripts are read for who said what.", DIM)
    yield line(coverage_sentence(said.coverage), DIM)


def _saying_lines(one: PlacedSaying, *others: PlacedSaying) -> Iterator[Line]:
    """Yield the sentence that attributes a quotation; before it what it does not hold itself.

    The other quotations are further parts of it, parted by “she says”, in the same sentence.
    """
    saying, details = one.saying, one.document.details
    quote, evidence = safe(saying.quote), safe(saying.evidence)
    is_within = quote in evidence
    if is_within:
        shown = Text(evidence)
        for part in (one, *others):
            shown.highlight_words([safe(part.saying.quote)], "bold")
        yield Line(shown, indent=4)
    else:
        for paragraph in saying.quote.splitlines():
            yield line(f"“{paragraph}”", indent=4)
    parts = [
        f"{one.document.file} ¶{saying.paragraph}",
        details.outlet,
        details.published.isoformat() if details.published else None,
        saying.rule,
    ]
    yield line(" · ".join(part for part in parts if part), DIM, indent=4)
    if not is_within:
        yield line(f"from: {evidence}", DIM, indent=4)
    yield Line()


def _sentence(one: PlacedSaying) -> tuple[str, int, str]:
    """Return whose a sentence is and which, where a quotation stands in it, else the quotation."""
    saying = one.saying
    is_within = safe(saying.quote) in safe(saying.evidence)
    return _speaker(one), one.document.id, saying.evidence if is_within else saying.quote


def _speaker(one: PlacedSaying) -> str:
    return f"{one.saying.speaker}{'' if one.saying.is_sure else ' (unsure)'}"
