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
from retrieval import Library, Standing, is_receipt

PAGE = 20
"""Documents on a page of the list."""


async def list_documents(
    command: ListDocuments, request: Request, library: Library
) -> Listing | Problem:
    """List one page of the documents, newest first."""
    documents = await library.documents(request.space)
    pages = max(math.ceil(len(documents) / PAGE), 1)
    if not 1 <= command.page <= pages:
        return Problem(f"The list has {pages} page{'s' * (pages > 1)}; there is no such page.")
    start = (command.page - 1) * PAGE
    coverage = await library.coverage(request.space)
    return Listing(tuple(documents[start : start + PAGE]), command.page, pages, coverage)


async def show(command: Show, request: Request, library: Library) -> WholeDocument:
    """Show a document with all its passages."""
    document = await library.document(command.file, request.space)
    return WholeDocument(document, tuple(await library.passages(document)))


async def source(command: Source, request: Request, library: Library) -> SourceFile | Problem:
    """Give the file that a name or a citation's receipt leads to, as it was received."""
    is_cited = is_receipt(command.file)
    verified = await library.verify(command.file, request.space) if is_cited else None
    if verified is None:
        document = await library.document(command.file, request.space)
        return SourceFile(document, await library.source(document))
    if verified.standing is Standing.WITHDRAWN:
        return Problem("The document of that citation was withdrawn; its file is not given.")
    return SourceFile(verified.document, await library.source(verified.document))


async def status(request: Request, library: Library) -> StatusReport:
    """Say what the coverage holds; where it is kept is the operator's alone."""
    coverage = await library.coverage(request.space)
    database = str(library.path) if request.sender.is_operator else ""
    return StatusReport(coverage, database, version("newsdesk"))
