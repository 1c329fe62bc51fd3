"""What a receipt leads to: the passages around a citation, and its verification."""

from bot.messages import Context, Problem, Request, Surroundings, VerifiedReceipt, Verify
from retrieval import Library, Passage, Standing, Verification


async def context(command: Context, request: Request, library: Library) -> Surroundings | Problem:
    """Show a cited passage between the one before and the one after."""
    verification = await library.verify(command.receipt, request.space)
    if verification is None:
        return Problem(f"No passage here has the receipt {command.receipt}.")
    if verification.standing is Standing.WITHDRAWN:
        return Problem("The document of that citation was withdrawn; its passages are not shown.")
    before, after = [await library.neighbour(verification, step=step) for step in (-1, 1)]
    return Surroundings(verification.document, verification.passage, before, after)


async def verify(command: Verify, request: Request, library: Library) -> VerifiedReceipt:
    """Say what a receipt stands for and what became of it."""
    verification = await library.verify(command.receipt, request.space)
    now = await _now(verification, library) if verification else None
    return VerifiedReceipt(command.receipt, verification, now)


async def _now(verification: Verification, library: Library) -> Passage | None:
    if verification.standing is not Standing.CHANGED:
        return None
    cited = verification.document
    document = await library.document(cited.file, cited.space)
    number = verification.passage.paragraph
    passages = await library.passages(document)
    return next((passage for passage in passages if passage.paragraph == number), None)
