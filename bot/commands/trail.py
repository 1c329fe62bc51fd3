"""The audit trail, page by page."""

import math

from bot.messages import History, Problem, Request, ShowHistory
from retrieval import Library, NoSuchDocument

PAGE = 100
"""Lines of the trail on a page."""


async def history(command: ShowHistory, request: Request, library: Library) -> History | Problem:
    """Show a page of the audit trail of the space, or of one document."""
    file = command.file or None
    lines = await library.changes(file, request.space)
    if file and not lines:
        raise NoSuchDocument(f"Nothing was ever done to a document {file} here.")
    pages = max(math.ceil(lines / PAGE), 1)
    if not 1 <= command.page <= pages:
        return Problem(f"There is no page {command.page}; the history has {pages}.")
    start = (command.page - 1) * PAGE
    changes = await library.history(file, request.space, PAGE, start=start)
    return History(tuple(changes), command.page < pages, command.page, pages, command)
