"""Documents on Slack: their list page by page, one in full, a passage between its neighbours."""

from bot.messages import Listing, Source, Surroundings, WholeDocument
from bot.rendering.plain_text import to_lines
from bot.rendering.plain_text.documents import list_page
from bot.rendering.segments import safe
from bot.rendering.slack_blocks.answers import CORRECTION, corrected
from bot.rendering.slack_blocks.limits import BUTTON_VALUE, Block, cut, width
from bot.rendering.slack_blocks.lines import lines_blocks
from bot.rendering.slack_blocks.message import Stack
from bot.rendering.slack_blocks.parts import (
    actions,
    button,
    context,
    paragraph,
    quote,
    rich,
    run,
    typed_button,
)
from retrieval import Passage

CITED = 3_000
NEIGHBOUR = 1_500
TITLE = 200
FILE = "File"


def listing_blocks(listing: Listing) -> list[Block]:
    """Return one page of the documents, with the pages beside it one button away."""
    here, last = listing.page, listing.pages
    pages = [("Newer", here - 1), ("Older", here + 1)]
    typed = [(label, list_page(listing, page)) for label, page in pages if 1 <= page <= last]
    buttons = [
        typed_button(label, text, number)
        for number, (label, text) in enumerate(typed)
        if width(text) <= BUTTON_VALUE
    ]
    return lines_blocks(to_lines(listing), [actions(*buttons)] if buttons else [])


def whole_document_blocks(reply: WholeDocument) -> list[Block]:
    """Return what of a document fits one message; the file is one button away."""
    buttons = [button(FILE, Source(one.receipt), 0) for one in reply.passages[:1]]
    return lines_blocks(to_lines(reply), [actions(*buttons)] if buttons else [])


def surroundings_blocks(reply: Surroundings) -> list[Block]:
    """Return a cited passage between the one before and the one after."""
    stack = Stack([actions(button(FILE, Source(reply.passage.receipt), 0))])
    title = paragraph(run(cut(safe(reply.document.name), TITLE), bold=True))
    stack.put(rich(title, *corrected(reply.document, CORRECTION)))
    for passage in (reply.before, reply.passage, reply.after):
        if passage:
            stack.put(*_numbered(passage, CITED if passage is reply.passage else NEIGHBOUR))
    return stack.finish()


def _numbered(passage: Passage, limit: int) -> list[Block]:
    text = cut(safe(passage.text), limit)
    return [context(f"¶{passage.paragraph}"), rich(quote(run(text)))]
