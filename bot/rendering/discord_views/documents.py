"""Documents on Discord: their list, the passages around a citation, the file itself."""

from collections.abc import Iterator

import discord

from bot.messages import Context, History, Listing, Source, SourceFile, Surroundings, Verify
from bot.rendering.discord_views.answers import (
    FILE,
    VERIFY,
    correction,
    coverage_line,
    place,
    title,
)
from bot.rendering.discord_views.buttons import button, pagers
from bot.rendering.discord_views.lines import CUT, as_text, lines_post
from bot.rendering.discord_views.markdown import cut, escaped, quoted, said, small, width
from bot.rendering.discord_views.post import WHOLE, Post, Stack
from bot.rendering.plain_text import to_lines
from bot.rendering.plain_text.changes import history_page
from bot.rendering.plain_text.documents import (
    HOLDS,
    NONE_MATCHES,
    facts_of,
    list_page,
    undated_sentence,
)
from bot.rendering.segments import Segment, paragraph_of, safe
from retrieval import Document

ENTRY = 185
"""Of one document of the list; twenty of them have room in a message."""
NAME = 100
"""Of what a document is called, in the list."""
CITED = 1_600
NEIGHBOUR = 700
PLACE = 300
CORRECTION = 300
FILE_NAME = 500


def listing_post(listing: Listing) -> Post:
    """Return one page of the documents, with buttons to the pages before and after."""
    here, last = listing.page, listing.pages
    newer = list_page(listing, here - 1) if here > 1 else None
    older = list_page(listing, here + 1) if here < last else None
    lines = [_entry(document, listing) for document in listing.documents]
    if not listing.documents and listing.coverage.documents:
        lines.append(NONE_MATCHES)
    if listing.undated:
        lines.append(small(undated_sentence(listing)))
    page = f"Page {here} of {last} · " if last > 1 else ""
    lines.append(small(page + escaped(coverage_line(listing.coverage, HOLDS))))
    stack = Stack(discord.Colour.blurple())
    stack.put("\n".join(lines), *pagers(newer, older))
    return stack.finish()


def _entry(document: Document, listing: Listing) -> str:
    name = said([Segment(safe(document.name), matched=True)], NAME)
    facts = " · ".join(facts_of(document, listing.space))
    return f"{name}\n{small(cut(facts, ENTRY - width(name)))}"


def history_post(history: History) -> Post:
    """Return a page of the trail, with buttons to the pages before and after."""
    newer = history_page(history, history.page - 1) if history.page > 1 else None
    older = history_page(history, history.page + 1) if history.older else None
    colour = discord.Colour.blurple()
    return lines_post(to_lines(history), *pagers(newer, older), colour=colour)


def surroundings_post(reply: Surroundings) -> Post:
    """Return a passage between its neighbours, with buttons that lead on from them."""
    receipt = reply.passage.receipt
    buttons = []
    if reply.before:
        buttons.append(button("Further up", Context(reply.before.receipt)))
    if reply.after:
        buttons.append(button("Further down", Context(reply.after.receipt), 1))
    buttons += [button(FILE, Source(receipt)), button(VERIFY, Verify(receipt))]
    passages = list(_passages(reply))
    is_whole = all(not is_cut for _, is_cut in passages)
    stack = Stack(discord.Colour.blurple(), "" if is_whole else small(CUT))
    lines = [title(reply.document), *correction(reply.document, CORRECTION)]
    lines += [shown for shown, _ in passages]
    lines.append(small(place(reply.document, reply.passage, PLACE)))
    stack.put("\n".join(lines), *buttons)
    return stack.finish() if is_whole else stack.finish((WHOLE, as_text(to_lines(reply))))


def _passages(reply: Surroundings) -> Iterator[tuple[str, bool]]:
    """Yield each passage with whether it had to be cut."""
    for passage in (reply.before, reply.passage, reply.after):
        if passage:
            is_cited = passage is reply.passage
            limit = CITED if is_cited else NEIGHBOUR
            shown = cut(passage.text, limit)
            number = small(paragraph_of(passage))
            is_cut = width(escaped(passage.text)) > limit
            yield f"{number}\n{quoted(shown) if is_cited else shown}", is_cut


def source_post(reply: SourceFile) -> Post:
    """Return a document's file as an attachment: a message without components shows any name."""
    name = reply.document.file.rpartition("/")[2]
    return Post(
        content=f"{cut(reply.document.file, FILE_NAME)}, as it was received:",
        files=((name, reply.content),),
    )
