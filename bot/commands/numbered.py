"""A citation's number in the place of its receipt: “context 2”, of the last answer here."""

from dataclasses import replace

from bot.messages import Cite, Command, Context, Copies, Request, Source, Verify, Why
from bot.parsing import is_number
from retrieval import BadReceipt, Library


async def with_receipt(command: Command, request: Request, library: Library) -> Command:
    """Return a command with the receipt for which a number stands; any other as it is.

    Raises BadReceipt where the sender's last answer here has no citation of that number.
    """
    match command:
        case Context() | Verify() | Copies() | Cite() if is_number(command.receipt):
            return replace(command, receipt=await _receipt(command.receipt, request, library))
        case Source() if is_number(command.file):
            return await _source(command, request, library)
        case Why() if is_number(command.about):
            return replace(command, about=await _receipt(command.about, request, library))
        case _:
            return command


async def _source(command: Source, request: Request, library: Library) -> Source:
    """Return the source of a citation; a document may have a number for its name, too."""
    try:
        return Source(await _receipt(command.file, request, library))
    except BadReceipt:
        return command


async def _receipt(number: str, request: Request, library: Library) -> str:
    kept = await library.answers.latest(request.place, request.sender.id, request.space)
    receipts = kept.receipts if kept else ()
    if not 1 <= int(number) <= len(receipts):
        raise BadReceipt(
            f"Your last answer here has no passage [{int(number)}]; "
            "copy the receipt from under a citation."
        )
    return receipts[int(number) - 1]
