"""Ask, and what an answer's buttons do: more, share, and whether it helped."""

import logging
import secrets
from dataclasses import replace

from bot.messages import (
    Answer,
    Ask,
    Citation,
    Helpful,
    More,
    Notice,
    Problem,
    Reasons,
    Request,
    Share,
    Unhelpful,
    Why,
)
from retrieval import Findings, KeptAnswer, Library, LibraryError, is_receipt

log = logging.getLogger("newsdesk")

SHOWN = 3
"""Passages of an answer where nobody asked for another number."""
DEPTH = 10
"""Passages that More goes down to."""
LIMIT = 50
"""Passages of one answer, at most."""


async def ask(command: Ask, request: Request, library: Library) -> Answer:
    """Answer a question with the best passages, whatever the verdict on them."""
    limit = min(max(command.limit or SHOWN, 1), LIMIT)
    explanation = None
    if command.explain:
        explanation = await library.explain(command.question, max(limit, DEPTH), request.space)
        findings = explanation.findings
        explanation = replace(explanation, hits=explanation.hits[:limit])
    else:
        findings = await library.find(command.question, max(limit, DEPTH), request.space)
    answer_id = secrets.token_hex(6) if request.place else ""
    answer = _answer(findings, shown=0, limit=limit, answer_id=answer_id)
    answer = replace(answer, explanation=explanation)
    if findings.names_nothing:  # after a “thanks”, more goes on with the answer before it
        return replace(answer, id="")
    if answer_id and not await _keep(answer, request, library, earlier=()):
        return replace(answer, id="")
    return answer


async def why(command: Why, request: Request, library: Library) -> Reasons | Problem:
    """Say what an answer rests on, by default the sender's last one here.

    For a receipt, what that passage of it rests on.
    """
    about = command.about.strip().lower()
    if about and not is_receipt(about):
        return Reasons(await library.explain(command.about, SHOWN, request.space))
    kept = await library.answers.latest(request.place, request.sender.id, request.space)
    if kept is None and not about:
        return Problem("There is no answer here to explain; ask a question first.")
    if kept is None or (about and not any(one.startswith(about) for one in kept.receipts)):
        return Problem("Your last answer here has no such receipt; ask again, then ask why.")
    explanation = await library.explain(kept.question, DEPTH if about else SHOWN, request.space)
    hits = [one for one in explanation.hits if one.hit.passage.receipt.startswith(about)]
    return Reasons(replace(explanation, hits=tuple(hits)))


async def more(command: More, request: Request, library: Library) -> Answer | Problem:
    """Show the passages that an answer left out, numbered on."""
    kept = await _kept(command, request, library)
    if kept is None:
        return Problem("There is no answer here to show more of; ask a question first.")
    findings = await library.find(kept.question, DEPTH, request.space)
    answer = _answer(findings, shown=len(kept.receipts), limit=DEPTH, answer_id=kept.id)
    if not answer.citations:
        return Problem("That answer has no further passages; ask with other words.")
    await _keep(answer, request, library, earlier=kept.receipts)
    return answer


async def share(command: Share, request: Request, library: Library) -> Answer | Problem:
    """Give an answer anew, with the passages that it first showed, to be seen by everybody."""
    kept = await _kept(command, request, library)
    if kept is None:
        return Problem("There is no answer here to share; ask a question first.")
    findings = await library.find(kept.question, DEPTH, request.space)
    answer = _answer(findings, shown=0, limit=SHOWN, answer_id=secrets.token_hex(6))
    return answer if await _keep(answer, request, library, earlier=()) else replace(answer, id="")


async def rate(
    command: Helpful | Unhelpful, request: Request, library: Library
) -> Notice | Problem:
    """Note whether an answer helped; whoever says it again changes their mind."""
    kept = await _kept(command, request, library)
    if kept is None:
        return Problem("There is no answer here to speak of; ask a question first.")
    is_helpful = isinstance(command, Helpful)
    await library.answers.rate(kept.id, request.sender.id, is_helpful=is_helpful)
    return Notice("Thank you; it is noted.")


async def _kept(
    command: More | Share | Helpful | Unhelpful, request: Request, library: Library
) -> KeptAnswer | None:
    if command.answer:
        return await library.answers.find(command.answer, request.space)
    return await library.answers.latest(request.place, request.sender.id, request.space)


def _answer(findings: Findings, *, shown: int, limit: int, answer_id: str) -> Answer:
    citations = tuple(
        Citation(number, hit)
        for number, hit in enumerate(findings.hits, 1)
        if shown < number <= shown + limit
    )
    left = len(findings.hits) - shown - len(citations)
    return Answer(findings, citations, answer_id, max(left, 0))


async def _keep(
    answer: Answer, request: Request, library: Library, earlier: tuple[str, ...]
) -> bool:
    """Keep what the answer's buttons need; an answer is given also where that cannot be."""
    receipts = tuple(citation.hit.passage.receipt for citation in answer.citations)
    kept = KeptAnswer(
        id=answer.id,
        space=request.space,
        place=request.place,
        asker=request.sender.id,
        question=answer.findings.question,
        receipts=earlier + receipts,
        verdict=answer.findings.verdict,
    )
    try:
        await library.answers.keep(kept)
    except LibraryError:
        log.exception("an answer could not be kept")
        return False
    return True
