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
from bot.rendering.discord_views.markdown import bold, cut, escaped, quoted, small, width
from bot.rendering.discord_views.post import WHOLE, Post, Stack
from bot.rendering.plain_text import to_lines
from bot.rendering.plain_text.changes import history_page
from bot.rendering.plain_text.documents import HOLDS, list_page, state_of, whose
from bot.rendering.segments import paragraph_of
from retrieval import Document

ENTRY = 180
"""Of one line of the list; twenty of them have room in a message."""
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
        lines.append("No document is so.")
    if listing.undated:
        lines.append(small(f"{listing.undated:,} without a date left out."))
    page = f"Page {here} of {last} · " if last > 1 else ""
    lines.append(small(page + escaped(coverage_line(listing.coverage, HOLDS))))
    stack = Stack(discord.Colour.blurple())
    stack.put("\n".join(lines), *pagers(newer, older))
    return stack.finish()


def _entry(document: Document, listing: Listing) -> str:
    details = document.details
    published = details.published.isoformat() if details.published else "undated"
    parts = [document.file, details.title, details.outlet, details.author]
    parts += [whose(document, listing.space), state_of(document)]
    return f"{bold(published)} {cut(' · '.join(part for part in parts if part), ENTRY)}"


def history_post(history: History) -> Post:
    """Return a page of the trail, with buttons to the pages before and after."""
    newer = history_page(history, history.page - 1) if history.page > 1 else None
    older = history_page(history, history.page + 1) if history.older else None
    colour = discord.Colour.blurple()
    return lines_post(to_lines(history), *pagers(newer, older), colour=colour)


def surroundings_post(reply: Surroundings) -> Post:
    """Return a passage between its neighbours, with buttons that lead on from them."""
    receipt = reply.passage.receipt
    buttons = [button(FILE, Source(receipt)), button(VERIFY, Verify(receipt))]
    if reply.before:
        buttons.insert(0, button("Further up", Context(reply.before.receipt)))
    if reply.after:
        buttons.append(button("Further down", Context(reply.after.receipt), 1))
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
