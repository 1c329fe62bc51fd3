"""Documents on Slack: their list page by page, one in full, a passage between its neighbours."""

from collections.abc import Iterator
from dataclasses import replace

from bot.messages import (
    Context,
    History,
    Listing,
    Source,
    Surroundings,
    Verify,
    WholeDocument,
)
from bot.rendering.plain_text import Line, coverage_sentence, to_lines
from bot.rendering.plain_text.documents import HOLDS, NONE_MATCHES, facts_of, undated_sentence
from bot.rendering.plain_text.line import DIM, MATCH, line
from bot.rendering.segments import paragraph_of, safe
from bot.rendering.slack_blocks.citing import FILE, TITLE, VERIFY, standing
from bot.rendering.slack_blocks.limits import BUTTON_VALUE, Block, cut, width
from bot.rendering.slack_blocks.lines import lines_blocks
from bot.rendering.slack_blocks.message import Stack
from bot.rendering.slack_blocks.parts import actions, button, context, paragraph, quote, rich, run
from retrieval import Passage

CITED = 3_000
NEIGHBOUR = 1_500
CUT = f"This is the beginning of the passage; {FILE} has the whole."


def listing_blocks(listing: Listing) -> list[Block]:
    """Return one page of the documents, with the pages beside it one button away."""
    return lines_blocks(list(listing_lines(listing)), list(_pager(listing)))


def listing_lines(listing: Listing) -> Iterator[Line]:
    """Yield one page of the documents: what each is called, and below it what is known of it."""
    for document in listing.documents:
        yield line(document.name, MATCH)
        yield line(" · ".join(facts_of(document, listing.space)))
    if not listing.documents and listing.coverage.documents:
        yield line(NONE_MATCHES)
    if listing.undated:
        yield line(undated_sentence(listing), DIM)
    if listing.pages > 1:
        yield line(f"Page {listing.page} of {listing.pages}", DIM)
    yield line(coverage_sentence(listing.coverage, HOLDS), DIM)


def history_blocks(history: History) -> list[Block]:
    """Return one page of the audit trail, with the pages beside it one button away."""
    return lines_blocks(to_lines(history), list(_pager(history)))


def _pager(reply: Listing | History) -> Iterator[Block]:
    """Yield a row with the pages beside the one that is shown, where there are any."""
    labels = {reply.page - 1: "Newer", reply.page + 1: "Older"}
    buttons = [
        button(label, replace(reply.command, page=page), at)
        for at, (page, label) in enumerate(labels.items())
        if 1 <= page <= reply.pages
    ]
    if buttons and all(width(one["value"]) <= BUTTON_VALUE for one in buttons):
        yield actions(*buttons)


def whole_document_blocks(reply: WholeDocument) -> list[Block]:
    """Return what of a document fits one message; the file is one button away."""
    buttons = [button(FILE, Source(one.receipt), 0) for one in reply.passages[:1]]
    return lines_blocks(to_lines(reply), [actions(*buttons)] if buttons else [])


def surroundings_blocks(reply: Surroundings) -> list[Block]:
    """Return a passage between its neighbours, with buttons that lead on from them."""
    is_whole = width(safe(reply.passage.text)) <= CITED
    end = [*standing(reply.document, reply.passage), actions(*_ways_on(reply))]
    stack = Stack(end if is_whole else [context(CUT), *end])
    stack.put(rich(paragraph(run(cut(safe(reply.document.name), TITLE), bold=True))))
    for passage in (reply.before, reply.passage, reply.after):
        if passage:
            stack.put(*_numbered(passage, is_cited=passage is reply.passage))
    return stack.finish()


def _ways_on(reply: Surroundings) -> Iterator[Block]:
    receipt = reply.passage.receipt
    if reply.before:
        yield button("Further up", Context(reply.before.receipt), 0)
    if reply.after:
        yield button("Further down", Context(reply.after.receipt), 1)
    yield button(FILE, Source(receipt), 2)
    yield button(VERIFY, Verify(receipt), 3)


def _numbered(passage: Passage, *, is_cited: bool) -> list[Block]:
    text = run(cut(safe(passage.text), CITED if is_cited else NEIGHBOUR))
    return [context(paragraph_of(passage)), rich(quote(text) if is_cited else paragraph(text))]
