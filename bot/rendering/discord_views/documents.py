"""Documents on Discord: their list, the passages around a citation, the file itself."""

from collections.abc import Iterator

import discord

from bot.messages import Context, ListDocuments, Listing, Source, SourceFile, Surroundings, Verify
from bot.rendering.discord_views.answers import FILE, VERIFY, coverage_line, place, title
from bot.rendering.discord_views.buttons import Button, button
from bot.rendering.discord_views.lines import CUT, as_text
from bot.rendering.discord_views.markdown import bold, cut, escaped, quoted, small, width
from bot.rendering.discord_views.post import WHOLE, Post, Stack
from bot.rendering.plain_text import to_lines
from bot.rendering.plain_text.documents import HOLDS
from retrieval import Document

ENTRY = 180
"""Of one line of the list; twenty of them have room in a message."""
CITED = 1_800
NEIGHBOUR = 700
PLACE = 300
FILE_NAME = 500


def listing_post(listing: Listing) -> Post:
    """Return one page of the documents, with buttons to the pages before and after."""
    end = [f"Page {listing.page} of {listing.pages}"] if listing.pages > 1 else []
    end.append(escaped(coverage_line(listing.coverage, HOLDS)))
    buttons: list[Button] = []
    if listing.page > 1:
        buttons.append(button("Newer", ListDocuments(listing.page - 1)))
    if listing.page < listing.pages:
        buttons.append(button("Older", ListDocuments(listing.page + 1)))
    stack = Stack(discord.Colour.blurple())
    if listing.documents:
        stack.put("\n".join(_entry(document) for document in listing.documents))
    stack.put(small(" · ".join(end)), *buttons)
    return stack.finish()


def _entry(document: Document) -> str:
    details = document.details
    published = details.published.isoformat() if details.published else "undated"
    rest = " · ".join(
        part for part in (document.file, details.title, details.outlet, details.author) if part
    )
    return f"{bold(published)} {cut(rest, ENTRY)}"


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
    lines = [title(reply.document), *(shown for shown, _ in passages)]
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
            number = small(f"¶{passage.paragraph}")
            is_cut = width(escaped(passage.text)) > limit
            yield f"{number}\n{quoted(shown) if is_cited else shown}", is_cut


def source_post(reply: SourceFile) -> Post:
    """Return a document's file as an attachment: a message without components shows any name."""
    name = reply.document.file.rpartition("/")[2]
    return Post(
        content=f"{cut(reply.document.file, FILE_NAME)}, as it was received:",
        files=((name, reply.content),),
    )
