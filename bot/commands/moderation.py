"""Changing the coverage: add, replace, remove and restore."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from datetime import datetime
from functools import partial

from bot.messages import (
    Add,
    Attachment,
    Changed,
    Problem,
    Remove,
    Replace,
    Request,
    Restore,
)
from retrieval import (
    Actor,
    Details,
    Incoming,
    Library,
    LibraryError,
    NoSuchDocument,
    Outcome,
    SourceTooLarge,
    UnreadableSource,
    base_name,
    hold_date,
    publication_date,
)

log = logging.getLogger("newsdesk")
ONE_TITLE = "A title goes with one file; add the files one by one."
SIZE_SETTING = "NEWSDESK_MAX_FILE_MB"

Change = Callable[[bytes, str], Awaitable[Outcome]]


async def add(command: Add, request: Request, library: Library) -> Changed | Problem:
    """Add the attached files; those that cannot be added are reported one by one."""
    if not request.attachments:
        return Problem("Attach the file to add.")
    if command.title and len(request.attachments) > 1:
        return Problem(ONE_TITLE)
    change = partial(
        library.add,
        space=request.space,
        details=details_of(command),
        hold_until=hold_of(command),
        actor=actor_of(request),
    )
    return await _each("added", request, library, change)


async def add_all(
    sources: Iterable[Incoming | LibraryError],
    request: Request,
    library: Library,
    *,
    hold_until: datetime | None = None,
) -> AsyncIterator[Changed]:
    """Add many documents, several at a time; yield what became of each, in their order."""
    actor = actor_of(request)
    async for came in library.add_all(sources, request.space, hold_until=hold_until, actor=actor):
        if isinstance(came, LibraryError):
            yield Changed("added", (), (_sentence(came),))
        else:
            yield Changed("added", (came,))


async def replace(command: Replace, request: Request, library: Library) -> Changed | Problem:
    """Put the attached file in the place of the document of its name, or of the one named."""
    if len(request.attachments) != 1:
        return Problem("Attach one file, the one to put in the document's place.")
    change = partial(
        library.replace,
        space=request.space,
        details=details_of(command),
        hold_until=hold_of(command),
        actor=actor_of(request),
    )
    return await _each("replaced", request, library, change, file=command.file)


async def remove(command: Remove, request: Request, library: Library) -> Changed:
    """Take a document out of the coverage."""
    change = library.remove(command.file, request.space, actor=actor_of(request))
    return Changed("removed", (await of_space(change, command.file, request, library),))


async def restore(command: Restore, request: Request, library: Library) -> Changed:
    """Bring a document back that was removed or retracted."""
    outcome = await library.restore(command.file, request.space, actor=actor_of(request))
    return Changed("restored", (outcome,))


async def of_space(
    change: Awaitable[Outcome], file: str, request: Request, library: Library
) -> Outcome:
    """Return what comes of a change; where the document is a shared one, raise so in words."""
    try:
        return await change
    except NoSuchDocument:
        document = await library.document(file, request.space)
        if document.space == request.space:
            raise
        raise NoSuchDocument(
            f"{file} is shared by all spaces and is not of this one; the operator changes it."
        ) from None


def actor_of(request: Request) -> Actor:
    """Return the sender as the audit trail names them."""
    return Actor(request.sender.id, request.sender.name, request.platform)


def hold_of(command: Add | Replace) -> datetime | None:
    """Return until when a document is held; raise BadDetail for a bad or past time."""
    return hold_date(command.hold_until) if command.hold_until else None


def details_of(command: Add | Replace) -> Details:
    """Return the details that were given with a document; raise BadDetail for a bad date."""
    return Details(
        title=command.title or None,
        outlet=command.outlet or None,
        author=command.author or None,
        published=publication_date(command.published) if command.published else None,
    )


async def _each(
    action: str, request: Request, library: Library, change: Change, *, file: str = ""
) -> Changed:
    """Change the library with each attached file by itself: one that fails stops no other."""
    outcomes: list[Outcome] = []
    problems: list[str] = []
    for done, attachment in enumerate(request.attachments, 1):
        name = file or _name_of(attachment, request)
        try:
            library.check_size(attachment.size, name)
            content = await _fetched(attachment, name)
            outcomes.append(await change(content, name))
        except LibraryError as error:
            problems.append(_sentence(error))
        await _tell(request, done)
    return Changed(action, tuple(outcomes), tuple(problems))


async def _tell(request: Request, done: int) -> None:
    """Tell how far several files are; a platform that cannot show it stops nothing."""
    total = len(request.attachments)
    if request.progress and total > 1:
        try:
            await request.progress(done, total)
        except Exception:
            log.exception("progress could not be shown")


def _sentence(error: LibraryError) -> str:
    """Return what went wrong, with the setting that has a say in it."""
    return f"{error} ({SIZE_SETTING} sets it.)" if isinstance(error, SourceTooLarge) else str(error)


async def _fetched(attachment: Attachment, name: str) -> bytes:
    """Return a file's bytes; whatever keeps them from us is a sentence that names the file."""
    try:
        return await attachment.fetch()
    except Exception as error:
        log.exception("fetching %s failed", name)
        raise UnreadableSource(f"{name} could not be fetched; send it again.") from error


def _name_of(attachment: Attachment, request: Request) -> str:
    """Return the name of a file: from a chat only its last part, for there a path means nothing."""
    return attachment.name if request.sender.is_operator else base_name(attachment.name)
