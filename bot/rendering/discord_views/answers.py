"""An answer on Discord: one passage open, the next ones in brief, the rest one button away."""

from collections.abc import Iterator

import discord
from discord import ui

from bot.messages import Answer, Citation, Context, Helpful, More, Share, Source, Unhelpful, Verify
from bot.rendering.discord_views.buttons import Button, Row, button
from bot.rendering.discord_views.markdown import bold, cut, escaped, quoted, said, small, width
from bot.rendering.discord_views.post import Post, Stack
from bot.rendering.plain_text import (
    also_sentences,
    correction_sentence,
    coverage_sentence,
    place_of,
)
from bot.rendering.plain_text.answers import (
    NEAREST,
    cited_sentence,
    opening,
    searched_sentence,
    shows_nearest,
)
from bot.rendering.segments import Segment, excerpt_segments, paragraph_of, safe
from retrieval import Coverage, Document, Passage, Verdict

# What parts of an answer may take of the 4,000 characters, so that the first passage, with all that
# belongs to it, always has room, and so have ten in brief.
QUESTION = 200
NAME = 80
REASON = 400
TITLE = 120
LEAN = 250
OPEN = 1_000
PLACE = 200
ALSO = 250
CORRECTION = 250
BRIEF_CORRECTION = 120
BRIEF_PLACE = 100
BRIEF = (100, 400)
"""At least and at most, as there is room for all."""

BESIDES = TITLE + BRIEF_PLACE + BRIEF_CORRECTION + 20
"""Of a passage in brief, besides its words; the last are numbers, asterisks, line ends."""

CONTEXT = "Before / After"
IN_ROW = 5
"""Buttons; discord.com/developers/docs/components/reference#action-row."""
FILE = "File"
VERIFY = "Verify"
EMPTY = "The coverage is empty; moderators add documents with /doc add."
COLOURS = {
    Verdict.FOUND: discord.Colour.green(),
    Verdict.WEAK: discord.Colour.gold(),
    Verdict.NOT_FOUND: discord.Colour.red(),
}


def answer_post(answer: Answer, *, shareable: bool, asked_by: str) -> Post:
    """Return an answer; ``asked_by`` names who asked where others would not know the question."""
    findings = answer.findings
    end = small(escaped(" ".join(_end(answer))))
    stack = Stack(COLOURS[findings.verdict], end, list(_rows(answer, shareable=shareable)))
    stack.put("\n".join(_opening(answer, asked_by)))
    for at, citation in enumerate(answer.citations):
        if citation.number == 1:
            receipt = citation.hit.passage.receipt
            context, file = button(CONTEXT, Context(receipt), 1), button(FILE, Source(receipt), 1)
            stack.put("\n".join(_open(citation)), context, file, button(VERIFY, Verify(receipt), 1))
        else:
            each = stack.room // (len(answer.citations) - at) - BESIDES
            stack.put("\n".join(_brief(citation, each)))
    return stack.finish()


def _end(answer: Answer) -> Iterator[str]:
    """Yield on how much the answer stands, and how much was searched."""
    if answer.documents > 1:
        yield cited_sentence(answer)
    findings = answer.findings
    yield searched_sentence(findings) if findings.coverage.documents else EMPTY


def coverage_line(coverage: Coverage, said: str = "Searched") -> str:
    """Return how much was searched; where there is nothing, how that is mended here."""
    return coverage_sentence(coverage, said) if coverage.documents else EMPTY


def _opening(answer: Answer, asked_by: str) -> Iterator[str]:
    if asked_by:
        yield small(f"{cut(asked_by, NAME)} asked: {cut(answer.findings.question, QUESTION)}")
    heading, reason = opening(answer)
    yield f"{bold(heading)} {cut(reason, REASON)}"
    if shows_nearest(answer):
        yield NEAREST


def _open(citation: Citation) -> Iterator[str]:
    hit = citation.hit
    yield _title(citation)
    if hit.before:
        yield small(f"Before it, ¶{hit.before.paragraph}: {cut(hit.before.text, LEAN)}")
    yield quoted(said(excerpt_segments(hit), OPEN))
    yield small(place(hit.document, hit.passage, PLACE))
    yield from correction(hit.document, CORRECTION)
    if also := " ".join(also_sentences(hit.also)):
        yield small(cut(also, ALSO))


def _brief(citation: Citation, limit: int) -> Iterator[str]:
    least, most = BRIEF
    hit = citation.hit
    yield _title(citation)
    yield quoted(said(excerpt_segments(hit), max(min(limit, most), least)))
    yield small(place(hit.document, hit.passage, BRIEF_PLACE))
    yield from correction(hit.document, BRIEF_CORRECTION)


def _title(citation: Citation) -> str:
    return f"[{citation.number}] {title(citation.hit.document)}"


def title(document: Document) -> str:
    """Return a document's title in bold."""
    return said([Segment(safe(document.name), matched=True)], TITLE)


def correction(document: Document, limit: int) -> Iterator[str]:
    """Yield the note that goes with every citation of a document, where there is one."""
    if document.correction:
        yield said([Segment(safe(correction_sentence(document.correction)), matched=True)], limit)


def place(document: Document, passage: Passage, limit: int) -> str:
    """Return where a passage stands; where room is short, only its file and the receipt."""
    whole = escaped(place_of(document, passage))
    if width(whole) <= limit:
        return whole
    proof = f" {paragraph_of(passage)} · receipt {passage.receipt}"
    return cut(document.file, limit - width(proof)) + proof


def _rows(answer: Answer, *, shareable: bool) -> Iterator[Row]:
    """Yield what stands below the passages: ways on from those in brief, then from the answer.

    Beside a passage a button would leave it half of a telephone's width.
    """
    around = [
        button(f"{CONTEXT} [{one.number}]", Context(one.hit.passage.receipt), one.number)
        for one in answer.citations
        if one.number > 1
    ]
    for first in range(0, len(around), IN_ROW):
        yield ui.ActionRow(*around[first : first + IN_ROW])
    buttons: list[Button] = []
    if answer.id and answer.more:
        buttons.append(button(f"More ({answer.more})", More(answer.id), main=True))
    if answer.id and shareable:
        buttons.append(button("Share here", Share(answer.id)))
    if answer.id and answer.citations:
        buttons.append(button("Helpful", Helpful(answer.id)))
        buttons.append(button("Not helpful", Unhelpful(answer.id)))
    if buttons:
        yield ui.ActionRow(*buttons)
