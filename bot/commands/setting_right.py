"""Setting right what stands: edit, correct, retract, and undo."""

from bot.commands.moderation import OUT, actor_of, details_of, hold_of, of_space
from bot.messages import Changed, Correct, Edit, Problem, Request, Retract, Undo
from retrieval import Library


async def edit(command: Edit, request: Request, library: Library) -> Changed | Problem:
    """Set right what was understood of a document."""
    details = details_of(command)
    if not details.said and not command.hold_until:
        return Problem(f'Say what is so, for example: edit {command.file} title:"…" author:"…"')
    change = library.edit(
        command.file,
        request.space,
        details=details,
        hold_until=hold_of(command),
        lifts_hold=command.hold_until == OUT,
        actor=actor_of(request),
    )
    return Changed("edited", (await of_space(change, command.file, request, library),))


async def correct(command: Correct, request: Request, library: Library) -> Changed | Problem:
    """Let every citation of a document show what is corrected."""
    if not command.note:
        return Problem(f'Say what is corrected: correct {command.file} note:"…"')
    note = None if command.note == OUT else command.note
    change = library.correct(command.file, note, request.space, actor=actor_of(request))
    return Changed("corrected", (await of_space(change, command.file, request, library),))


async def retract(command: Retract, request: Request, library: Library) -> Changed | Problem:
    """Withdraw a document for a reason that everybody may read."""
    if command.reason in {"", OUT}:
        return Problem(f'Say why: retract {command.file} reason:"…"')
    change = library.retract(command.file, command.reason, request.space, actor=actor_of(request))
    return Changed("retracted", (await of_space(change, command.file, request, library),))


async def undo(command: Undo, request: Request, library: Library) -> Changed:
    """Take back what the last message changed in the space, or the last change of a document."""
    undone = await library.undo(command.file or None, request.space, actor=actor_of(request))
    return Changed("undone", undone.outcomes, undone.left)
