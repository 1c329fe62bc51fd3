"""Copies of a cited passage, and citation lines, as lines."""

from collections.abc import Iterator

from bot.messages import CitationLine, FamilyReply
from bot.rendering.plain_text.answers import also_sentences, place_of
from bot.rendering.plain_text.line import DIM, MATCH, Line, count, line, reading_sentence
from retrieval import Family, Standing

COPIES_SHOWN = 20


def family_lines(reply: FamilyReply) -> Iterator[Line]:
    """Yield where else a cited passage stands, word for word or nearly so."""
    family = reply.family
    cited = family.verification
    documents, origins = count(family.documents, "document"), count(family.origins, "origin")
    yield line(f"{documents}, {origins}.", MATCH)
    yield line(cited.passage.text, indent=4)
    yield line(place_of(cited.document, cited.passage), DIM, indent=4)
    for sentence in also_sentences(family.copies[:COPIES_SHOWN]):
        yield line(sentence)
    left = len(family.copies) - COPIES_SHOWN
    if left > 0:
        yield line(f"and {left:,} more {'copy' if left == 1 else 'copies'}", DIM)
    for one in family.quoted[:COPIES_SHOWN]:
        yield line(f"A quotation of it stands in {one.document.file} ¶{one.passage.paragraph}.")
    if not family.copies and not family.quoted:
        yield line("No other passage says this or nearly this, or quotes from it.")
    if sentence := origin_sentence(family):
        yield line(sentence)
    if not family.progress.is_done:
        yield line(reading_sentence(), DIM)


def origin_sentence(family: Family) -> str:
    """Return where the words come from, empty where no document says so."""
    origin = family.origin
    wire = f"from {origin.wire}" if origin.wire else ""
    if origin.document is None:
        return f"It comes {wire}, as its documents say." if wire else ""
    published = origin.document.details.published
    day = f" of {published.isoformat()}" if published else ""
    first = f"first in {origin.document.file}{day}"
    return f"It comes {f'{wire}, ' if wire else ''}{first}."


def citation_lines(reply: CitationLine) -> Iterator[Line]:
    """Yield the line to paste, and below it what has become of its document."""
    yield line(reply.line)
    if reply.verification.standing is Standing.CHANGED:
        yield line("The document was replaced after this; verify shows what stands now.", DIM)
