"""Answers, and what they rest on, as lines."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from bot.messages import Answer, Citation
from bot.rendering.plain_text.line import DIM, MATCH, Line, count, line
from bot.rendering.segments import excerpt_segments, paragraph_of, safe
from retrieval import (
    Copy,
    Coverage,
    Difference,
    Document,
    ExplainedWord,
    Explanation,
    Findings,
    Passage,
    Verdict,
    Weighed,
)

DIFFERENCES_SHOWN = 3
"""Of a copy; more of them say only that the words are others."""
NEAREST = "The nearest passages:"
FURTHER = "More on"
HEADINGS = {
    Verdict.FOUND: ("Found.", "bold green"),
    Verdict.WEAK: ("Perhaps.", "bold yellow"),
    Verdict.NOT_FOUND: ("Not in the coverage.", "bold red"),
}
NOTHING_NAMED = ("Nothing to look for.", "bold yellow")
NAME_SOMETHING = (
    "Name a person, a place or a thing; help says what can be asked, list what there is."
)


def answer_lines(answer: Answer) -> Iterator[Line]:
    """Yield an answer: the verdict, the citations, what was searched."""
    findings = answer.findings
    heading, reason = opening(answer)
    yield Line(Text.assemble((heading, _heading(findings)[1]), " ", safe(reason)))
    if shows_nearest(answer):
        yield line(NEAREST, DIM)
    for citation in answer.citations:
        yield Line()
        yield from _citation(citation)
    if answer.explanation:
        yield Line()
        yield line("What it rests on:")
        yield from _grounds(answer.explanation)
    if not findings.coverage.documents:
        return
    yield Line()
    if answer.documents > 1:
        yield line(cited_sentence(answer), DIM)
    if answer.more:
        how = "type more" if answer.id else "ask with --limit"
        yield line(f"{answer.more} more: {how}.", DIM)
    yield line(searched_sentence(findings), DIM)


def opening(answer: Answer) -> tuple[str, str]:
    """Return the first words of an answer and what they rest on; More goes on with the question."""
    if is_further(answer):
        return FURTHER, f"“{answer.findings.question}”"
    findings = answer.findings
    reason = NAME_SOMETHING if findings.names_nothing else findings.reason
    return _heading(findings)[0], reason


def _heading(findings: Findings) -> tuple[str, str]:
    """Return the verdict in words, with their style."""
    return NOTHING_NAMED if findings.names_nothing else HEADINGS[findings.verdict]


def is_further(answer: Answer) -> bool:
    """Say whether an answer goes on where an earlier one ended."""
    return bool(answer.citations) and answer.citations[0].number > 1


def shows_nearest(answer: Answer) -> bool:
    """Say whether the passages are only the nearest, which has to be said before them."""
    is_found = answer.findings.verdict is Verdict.FOUND
    return bool(answer.citations) and not is_found and not is_further(answer)


def reasons_lines(explanation: Explanation) -> Iterator[Line]:
    """Yield what an answer rests on."""
    findings = explanation.findings
    heading, style = _heading(findings)
    yield Line(Text.assemble((heading, style), " ", safe(findings.reason)))
    yield from _grounds(explanation)


def _grounds(explanation: Explanation) -> Iterator[Line]:
    for word in explanation.words:
        yield line(_worth(word), indent=2)
    for one in explanation.hits:
        yield Line()
        yield line(f"{place_of(one.hit.document, one.hit.passage)}", "italic")
        yield line(f"holds: {', '.join(one.holds) or 'none of the words'}", indent=2)
        yield line(f"score {one.hit.score:.2f} = {_sum(one.parts)}", DIM, indent=4)
    if explanation.evidence:
        yield Line()
        sure = explanation.findings.confidence
        yield line(f"Sure to {sure:.0%}; for and against, in log odds:")
        for part in explanation.evidence:
            yield line(f"{part.value:+.2f}  {part.name}", DIM, indent=4)


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
        yield line(f"Before it, ¶{hit.before.paragraph}: {hit.before.text}", DIM, indent=4)
    quotation = Text()
    for segment in excerpt_segments(hit):
        quotation.append(segment.text, style=MATCH if segment.matched else "")
    yield Line(quotation, indent=4)
    yield line(place_of(hit.document, hit.passage), DIM, indent=4)
    if hit.document.correction:
        yield line(correction_sentence(hit.document.correction), MATCH, indent=4)
    for sentence in also_sentences(hit.also):
        yield line(sentence, DIM, indent=4)


def correction_sentence(note: str) -> str:
    """Return the note that goes with every citation of a document that was corrected."""
    return f"Correction: {note}"


def place_of(document: Document, passage: Passage) -> str:
    """Return where a passage stands and what proves it, in one line."""
    details = document.details
    parts = [
        f"{document.file} {paragraph_of(passage)}",
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
        if copy.document.correction:
            yield f"{copy.document.file}: {correction_sentence(copy.document.correction)}"
        if copy.differences:
            yield f"Nearly the same stands in {_place(copy)}: {_differing(copy.differences)}."


def _place(copy: Copy) -> str:
    return f"{copy.document.file} {paragraph_of(copy.passage)}"


def _differing(differences: Sequence[Difference]) -> str:
    """Return the first differences in words."""
    said = [_difference(one) for one in differences[:DIFFERENCES_SHOWN]]
    left = len(differences) - len(said)
    return "; ".join([*said, f"and {left} more"] if left else said)


def _difference(one: Difference) -> str:
    if not one.there:
        return f"without “{one.here}”"
    return f"with “{one.there}”" if not one.here else f"“{one.there}” for “{one.here}”"


def cited_sentence(answer: Answer) -> str:
    """Return on how many documents an answer stands, and how many of them are independent."""
    documents, origins = count(answer.documents, "document"), count(answer.origins, "origin")
    return f"Cited: {documents} of {origins}."


def searched_sentence(findings: Findings) -> str:
    """Return how much was searched for an answer, or is there where nothing was."""
    said = "The coverage holds" if findings.names_nothing else "Searched"
    return coverage_sentence(findings.coverage, said)


def coverage_sentence(coverage: Coverage, said: str = "Searched") -> str:
    """Return how much was searched, or is there, and how fresh it is."""
    if not coverage.documents:
        return "The coverage is empty; add documents with: newsdesk add PATH"
    newest = (
        f"the newest is of {coverage.newest.isoformat()}" if coverage.newest else "none is dated"
    )
    return (
        f"{said} {count(coverage.documents, 'document')} with "
        f"{count(coverage.passages, 'passage')}; {newest}."
    )
