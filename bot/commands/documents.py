"""Reading the coverage: list, show, source and status."""

import math
from importlib.metadata import version

from bot.messages import (
    ListDocuments,
    Listing,
    Problem,
    Request,
    Show,
    Source,
    SourceFile,
    StatusReport,
    WholeDocument,
)
from retrieval import Document, Library, Standing, Status, is_receipt, list_filter

PAGE = 20
"""Documents on a page of the list."""


async def list_documents(
    command: ListDocuments, request: Request, library: Library, *, moderates: bool
) -> Listing | Problem:
    """List one page of the documents that are asked for; what is not live is the moderators'."""
    wanted = list_filter(command.filters, command.title, command.sort, command.status)
    if wanted.status is not Status.LIVE and not moderates:
        return Problem(f"Only moderators may list what is {wanted.status}; ask one of them.")
    start = (command.page - 1) * PAGE
    page = await library.page(wanted, request.space, start=max(start, 0), number=PAGE)
    pages = max(math.ceil(page.total / PAGE), 1)
    if not 1 <= command.page <= pages:
        return Problem(f"There is no page {command.page}; the list has {pages}.")
    coverage = await library.coverage(request.space)
    return Listing(
        page.documents, command.page, pages, coverage, request.space, command, page.undated
    )


async def show(
    command: Show, request: Request, library: Library, *, moderates: bool
) -> WholeDocument:
    """Show a document with all its passages; one under embargo to moderators."""
    document = await library.document(command.file, request.space, held=moderates)
    return WholeDocument(document, tuple(await library.passages(document)))


async def source(
    command: Source, request: Request, library: Library, *, moderates: bool
) -> SourceFile | Problem:
    """Give the file that a name or a citation's receipt leads to, as it was received."""
    is_cited = is_receipt(command.file)
    verified = await library.verify(command.file, request.space) if is_cited else None
    if verified is None:
        document = await library.document(command.file, request.space, held=moderates)
        return await _source_file(document, library)
    if verified.standing is Standing.WITHDRAWN:
        return Problem("The document of that citation was withdrawn; its file is not given.")
    return await _source_file(verified.document, library)


async def _source_file(document: Document, library: Library) -> SourceFile:
    return SourceFile(document, await library.source(document), await library.extraction(document))


async def status(request: Request, library: Library) -> StatusReport:
    """Say what the coverage holds; where it is kept is the operator's alone."""
    coverage = await library.coverage(request.space)
    database = str(library.path) if request.sender.is_operator else ""
    progress = await library.reading()
    reading = None if progress.is_done else progress
    return StatusReport(coverage, database, version("newsdesk"), reading)
