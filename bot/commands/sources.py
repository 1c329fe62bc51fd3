"""What comes with a request to be added: files, what archives hold, and pages of the web."""

import logging
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from bot.commands.tally import Tally
from bot.exports import holds_many
from bot.messages import Attachment, Request
from retrieval import (
    BadDetail,
    Details,
    Incoming,
    Library,
    LibraryError,
    UnreadableSource,
    base_name,
    is_archive,
)

if TYPE_CHECKING:
    from bot.web.fetching import Web

log = logging.getLogger("newsdesk")
MANY = "holds many documents; newsdesk add takes it where the bot runs, so ask the operator."
ONE_TITLE = "A title goes with one file; add the files one by one."

Sources = AsyncIterator[Incoming | LibraryError]


async def pages(addresses: list[str], library: Library, web: "Web", tally: Tally) -> Sources:
    """Yield the pages at addresses, or why one cannot be had."""
    for address in addresses:
        try:
            page = await web.fetch(address, library.max_bytes)
        except LibraryError as error:
            yield error
        else:
            yield Incoming(page.content, page.name, Details(url=page.url))
        await tally.one()


async def files(request: Request, library: Library, tally: Tally, *, titled: bool) -> Sources:
    """Yield the attached files and what the archives among them hold, or why one cannot be had.

    ``titled`` says that a title was given, which cannot be that of several.
    """
    for attachment in request.attachments:
        async for source in file(attachment, request, library):
            async for one in _held_by(source, library, tally, titled=titled):
                yield one
                await tally.one()


async def _held_by(
    source: Incoming | LibraryError, library: Library, tally: Tally, *, titled: bool
) -> Sources:
    """Yield what an attached file holds, which is itself where it is no archive."""
    if isinstance(source, LibraryError):
        yield source
    elif titled and is_archive(source.content, source.filename):
        yield BadDetail(ONE_TITLE)
    else:
        tally.total += await library.number_in(source.content, source.filename) - 1
        async for one in library.unpacked(source.content, source.filename):
            yield one


async def file(
    attachment: Attachment, request: Request, library: Library, *, name: str = ""
) -> Sources:
    """Yield an attached file, under its own name or another, or why it cannot be had."""
    name = name or _name_of(attachment, request)
    try:
        library.check_size(attachment.size, name)
        content = await fetched(attachment, name)
        if holds_many(name, content):
            yield UnreadableSource(f"{name} {MANY}")
        else:
            yield Incoming(content, name)
    except LibraryError as error:
        yield error


async def fetched(attachment: Attachment, name: str) -> bytes:
    """Return a file's bytes; whatever keeps them from us is a sentence that names the file."""
    try:
        return await attachment.fetch()
    except LibraryError:
        raise
    except Exception as error:
        log.exception("fetching %s failed", name)
        raise UnreadableSource(f"{name} could not be fetched; send it again.") from error


def _name_of(attachment: Attachment, request: Request) -> str:
    """Return the name of a file: from a chat only its last part, for there a path means nothing."""
    return attachment.name if request.sender.is_operator else base_name(attachment.name)
