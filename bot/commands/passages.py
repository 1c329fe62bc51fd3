"""What a receipt leads to: the passages around a citation, and its verification."""

from bot.messages import Context, Problem, Request, Surroundings, VerifiedReceipt, Verify
from retrieval import Library, Standing


async def context(command: Context, request: Request, library: Library) -> Surroundings | Problem:
    """Show a cited passage between the one before and the one after."""
    verification = await library.verify(command.receipt, request.space)
    if verification is None:
        return Problem(
            f"No passage here has the receipt {command.receipt}; copy it from a citation."
        )
    if verification.standing is Standing.WITHDRAWN:
        return Problem("The document of that citation was withdrawn; its passages are not shown.")
    before, after = [await library.neighbour(verification, step=step) for step in (-1, 1)]
    return Surroundings(verification.document, verification.passage, before, after)


async def verify(command: Verify, request: Request, library: Library) -> VerifiedReceipt:
    """Say what a receipt stands for and what became of it."""
    verification = await library.verify(command.receipt, request.space)
    is_changed = verification is not None and verification.standing is Standing.CHANGED
    now = await library.standing_now(verification) if verification and is_changed else None
    return VerifiedReceipt(command.receipt, verification, now)
