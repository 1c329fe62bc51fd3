"""The quote desk's commands: quotations held against the coverage, and who said what."""

import regex

from bot.commands.passages import cited_by
from bot.commands.sources import fetched
from bot.commands.tally import Tally
from bot.house_style import HouseStyle
from bot.messages import (
    CheckDraft,
    CheckedDraft,
    CheckedQuote,
    CitationLine,
    Cite,
    Copies,
    FamilyReply,
    Problem,
    Quote,
    Request,
    Said,
    Sayings,
)
from retrieval import Library, base_name

DRAFT = "draft.txt"
"""What a draft is called that came as text."""
_ABOUT = regex.compile(r"\s+(?:about|on)\s+", regex.IGNORECASE)


async def quote(command: Quote, request: Request, library: Library) -> CheckedQuote:
    """Check a quotation, and whom it is credited to."""
    check = await library.check_quote(command.quote, request.space, speaker=command.speaker)
    return CheckedQuote(check)


async def said(command: Said, request: Request, library: Library) -> Sayings:
    """Show what a person said, about a topic where one is named."""
    person, *topic = _ABOUT.split(command.person, maxsplit=1)
    return Sayings(await library.said(person, " ".join(topic), request.space))


async def copies(command: Copies, request: Request, library: Library) -> FamilyReply | Problem:
    """Show where else a cited passage and its quotations stand."""
    cited = await cited_by(command.receipt, request, library, "its copies are not shown")
    if isinstance(cited, Problem):
        return cited
    return FamilyReply(await library.family(cited, request.space))


async def cite(
    command: Cite, request: Request, library: Library, style: HouseStyle
) -> CitationLine | Problem:
    """Give a citation line to paste; what was withdrawn is not to be cited."""
    cited = await cited_by(command.receipt, request, library, "do not cite it any more")
    if isinstance(cited, Problem):
        return cited
    return CitationLine(style.line(cited.document, cited.passage), cited)


async def check_draft(
    command: CheckDraft, request: Request, library: Library
) -> CheckedDraft | Problem:
    """Check the quotations and figures of a draft, which is read and forgotten."""
    if len(request.attachments) > 1:
        return Problem("Attach one draft at a time.")
    if not request.attachments and not command.text.strip():
        return Problem("Attach the draft, or put its text behind checkdraft.")
    content, name = command.text.encode(), DRAFT
    for attachment in request.attachments:
        name = base_name(attachment.name)
        library.check_size(attachment.size, name)
        content = await fetched(attachment, name)
    tell = Tally(request).tell
    return CheckedDraft(await library.check_draft(content, name, request.space, tell=tell))
