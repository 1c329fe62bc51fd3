"""What a receipt leads to: the passages around a citation, and its verification."""

from bot.messages import Context, Problem, Request, Surroundings, VerifiedReceipt, Verify
from retrieval import Library, Standing, Verification


async def context(command: Context, request: Request, library: Library) -> Surroundings | Problem:
    """Show a cited passage between the one before and the one after."""
    cited = await cited_by(command.receipt, request, library, "its passages are not shown")
    if isinstance(cited, Problem):
        return cited
    before, after = [await library.neighbour(cited, step=step) for step in (-1, 1)]
    return Surroundings(cited.document, cited.passage, before, after)


async def cited_by(
    receipt: str, request: Request, library: Library, refusal: str
) -> Verification | Problem:
    """Return what a receipt stands for; why not, where that is unknown or was withdrawn.

    ``refusal`` is what is not done, or is not to be done, with what was withdrawn.
    """
    verification = await library.verify(receipt, request.space)
    if verification is None:
        return Problem(f"No passage here has the receipt {receipt}; copy it from a citation.")
    if verification.standing is Standing.WITHDRAWN:
        return Problem(f"The document of that citation was withdrawn; {refusal}.")
    return verification


async def verify(command: Verify, request: Request, library: Library) -> VerifiedReceipt:
    """Say what a receipt stands for and what became of it."""
    verification = await library.verify(command.receipt, request.space)
    is_changed = verification is not None and verification.standing is Standing.CHANGED
    now = await library.standing_now(verification) if verification and is_changed else None
    return VerifiedReceipt(command.receipt, verification, now)
