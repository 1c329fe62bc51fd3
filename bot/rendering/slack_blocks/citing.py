"""What stands with every citation on Slack: where it is from, what proves it, what is corrected."""

from collections.abc import Iterator, Sequence

from bot.rendering.plain_text import also_sentences, correction_sentence, place_of
from bot.rendering.segments import safe
from bot.rendering.slack_blocks.limits import Block, cut
from bot.rendering.slack_blocks.parts import context, paragraph, rich, run
from retrieval import Copy, Document, Passage

TITLE = 200
PLACE = 400
CORRECTION = 600
COPIES = 3
"""Places where the same words stand that are named."""
FILE = "File"
VERIFY = "Verify"


def standing(document: Document, passage: Passage, also: Sequence[Copy] = ()) -> Iterator[Block]:
    """Yield where a passage stands, and the note that goes with every citation of its document."""
    if document.correction:
        note = cut(safe(correction_sentence(document.correction)), CORRECTION)
        yield rich(paragraph(run(note, bold=True)))
    yield context(
        cut(safe(place_of(document, passage)), PLACE), *list(also_sentences(also))[:COPIES]
    )
