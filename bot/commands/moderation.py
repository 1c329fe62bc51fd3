"""Changing the coverage: add, replace, remove and restore."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from bot.commands import sources, trouble
from bot.commands.sources import Sources
from bot.commands.tally import Tally
from bot.messages import (
    Add,
    Changed,
    Edit,
    Problem,
    Remove,
    Replace,
    Request,
    Restore,
)
from bot.settings import SETTING_OF_LIMIT
from bot.web import addresses_in
from retrieval import (
    Actor,
    Details,
    Incoming,
    Library,
    LibraryError,
    NameTaken,
    NoSuchDocument,
    Outcome,
    SourceTooLarge,
    hold_date,
    publication_date,
)

if TYPE_CHECKING:
    from bot.web.fetching import Web

OUT = "-"
"""What a person writes for what is not so."""
NOTHING_TO_ADD = "Attach the file to add, or give the address of a page."

Change = Callable[[Incoming], Awaitable[Outcome]]


async def add(command: Add, request: Request, library: Library, web: "Web") -> Changed | Problem:
    """Add attached files and pages; those that cannot be added are reported one by one."""
    addresses = addresses_in(command.address)
    if command.address and not addresses:
        return Problem(f"{command.address} is no web address; it begins with https:// or http://.")
    number = len(request.attachments) + len(addresses)
    if not number:
        return Problem(NOTHING_TO_ADD)
    is_titled = command.title not in {"", OUT}
    if is_titled and number > 1:
        return Problem(sources.ONE_TITLE)
    given, hold, actor = details_of(command), hold_of(command), actor_of(request)

    async def change(source: Incoming) -> Outcome:
        return await library.add(
            source.content,
            source.filename,
            request.space,
            details=given.over(source.details),
            hold_until=hold,
            actor=actor,
        )

    tally = Tally(request, number)
    from_pages = await _each(
        "added", request, sources.pages(addresses, library, web, tally), change
    )
    from_files = sources.files(request, library, tally, titled=is_titled)
    return _together(from_pages, await _each("added", request, from_files, change))


def _together(first: Changed, second: Changed) -> Changed:
    return Changed(
        first.action,
        first.outcomes + second.outcomes,
        first.problems + second.problems,
        first.tells_of_held or second.tells_of_held,
    )


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
    [attachment] = request.attachments
    details, hold, actor = details_of(command), hold_of(command), actor_of(request)

    async def change(source: Incoming) -> Outcome:
        return await library.replace(
            source.content,
            source.filename,
            request.space,
            details=details,
            hold_until=hold,
            lifts_hold=command.hold_until == OUT,
            actor=actor,
        )

    source = sources.file(attachment, request, library, name=command.file)
    return await _each("replaced", request, source, change)


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
        await library.document(file, request.space)  # raises where nothing of this name is seen
        raise NoSuchDocument(
            f"{file} is a shared document; only the operator changes those, on the command line."
        ) from None


def actor_of(request: Request) -> Actor:
    """Return the sender as the audit trail names them."""
    return Actor(request.sender.id, request.sender.name, request.platform, request.id)


def hold_of(command: Add | Replace | Edit) -> datetime | None:
    """Return until when a document is held; raise BadDetail for a bad or past time."""
    return hold_date(command.hold_until) if command.hold_until not in {"", OUT} else None


def details_of(command: Add | Replace | Edit) -> Details:
    """Return what is said of a document; raise BadDetail for a bad date."""
    given = {
        "title": command.title,
        "outlet": command.outlet,
        "author": command.author,
        "published": command.published,
        "language": command.language,
    }
    said = {name: text for name, text in given.items() if text and text != OUT}
    published = said.pop("published", "")
    return Details(
        **said,
        published=publication_date(published) if published else None,
        denied=frozenset(name for name, text in given.items() if text == OUT),
    )


async def _each(action: str, request: Request, sources: Sources, change: Change) -> Changed:
    """Change the library with each source by itself: one that fails stops no other."""
    outcomes: list[Outcome] = []
    problems: list[str] = []
    tells_of_held = False
    async for source in sources:
        try:
            outcomes.append(await change(_had(source)))
        except LibraryError as error:
            trouble.note(error, request)
            problems.append(_sentence(error))
            tells_of_held |= isinstance(error, NameTaken) and error.is_held
    return Changed(action, tuple(outcomes), tuple(problems), tells_of_held)


def _had(source: Incoming | LibraryError) -> Incoming:
    if isinstance(source, LibraryError):
        raise source
    return source


def _sentence(error: LibraryError) -> str:
    """Return what went wrong, with the setting that has a say in it."""
    if isinstance(error, SourceTooLarge):
        return f"{error} ({SETTING_OF_LIMIT[error.limit]} sets it.)"
    return str(error)
